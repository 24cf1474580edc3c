#include "common/text/stop_words.hpp"

#include <algorithm>
#include <array>

namespace limier {
namespace {

// Function words only. Not here, although Snowball's list has them, because each is also a word that people look for:
// ai (AI), as, aura, est (the point of the compass), été, eu, fut, sera, sommes, suis, ici, sans and their like; nor
// car, or and sous of other lists; où (accented) is a question.
constexpr auto k_words = [] {
    auto words = std::to_array<std::string_view>(
        {"a",      "au",     "aux",     "avaient", "avais", "avait",   "avec",  "avez",    "avons",   "c",     "ce",
         "ceci",   "cela",   "ces",     "cet",     "cette", "ceux",    "comme", "d",       "dans",    "de",    "des",
         "donc",   "du",     "elle",    "elles",   "en",    "et",      "eux",   "il",      "ils",     "j",     "je",
         "jusque", "l",      "la",      "le",      "les",   "leur",    "leurs", "lorsque", "lui",     "m",     "ma",
         "mais",   "me",     "mes",     "moi",     "mon",   "même",    "mêmes", "n",       "ne",      "ni",    "nos",
         "notre",  "nous",   "on",      "ont",     "ou",    "par",     "pas",   "pour",    "puisque", "qu",    "que",
         "quel",   "quelle", "quelles", "quels",   "qui",   "quoique", "s",     "sa",      "se",      "ses",   "si",
         "soi",    "son",    "sont",    "sur",     "t",     "ta",      "te",    "tes",     "toi",     "ton",   "tu",
         "un",     "une",    "vos",     "votre",   "vous",  "y",       "à",     "étaient", "étais",   "était", "êtes"});
    std::sort(words.begin(), words.end());
    return words;
}();

}  // namespace

bool is_stop_word(std::string_view form) { return std::binary_search(k_words.begin(), k_words.end(), form); }

}  // namespace limier
