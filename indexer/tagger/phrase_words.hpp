// What a word can be in a noun phrase, and how rare it is: lexicon/words.tsv.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/text/open_table.hpp"
#include "common/text/token.hpp"

namespace limier {

/// Roles of words in noun phrases. The lexicon's README says of each what stands in the file.
enum class PhraseRole : std::uint8_t {
    none,            ///< parts phrases: a verb, an adverb, a number
    noun,            ///< begins and ends a phrase
    noun_adjective,  ///< the same, and follows a noun (`politique`)
    adjective_noun,  ///< follows a noun; a noun behind a small word (`les internes`)
    adjective,       ///< follows a noun
    participle,      ///< the same; a phrase that is said once does not have it
    verb_noun,       ///< a noun behind a small word, else nothing (`la passe`)
    before,          ///< an adjective that stands before its noun (`grand`)
    general,         ///< a noun that says too little to stand alone or first (`partie`)
    link,            ///< `de`: joins a noun to what follows
    weak_link,       ///< another preposition: the same, where the phrase comes again
    article,         ///< stands behind a link; what follows is a noun
    determiner,      ///< what follows is a noun
    name,            ///< a word of a name that another tagger found; set by the key phrase tagger
};

struct PhraseWord {
    PhraseRole role = PhraseRole::none;
    bool known = false;           ///< the lexicon has the word
    std::uint8_t rarity = 0;      ///< inverse document frequency in k_rarity_units
    std::uint32_t stem_hash = 0;  ///< of Form::term, k_stem_hash_bits
};
inline constexpr unsigned k_stem_hash_bits = 18;
/// Units of PhraseWord::rarity in one natural logarithm.
inline constexpr double k_rarity_units = 40;

/// The lexicon of words. Immutable after construction.
class PhraseWords {
 public:
    PhraseWords();

    /// What is known of a form; of an unknown one, what its ending tells.
    PhraseWord of(const Form& form) const;

 private:
    struct Row {
        std::size_t hash = 0;  ///< of a word or ending: it stands for it
        PhraseWord says;
    };
    /// Rows by their hash.
    struct Words {
        explicit Words(std::size_t expected) : ids(expected) { rows.reserve(expected); }
        void add(std::string_view word, PhraseWord says);
        const PhraseWord* find(std::string_view word) const;

        Table<Row> rows;
        OpenTable ids;
    };
    PhraseRole guessed(std::string_view word) const;

    Words words_, endings_;
};

/// As a note on a form (form_notes.hpp), and back. A note of 0 says nothing yet.
constexpr std::uint64_t packed(PhraseWord word) {
    return 1U | std::uint64_t{word.known} << 1 | std::uint64_t{word.rarity} << 2 |
           static_cast<std::uint64_t>(word.role) << 10 | std::uint64_t{word.stem_hash} << 14;
}
constexpr PhraseWord unpacked_phrase_word(std::uint64_t bits) {
    return {static_cast<PhraseRole>(bits >> 10 & 15), (bits >> 1 & 1) != 0, static_cast<std::uint8_t>(bits >> 2),
            static_cast<std::uint32_t>(bits >> 14)};
}

}  // namespace limier
