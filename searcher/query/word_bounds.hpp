// Where a word of a query ends, and which signs in a text are no operators.
#pragma once

#include <cstddef>
#include <string_view>

namespace limier {

/// The end of the word at `at`: a blank, a quote, a bracket; at most some 1000 bytes. Brackets of an ending belong to
/// it: `député(e)s`.
std::size_t word_end(std::string_view text, std::size_t at);

/// Whether the bracket at `at` opens a word and no group: `(ré)inventer`.
bool opens_word(std::string_view text, std::size_t at);

/// Whether the sign at `at` is of a measure: `-20 %`, `+3,5°`, `-10 €`.
bool is_signed_measure(std::string_view text, std::size_t at);

}  // namespace limier
