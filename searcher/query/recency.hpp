// The order of documents that a query does not rank.
#pragma once

#include <xapian.h>

#include "common/store.hpp"

namespace limier {

/// The query with a score by the date of the document, between 0 and 1: the newer, the higher, undated 0. For queries
/// of dates, sources and the like, which say nothing of how much a document is about them.
Xapian::Query newest_first(const Index& index, const Xapian::Query& query);

}  // namespace limier
