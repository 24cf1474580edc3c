// One query against one index.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "common/store.hpp"
#include "common/text/french.hpp"
#include "searcher/concordance.hpp"
#include "searcher/facets.hpp"
#include "searcher/query/build.hpp"
#include "searcher/query/synonyms.hpp"
#include "searcher/result.hpp"

namespace limier {

enum class SortOrder { relevance, date, date_down, title };

/// The order of this name (--sort); nothing where there is none.
std::optional<SortOrder> sort_order(std::string_view name);

/// A document of the index, or a text.
struct SimilarTo {
    bool in_index = true;
    std::string text;  ///< the id, or the text
    std::string name;  ///< for messages: the id, or the file
};

struct SearchRequest {
    std::string query;
    std::string qid;
    std::size_t limit = 10;
    std::size_t offset = 0;
    SortOrder sort = SortOrder::relevance;
    MatchMode match = MatchMode::all;
    bool relax = false;    ///< when `all` finds nothing, take the hits of `any` and say so
    bool lenient = false;  ///< a malformed query is read as far as it goes
    bool records = true;   ///< fill what a hit shows; else id and score alone
    bool snippets = true;  ///< fill snippet, highlights and entities
    bool values = true;    ///< fill all entities, and topics; else the first of persons and organisations
    bool full = false;     ///< with snippets: fill the whole text too
    bool exact_total = true;
    std::optional<double> since;       ///< only what was indexed then or later: seconds since 1970
    std::optional<SimilarTo> similar;  ///< what the hits are to be like; the query then only narrows, and may be empty
    std::optional<ConcordanceRequest>
        concordance;  ///< its lines instead of hits; `limit` and `offset` say nothing then
    bool explain = false;
    std::optional<std::chrono::duration<double>> timeout;  ///< after so long the query is an error
    bool collapse = false;  ///< hits are groups of near-duplicates, each shown by its best; so counts `offset` too
    const std::atomic<bool>* stop = nullptr;  ///< once it is set the query is an error
    bool expand = false;  ///< also look for synonyms, and for what the best documents have in common
    std::vector<FacetRequest> facets;
    std::size_t facet_limit = 10;
    FacetOrder facet_order = FacetOrder::count;
    std::uint32_t facet_min = 1;  ///< documents of a value that is listed
    std::vector<FacetRequest>
        significant;  ///< fields whose values are told that the result has more than the rest; no dates
    std::optional<FacetRequest::Period> timeline;  ///< none: the period is chosen by the span
    bool facet_courses = false;                    ///< of facets of dates also the whole course, for who draws it
    bool facets_apart = false;  ///< a facet counts as if no value of its own were chosen, so that more can be
};

/// Whether all that matches has to be known, document by document.
inline bool counts_documents(const SearchRequest& request) {
    return !request.facets.empty() || !request.significant.empty() || request.timeline;
}

/// An index open, or several, and what a search needs beside it. Not thread-safe: one a thread.
class Searcher {
 public:
    /// Errors: as Index::open.
    static Result<Searcher> open(std::span<const std::filesystem::path> paths, const ServerOptions& servers = {});
    static Result<Searcher> open(const std::filesystem::path& path) { return open(std::span(&path, 1)); }

    /// Errors: query (with the place; or it took too long), not_found (the document that hits are to be like), damaged,
    /// io; unreachable, but with ServerOptions::partial, which leaves servers out that do not answer.
    Result<SearchResult> search(const SearchRequest& request);

    /// The text of the document with this id; nothing when there is none. Errors: damaged, io.
    Result<std::optional<std::string>> text_of(std::string_view id) const;

    /// Adds the groups of a file to the synonyms that SearchRequest::expand brings. Errors: Synonyms::add_file.
    Result<void> add_synonyms(const std::string& path);

    /// Opens the index anew when another generation was published. Call between queries. Errors: as open; the old one
    /// then stays.
    Result<void> refresh();

    /// The same indexes, as published now, and the same synonyms: for another thread. Errors: as open.
    Result<Searcher> another() const;

    const Index& index() const { return *index_; }

    /// A warning when the index was made by another analyser than this program's, else empty.
    std::string warning() const;

 private:
    Searcher() = default;
    const Synonyms& synonyms();
    bool leave_out(const Error& error);
    Result<void> reopen();
    struct Run;
    std::vector<std::filesystem::path> paths_;
    ServerOptions servers_;
    bool lost_ = false;  ///< a connection broke off: what it says next may be the answer to something else
    std::unique_ptr<Index> index_;
    std::unique_ptr<IndexWords> words_;
    Analyser analyser_;
    std::optional<Synonyms> synonyms_;  ///< made when first asked for
};

}  // namespace limier
