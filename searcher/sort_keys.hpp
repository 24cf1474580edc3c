// The orders of hits.
#pragma once

#include <memory>

#include "searcher/parts.hpp"
#include "searcher/search.hpp"

namespace limier {

/// What hits are sorted by, and those of equal score. Lifetime: the parts must outlive it.
std::unique_ptr<Xapian::KeyMaker> key_maker(const PartsInMatch& parts, SortOrder sort);

}  // namespace limier
