#include "common/text/accents.hpp"

#include <algorithm>

#include "common/text/fold.hpp"

namespace limier {
namespace {

// Verb forms in -e beside participles in -é (marche, marché), nouns (cote, côté), grammatical words (ou, du, sur).
constexpr std::string_view k_words[] = {
#include "common/text/accents_words.inc"
};
static_assert(std::is_sorted(std::begin(k_words), std::end(k_words)));

}  // namespace

bool unaccented_word(std::string_view form) {
    if (form == "a" || english_word(form)) return true;  // the table has no words of one letter
    return std::binary_search(std::begin(k_words), std::end(k_words), form);
}

bool english_word(std::string_view form) { return form == "the"; }

bool accents_allow(std::string_view typed, std::string_view form) {
    if (typed == form) return true;
    if (!has_accent(typed)) return !english_word(typed);
    return !has_accent(form) && !unaccented_word(form);
}

}  // namespace limier
