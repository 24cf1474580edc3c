// The documents that may have a pattern, by terms alone: what is left to confirm on the token column.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/store.hpp"
#include "searcher/query/many_terms.hpp"
#include "searcher/query/pattern.hpp"

namespace limier {

/// Several queries as one; a single one as it is.
Xapian::Query join(Xapian::Query::op op, const std::vector<Xapian::Query>& queries);

/// Terms that rank as one. Of several databases the weight is that which one database would give (see the .cpp).
Xapian::Query synonyms(const Index& index, const std::vector<std::string>& terms);

/// Makes queries of terms with the prefix of a field. Lifetime: all arguments must outlive it, and `weighted` the
/// queries made, whose words of many terms go there.
class Candidates {
 public:
    Candidates(const Index& index, std::string_view prefix, std::vector<std::unique_ptr<WeightedDocuments>>& weighted)
        : index_(index), prefix_(prefix), weighted_(weighted) {}

    /// One of the terms, which rank as one; nothing where there is none.
    Xapian::Query any_of(const std::vector<std::string>& terms) const;

    /// Every place of the pattern filled, by its own word or by a joined form that reaches over it.
    Xapian::Query having(const Pattern& pattern) const;

 private:
    Xapian::Query filled(const Pattern& pattern, std::size_t begin, std::size_t end, bool content) const;

    const Index& index_;
    std::string_view prefix_;
    std::vector<std::unique_ptr<WeightedDocuments>>& weighted_;
};

}  // namespace limier
