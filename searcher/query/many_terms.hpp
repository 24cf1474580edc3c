// A word that stands for many terms, as one: the documents that have any of them, put together before the match.
#pragma once

#include <string>
#include <vector>

#include <xapian.h>

#include "common/store.hpp"

namespace limier {

/// Terms from which on putting together beats Xapian's own union, which keeps them all in order at every step: a prefix
/// of 1000 forms in a million documents takes 580 ms as OP_SYNONYM.
inline constexpr std::size_t k_many_terms = 16;

/// Documents in order, and their BM25 for the terms as one word. Lifetime: the index's.
struct WeightedDocuments {
    struct Part {
        std::vector<Xapian::docid> documents;  ///< of the part's own database
        std::vector<float> weights;
    };
    const Index* index = nullptr;
    std::vector<std::string> terms;  ///< of which each has one; empty where another thing tells them
    std::vector<Part> parts;         ///< one a segment
    float most = 0;
};

/// The documents that have one of the terms. Lengths are those of the token column. Throws Damaged and Xapian's errors.
WeightedDocuments any_term(const Index& index, const std::vector<std::string>& terms);

/// A query for them. Lifetime: `found` must outlive it.
Xapian::Query weighted_query(const WeightedDocuments& found);

}  // namespace limier
