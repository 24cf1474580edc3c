// Did you mean: a query without its slips.
#pragma once

#include <optional>
#include <string>

#include "common/store.hpp"
#include "common/text/french.hpp"
#include "searcher/deadline.hpp"
#include "searcher/query/ast.hpp"
#include "searcher/query/expand.hpp"

namespace limier {

/// The query with its words and values that the index lacks replaced by the nearest that it has, those in phrases,
/// groups and operands too; nothing where that changes nothing. `root` is the query as it was read.
/// Throws Damaged, and what the deadline throws.
std::optional<std::string> suggestion(const Index& index, Analyser& analyser, IndexWords& words,
                                      const std::string& query, const Node& root, Deadline& deadline);

}  // namespace limier
