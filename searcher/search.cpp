#include "searcher/search.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>

#include "common/output/language.hpp"
#include "common/output/number.hpp"
#include "common/text/utf8.hpp"
#include "searcher/bm25.hpp"
#include "searcher/deadline.hpp"
#include "searcher/document_set.hpp"
#include "searcher/duplicates.hpp"
#include "searcher/explain.hpp"
#include "searcher/feedback.hpp"
#include "searcher/hits.hpp"
#include "searcher/parts.hpp"
#include "searcher/query/ast.hpp"
#include "searcher/query/expand.hpp"
#include "searcher/query/remove_filters.hpp"
#include "searcher/query/served_pattern.hpp"
#include "searcher/rerank.hpp"
#include "searcher/significant.hpp"
#include "searcher/similar.hpp"
#include "searcher/sort_keys.hpp"
#include "searcher/suggest.hpp"
#include "searcher/timeline.hpp"

namespace limier {
namespace {

// So many matches are all looked at; where there are more, their number is told by the postings.
constexpr Xapian::doccount k_few_matches = 1000;

constexpr std::size_t k_most_alone = 8;  // operands that are counted one by one
constexpr std::size_t k_most_shared = 8;

// So many of the best documents are compared for near-duplicates, and more where the page asks for more. All distinct,
// 10,000 take 29 ms, 20,000 90 ms, 50,000 470 ms.
constexpr Xapian::doccount k_compared = 20'000;
constexpr Xapian::doccount k_more_compared = 4;

// Of a word that the best documents have in common, beside one of the query. nDCG@10 of PIAF, of titles of press and of
// this project's corpus, with synonyms: 0.8216, 0.7158, 0.9285 with 0; 0.8231, 0.7178, 0.9356 with 0.1; 0.8203, 0.7092,
// 0.9401 with 0.2. With 3 or 10 documents, 10 or 40 terms: within 0.002, 0.003, 0.004.
constexpr double k_feedback_weight = 0.1;

Xapian::BM25Weight bm25() { return {k_bm25_k1, 0, 1, k_bm25_b, k_bm25_shortest}; }

struct Ranked {
    Xapian::docid document = 0;
    double score = 0;
    Agreement agreement = {};
    std::vector<Xapian::docid> duplicates = {};  ///< folded into it
};

}  // namespace

/// The state of one search.
struct Searcher::Run {
    const Index& index;
    Analyser& analyser;
    IndexWords& words;
    const SearchRequest& request;
    const Synonyms* synonyms;  ///< null where the query is not to be widened
    SearchResult result = {};
    BuiltQuery built = {};
    std::optional<Xapian::doccount> known = {};  ///< matches, where no match need be made to know them
    std::vector<Xapian::docid> documents = {};   ///< that match, for facets
    std::vector<Ranked> ranked = {};             ///< the hits wanted
    std::optional<Model> model = {};             ///< what they are to be like
    Deadline deadline = Deadline(request.timeout, request.stop);
    std::chrono::steady_clock::time_point last = std::chrono::steady_clock::now();
    std::vector<StageTime> times = {};

    void lap(std::string_view stage) {
        if (!request.explain) return;
        const auto now = std::chrono::steady_clock::now();
        const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now - last).count();
        times.push_back({std::string(stage), static_cast<std::uint64_t>(micros)});
        last = now;
    }

    Result<void> build(const Node& root, MatchMode mode) {
        const bool best_only = !request.exact_total && request.limit > 0 && !counts_documents(request);
        Result<BuiltQuery> made = build_query({index, analyser, words, request.snippets && request.limit > 0,
                                               request.concordance.has_value(), deadline, best_only},
                                              request.query, root, mode);
        if (!made) return ended(made.error());
        built = std::move(*made);
        lap("build");
        return {};
    }

