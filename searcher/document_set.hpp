// The documents that match a query, as a set and without a score: for totals and facets.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/store.hpp"

namespace limier {

/// A set of documents of a database, a bit each.
class DocumentSet {
 public:
    /// Whether a query is of terms alone, put together by AND, OR, NOT.
    static bool can_match(const Xapian::Query& query);
    static bool has_conjunction(const Xapian::Query& query);  ///< of such a query

    /// The documents that match such a query. Lifetime: the database must outlive it. Throws Xapian's errors.
    DocumentSet(const Xapian::Query& query, const Xapian::Database& database);

    std::uint64_t size() const;
    std::vector<Xapian::docid> documents() const;  ///< in order

 private:
    explicit DocumentSet(const Xapian::Database& database);

    void add(const Xapian::Query& query);
    void add_term(const std::string& term);
    void add_conjunction(const Xapian::Query& query);
    void keep(const Xapian::Query& query);
    void keep_term(const std::string& term);
    void keep_any(const Xapian::Query& query);
    std::uint64_t most_documents(const Xapian::Query& query) const;

    const Xapian::Database* database_;
    std::vector<std::uint64_t> bits_;
};

}  // namespace limier
