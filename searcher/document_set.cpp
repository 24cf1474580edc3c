#include "searcher/document_set.hpp"

#include <bit>

namespace limier {
namespace {

bool add_alternatives(const Xapian::Query& query, std::vector<std::string>& terms) {
    switch (query.get_type()) {
        case Xapian::Query::LEAF_TERM:
            terms.push_back(*query.get_terms_begin());
            return true;
        case Xapian::Query::OP_SCALE_WEIGHT:
        case Xapian::Query::OP_AND_MAYBE:
            return add_alternatives(query.get_subquery(0), terms);
        case Xapian::Query::OP_OR:
        case Xapian::Query::OP_SYNONYM:
            for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
                if (!add_alternatives(query.get_subquery(i), terms)) return false;
            }
            return true;
        default:
            return false;
    }
}

}  // namespace

std::optional<std::vector<std::string>> alternatives(const Xapian::Query& query) {
    std::vector<std::string> terms;
    if (!add_alternatives(query, terms)) return std::nullopt;
    return terms;
}

DocumentSet::DocumentSet(const std::vector<std::string>& terms, const Xapian::Database& database)
    : bits_(database.get_lastdocid() / 64 + 1) {
    for (const std::string& term : terms) {
        const Xapian::PostingIterator end = database.postlist_end(term);
        for (Xapian::PostingIterator at = database.postlist_begin(term); at != end; ++at)
            bits_[*at / 64] |= std::uint64_t{1} << *at % 64;
    }
}

std::uint64_t DocumentSet::size() const {
    std::uint64_t count = 0;
    for (const std::uint64_t word : bits_) count += static_cast<std::uint64_t>(std::popcount(word));
    return count;
}

std::vector<Xapian::docid> DocumentSet::documents() const {
    std::vector<Xapian::docid> list;
    list.reserve(size());
    for (std::size_t i = 0; i < bits_.size(); ++i) {
        for (std::uint64_t word = bits_[i]; word != 0; word &= word - 1)
            list.push_back(static_cast<Xapian::docid>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
    }
    return list;
}

}  // namespace limier
