// Where in a query something is wrong, for a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace limier {

/// Two lines: the query, made safe for a terminal and cut to a window where it is long, and a caret under the byte
/// `at`. `at` may be the query's size. Input: valid UTF-8.
std::string caret_line(std::string_view query, std::size_t at);

}  // namespace limier
