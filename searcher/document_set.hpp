// The documents that have some terms, as a set and without a score: for totals and facets of common words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/store.hpp"

namespace limier {

/// Groups of terms: a document matches that has a term of each.
using TermGroups = std::vector<std::vector<std::string>>;

/// The groups that a query asks for; nothing where it asks for more than that.
std::optional<TermGroups> term_groups(const Xapian::Query& query);

/// How many documents have one of the terms, of which there is one at least. Throws Xapian's errors.
std::uint64_t count_with_any(const std::vector<std::string>& terms, const Index& index);

/// The documents of an index that have a term of each group, rising; there is one group at least. The rarest group's
/// postings are walked; of the others those that have many more than documents are left are looked up. Throws Xapian's
/// errors.
std::vector<Xapian::docid> documents_with(const TermGroups& groups, const Index& index);

}  // namespace limier
