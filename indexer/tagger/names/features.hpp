// The features of a word for the sequence tagger, as hashes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "indexer/tagger/names/evidence.hpp"

namespace limier {

inline constexpr std::size_t k_most_features = 32;

/// The features of one word.
class FeatureList {
 public:
    void clear() { size_ = 0; }
    void add(std::uint64_t feature) { features_[size_++] = feature; }
    operator std::span<const std::uint64_t>() const { return {features_.data(), size_}; }

 private:
    std::array<std::uint64_t, k_most_features> features_;
    std::size_t size_ = 0;
};

/// Replaces `out` by the features of word i: itself, the words around it, what the lexicon and the document say of it
/// and, where `with_rules`, what the rules read. Features are well-mixed hashes, never 0.
void features_of(const Scene& scene, std::span<const Evidence> evidence, std::uint32_t i, bool with_rules,
                 FeatureList& out);

}  // namespace limier
