#include "searcher/search.hpp"

#include <algorithm>
#include <chrono>

#include "common/output/language.hpp"
#include "common/output/number.hpp"
#include "common/text/utf8.hpp"
#include "searcher/explain.hpp"
#include "searcher/hits.hpp"
#include "searcher/query/remove_filters.hpp"
#include "searcher/run.hpp"
#include "searcher/significant.hpp"
#include "searcher/suggest.hpp"
#include "searcher/timeline.hpp"

namespace limier {
namespace {

constexpr std::size_t k_most_alone = 8;  // operands that are counted one by one
constexpr std::size_t k_most_shared = 8;

}  // namespace

void Searcher::Run::lap(std::string_view stage) {
    if (!request.explain) return;
    const auto now = std::chrono::steady_clock::now();
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now - last).count();
    times.push_back({std::string(stage), static_cast<std::uint64_t>(micros)});
    last = now;
}

Result<void> Searcher::Run::build(const Node& root, MatchMode mode) {
    const bool best_only = !request.exact_total && request.limit > 0 && !counts_documents(request);
    Result<BuiltQuery> made = build_query({index, analyser, words, request.snippets && request.limit > 0,
                                           request.concordance.has_value(), deadline, best_only},
                                          request.query, root, mode);
    if (!made) return ended(made.error());
    built = std::move(*made);
    lap("build");
    return {};
}

void Searcher::Run::count(const Node& root) {
    count_facets_asked();
    for (std::size_t i = 0; request.facets_apart && i < request.facets.size(); ++i) {
        Node others = root;
        if (remove_filters(others, request.facets[i].field)) count_apart(others, i);
    }
}

SearchRequest Searcher::Run::request_for_total() const {
    SearchRequest part = request;
    part.facets.clear();
    part.significant.clear();
    part.timeline.reset();
    part.limit = 0;
    part.collapse = false;
    return part;
}

void Searcher::Run::count_alone(const Node& root) {
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

void Searcher::Run::count_apart(const Node& others, std::size_t facet) {
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

void Searcher::Run::count_facets_asked() {
    if (matches_all()) documents = index.all_documents();
    // One part is matched in order of documents.
    if (!std::is_sorted(documents.begin(), documents.end())) std::sort(documents.begin(), documents.end());
    const FacetListing listing{request.facet_limit, request.facet_order, request.facet_min, request.facet_courses};
    result.facets = count_facets(index, documents, request.facets, built.selected, listing);
    result.significant = significant_values(index, documents, request.significant, built.selected, listing);
    if (request.timeline) result.timeline = count_timeline(index, documents, *request.timeline);
}

void Searcher::Run::explain(const Node& root) {
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

Error Searcher::Run::ended(const Error& error) const {
    if (error.code == Code::unreachable) return error;
    if (deadline.stopped()) return {Code::query, std::string(tr("stopped", "interrompue"))};
    return deadline.passed() ? too_long() : error;
}

Error Searcher::Run::too_long() const {
    std::string seconds = fixed_decimals(request.timeout->count(), 3);
    return {Code::query,
            std::string(tr("the query took longer than --timeout allows: ",
                           "la requête a pris plus de temps que ne l’accorde --timeout : ")) +
                seconds + " s",
            std::string(tr("ask for less at once, or give it more time",
                           "demander moins à la fois, ou donner plus "
                           "de temps"))};
}

Result<void> Searcher::Run::make_similar(bool narrowed) {
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

Result<SearchResult> Searcher::Run::run() {
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
            result.suggestion = suggestion(index, analyser, words, request.query, parsed->root, deadline);
    });
    if (!done) return ended(done.error());
    for (const auto& notes : {parsed->notes, built.notes}) {
        for (const QueryNote& note : notes) result.notes.push_back(note.message);
    }
    if (request.explain) explain(parsed->root);
    return std::move(result);
}

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
