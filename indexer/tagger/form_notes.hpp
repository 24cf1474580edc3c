// What the taggers know of a form, kept in Analyser::notes: found out once a form instead of once a token. The lexicons
// are the program's, so that every tagger finds out the same.
#pragma once

#include <cstdint>

namespace limier {

/// Whether a form can begin something, or go on: two bits, 0 where nobody has asked yet.
enum class FormQuestion : unsigned { amount = 0, date = 2, goes_on_in_a_cue = 4 };

/// The answer noted; `decide()` gives it the first time.
template <class Decide>
bool noted(std::uint64_t& note, FormQuestion question, Decide decide) {
    const auto shift = static_cast<unsigned>(question);
    if ((note >> shift & 3) == 0) note |= std::uint64_t{decide() ? 2U : 1U} << shift;
    return (note >> shift & 2) != 0;
}

/// The number, below 2^26 - 2, that TopicTagger has for a form: of the cues it begins.
constexpr unsigned k_topic_shift = 6;
constexpr std::uint64_t k_topic_bits = 0xFFFFFFC0;

/// What PhraseWords says of a form, and whether it was asked.
constexpr unsigned k_phrase_word_shift = 32;

}  // namespace limier
