// Looks for a sequence of words in the tokens of a document as they are stored, without decoding them.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "common/columns.hpp"

namespace limier {

/// The codes of a set of forms, made to be looked for in every row.
class CodeScan {
 public:
    CodeScan() = default;
    /// `forms`, sorted, of the segment. A form without a code cannot be looked for, nor can forms in many ranges.
    CodeScan(std::span<const std::uint32_t> forms, const Segment& segment);

    bool can_find() const { return can_find_; }
    /// The first code from `from` on that may stand for one of the forms; the number of codes where none may.
    std::size_t find(std::span<const std::uint16_t> codes, std::size_t from) const;

    /// The form of a code; ~0 of what is no code.
    std::uint32_t form(std::uint16_t code) const;

 private:
    static constexpr std::size_t k_block = 16, k_most_ranges = 4;
    struct Range {
        std::uint16_t low, size;
    };
    bool any(const std::uint16_t* codes) const;
    bool one(std::uint16_t code) const;

    bool can_find_ = false;
    std::vector<Range> ranges_;
    std::span<const std::uint32_t> form_of_code_;
};

/// Whether codes [begin, end), clipped to the row, are all plain: forms in primary tokens, none spelt out.
bool all_plain(std::span<const std::uint16_t> codes, std::size_t begin, std::size_t end);

}  // namespace limier
