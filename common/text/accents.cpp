#include "common/text/accents.hpp"

#include <algorithm>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

// Verb forms in -e beside participles in -é (marche, marché), nouns (cote, côté), grammatical words (ou, du, sur).
constexpr std::string_view k_words[] = {
#include "common/text/accents_words.inc"
};
static_assert(std::is_sorted(std::begin(k_words), std::end(k_words)));

/// Whether two words differ in nothing but the accent of their first letter: much of the press writes `Elysée`,
/// `Egalité`.
bool differ_in_first_accent(std::string_view a, std::string_view b) {
    std::size_t behind_a = 0;
    std::size_t behind_b = 0;
    next_code_point(a, behind_a);
    next_code_point(b, behind_b);
    const std::string_view first_a = a.substr(0, behind_a);
    const std::string_view first_b = b.substr(0, behind_b);
    return a.substr(behind_a) == b.substr(behind_b) && has_accent(first_a) != has_accent(first_b) &&
           fold(first_a) == fold(first_b);
}

}  // namespace

bool unaccented_word(std::string_view form) {
    if (form == "a" || english_word(form)) return true;  // the table has no words of one letter
    return std::binary_search(std::begin(k_words), std::end(k_words), form);
}

std::string unsure_form(std::string_view unaccented) { return "^" + std::string(unaccented); }

bool english_word(std::string_view form) { return form == "the"; }

bool accents_allow(std::string_view typed, std::string_view form) {
    if (typed == form) return true;
    if (!has_accent(typed)) return !english_word(typed);
    if (has_accent(form)) return differ_in_first_accent(typed, form);
    return !unaccented_word(form);
}

bool accents_within(std::string_view typed, std::string_view form) {
    std::size_t t = 0, f = 0;
    while (t < typed.size() && f < form.size()) {
        const std::size_t typed_begin = t, form_begin = f;
        next_code_point(typed, t);
        next_code_point(form, f);
        const std::string_view letter = typed.substr(typed_begin, t - typed_begin);
        const std::string_view other = form.substr(form_begin, f - form_begin);
        if (letter != other && (has_accent(letter) || fold(letter) != fold(other))) return false;
    }
    return t == typed.size();
}

}  // namespace limier
