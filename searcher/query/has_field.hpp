// The documents that have a value of a field, whichever.
#pragma once

#include "common/schema.hpp"
#include "common/store.hpp"
#include "searcher/query/many_terms.hpp"

namespace limier {

/// From the columns: no term says it. Without weight. A read of the rows' ends for facets and dates, of every record
/// for titles and addresses. Throws Damaged.
WeightedDocuments documents_with(const Index& index, Field field);

}  // namespace limier
