// From a document that matches to what a hit shows of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "common/store.hpp"
#include "common/text/french.hpp"
#include "searcher/query/build.hpp"
#include "searcher/query/find_pattern.hpp"
#include "searcher/result.hpp"
#include "searcher/search.hpp"
#include "searcher/snippet.hpp"

namespace limier {

/// The forms of a segment that are to be marked, sorted.
std::vector<std::uint32_t> forms_to_mark(const Segment& segment, const HighlightWords& words);

/// Whether the text of a document begins with its title, which is then not to be shown twice.
bool holds_title(std::string_view text, std::string_view title);

/// Makes the hits of one query. Lifetime: index, analyser and words must outlive it. Not thread-safe.
class HitMaker {
 public:
    /// What is filled is told by the request's `records`, `snippets`, `full` and `values`.
    HitMaker(const Index& index, Analyser& analyser, const HighlightWords& words, const SearchRequest& request);

    /// Throws Damaged.
    Hit operator()(Xapian::docid document, double score, std::size_t rank);
    /// Lifetime: the index's. Throws Damaged.
    std::string_view id(Xapian::docid document) const;

 private:
    void show_words(const Index::Place& place, std::string_view title, Hit& hit);
    struct KnownRow {
        KnownWords title, body;
    };
    std::optional<KnownRow> known_words(const Index::Place& place);

    const Index& index_;
    const HighlightWords& words_;
    bool records_, snippets_, values_, full_;
    Highlighter highlighter_;
    std::vector<std::optional<FormTest>> marked_forms_;  ///< by segment, made when first asked
    std::string record_, codes_, frame_, text_;          ///< of the row last read
    std::vector<ColumnToken> tokens_;                    ///< the same
};

}  // namespace limier
