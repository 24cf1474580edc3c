// The documents that have one of some terms, as a set and without a score: for totals and facets of common words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/store.hpp"

namespace limier {

/// The terms of which a document needs one to match; nothing where the query asks for more than that.
std::optional<std::vector<std::string>> alternatives(const Xapian::Query& query);

/// A set of documents of a database, a bit each.
class DocumentSet {
 public:
    /// The documents that have one of the terms. Throws Xapian's errors.
    DocumentSet(const std::vector<std::string>& terms, const Xapian::Database& database);

    std::uint64_t size() const;
    std::vector<Xapian::docid> documents() const;  ///< in order

 private:
    std::vector<std::uint64_t> bits_;
};

}  // namespace limier
