// Keywords in context: every place of the documents where what a query asks for stands, from the token column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/store.hpp"
#include "common/text/french.hpp"
#include "searcher/deadline.hpp"
#include "searcher/query/build.hpp"
#include "searcher/query/find_pattern.hpp"
#include "searcher/result.hpp"

namespace limier {

enum class ConcordanceOrder {
    position,  ///< as the documents are ranked, then as the places stand
    left,      ///< by the words before, the nearest first, by French collation
    right,     ///< by the words behind
};

/// The order of this name (--kwic-sort); nothing where there is none.
std::optional<ConcordanceOrder> concordance_order(std::string_view name);

struct ConcordanceRequest {
    std::size_t words = 8;  ///< on each side
    ConcordanceOrder order = ConcordanceOrder::position;
    std::size_t first = 0, limit = 100;  ///< lines
};

/// Of so many lines the contexts are compared; what comes after them is counted, and not sorted in.
inline constexpr std::size_t k_most_sorted_lines = 100'000;

/// Finds the places of one query. A phrase is one place, a word one each; of places that overlap the first and longest
/// counts. Where the query has fields alone, the words of their values are the places. Lifetime: all arguments must
/// outlive it. Not thread-safe.
class ConcordanceMaker {
 public:
    ConcordanceMaker(const Index& index, Analyser& analyser, const BuiltQuery& built, ConcordanceRequest request,
                     const Deadline& deadline);

    /// The lines asked for of these documents, which come in the order of `position`, and how many there are. Throws
    /// Damaged, and what the deadline throws.
    Concordance operator()(std::span<const Xapian::docid> documents);

 private:
    using Match = PatternFinder::Match;
    void find(const Index::Place& place, std::span<const ColumnToken> tokens);
    void add_lines(const Index::Place& place, std::string_view text, bool in_title, std::size_t first,
                   std::size_t count, std::vector<ConcordanceLine>& lines);

    const Index& index_;
    Analyser& analyser_;
    const BuiltQuery& built_;
    ConcordanceRequest request_;
    const Deadline& deadline_;
    std::vector<std::vector<PatternFinder>> finders_;  ///< by segment, made when first asked
    std::vector<std::optional<FormTest>> forms_;       ///< likewise, where the query has no place
    std::vector<Match> matches_;                       ///< of the text found in last
    std::vector<Token> tokens_, primary_;
};

}  // namespace limier
