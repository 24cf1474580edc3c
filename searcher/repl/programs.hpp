// Other programs that a dialogue calls: a pager, and what opens a file. Never by a shell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"

namespace limier {

/// The words of a command as a variable of the environment gives it: blanks part them.
std::vector<std::string> words_of_command(std::string_view command);

/// How many lines of a terminal a text takes; colours take none.
std::size_t screen_lines(std::string_view text, std::size_t columns);

/// Writes a text to stdout, by a pager where that is a terminal with fewer lines: $LIMIER_PAGER, $PAGER, `less -FRX`.
/// False when nobody reads it any more.
bool show_text(std::string_view text);

/// Opens a file or address: $LIMIER_OPEN, on a desktop xdg-open, else for a file the pager. Returns when that program
/// has ended. Errors: not_found (no such program), io (it failed).
Result<void> open_by_program(const std::string& target, bool is_file);

}  // namespace limier
