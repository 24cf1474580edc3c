// Noun phrases of a document: what may be a key phrase.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "common/text/open_table.hpp"
#include "indexer/tagger/parts.hpp"
#include "indexer/tagger/phrase_words.hpp"

namespace limier {

inline constexpr std::size_t k_phrase_words = 4;  ///< of a phrase, small words aside

/// The stems of a phrase by number, 0 behind the last.
using PhraseStems = std::array<std::uint16_t, k_phrase_words>;

/// A phrase of the document, whatever its inflections.
struct PhraseCandidate {
    PhraseStems stems = {};
    std::uint32_t size = 0;   ///< words, small ones aside
    std::uint32_t count = 0;  ///< times said
    std::uint32_t first_place = 0, last_place = 0;
    bool in_title = false;
    bool weak = true;       ///< with a participle or a weak link each time
    bool has_name = false;  ///< another tagger's name is part of it
    double cue = 0;         ///< the weight of the topic cue that it is, 0 for none
};

struct PhrasePlace {
    std::uint32_t begin = 0, end = 0;
    std::uint32_t next = 0;  ///< of the candidate; 0 for none
    bool in_title = false;   ///< a title kept apart
};

/// A stem of the document.
struct PhraseStem {
    std::uint32_t form = 0;  ///< the first form met
    std::uint32_t count = 0;
    double rarity = 0;  ///< inverse document frequency, natural logarithm
};

/// The phrases of one document.
struct Phrases {
    std::vector<PhraseStem> stems;  ///< by number; 0 stands for none
    std::vector<PhraseCandidate> candidates;
    std::vector<PhrasePlace> places;
};

/// All noun phrases of a document and what they begin with: `moteur`, `moteur de recherche`, `recherche`. None is
/// within a name, in furniture or in another language.
Phrases find_phrases(const PhraseWords& lexicon, const TagInput& input, const Annotations& found);

}  // namespace limier
