// Topics as a tree: each counted with those that belong to it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "common/store.hpp"
#include "searcher/facet_counts.hpp"

namespace limier {

/// The values of the facet `topic:tree`: a topic's count is the documents that have it or one below it, as `topic:`
/// finds them. Each comes before those below it; side by side they stand as the listing's order has them. Where a limit
/// leaves some out, what is above a listed value is listed. Selected is a topic all of whose values in the index the
/// query filters on; listed always, those below it not. `word`: as of FacetRequest, with what is above such a value.
/// Throws Damaged.
std::vector<FacetValue> topic_tree(const Index& index, std::span<const MatchedRows> matched, const std::string& word,
                                   SelectedValues selected, const FacetListing& listing);

}  // namespace limier
