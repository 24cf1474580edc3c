// Patterns for servers, which have no token column: by the positions of a portable index (packed_values.hpp), or by the
// ids of the documents that have them.
#pragma once

#include <vector>

#include "common/store.hpp"
#include "searcher/deadline.hpp"
#include "searcher/query/find_pattern.hpp"

namespace limier {

/// The documents that a query matches, rising. The query is one that servers know. Throws Xapian's errors.
std::vector<Xapian::docid> matching_documents(const Index& index, const Xapian::Query& query);

/// A filter for documents that have a pattern and are among `candidates`: the same as those of the verifier. Where
/// positions do not tell them exactly (a joined form of the text within a phrase, NEAR of phrases) all candidates are
/// looked into here. Throws Damaged and Xapian's errors.
Xapian::Query served_pattern(PatternVerifier& verifier, const Xapian::Query& candidates, const Deadline& deadline);

}  // namespace limier
