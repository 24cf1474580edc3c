// Under what a key phrase is filed, whichever its inflections.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/text/french.hpp"

namespace limier {

/// The key of a phrase: the stems of its words but for the small ones, parted by blanks. `les réformes des retraites`
/// and `réforme de la retraite` have one key. Of small words alone, all count; empty where there is no word at all.
std::string phrase_key(std::string_view phrase, Analyser& analyser);

/// The same of tokens that are there already.
std::string phrase_key(std::span<const Token> tokens, const Analyser& analyser);

/// Whether a form counts for nothing in a key: a stop word, or a preposition that is none.
bool is_small_word(const Form& form);

}  // namespace limier
