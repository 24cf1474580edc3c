// What a search returns; the output formats read nothing else.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/schema.hpp"

namespace limier {

/// A stretch of the string it stands beside. Units: bytes, end exclusive. Sorted and disjoint in a vector.
struct Highlight {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend bool operator==(const Highlight&, const Highlight&) = default;
};

/// So many persons and organisations of a hit are listed for people.
inline constexpr std::size_t k_values_listed = 4;

struct Hit {
    std::size_t rank = 0;  ///< from 1, offset included
    std::string id;
    std::string path;  ///< absolute
    double score = 0;
    std::string title;
    std::string date;  ///< `YYYY[-MM[-DD]]` or empty
    std::string source;
    std::string author;
    std::string url;
    std::string snippet;  ///< plain text, blanks normalised
    std::vector<Highlight> highlights;
    std::vector<Highlight> title_highlights;
    std::optional<std::string> text;         ///< the whole, as received; where asked for
    std::vector<Highlight> text_highlights;  ///< in `text`
    std::vector<std::pair<Field, std::vector<std::string>>>
        entities;  ///< canonical values, all or the first, strongest first; empty fields left out
    std::vector<std::string> topics;
    std::vector<std::string> shared;      ///< with what --similar names: values, then words, strongest first
    std::vector<std::string> duplicates;  ///< with --collapse: ids of the documents folded into this one, best first
};

struct FacetValue {
    std::string value;
    std::uint64_t count = 0;
    bool selected = false;    ///< the query filters on it
    std::string parent = {};  ///< of a tree: the value above, which comes before; empty: none
    unsigned depth = 0;       ///< of a tree: how many values are above
};

struct TimelineBar {
    std::string date;  ///< `2025`, `2025-01`, `2025-W03` or `2025-01-14`
    std::uint64_t count = 0;
};

struct Facet {
    std::string name;                      ///< as asked: `person`, `date:month`
    std::vector<FacetValue> values;        ///< count down, then value; or by value; a tree's each before those below it
    std::string word = {};                 ///< folded: only values of that beginning were asked for
    std::vector<TimelineBar> course = {};  ///< of dates, where asked for: each from the first to the last
    bool tree = false;                     ///< a value counts what is below it too
};

/// A value that the result has more often than the rest of the index.
struct SignificantValue {
    std::string value;
    std::uint64_t count = 0;  ///< documents of the result
    std::uint64_t total = 0;  ///< documents of the index
    double score = 0;
    bool selected = false;  ///< the query filters on it
};

struct Significant {
    std::string name;                      ///< as asked
    std::vector<SignificantValue> values;  ///< score down
    std::string word = {};                 ///< as of Facet
};

/// Documents by date, from the first to the last, those of none between included.
struct Timeline {
    std::string period;  ///< `year`, `month`, `week` or `day`
    std::vector<TimelineBar> bars;
    std::uint64_t without = 0;  ///< documents of no date, or of one that does not tell the period
};

/// A place where the query stands, with what is around it as it stands in the text.
struct ConcordanceLine {
    std::string id;
    bool in_title = false;  ///< of a title apart; else in the text
    Highlight place;        ///< of the keyword
    std::string left, keyword, right;
};

struct Concordance {
    std::vector<ConcordanceLine> lines;
    std::size_t total = 0;   ///< places in all documents that match
    bool all_sorted = true;  ///< else there are more than are compared
};

/// A word that --expand looks for too.
struct AddedWord {
    std::string word;
    double weight = 1;      ///< beside a word of the query
    bool feedback = false;  ///< from the best documents; else a synonym
};

struct ExplainedToken {
    std::string text, term;          ///< as typed; as looked for
    std::size_t begin = 0, end = 0;  ///< bytes in the query
};

struct StageTime {
    std::string stage;
    std::uint64_t micros = 0;
};

/// Why a hit has its score.
struct ExplainedScore {
    std::size_t rank = 0;
    std::string id;
    double score = 0;
    std::vector<std::pair<std::string_view, double>> parts;  ///< they add up to it
};

/// What --explain tells.
struct Explanation {
    std::vector<ExplainedToken> tokens;  ///< of the words asked for in texts
    std::string tree;                    ///< the query as read
    std::string xapian;                  ///< as built
    std::vector<StageTime> times;        ///< in order
    std::vector<ExplainedScore> hits;
};

/// What an operand of a query that finds nothing finds without the others.
struct FoundAlone {
    std::string query;
    std::uint64_t count = 0;
};

/// What --collapse made of the documents that match.
struct Collapsed {
    std::uint64_t groups = 0;  ///< of near-duplicates, single documents among them
    bool exact = true;         ///< all documents that match were compared; else there are at least so many groups
};

struct SearchResult {
    std::string query;  ///< as given
    std::string like;   ///< name of what the hits are to be like; empty where nothing was named
    std::string qid;    ///< as given, or the line number in a batch; empty for a one-shot query
    std::uint64_t total = 0;
    bool exact = true;     ///< the total is exact
    bool relaxed = false;  ///< `all` found nothing, these are the hits of `any`
    std::vector<Hit> hits;
    std::vector<Facet> facets;
    std::vector<Significant> significant;  ///< where asked for
    std::optional<Timeline> timeline;      ///< where asked for
    std::optional<std::string> suggestion;
    std::vector<FoundAlone> alone;           ///< where nothing was found, relaxed neither
    std::optional<Concordance> concordance;  ///< instead of hits, where asked for
    std::optional<Collapsed> collapsed;      ///< where asked for
    std::vector<AddedWord> added;            ///< what the query was widened by
    std::vector<std::string> missing;        ///< servers whose documents are not counted, and why: `host:port: reason`
    std::vector<std::string> notes;          ///< for stderr
    std::optional<Explanation> explanation;  ///< where asked for

    /// On all pages together.
    std::uint64_t hits_in_all() const { return collapsed ? collapsed->groups : total; }
};

}  // namespace limier
