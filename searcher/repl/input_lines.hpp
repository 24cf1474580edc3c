// Queries typed on several lines.
#pragma once

#include <string>
#include <string_view>

namespace limier {

/// Whether what was typed goes on in the next line: it ends in a backslash, or a quotation or bracket is open.
bool goes_on(std::string_view typed);

/// What was typed with the next line behind it; the backslash goes.
std::string joined_lines(std::string_view typed, std::string_view next);

}  // namespace limier
