// Looks for a pattern in the tokens of documents, one after the other, without an allocation a document.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "common/columns.hpp"
#include "common/store.hpp"
#include "searcher/query/pattern.hpp"
#include "searcher/query/scan_codes.hpp"

namespace limier {

/// A set of form ids, made to be looked up for every token of a document.
class FormTest {
 public:
    FormTest() = default;
    explicit FormTest(std::span<const std::uint32_t> sorted);

    bool operator()(std::uint32_t form) const {
        const std::uint32_t offset = form - low_;
        return offset < size_ && (bits_.empty() || (bits_[offset / 64] >> offset % 64 & 1) != 0);
    }
    /// The first token from `from` on that has one of the forms; the number of tokens where none has.
    std::size_t find(std::span<const ColumnToken> tokens, std::size_t from) const;

 private:
    // Tests in blocks of fixed size without a branch: the compiler turns the first into vector code.
    static constexpr std::size_t k_block = 16;
    bool any_in_range(const ColumnToken* tokens) const;
    bool any_in_bits(const ColumnToken* tokens) const;

    std::uint32_t low_ = 0, size_ = 0;  ///< [low, low + size)
    std::vector<std::uint64_t> bits_;   ///< by form, less `low`; empty where all of the range are in the set
};

/// Looks for a pattern in documents of one segment.
class PatternFinder {
 public:
    PatternFinder(const Pattern& pattern, const Segment& segment, std::size_t segment_number);

    /// Whether the pattern stands in these tokens of a title or body.
    bool stands_in(std::span<const ColumnToken> tokens);

    /// A match: places [begin, end) of primary tokens.
    struct Match {
        std::size_t begin, end;
        friend auto operator<=>(const Match&, const Match&) = default;
    };
    /// Where it stands, in order; those of one begin may be several. Lifetime: until the next question.
    const std::vector<Match>& all_matches(std::span<const ColumnToken> tokens);

    /// The same of tokens as they are stored; nothing where that takes decoding them.
    std::optional<bool> stands_in(std::span<const std::uint16_t> codes) const;

 private:
    using Tokens = std::span<const ColumnToken>;
    struct PlaceForms {
        std::size_t from, span;
        FormTest forms;
    };

    void choose_anchor(const Pattern& pattern, const Segment& segment, std::size_t number);
    void choose_codes(const Pattern& pattern, const Segment& segment, std::size_t number);
    std::optional<bool> joined_in(std::span<const std::uint16_t> codes) const;
    std::size_t first_start(Tokens tokens, std::size_t hit) const;
    void match_from(Tokens tokens, std::size_t start);
    void match_any_way(Tokens tokens, std::size_t start);
    template <class Visit>
    void each_match(Tokens tokens, Visit visit);
    void find_near(Tokens tokens, bool one);
    bool choose(Match& whole, std::size_t& tries);

    Pattern::Kind kind_;
    std::size_t length_;
    std::size_t distance_;
    std::vector<PlaceForms> steps_;
    bool plain_ = false;           ///< one step a place, none over several
    FormTest anchor_;              ///< every match has one of these forms at its place `anchor_from_`
    std::size_t anchor_from_ = 0;  ///< in steps from the first
    // For tokens as they are stored, of a sequence whose joined forms stand for all of it.
    std::vector<std::size_t> chain_;  ///< the steps over one place each, in order
    std::size_t rarest_ = 0;          ///< the place that is looked for first
    CodeScan rarest_codes_, joined_codes_;
    bool joined_ = false;  ///< a joined form may stand in this segment
    std::vector<PatternFinder> children_;

    // Room to work in, kept from document to document.
    std::vector<Match> matches_, chosen_;
    std::vector<std::pair<std::size_t, std::size_t>> states_;
    std::vector<std::size_t> ends_;
};

/// Tells which documents of an index have a pattern. Lifetime: the index must outlive it. Not
/// thread-safe.
class PatternVerifier {
 public:
    PatternVerifier(const Index& index, Pattern pattern, Part part);

    /// Whether the document has the pattern within its title or, where `part` allows, its body; not where the segment
    /// has no such row. Throws Damaged.
    bool holds(std::size_t segment, std::uint32_t row);
    const Index& index() const { return index_; }
    const Pattern& pattern() const { return pattern_; }
    Part part() const { return part_; }

 private:
    const Index& index_;
    Pattern pattern_;
    Part part_;
    std::vector<std::optional<PatternFinder>> finders_;  ///< by segment, made when first asked
    std::vector<ColumnToken> tokens_;                    ///< of the document asked last
};

}  // namespace limier
