// Fits a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) by stochastic gradient with AdaGrad
// (Duchi, Hazan, Singer 2011).
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "indexer/tagger/names/labels.hpp"

namespace limier {

/// A stretch of words between words that are outside.
struct TrainingSequence {
    std::vector<std::vector<std::uint64_t>> features;  ///< of each word
    std::vector<Label> labels;
    float weight = 1;
};

struct FitOptions {
    std::uint64_t seed = 1;
    int epochs = 8;
    double rate = 0.03;
    double l2 = 2e-2;
    std::uint32_t least_count = 4;  ///< features of fewer words are left out
};

using Weights = std::array<float, k_labels>;

struct FittedModel {
    std::unordered_map<std::uint64_t, Weights> features;
    std::array<Weights, k_labels> transitions{};
};

/// Equal sequences and options give equal weights.
FittedModel fit(const std::vector<TrainingSequence>& sequences, const FitOptions& options);

}  // namespace limier