    /// The number of documents that match, where the index keeps it: of one term, of all documents.
    std::optional<Xapian::doccount> known_total(const Xapian::Query& query) const {
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

    std::uint64_t total(const Xapian::MSet& found) const { return known.value_or(found.get_matches_estimated()); }

    bool matches_all() const { return !request.since && (built.everything || known == index.documents()); }

    /// The query, of what was indexed since the time asked for.
    Xapian::Query wanted() const {
        if (!request.since) return built.query;
        return Xapian::Query(
            Xapian::Query::OP_FILTER, built.query,
            Xapian::Query(Xapian::Query::OP_VALUE_GE, k_slot_added, Xapian::sortable_serialise(*request.since)));
    }

    /// Whether the order of the documents matters.
    bool orders() const { return request.limit > 0 || request.collapse; }

    /// Whether the best by BM25 are put into a new order.
    bool reranks() const { return request.sort == SortOrder::relevance && orders() && !built.words.empty(); }

    /// Fills `ranked` with what was found. The best by BM25 are put into a new order whatever the page, so that pages
    /// fit together; what comes after them has no more than their least had before.
    void rank(const Xapian::MSet& found) {
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

    /// Leaves of `ranked` the page wanted.
    void cut(std::size_t first, std::size_t limit) {
        ranked.erase(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(std::min(first, ranked.size())));
        if (ranked.size() > limit) ranked.resize(limit);
    }

    /// How many documents are to be fetched from the first on so that near-duplicates are folded.
    Xapian::doccount to_compare(Xapian::doccount offset, Xapian::doccount limit) const {
        if (request.limit == 0) return index.documents();  // a count alone, and so an exact one
        const Xapian::doccount least = request.exact_total ? k_compared : 0;
        return std::max({least, k_reranked, offset + limit});
    }

    /// Folds each of the documents in `ranked` into the first that it nearly duplicates.
    void fold() {
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

    /// Folds what was found, and finds more where that is less than a page.
    void collapse(Xapian::Enquire& enquire, const Xapian::MatchDecider* decides, Xapian::doccount compared) {
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

    /// What of the documents in order a match is to give.
    struct Window {
        Xapian::doccount offset, limit;  ///< asked for
        Xapian::doccount first,
            fetched;  ///< what is put into a new order, or folded, is all fetched, from the first on
    };
    Window window() const {
        const auto offset = static_cast<Xapian::doccount>(std::min<std::size_t>(request.offset, index.documents()));
        const auto limit = static_cast<Xapian::doccount>(std::min<std::size_t>(request.limit, index.documents()));
        return {offset, limit, reranks() || request.collapse ? 0 : offset,
                request.collapse ? to_compare(offset, limit)
                : reranks()      ? std::max(k_reranked, offset + limit)
                                 : limit};
    }

    /// Makes the page of what a match gave.
    void make_page(const Xapian::MSet& found, Xapian::Enquire& enquire, const Xapian::MatchDecider* decides,
                   const Window& at) {
        lap("match");
        rank(found);
        if (request.collapse) collapse(enquire, decides, at.fetched);
        cut(at.offset - at.first, at.limit);
    }

    /// The hits wanted, where servers are asked: as `match`, without what they do not know.
    Xapian::MSet match_on_servers() {
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

    /// The hits wanted; sets `known` and, for facets, `documents`.
    Xapian::MSet match() {
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

    /// Looks again, ranking by what the best documents have in common too; which documents match stays.
    Xapian::MSet match_widened(Xapian::MSet found) {
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

    void count(const Node& root) {
        count_facets_asked();
        for (std::size_t i = 0; request.facets_apart && i < request.facets.size(); ++i) {
            Node others = root;
            if (remove_filters(others, request.facets[i].field)) count_apart(others, i);
        }
    }

    /// The request without hits and what is counted of them.
    SearchRequest request_for_total() const {
        SearchRequest part = request;
        part.facets.clear();
        part.significant.clear();
        part.timeline.reset();
        part.limit = 0;
        part.collapse = false;
        return part;
    }

    /// Where nothing has all that is asked for: how many documents have each of it.
    void count_alone(const Node& root) {
        const bool joins = root.kind == NodeKind::list || root.kind == NodeKind::and_;
        if (joins && root.children.size() == 1) return count_alone(root.children.front());
        if (!joins || root.children.size() > k_most_alone) return;
        const SearchRequest part = request_for_total();
        for (const Node& child : root.children) {
            if (child.occur == Occur::must_not) continue;
            Node alone = root;
            alone.children = {child};
            alone.children.front().occur = Occur::should;
            Run run{index, analyser, words, part, nullptr};
            run.deadline = deadline;
            if (!run.build(alone, MatchMode::all)) continue;
            result.alone.push_back({print_query(alone.children.front()), run.total(run.match())});
        }
        const auto is_there = [](const FoundAlone& operand) { return operand.count > 0; };
        if (std::ranges::none_of(result.alone, is_there)) result.alone.clear();
    }

    /// Counts one facet over what the rest of the query matches.
    void count_apart(const Node& others, std::size_t facet) {
        SearchRequest part = request_for_total();
        part.facets = {request.facets[facet]};
        Run run{index, analyser, words, part, nullptr};
        run.deadline = deadline;
        const bool asked = !others.children.empty();
        Result<void> done = asked ? run.build(others, built.mode) : Result<void>();
        if (!asked) {
            run.built.query = every_document();
            run.built.everything = true;
        }
        if (done && request.similar) done = run.make_similar(asked);
        if (!done) return;  // it was built as a part of the whole before
        run.match();
        run.built.selected = built.selected;
        run.count_facets_asked();
        result.facets[facet] = std::move(run.result.facets.front());
    }

    void count_facets_asked() {
        if (matches_all()) documents = index.all_documents();
        // One part is matched in order of documents.
        if (!std::is_sorted(documents.begin(), documents.end())) std::sort(documents.begin(), documents.end());
        const FacetListing listing{request.facet_limit, request.facet_order, request.facet_min, request.facet_courses};
        result.facets = count_facets(index, documents, request.facets, built.selected, listing);
        result.significant = significant_values(index, documents, request.significant, built.selected, listing);
        if (request.timeline) result.timeline = count_timeline(index, documents, *request.timeline);
    }

    void explain(const Node& root) {
        Explanation& told = result.explanation.emplace();
        told.tokens = explained_tokens(request.query, root, analyser);
        told.tree = print_tree(root);
        told.xapian = built.query.get_description();
        told.times = std::move(times);
        for (std::size_t i = 0; i < result.hits.size(); ++i) {
            const Agreement& agreement = ranked[i].agreement;
            told.hits.push_back({result.hits[i].rank,
                                 result.hits[i].id,
                                 ranked[i].score,
                                 {{"bm25", ranked[i].score - agreement.total()},
                                  {"forms", agreement.forms},
                                  {"order", agreement.order},
                                  {"window", agreement.window},
                                  {"lead", agreement.lead},
                                  {"kin", agreement.kin}}});
        }
    }

    /// Why a search failed: the deadline, where that ended it.
    Error ended(const Error& error) const {
        if (error.code == Code::unreachable) return error;
        if (deadline.stopped()) return {Code::query, std::string(tr("stopped", "interrompue"))};
        return deadline.passed() ? too_long() : error;
    }

    Error too_long() const {
        std::string seconds = fixed_decimals(request.timeout->count(), 3);
        return {Code::query,
                std::string(tr("the query took longer than --timeout allows: ",
                               "la requête a pris plus de temps que ne l’accorde --timeout : ")) +
                    seconds + " s",
                std::string(tr("ask for less at once, or give it more time",
                               "demander moins à la fois, ou donner plus "
                               "de temps"))};
    }

    /// Makes the query one for documents like the model, among those that it asks for.
    Result<void> make_similar(bool narrowed) {
        const SimilarTo& wanted = *request.similar;
        Result<void> done = guarded([&] {
            model = wanted.in_index ? model_of_document(index, wanted.text)
                                    : std::optional(model_of_text(index, analyser, wanted.text));
        });
        if (!done) return done;
        if (!model) {
            return Error{Code::not_found,
                         std::string(tr("no document has the id ", "aucun document n’a l’identifiant ")) + wanted.text};
        }
        using Xapian::Query;
        Query query = similar_query(*model);
        if (narrowed) query = Query(Query::OP_FILTER, query, built.query);
        if (wanted.in_index)
            query = Query(Query::OP_AND_NOT, query, Query(field_term(info(Field::id).prefix, wanted.text)));
        built.query = query;
        built.words.clear();
        built.deciders.clear();
        for (const FeedbackTerm& term : model->terms) built.highlights.terms.insert(term.term);
        lap("similar");
        return {};
    }

    Result<SearchResult> run() {
        const bool asked = !request.similar || request.query.find_first_not_of(" \t\r\n") != std::string::npos;
        Result<ParsedQuery> parsed =
            asked ? parse_query(request.query, request.lenient ? Leniency::lenient : Leniency::strict)
                  : Result<ParsedQuery>(ParsedQuery{});
        if (!parsed) return parsed.error();
        lap("parse");
        if (synonyms != nullptr) {
            for (std::string& word : synonyms->expand(parsed->root, analyser))
                result.added.push_back({std::move(word), k_synonym_weight, false});
        }
        result.query = request.query;
        result.qid = request.qid;
        if (request.similar) result.like = request.similar->name;
        if (Result<void> done = asked ? build(parsed->root, request.match) : Result<void>(); !done) return done.error();
        if (Result<void> done = request.similar ? make_similar(asked) : Result<void>(); !done) return done.error();
        const Result<void> done = guarded([&] {
            deadline.check();
            Xapian::MSet found = match();
            for (const MatchMode mode : {MatchMode::any, MatchMode::loose}) {
                const bool differs = mode == MatchMode::any ? built.several : built.phrases;
                if (!found.empty() || total(found) != 0 || !request.relax || !differs || model) continue;
                const Result<void> built_again = build(parsed->root, mode);
                deadline.check();
                if (!built_again) break;
                found = match();
                result.relaxed = total(found) > 0;
            }
            if (synonyms != nullptr) found = match_widened(found);
            result.total = total(found);
            result.exact = known || found.get_matches_lower_bound() == found.get_matches_upper_bound();
            if (request.concordance) {
                std::vector<Xapian::docid> all;
                for (const Ranked& at : ranked) all.push_back(at.document);
                result.concordance = ConcordanceMaker(index, analyser, built, *request.concordance, deadline)(all);
                ranked.clear();
                lap("kwic");
                if (result.total > 0 && result.concordance->total == 0) {
                    result.notes.emplace_back(tr("nothing that the query asks for is a word of the text: no lines",
                                                 "rien de ce que la requête demande n’est un mot du texte : aucune "
                                                 "ligne"));
                }
            }
            HitMaker hits(index, analyser, built.highlights, request);
            for (const Ranked& at : ranked) {
                deadline.check();
                result.hits.push_back(hits(at.document, at.score, request.offset + result.hits.size() + 1));
                for (const Xapian::docid duplicate : at.duplicates)
                    result.hits.back().duplicates.emplace_back(hits.id(duplicate));
                if (model && request.snippets)
                    result.hits.back().shared = shared_with(index, *model, at.document, k_most_shared);
            }
            lap("hits");
            if (counts_documents(request)) count(parsed->root);
            lap("facets");
            if (result.total == 0 && request.relax && !model) count_alone(parsed->root);
            if (result.total == 0 || result.relaxed)
                result.suggestion = suggestion(index, analyser, words.folded, request.query, parsed->root, deadline);
        });
        if (!done) return ended(done.error());
        for (const auto& notes : {parsed->notes, built.notes}) {
            for (const QueryNote& note : notes) result.notes.push_back(note.message);
        }
        if (request.explain) explain(parsed->root);
        return std::move(result);
    }
};

Result<SearchResult> Searcher::search(const SearchRequest& request) {
    // Checked once where it enters: places in the query, the suggestion and the output are of this text.
    SearchRequest clean = request;
    clean.query = clean_utf8(request.query).text;
    clean.qid = clean_utf8(request.qid).text;
    if (request.concordance) {
        clean.limit = std::max<std::size_t>(index_->documents(), 1);
        clean.offset = 0;
        clean.snippets = clean.exact_total = true;
    }
    const Synonyms* const wider = request.expand ? &synonyms() : nullptr;
    for (;;) {
        Result<SearchResult> result = Run{*index_, analyser_, *words_, clean, wider}.run();
        lost_ = !result && result.error().code == Code::unreachable;
        if (lost_ && servers_.partial && leave_out(result.error())) continue;
        if (result) {
            for (const Index::Missing& missing : index_->missing()) {
                result->missing.push_back(missing.why);
                result->notes.push_back(std::string(tr("missing: ", "manque : ")) + missing.why);
            }
        }
        return result;
    }
}

}  // namespace limier
