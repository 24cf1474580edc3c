#include "searcher/document_set.hpp"

#include <algorithm>
#include <bit>
#include <span>

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

// Fewer than one in so many of the commonest term's documents are looked up among its postings instead of walking
// these.
constexpr std::uint64_t k_looked_up = 2;

/// Part by part: Xapian's list of several databases merges theirs document by document.
std::vector<std::uint64_t> documents_of(const std::vector<std::string>& terms, const Index& index) {
    std::vector<std::uint64_t> bits(index.database().get_lastdocid() / 64 + 1);
    for (std::size_t number = 0; number < index.segments().size(); ++number) {
        const Xapian::Database& part = index.segments()[number].database;
        for (const std::string& term : terms) {
            const Xapian::PostingIterator end = part.postlist_end(term);
            for (Xapian::PostingIterator at = part.postlist_begin(term); at != end; ++at) {
                const Xapian::docid document = index.document(number, *at - 1);
                bits[document / 64] |= std::uint64_t{1} << document % 64;
            }
        }
    }
    return bits;
}

std::uint64_t count_of(const std::vector<std::uint64_t>& bits) {
    std::uint64_t count = 0;
    for (const std::uint64_t word : bits) count += static_cast<std::uint64_t>(std::popcount(word));
    return count;
}

std::vector<Xapian::docid> listed(const std::vector<std::uint64_t>& bits) {
    std::vector<Xapian::docid> list;
    list.reserve(count_of(bits));
    for (std::size_t i = 0; i < bits.size(); ++i) {
        for (std::uint64_t word = bits[i]; word != 0; word &= word - 1)
            list.push_back(static_cast<Xapian::docid>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
    }
    return list;
}

/// Calls `found` with those of the documents, which are in order, that a term has.
template <class Found>
void look_up(const std::string& term, std::span<const Xapian::docid> documents, const Index& index, Found found) {
    std::vector<Xapian::PostingIterator> at;
    for (const Index::SegmentAt& part : index.segments()) at.push_back(part.database.postlist_begin(term));
    for (const Xapian::docid document : documents) {
        const Index::Place place = index.place(document);
        const Xapian::docid wanted = place.row + 1;
        Xapian::PostingIterator& posting = at[place.number];
        if (posting != Xapian::PostingIterator()) posting.skip_to(wanted);
        if (posting != Xapian::PostingIterator() && *posting == wanted) found(document);
    }
}

/// Leaves of the documents those that have one of the terms, which have so many postings.
void keep_those_with(std::vector<std::uint64_t>& bits, const std::vector<std::string>& terms, std::uint64_t postings,
                     const Index& index) {
    std::vector<std::uint64_t> other;
    const std::vector<Xapian::docid> left = listed(bits);
    if (left.size() < postings / k_looked_up) {
        other.resize(bits.size());
        for (const std::string& term : terms)
            look_up(term, left, index,
                    [&](Xapian::docid document) { other[document / 64] |= std::uint64_t{1} << document % 64; });
    } else {
        other = documents_of(terms, index);
    }
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] &= other[i];
}

std::uint64_t postings_of(const std::vector<std::string>& terms, const Xapian::Database& database) {
    std::uint64_t postings = 0;
    for (const std::string& term : terms) postings += database.get_termfreq(term);
    return postings;
}

}  // namespace

std::optional<TermGroups> term_groups(const Xapian::Query& query) {
    TermGroups groups;
    if (!add_groups(query, groups)) return std::nullopt;
    return groups;
}

DocumentSet::DocumentSet(const TermGroups& groups, const Index& index) {
    std::vector<std::pair<std::uint64_t, std::size_t>> by_postings;
    for (std::size_t group = 0; group < groups.size(); ++group)
        by_postings.emplace_back(groups.size() == 1 ? 0 : postings_of(groups[group], index.database()), group);
    std::sort(by_postings.begin(), by_postings.end());
    bits_ = documents_of(groups[by_postings.front().second], index);
    for (std::size_t i = 1; i < by_postings.size(); ++i)
        keep_those_with(bits_, groups[by_postings[i].second], by_postings[i].first, index);
    for (std::size_t number = 0; number < index.segments().size(); ++number) {
        for (const std::uint32_t row : index.segments()[number].removed) {
            const Xapian::docid document = index.document(number, row);
            bits_[document / 64] &= ~(std::uint64_t{1} << document % 64);
        }
    }
}

std::uint64_t DocumentSet::size() const { return count_of(bits_); }

std::vector<Xapian::docid> DocumentSet::documents() const { return listed(bits_); }

std::uint64_t count_with_any(const std::vector<std::string>& terms, const Index& index) {
    std::vector<std::pair<std::uint64_t, std::string>> by_frequency;
    for (const std::string& term : terms) by_frequency.emplace_back(index.database().get_termfreq(term), term);
    std::sort(by_frequency.begin(), by_frequency.end());
    const auto [count, commonest] = by_frequency.back();
    by_frequency.pop_back();
    std::vector<std::string> others;
    std::uint64_t postings = 0;
    for (const auto& [frequency, term] : by_frequency) {
        others.push_back(term);
        postings += frequency;
    }
    if (index.any_removed() || postings > count / k_looked_up) return DocumentSet({terms}, index).size();
    const std::vector<Xapian::docid> documents = DocumentSet({others}, index).documents();
    std::uint64_t beside = documents.size();
    look_up(commonest, documents, index, [&beside](Xapian::docid) { --beside; });
    return count + beside;
}

}  // namespace limier
