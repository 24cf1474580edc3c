#include "searcher/document_set.hpp"

#include <algorithm>
#include <bit>
#include <utility>

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

bool add_groups(const Xapian::Query& query, TermGroups& groups) {
    switch (query.get_type()) {
        case Xapian::Query::OP_SCALE_WEIGHT:
        case Xapian::Query::OP_AND_MAYBE:
            return add_groups(query.get_subquery(0), groups);
        case Xapian::Query::OP_AND:
        case Xapian::Query::OP_FILTER:
            for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
                if (!add_groups(query.get_subquery(i), groups)) return false;
            }
            return true;
        default:
            return add_alternatives(query, groups.emplace_back());
    }
}

// Fewer than one in so many of a group's documents are looked up among its postings instead of walking these.
constexpr std::uint64_t k_looked_up = 2;
constexpr std::size_t k_room = 256;

using Terms = std::vector<std::string>;
using Documents = std::vector<Xapian::docid>;  ///< of one part, rising: Xapian's list of several merges theirs slowly

std::uint64_t postings_of(const Terms& terms, const Xapian::Database& part) {
    std::uint64_t postings = 0;
    for (const std::string& term : terms) postings += part.get_termfreq(term);
    return postings;
}

template <class Visit>
void for_postings(const std::string& term, const Xapian::Database& part, Visit visit) {
    const Xapian::PostingIterator end = part.postlist_end(term);
    for (Xapian::PostingIterator at = part.postlist_begin(term); at != end; ++at) visit(*at);
}

Documents with_any(const Terms& terms, const Xapian::Database& part) {
    Documents documents;
    documents.reserve(k_room);
    if (terms.size() == 1) {
        for_postings(terms.front(), part, [&](Xapian::docid document) { documents.push_back(document); });
        return documents;
    }
    std::vector<std::uint64_t> bits(part.get_lastdocid() / 64 + 1);
    const auto add = [&](Xapian::docid document) { bits[document / 64] |= std::uint64_t{1} << document % 64; };
    for (const std::string& term : terms) for_postings(term, part, add);
    for (std::size_t i = 0; i < bits.size(); ++i) {
        for (std::uint64_t word = bits[i]; word != 0; word &= word - 1)
            documents.push_back(static_cast<Xapian::docid>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
    }
    return documents;
}

/// Whether documents, asked for in order, are among the postings of a term.
class LookUp {
 public:
    LookUp(const std::string& term, const Xapian::Database& part) : at_(part.postlist_begin(term)) {}

    bool operator()(Xapian::docid document) {
        if (at_ == Xapian::PostingIterator() || *at_ > document) return false;
        at_.skip_to(document);
        return at_ != Xapian::PostingIterator() && *at_ == document;
    }

 private:
    Xapian::PostingIterator at_;
};

/// Keeps of the documents those that one of the terms is found in among its postings.
void look_up_any(const Terms& terms, const Xapian::Database& part, Documents& documents) {
    std::vector<LookUp> look_ups;
    for (const std::string& term : terms) look_ups.emplace_back(term, part);
    std::erase_if(documents, [&](Xapian::docid document) {
        return std::none_of(look_ups.begin(), look_ups.end(), [document](LookUp& has) { return has(document); });
    });
}

/// The documents that have a term of each group.
Documents with_all(const TermGroups& groups, const Xapian::Database& part) {
    std::vector<std::pair<std::uint64_t, std::size_t>> by_postings;
    for (std::size_t group = 0; group < groups.size(); ++group)
        by_postings.emplace_back(groups.size() == 1 ? 0 : postings_of(groups[group], part), group);
    std::sort(by_postings.begin(), by_postings.end());
    Documents documents = with_any(groups[by_postings.front().second], part);
    for (std::size_t i = 1; i < by_postings.size() && !documents.empty(); ++i) {
        const auto [postings, group] = by_postings[i];
        if (documents.size() < postings / k_looked_up) {
            look_up_any(groups[group], part, documents);
        } else {
            const Documents others = with_any(groups[group], part);
            auto other = others.begin();
            std::erase_if(documents, [&](Xapian::docid document) {
                while (other != others.end() && *other < document) ++other;
                return other == others.end() || *other != document;
            });
        }
    }
    return documents;
}

/// Takes out those of the rows, which rise.
void take_out(const std::vector<std::uint32_t>& rows, Documents& documents) {
    auto row = rows.begin();
    std::erase_if(documents, [&](Xapian::docid document) {
        row = std::lower_bound(row, rows.end(), document - 1);
        return row != rows.end() && *row == document - 1;
    });
}

std::uint64_t count_with_any(const Terms& terms, const Xapian::Database& part) {
    Terms others = terms;
    const auto rarer = [&](const std::string& a, const std::string& b) {
        return part.get_termfreq(a) < part.get_termfreq(b);
    };
    std::iter_swap(std::max_element(others.begin(), others.end(), rarer), others.end() - 1);
    const Terms commonest{std::move(others.back())};
    others.pop_back();
    const std::uint64_t count = part.get_termfreq(commonest.front());
    if (others.empty()) return count;
    if (postings_of(others, part) > count / k_looked_up) return with_any(terms, part).size();
    Documents documents = with_any(others, part);
    const std::uint64_t rare = documents.size();
    look_up_any(commonest, part, documents);
    return count + rare - documents.size();
}

}  // namespace

std::optional<TermGroups> term_groups(const Xapian::Query& query) {
    TermGroups groups;
    if (!add_groups(query, groups)) return std::nullopt;
    return groups;
}

std::vector<Xapian::docid> documents_with(const TermGroups& groups, const Index& index) {
    const std::vector<Index::SegmentAt>& parts = index.segments();
    std::vector<Xapian::docid> all;
    for (std::size_t number = 0; number < parts.size(); ++number) {
        Documents documents = with_all(groups, parts[number].database);
        if (!parts[number].removed.empty()) take_out(parts[number].removed, documents);
        for (Xapian::docid& document : documents) document = index.document(number, document - 1);
        if (number == 0)
            all = std::move(documents);
        else
            all.insert(all.end(), documents.begin(), documents.end());
    }
    if (parts.size() > 1) std::sort(all.begin(), all.end());
    return all;
}

std::uint64_t count_with_any(const std::vector<std::string>& terms, const Index& index) {
    if (index.any_removed()) return documents_with({terms}, index).size();
    std::uint64_t count = 0;
    for (const Index::SegmentAt& part : index.segments()) count += count_with_any(terms, part.database);
    return count;
}

}  // namespace limier
