// Documents by date, over the whole span.
#pragma once

#include <span>

#include "common/store.hpp"
#include "searcher/facets.hpp"
#include "searcher/result.hpp"

namespace limier {

class DateCounts;

/// The dates counted, those of no document between included; nothing where that would be more than 10,000.
std::vector<TimelineBar> bars_of(const DateCounts& counts, FacetRequest::Period period);

/// The documents (sorted) by the period asked for; without one, by the finest that makes at most 62 bars and that nine
/// in ten of the dates tell, and by year where none does. More bars than 10,000 are none that anyone reads: then by the
/// finest period that makes fewer. Throws Damaged.
Timeline count_timeline(const Index& index, std::span<const Xapian::docid> documents, FacetRequest::Period asked);

}  // namespace limier
