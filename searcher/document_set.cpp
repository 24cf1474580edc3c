#include "searcher/document_set.hpp"

#include <algorithm>
#include <bit>

namespace limier {
namespace {

// Where a term has so many times the documents of the set, it is asked for each of these instead of walked.
constexpr std::uint64_t k_skip = 16;

/// The part of a query that says which documents match; the rest adds to the score.
Xapian::Query core(Xapian::Query query) {
    while (query.get_type() == Xapian::Query::OP_SCALE_WEIGHT || query.get_type() == Xapian::Query::OP_AND_MAYBE)
        query = query.get_subquery(0);
    return query;
}

bool is_alternative(const Xapian::Query& query) {
    return query.get_type() == Xapian::Query::OP_OR || query.get_type() == Xapian::Query::OP_SYNONYM;
}

bool is_conjunction(const Xapian::Query& query) {
    return query.get_type() == Xapian::Query::OP_AND || query.get_type() == Xapian::Query::OP_FILTER ||
           query.get_type() == Xapian::Query::OP_AND_NOT;
}

}  // namespace

bool DocumentSet::can_match(const Xapian::Query& whole) {
    const Xapian::Query query = core(whole);
    if (query.get_type() == Xapian::Query::LEAF_TERM) return true;
    if (!is_alternative(query) && !is_conjunction(query)) return false;
    for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
        if (!can_match(query.get_subquery(i))) return false;
    }
    return true;
}

bool DocumentSet::has_conjunction(const Xapian::Query& whole) {
    const Xapian::Query query = core(whole);
    if (is_conjunction(query)) return true;
    for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
        if (has_conjunction(query.get_subquery(i))) return true;
    }
    return false;
}

DocumentSet::DocumentSet(const Xapian::Query& query, const Xapian::Database& database) : DocumentSet(database) {
    add(query);
}

DocumentSet::DocumentSet(const Xapian::Database& database)
    : database_(&database), bits_(database.get_lastdocid() / 64 + 1) {}

void DocumentSet::add_term(const std::string& term) {
    const Xapian::PostingIterator end = database_->postlist_end(term);
    for (Xapian::PostingIterator at = database_->postlist_begin(term); at != end; ++at)
        bits_[*at / 64] |= std::uint64_t{1} << *at % 64;
}

void DocumentSet::add(const Xapian::Query& whole) {
    const Xapian::Query query = core(whole);
    if (query.get_type() == Xapian::Query::LEAF_TERM) return add_term(*query.get_terms_begin());
    if (is_conjunction(query)) return add_conjunction(query);
    for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) add(query.get_subquery(i));
}

void DocumentSet::add_conjunction(const Xapian::Query& query) {
    const bool refuses = query.get_type() == Xapian::Query::OP_AND_NOT;
    std::vector<std::pair<std::uint64_t, std::size_t>> parts;  // rarest first
    for (std::size_t i = 0; i < query.get_num_subqueries(); ++i)
        parts.emplace_back(most_documents(query.get_subquery(i)), i);
    if (!refuses) std::sort(parts.begin(), parts.end());
    DocumentSet found(*database_);
    found.add(query.get_subquery(parts.front().second));
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const Xapian::Query part = query.get_subquery(parts[i].second);
        if (!refuses) {
            found.keep(part);
            continue;
        }
        DocumentSet refused = found;
        refused.keep(part);
        for (std::size_t word = 0; word < bits_.size(); ++word) found.bits_[word] &= ~refused.bits_[word];
    }
    for (std::size_t word = 0; word < bits_.size(); ++word) bits_[word] |= found.bits_[word];
}

/// Leaves the documents that match the query too.
void DocumentSet::keep(const Xapian::Query& whole) {
    const Xapian::Query query = core(whole);
    const bool rare = size() < most_documents(query) / k_skip;
    if (rare && query.get_type() == Xapian::Query::LEAF_TERM) return keep_term(*query.get_terms_begin());
    if (rare && is_alternative(query)) return keep_any(query);
    DocumentSet other(*database_);
    other.add(query);
    for (std::size_t word = 0; word < bits_.size(); ++word) bits_[word] &= other.bits_[word];
}

void DocumentSet::keep_term(const std::string& term) {
    const Xapian::PostingIterator end = database_->postlist_end(term);
    Xapian::PostingIterator at = database_->postlist_begin(term);
    for (const Xapian::docid document : documents()) {
        if (at != end) at.skip_to(document);
        if (at == end || *at != document) bits_[document / 64] &= ~(std::uint64_t{1} << document % 64);
    }
}

void DocumentSet::keep_any(const Xapian::Query& query) {
    DocumentSet kept(*database_);
    for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
        DocumentSet part = *this;
        part.keep(query.get_subquery(i));
        for (std::size_t word = 0; word < bits_.size(); ++word) kept.bits_[word] |= part.bits_[word];
    }
    *this = std::move(kept);
}

/// No more documents than these match.
std::uint64_t DocumentSet::most_documents(const Xapian::Query& whole) const {
    const Xapian::Query query = core(whole);
    if (query.get_type() == Xapian::Query::LEAF_TERM) return database_->get_termfreq(*query.get_terms_begin());
    if (query.get_type() == Xapian::Query::OP_AND_NOT) return most_documents(query.get_subquery(0));
    std::uint64_t sum = 0, least = database_->get_doccount();
    for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
        const std::uint64_t part = most_documents(query.get_subquery(i));
        sum += part;
        least = std::min(least, part);
    }
    return is_alternative(query) ? sum : least;
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
