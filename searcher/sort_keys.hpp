// The orders of hits.
#pragma once

#include <memory>

#include "searcher/parts.hpp"
#include "searcher/search.hpp"

namespace limier {

/// What hits are sorted by, and those of equal score. Lifetime: the parts must outlive it.
std::unique_ptr<Xapian::KeyMaker> key_maker(const PartsInMatch& parts, SortOrder sort);

/// The same orders by value slots, which a portable index has: for servers.
void sort_by_slots(Xapian::Enquire& enquire, SortOrder sort);

}  // namespace limier
