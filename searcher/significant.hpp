// Values that a result has more often than the rest of the index.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "common/store.hpp"
#include "searcher/facets.hpp"
#include "searcher/result.hpp"

namespace limier {

/// How clearly a value is more frequent in a result than elsewhere: the signed root of the log-likelihood ratio, of the
/// value's documents in the result (`count` of `matched`) and in the whole index (`total` of `all`, which hold the
/// result's). Above 0 where it is more frequent, below where it is less; like a normal deviate where chance alone is at
/// work. Source: T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, 1993.
double surprise(std::uint64_t count, std::uint64_t matched, std::uint64_t total, std::uint64_t all);

/// For each request, which is of no date, the values that are more frequent in the documents (sorted) than in the rest
/// of the index: score down, then count down, then key; as many as are listed. Exact, with several segments and removed
/// documents too. Throws Damaged.
std::vector<Significant> significant_values(const Index& index, std::span<const Xapian::docid> documents,
                                            std::span<const FacetRequest> requests, SelectedValues selected,
                                            const FacetListing& listing);

}  // namespace limier
