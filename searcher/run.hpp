// One search under way: for search.cpp, which makes the query and the answer, and match.cpp, which finds the documents.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "searcher/deadline.hpp"
#include "searcher/query/ast.hpp"
#include "searcher/query/expand.hpp"
#include "searcher/rerank.hpp"
#include "searcher/search.hpp"
#include "searcher/similar.hpp"

namespace limier {

/// A hit to be. Shape: `agreement` is part of `score`.
struct Ranked {
    Xapian::docid document = 0;
    double score = 0;
    Agreement agreement = {};
    std::vector<Xapian::docid> duplicates = {};  ///< folded into it
};

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

    // In search.cpp.

    Result<SearchResult> run();
    Result<void> build(const Node& root, MatchMode mode);
    /// Makes the query one for documents like the model, among those that it asks for.
    Result<void> make_similar(bool narrowed);
    void count(const Node& root);
    void count_facets_asked();
    /// Counts one facet over what the rest of the query matches.
    void count_apart(const Node& others, std::size_t facet);
    /// Where nothing has all that is asked for: how many documents have each of it.
    void count_alone(const Node& root);
    /// The request without hits and what is counted of them.
    SearchRequest request_for_total() const;
    void explain(const Node& root);
    /// Takes the time since the last stage, where it is to be explained.
    void lap(std::string_view stage);
    /// Why a search failed: the deadline, where that ended it.
    Error ended(const Error& error) const;
    Error too_long() const;

    std::uint64_t total(const Xapian::MSet& found) const { return known.value_or(found.get_matches_estimated()); }
    bool matches_all() const { return !request.since && (built.everything || known == index.documents()); }

    // In match.cpp.

    /// The hits wanted; sets `known` and, for facets, `documents`.
    Xapian::MSet match();
    /// The same where servers are asked, without what they do not know.
    Xapian::MSet match_on_servers();
    /// Looks again, ranking by what the best documents have in common too; which documents match stays.
    Xapian::MSet match_widened(Xapian::MSet found);
    /// The query, of what was indexed since the time asked for.
    Xapian::Query wanted() const;
    /// The number of documents that match, where the index keeps it: of one term, of all documents.
    std::optional<Xapian::doccount> known_total(const Xapian::Query& query) const;

    /// Whether the order of the documents matters.
    bool orders() const { return request.limit > 0 || request.collapse; }
    /// Whether the best by BM25 are put into a new order.
    bool reranks() const { return request.sort == SortOrder::relevance && orders() && !built.words.empty(); }

    /// What of the documents in order a match is to give.
    struct Window {
        Xapian::doccount offset, limit;  ///< asked for
        Xapian::doccount first,
            fetched;  ///< what is put into a new order, or folded, is all fetched, from the first on
    };
    Window window() const;
    /// How many documents are to be fetched from the first on so that near-duplicates are folded.
    Xapian::doccount to_compare(Xapian::doccount offset, Xapian::doccount limit) const;

    /// Makes the page of what a match gave.
    void make_page(const Xapian::MSet& found, Xapian::Enquire& enquire, const Xapian::MatchDecider* decides,
                   const Window& at);
    /// Fills `ranked` with what was found. The best by BM25 are put into a new order whatever the page, so that pages
    /// fit together; what comes after them has no more than their least had before.
    void rank(const Xapian::MSet& found);
    /// Folds what was found, and finds more where that is less than a page.
    void collapse(Xapian::Enquire& enquire, const Xapian::MatchDecider* decides, Xapian::doccount compared);
    /// Folds each of the documents in `ranked` into the first that it nearly duplicates.
    void fold();
    /// Leaves of `ranked` the page wanted.
    void cut(std::size_t first, std::size_t limit);
};

}  // namespace limier
