// Quotation marks: which open, which close, and where a quotation ends.
#pragma once

#include <optional>
#include <string_view>

#include "searcher/query/word.hpp"

namespace limier {

/// `"` « » “ ” „
bool is_quote(char32_t c);

/// A quotation that opens at `at`: what stands between its quotes, without outer blanks, and the place behind it.
/// Nothing where no mark opens there or none closes it.
struct Quotation {
    Slice content;
    std::size_t end = 0;
};
std::optional<Quotation> quotation_at(std::string_view text, std::size_t at);

/// Whether a mark at `at` can open a quotation by what stands before it: not `5"`.
bool opens_quotation(std::string_view text, std::size_t at);

/// The slice without the blanks at its ends, those of print among them.
Slice without_blanks(std::string_view text, Slice slice);

}  // namespace limier
