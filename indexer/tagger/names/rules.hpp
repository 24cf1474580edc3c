// What the rules read in a document: every source of candidates in turn, the choice among them, and their repeats.
#pragma once

#include <span>
#include <vector>

#include "indexer/document.hpp"
#include "indexer/tagger/names/candidates.hpp"

namespace limier {

struct Reading {
    std::vector<Candidate> proposed;  ///< all that a source proposed
    std::vector<Candidate> chosen;    ///< disjoint, in order of place
};

/// Marks the scene with what the lexicon knows. Names inside of `zones` (places in the text) are left out.
Reading read_by_rules(Scene& scene, std::span<const Zone> zones);

/// Takes out what stands in furniture that is no place for it, and what the user never wants.
void drop_unwanted(const Scene& scene, std::span<const Zone> zones, std::vector<Candidate>& candidates);

}  // namespace limier
