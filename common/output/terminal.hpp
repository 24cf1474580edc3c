// What goes to a terminal: colour, width, and nothing that could command it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace limier {

/// C0, DEL, C1, and the explicit bidirectional marks U+202A–202E and U+2066–2069, with which a text can make a line
/// read as another. U+200E and U+200F, which Arabic and Hebrew need, are none.
bool is_control(char32_t code_point);

/// Replaces control characters but tab and line end by U+FFFD, so that a document cannot drive the terminal. CR LF
/// becomes LF; a CR alone, which would overwrite its line, is replaced. The result is valid UTF-8.
std::string without_controls(std::string_view text);

/// The same, with a tab or line end (LF, CR, U+2028, U+2029) as a blank: for one-line records.
std::string on_one_line(std::string_view text);

enum class ColourChoice { auto_, always, never };

/// Whether to colour: `always`, or `auto` on a terminal where NO_COLOR is unset or empty and TERM is not `dumb`.
bool use_colour(ColourChoice choice, int file_descriptor);

bool is_terminal(int file_descriptor);
std::size_t terminal_width(int file_descriptor);  ///< COLUMNS, then the device, then 80; at least 20

std::size_t terminal_height(int file_descriptor);  ///< lines of the device; 0 where it is none

/// Text cut to a number of columns, with `…` where something was lost.
std::string fit(std::string_view text, std::size_t columns);

/// The lines of at most `columns` columns, broken at blanks and line ends; a longer word has a line of its own.
/// No-break spaces do not break. Never empty. Lifetime: views into `text`.
std::vector<std::string_view> wrapped_lines(std::string_view text, std::size_t columns);

/// The same joined by line ends, each line after `indent`, which counts as columns.
std::string wrap(std::string_view text, std::size_t columns, std::string_view indent);

}  // namespace limier
