// Queries for the dates and amounts that a node names: a value or a range, by terms of growing precision.
#pragma once

#include <vector>

#include "common/schema.hpp"
#include "common/store.hpp"
#include "searcher/query/ast.hpp"

namespace limier {

/// The documents with a date of a value or range node. Throws QueryFault where it cannot be read, and Xapian's errors.
Xapian::Query date_query(const Index& index, const Node& node, const FieldInfo& field);

/// The same with an amount. A range without a currency is told in `notes`.
Xapian::Query amount_query(const Node& node, std::vector<QueryNote>& notes);

}  // namespace limier
