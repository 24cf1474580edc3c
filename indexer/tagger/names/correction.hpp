// The sequence model's word on what the rules read: names it adds, moves, reads otherwise, or takes away.
#pragma once

#include <vector>

#include "indexer/tagger/names/rules.hpp"
#include "indexer/tagger/names/sequence_model.hpp"

namespace limier {

/// Replaces `reading.chosen` by the names that the model sees: disjoint, in order of place. A name that a rule proposed
/// as well keeps what the rule knows of it; what the user's lexicon named stays.
void correct(const SequenceModel& model, const Scene& scene, Reading& reading);

}  // namespace limier
