// Headlines in capitals: their ET and OU are words.
#pragma once

#include <string_view>
#include <vector>

#include "searcher/query/lex.hpp"

namespace limier {

/// Turns operators that stand between two words of a text in capitals into words, with a note. A run of words in
/// capitals is a text when a function word (LA, L’) or two pairs of words side by side show a sentence: `LA VIE OU LA
/// MORT` is one, `OTAN ET ONU` is none.
void capitals_as_text(std::string_view query, std::vector<Lexeme>& lexemes, Problems& problems);

}  // namespace limier
