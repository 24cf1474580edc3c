// What the taggers know of a form, kept in Analyser::notes: found out once a form instead of once a token. The lexicons
// are the program's, so that every tagger finds out the same.
#pragma once

#include <cstdint>

namespace limier {

/// Whether a form can begin something, or go on: two bits, 0 where nobody has asked yet.
enum class FormQuestion : unsigned { amount = 0, date = 2, goes_on_in_an_amount = 13 };

/// The answer noted; `decide()` gives it the first time.
template <class Decide>
bool noted(std::uint64_t& note, FormQuestion question, Decide decide) {
    const auto shift = static_cast<unsigned>(question);
    if ((note >> shift & 3) == 0) note |= std::uint64_t{decide() ? 2U : 1U} << shift;
    return (note >> shift & 2) != 0;
}

/// A number of several bits in a note, 0 where nobody has asked yet.
template <unsigned shift, unsigned bits>
struct NoteField {
    static constexpr std::uint64_t k_most = (std::uint64_t{1} << bits) - 1;
    static std::uint64_t get(std::uint64_t note) { return note >> shift & k_most; }
    static void set(std::uint64_t& note, std::uint64_t value) { note |= value << shift; }
};

/// Of TopicTagger: the place of the form's term in a Step's bits, and one more; what the form is to the cue of its term
/// alone, a Fit and one more; the number of the step that it makes first and two more, 1 where no cue begins with it.
using NextTermNote = NoteField<4, 7>;
using FitNote = NoteField<11, 2>;
using FirstStepNote = NoteField<15, 17>;

/// What PhraseWords says of a form, and whether it was asked.
constexpr unsigned k_phrase_word_shift = 32;

}  // namespace limier
