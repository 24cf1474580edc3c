// The features of a word for the sequence tagger, as hashes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "indexer/tagger/names/evidence.hpp"

namespace limier {

/// Groups of features, as a set of bits: the training program can leave some out.
enum FeatureGroup : std::uint32_t {
    k_features_word = 1 << 0,      ///< the word itself, its shape and affixes
    k_features_context = 1 << 1,   ///< the words around it
    k_features_lexicon = 1 << 2,   ///< cues and names of the lexicon
    k_features_rules = 1 << 3,     ///< what the rules said
    k_features_document = 1 << 4,  ///< what the document says elsewhere
    k_features_pairs = 1 << 5,     ///< pairs of words
    k_features_crossed = 1 << 6,   ///< what the rules said, crossed with the words
    k_features_all = (1 << 7) - 1,
};

/// Replaces `out` by the features of word i. Features are well-mixed hashes, never 0.
void features_of(const Scene& scene, std::span<const Evidence> evidence, std::uint32_t i, std::uint32_t groups,
                 std::vector<std::uint64_t>& out);

}  // namespace limier
