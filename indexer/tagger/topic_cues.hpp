// Cues of topics, analysed: those of the lexicon when the program is built, since that takes most of what loading took.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/french.hpp"

namespace limier {

/// How a cue's word is written where it is meant: of any letters, with a capital first, or in capitals.
enum class Case : std::uint8_t { any, capital, capitals };

struct CueWord {
    std::string_view text, term;  ///< of its form
    Case letters = Case::any;
    bool stop = false;
};

/// A cue of the lexicon or the user's without its weight (`levée de fonds` of `levée de fonds^5`).
std::string_view cue_text(std::string_view cue);

/// The words of a cue's text on a line, for cue_words(); empty where it has none.
std::string cue_line(std::string_view text, Analyser& analyser);

/// Appends the words of such a line. Lifetime: they point into it.
void cue_words(std::string_view line, std::vector<CueWord>& words);

}  // namespace limier
