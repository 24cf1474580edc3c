// Which documents a query finds, in which order.
#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "searcher/bm25.hpp"
#include "searcher/document_set.hpp"
#include "searcher/duplicates.hpp"
#include "searcher/feedback.hpp"
#include "searcher/parts.hpp"
#include "searcher/query/served_pattern.hpp"
#include "searcher/run.hpp"
#include "searcher/sort_keys.hpp"

namespace limier {
namespace {

// So many matches are all looked at; where there are more, their number is told by the postings.
constexpr Xapian::doccount k_few_matches = 1000;

// So many of the best documents are compared for near-duplicates, and more where the page asks for more. All distinct,
// 10,000 take 29 ms, 20,000 90 ms, 50,000 470 ms.
constexpr Xapian::doccount k_compared = 20'000;
constexpr Xapian::doccount k_more_compared = 4;

// Of a word that the best documents have in common, beside one of the query. nDCG@10 of PIAF, of titles of press and of
// this project's corpus, with synonyms: 0.8216, 0.7158, 0.9285 with 0; 0.8231, 0.7178, 0.9356 with 0.1; 0.8203, 0.7092,
// 0.9401 with 0.2. With 3 or 10 documents, 10 or 40 terms: within 0.002, 0.003, 0.004.
constexpr double k_feedback_weight = 0.1;

Xapian::BM25Weight bm25() { return {k_bm25_k1, 0, 1, k_bm25_b, k_bm25_shortest}; }

}  // namespace

std::optional<Xapian::doccount> Searcher::Run::known_total(const Xapian::Query& query) const {
    if (query.get_type() == Xapian::Query::LEAF_TERM && index.any_removed()) return std::nullopt;
    switch (query.get_type()) {
        case Xapian::Query::LEAF_TERM:
            return index.database().get_termfreq(*query.get_terms_begin());
        case Xapian::Query::LEAF_MATCH_ALL:
            return index.documents();
        case Xapian::Query::OP_SCALE_WEIGHT:
        case Xapian::Query::OP_AND_MAYBE:
            return known_total(query.get_subquery(0));
        default:
            return std::nullopt;
    }
}

Xapian::Query Searcher::Run::wanted() const {
    if (!request.since) return built.query;
    return Xapian::Query(
        Xapian::Query::OP_FILTER, built.query,
        Xapian::Query(Xapian::Query::OP_VALUE_GE, k_slot_added, Xapian::sortable_serialise(*request.since)));
}

void Searcher::Run::rank(const Xapian::MSet& found) {
    ranked.clear();
    for (auto at = found.begin(); at != found.end(); ++at) ranked.push_back({*at, at.get_weight(), {}});
    if (!reranks()) return;
    Reranker reranker(index, built.words, found, built.mode != MatchMode::all);
    const auto end = ranked.begin() + std::min<std::ptrdiff_t>(k_reranked, std::ssize(ranked));
    for (auto hit = ranked.begin(); hit != end; ++hit) {
        hit->agreement = reranker(hit->document);
        hit->score += hit->agreement.total();
    }
    std::stable_sort(ranked.begin(), end, [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
    lap("rerank");
}

void Searcher::Run::cut(std::size_t first, std::size_t limit) {
    ranked.erase(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(std::min(first, ranked.size())));
    if (ranked.size() > limit) ranked.resize(limit);
}

Xapian::doccount Searcher::Run::to_compare(Xapian::doccount offset, Xapian::doccount limit) const {
    if (request.limit == 0) return index.documents();  // a count alone, and so an exact one
    const Xapian::doccount least = request.exact_total ? k_compared : 0;
    return std::max({least, k_reranked, offset + limit});
}

void Searcher::Run::fold() {
    DuplicateGroups groups(ranked.size());
    std::vector<Ranked> firsts;
    for (Ranked& at : ranked) {
        deadline.check();
        const Index::Place place = index.place(at.document);
        const std::uint32_t group = groups.add(place.segment->signature(place.row));
        if (group == firsts.size())
            firsts.push_back(std::move(at));
        else
            firsts[group].duplicates.push_back(at.document);
    }
    ranked = std::move(firsts);
}

void Searcher::Run::collapse(Xapian::Enquire& enquire, const Xapian::MatchDecider* decides, Xapian::doccount compared) {
    enquire.clear_matchspies();  // they have seen all
    for (const std::size_t wanted = request.offset + request.limit;;) {
        const bool all = ranked.size() < compared || compared >= index.documents();
        fold();
        result.collapsed = {ranked.size(), all};
        if (all || ranked.size() > wanted) break;  // one more tells that there is another page
        compared = static_cast<Xapian::doccount>(
            std::min<std::uint64_t>(std::uint64_t{compared} * k_more_compared, index.documents()));
        rank(enquire.get_mset(0, compared, 0, nullptr, decides));
    }
    lap("collapse");
}

Searcher::Run::Window Searcher::Run::window() const {
    const auto offset = static_cast<Xapian::doccount>(std::min<std::size_t>(request.offset, index.documents()));
    const auto limit = static_cast<Xapian::doccount>(std::min<std::size_t>(request.limit, index.documents()));
    return {offset, limit, reranks() || request.collapse ? 0 : offset,
            request.collapse ? to_compare(offset, limit)
            : reranks()      ? std::max(k_reranked, offset + limit)
                             : limit};
}

void Searcher::Run::make_page(const Xapian::MSet& found, Xapian::Enquire& enquire, const Xapian::MatchDecider* decides,
                              const Window& at) {
    lap("match");
    rank(found);
    if (request.collapse) collapse(enquire, decides, at.fetched);
    cut(at.offset - at.first, at.limit);
}

Xapian::MSet Searcher::Run::match_on_servers() {
    Xapian::Enquire enquire(index.database());
    const Xapian::Query query = wanted();
    enquire.set_query(query);
    enquire.set_weighting_scheme(bm25());
    sort_by_slots(enquire, request.sort);
    known = known_total(query);
    documents.clear();
    if (counts_documents(request) && !matches_all()) {
        documents = matching_documents(index, query);
        known = static_cast<Xapian::doccount>(documents.size());
    }
    deadline.check();
    const bool counted = (request.exact_total || request.limit == 0) && !known;
    const Xapian::doccount least = counted ? index.database().get_doccount() : 0;
    const Window at = window();
    if (!orders()) enquire.set_weighting_scheme(Xapian::BoolWeight());
    Xapian::MSet found;
    if (orders() || counted) found = enquire.get_mset(at.first, orders() ? at.fetched : 0, least);
    make_page(found, enquire, nullptr, at);
    return found;
}

Xapian::MSet Searcher::Run::match() {
    if (index.has_servers()) return match_on_servers();
    Xapian::Enquire enquire(index.database());
    const PartsInMatch parts(index);
    const Xapian::Query query = wanted();
    enquire.set_query(deadline.guard(parts.guard(query)));
    enquire.set_weighting_scheme(bm25());
    const auto keys = key_maker(parts, request.sort);
    if (request.sort == SortOrder::relevance)
        enquire.set_sort_by_relevance_then_key(keys.get(), false);
    else
        enquire.set_sort_by_key_then_relevance(keys.get(), false);
    const Window at = window();
    const PatternDecider decider(built.deciders, parts);
    const PatternDecider* const decides = built.deciders.empty() ? nullptr : &decider;
    known = decides == nullptr ? known_total(query) : std::nullopt;
    documents.clear();
    // Without hits to show, only an exact total tells whether there are any.
    const bool counted = (request.exact_total || request.limit == 0) && !known;
    const bool listed = counts_documents(request) && !matches_all();
    // Postings alone tell which documents match in half the time of a match that no hits are wanted of, and of
    // alternatives even beside one that ranks the best. To count, few matches are better all looked at.
    const auto groups = (counted || listed) && !deadline.limited() ? term_groups(query) : std::nullopt;
    const bool walked = groups && (groups->size() == 1 || !orders());
    MatchedDocuments matched(parts);
    if (listed && !walked) enquire.add_matchspy(&matched);
    if (!orders()) enquire.set_weighting_scheme(Xapian::BoolWeight());
    const bool once = listed || !orders();
    const Xapian::doccount all = index.database().get_doccount();
    const Xapian::doccount least = walked ? (once ? 0 : k_few_matches) : counted || listed ? all : 0;
    Xapian::MSet found;
    if (orders() || least != 0) found = enquire.get_mset(at.first, at.fetched, least, nullptr, decides);
    documents = matched.take();
    if (walked && (once || found.get_matches_lower_bound() != found.get_matches_upper_bound())) {
        if (listed || groups->size() > 1) {
            std::vector<Xapian::docid> all_with = documents_with(*groups, index);
            known = static_cast<Xapian::doccount>(all_with.size());
            if (listed) documents = std::move(all_with);
        } else {
            known = static_cast<Xapian::doccount>(count_with_any(groups->front(), index));
        }
    }
    make_page(found, enquire, decides, at);
    return found;
}

Xapian::MSet Searcher::Run::match_widened(Xapian::MSet found) {
    if (!reranks() || found.empty()) return found;
    std::vector<Xapian::docid> best;
    for (const Ranked& at : ranked) best.push_back(at.document);
    best.resize(std::min(best.size(), k_feedback_documents));
    std::set<std::string> asked(built.highlights.terms.begin(), built.highlights.terms.end());
    for (const RankedWord& word : built.words) asked.insert(word.terms.begin(), word.terms.end());
    std::vector<Xapian::Query> terms;
    for (const FeedbackTerm& term : feedback_terms(index, best, asked)) {
        const double weight = k_feedback_weight * term.weight;
        terms.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(term.term), weight);
        result.added.push_back({term.word, weight, true});
    }
    if (terms.empty()) return found;
    built.query = Xapian::Query(Xapian::Query::OP_AND_MAYBE, built.query,
                                Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()));
    return match();
}

}  // namespace limier
