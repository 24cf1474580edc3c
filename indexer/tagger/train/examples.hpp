// Annotated documents as sequences to fit.
#pragma once

#include <vector>

#include "indexer/tagger/names/gazetteer.hpp"
#include "indexer/tagger/train/corpus.hpp"
#include "indexer/tagger/train/crf.hpp"

namespace limier {

struct ExampleOptions {
    float weight = 1;
    /// Labels of another tagger: only lines in which the rules see the same persons, organisations and places, most
    /// without what the rules said as features.
    bool silver = false;
};

/// Adds the stretches of a document in which a name can be.
void add_examples(const Gazetteer& gazetteer, const AnnotatedDocument& document, const ExampleOptions& options,
                  std::vector<TrainingSequence>& out);

}  // namespace limier
