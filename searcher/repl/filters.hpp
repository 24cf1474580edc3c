// Filters of a dialogue: operands of a query that narrow whatever is asked, until they are taken off.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "common/store.hpp"
#include "searcher/query/ast.hpp"

namespace limier {

/// The filter on one value of a field, as a facet names it.
Node filter_on(const FieldInfo& field, std::string_view value);

/// The same, such that no document is found by a name that the value shares with another: `person:="Elon Musk"` where
/// `person:"Elon Musk"` would find more. Throws Damaged.
Node filter_on_alone(const Index& index, const FieldInfo& field, std::string_view value);

/// Reads `person:"Elon Musk"`, `date:2024..2025`, `-topic:sport`, also several, and `person:Elon Musk` as one value.
/// Errors: usage, for what is no field with a value; query, as of parse_query.
Result<std::vector<Node>> read_filters(const std::string& text);

/// A filter as a query.
std::string filter_text(const Node& filter);

/// A query that asks for the same within the filters, and what was ignored in what was typed, where that is not asked
/// any more.
struct NarrowedQuery {
    std::string text;
    std::vector<std::string> notes;
};

/// `query` is read leniently; of blanks alone the filters are all that is asked.
NarrowedQuery narrowed(const std::string& query, std::span<const Node> filters);

}  // namespace limier
