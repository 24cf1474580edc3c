// How a query was understood and its hits scored, for --explain.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/text/french.hpp"
#include "searcher/query/ast.hpp"
#include "searcher/result.hpp"

namespace limier {

/// The tokens of the words and phrases of a query, in order, those of values of fields left out.
std::vector<ExplainedToken> explained_tokens(std::string_view query, const Node& root, Analyser& analyser);

/// The explanation of a result that has one, a line each: query, tokens, tree, Xapian's query, times, what was added,
/// and each hit's score with the parts that are not nought.
std::string explanation_text(const SearchResult& result);

}  // namespace limier
