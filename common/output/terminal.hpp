// What goes to a terminal: colour, width, and nothing that could command it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace limier {

/// Replaces control characters (C0 but tab and line end, DEL, C1) by U+FFFD, so that a document cannot drive the
/// terminal.
std::string without_controls(std::string_view text);

/// The same, with tabs and line ends as a blank: for one-line records.
std::string on_one_line(std::string_view text);

enum class ColourChoice { auto_, always, never };

/// Whether to colour: `always`, or `auto` on a terminal where NO_COLOR is unset or empty and TERM is not `dumb`.
bool use_colour(ColourChoice choice, int file_descriptor);

bool is_terminal(int file_descriptor);
std::size_t terminal_width(int file_descriptor);  ///< COLUMNS, then the device, then 80; at least 20

/// Text cut to a number of columns, with `…` where something was lost.
std::string fit(std::string_view text, std::size_t columns);

/// Breaks text into lines of at most `columns` columns at blanks.
std::string wrap(std::string_view text, std::size_t columns, std::string_view indent);

}  // namespace limier
