// One document as the sources of candidates see it: its words, what the lexicons say of them, what the document does.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "indexer/tagger/names/gazetteer.hpp"
#include "indexer/tagger/names/hash_index.hpp"
#include "indexer/tagger/names/words.hpp"

namespace limier {

/// A stretch of words that may be a name. Sources propose, `choose` decides.
struct Candidate {
    std::uint32_t first = 0;
    std::uint32_t last = 0;  ///< exclusive
    Field field = Field::person;
    std::uint8_t strength = 0;                 ///< k_weak, k_fair or k_sure
    std::uint32_t entity = HashIndex::k_none;  ///< the lexicon's entity
    std::uint32_t stands_for =
        HashIndex::k_none;  ///< an acronym: the first word of the full name it was introduced with
    std::string_view why;   ///< a literal
    float margin = 0;       ///< of the model that decided: by how much the best other reading is worse; else 0
};
constexpr std::uint8_t k_weak = 1;  ///< gives way to everything else
constexpr std::uint8_t k_fair = 2;
constexpr std::uint8_t k_sure = 3;

class Scene {
 public:
    /// An empty title when the text holds it. Lifetime: the strings outlive the scene.
    Scene(const Gazetteer& gazetteer, std::string_view title, std::string_view text);

    const Gazetteer& gazetteer() const { return gazetteer_; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(words_.size()); }
    const Word& word(std::uint32_t i) const { return words_[i]; }

    /// The words that begin with a capital, in order.
    std::span<const std::uint32_t> capitals() const { return capitals_; }
    /// The words with which a name or cue begins, in order.
    std::span<const std::uint32_t> listed() const { return listed_; }

    /// What the word is by itself; cues that ask for a capital are there only where it has one.
    std::uint32_t cues(std::uint32_t i) const { return notes_[i].cues; }
    bool has(std::uint32_t i, std::uint32_t cues) const { return i < size() && (notes_[i].cues & cues) != 0; }

    /// Cues that end right before the word, phrases of several words too.
    std::uint32_t announced(std::uint32_t i) const { return i < size() ? notes_[i].announced : 0; }
    /// Where the longest of them begins.
    std::uint32_t announced_from(std::uint32_t i) const { return notes_[i].announced_from; }
    /// The phrase of the word alone; null when no name and no cue begins with it.
    const Phrase* phrase(std::uint32_t i) const { return notes_[i].phrase; }

    /// A longer phrase may begin with the listed word and the next.
    bool may_go_on(std::uint32_t i) const { return i + 1 < size() && notes_[i].phrase->may_go_on(words_[i + 1].hash); }

    /// Begins with a capital, in a line that is not all capitals.
    bool capital(std::uint32_t i) const { return i < size() && words_[i].upper_first && !words_[i].shouted; }
    bool lower(std::uint32_t i) const { return i < size() && !words_[i].upper_first && !words_[i].digits; }
    /// A capital that the place in the sentence does not explain.
    bool meant_capital(std::uint32_t i) const { return capital(i) && !words_[i].starts; }
    /// Only a blank, a hyphen or an apostrophe stands before the word (or the dot of an initial).
    bool joined(std::uint32_t i) const {
        constexpr std::uint16_t k_joining = k_gap_blank | k_gap_hyphen | k_gap_apostrophe;
        if (i == 0 || i >= size()) return false;
        const std::uint16_t gap = words_[i].gap;
        if ((gap & ~k_joining) == 0) return true;
        return (gap & ~(k_joining | k_gap_stop)) == 0 && initial(i - 1);
    }
    bool hyphened(std::uint32_t i) const { return i < size() && words_[i].gap == k_gap_hyphen; }
    bool spaced(std::uint32_t i) const { return joined(i) && (words_[i].gap & k_gap_blank) != 0; }
    /// One capital letter, or several with dots: `J`, `J.D`.
    bool initial(std::uint32_t i) const;
    /// The word stands somewhere in the document with a small letter.
    bool seen_small(std::uint64_t hash) const { return small_.find(hash) != HashIndex::k_none; }
    /// `à`, which folding makes equal to the verb `a`.
    bool is_a_grave(std::uint32_t i) const;

    /// A dot follows the word: `Chérif C.`
    bool dot_follows(std::uint32_t i) const;

    std::string_view surface(std::uint32_t first, std::uint32_t last) const;
    std::uint64_t hash(std::uint32_t first, std::uint32_t last) const;

    /// What the lexicon names at the word, set by `mark`; null for nothing.
    const Candidate* known(std::uint32_t i) const;
    bool known_other(std::uint32_t i, Field field) const {
        const Candidate* found = known(i);
        return found != nullptr && found->field != field;
    }
    /// Sets what `known` answers.
    void mark(std::vector<Candidate> known);
    std::span<const Candidate> known() const { return known_; }

 private:
    struct Note {
        const Phrase* phrase = nullptr;
        std::uint32_t cues = 0;
        std::uint32_t announced = 0;
        std::uint32_t announced_from = 0;
        std::uint32_t known = HashIndex::k_none;
    };
    void look_up();
    void announce(std::uint32_t first);
    void settle_starts();

    const Gazetteer& gazetteer_;
    std::string_view title_, text_;
    std::vector<Word> words_;
    std::vector<Note> notes_;
    std::vector<std::uint32_t> capitals_, listed_;
    std::vector<Candidate> known_;
    HashIndex small_;
};

}  // namespace limier
