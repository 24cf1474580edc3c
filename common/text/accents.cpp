#include "common/text/accents.hpp"

#include <algorithm>

namespace limier {
namespace {

// Verb forms in -e beside participles in -é (marche, marché), nouns (cote, côté), grammatical words (ou, du, sur).
constexpr std::string_view k_words[] = {
#include "common/text/accents_words.inc"
};
static_assert(std::is_sorted(std::begin(k_words), std::end(k_words)));

}  // namespace

bool unaccented_word(std::string_view form) {
    // Not in a dictionary of words: one of a single letter, and the English article, which is not `thé`.
    if (form == "a" || form == "the") return true;
    return std::binary_search(std::begin(k_words), std::end(k_words), form);
}

}  // namespace limier
