// The query without its choice of a field's values: for facets of which several values may be chosen.
#pragma once

#include "searcher/query/ast.hpp"

namespace limier {

/// Takes out what must hold of the field for a document to match: `person:Musk`, `person:(a OU b)`, a range; excluded
/// values stay. Returns whether there was any.
bool remove_filters(Node& root, Field field);

}  // namespace limier
