// Precision and recall of names by exact span and kind.
#pragma once

#include <array>
#include <span>

#include "indexer/tagger/names/candidates.hpp"
#include "indexer/tagger/train/corpus.hpp"

namespace limier {

struct Counts {
    std::size_t right = 0, wrong = 0, missed = 0;
    double precision() const;
    double recall() const;
    double f1() const;
};

/// By NameKind.
using Score = std::array<Counts, k_name_kinds>;

/// Adds what was found in a document.
void measure(const AnnotatedDocument& document, const Scene& scene, std::span<const Candidate> found, Score& score);

/// Of persons, organisations and places together.
Counts without_other(const Score& score);

}  // namespace limier
