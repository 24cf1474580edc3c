// Lines of a text and what stands at their beginning: the small change of the readers.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace limier {

/// A line that is not blank. Shape: bytes of the text without the blanks at its ends.
struct Line {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool after_blank = false;  ///< a blank line, or the beginning of the text, stands before it
    std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

/// The next line that is not blank at or after `at`, which moves behind it. Line ends are LF, CRLF and CR.
std::optional<Line> next_line(std::string_view text, std::size_t& at);

/// The last line that is not blank before `at`, to whose beginning `at` moves. `after_blank` is not told.
std::optional<Line> previous_line(std::string_view text, std::size_t& at);

/// The text without the blanks at its ends.
std::string_view trimmed(std::string_view text);

/// Moves `at` past blanks.
void skip_spaces(std::string_view text, std::size_t& at);

/// What skip_prefix asks where the first letter does not tell.
bool skip_folded(std::string_view text, std::size_t& at, std::string_view prefix);

/// Moves `at` past `prefix`, which is folded and not empty; any run of blanks stands for a blank of it. False, and `at`
/// unmoved, where the text goes on otherwise, or where a word runs on behind the prefix.
inline bool skip_prefix(std::string_view text, std::size_t& at, std::string_view prefix) {
    // Nearly all prefixes that are asked for fail at their first letter.
    const auto lower = static_cast<char>(at < text.size() ? text[at] | 0x20 : '\0');
    if (lower >= 'a' && lower <= 'z' && lower != prefix.front()) return false;
    return skip_folded(text, at, prefix);
}

/// Moves `at` past one of these characters; false where none stands there.
bool skip_any(std::string_view text, std::size_t& at, std::u32string_view characters);

/// The code point at `at`, or 0 at the end.
char32_t peek(std::string_view text, std::size_t at);

/// The last code point, or 0 of nothing.
char32_t last_of(std::string_view text);

}  // namespace limier
