// The lexicons of names and cues, as one table of word sequences.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "common/text/table.hpp"
#include "indexer/tagger.hpp"
#include "indexer/tagger/names/hash_index.hpp"
#include "indexer/tagger/names/words.hpp"
#include "indexer/tagger/user_lexicon.hpp"

namespace limier {

/// What a word or phrase announces, as a set of bits. A `capital` cue counts only when written with its capital.
enum Cue : std::uint32_t {
    k_cue_title = 1 << 0,
    k_cue_title_capital = 1 << 1,  ///< `M.`, `Me`, `Premier ministre`
    k_cue_role = 1 << 2,
    k_cue_speech = 1 << 3,
    k_cue_org_before = 1 << 4,
    k_cue_org_before_capital = 1 << 5,
    k_cue_org_head = 1 << 6,
    k_cue_org_suffix = 1 << 7,
    k_cue_place_before = 1 << 8,  ///< stands before the name: `ville`
    k_cue_place_within = 1 << 9,  ///< is part of the name: `rue`
    k_cue_event_head = 1 << 10,
    k_cue_work_before = 1 << 11,
    k_cue_given = 1 << 12,
    k_cue_given_doubtful = 1 << 13,  ///< also a common word, month, place or firm
    k_cue_male = 1 << 14,
    k_cue_female = 1 << 15,
    k_cue_particle = 1 << 16,         ///< `de`, `von`, `Ben`
    k_cue_common = 1 << 17,           ///< a word that is no name though it may have a capital
    k_cue_people = 1 << 18,           ///< inhabitants: `Français`
    k_cue_acronym = 1 << 19,          ///< capitals that name no organisation: `TVA`
    k_cue_day = 1 << 20,              ///< days and months
    k_cue_place_of = 1 << 21,         ///< before the name of a place, but only with `de`: `maire`
    k_cue_event_of = 1 << 22,         ///< may have `de` before the name: `festival`
    k_cue_org_of = 1 << 24,           ///< before the name of an organisation, but only with `de`: `PDG`
    k_cue_org_institution = 1 << 23,  ///< the small first word of an institution's full name: `ministère`
};

struct Entity {
    Field field = Field::person;
    std::string_view canonical;
    std::uint32_t cues_begin = 0;  ///< into Gazetteer's cue words
    std::uint32_t cues_end = 0;
    std::string_view aliases;  ///< the cell
    bool of_user = false;
};

/// One name of an entity. Bit i of a mask speaks of word i.
struct AliasName {
    std::uint32_t entity = 0;
    std::uint32_t next = HashIndex::k_none;  ///< another alias of the same words
    std::uint32_t capital = 0;               ///< words that begin with a capital
    std::uint32_t inner = 0;                 ///< words with a capital that is not their first letter
    std::uint32_t shouted = 0;               ///< words all in capitals
    std::uint32_t stops = 0;                 ///< words before which the alias has a full stop or comma
    bool ambiguous = false;
    bool clipped = false;  ///< without the article it begins with: only behind one, as in `du Monde`
};

/// A sequence of words: a name, a cue, or the beginning of one.
struct Phrase {
    std::uint32_t cues = 0;
    std::uint32_t alias = HashIndex::k_none;
    std::uint64_t next_words = 0;  ///< of longer phrases that begin with it, bit_of each

    /// One of 64 bits for the hash of a word.
    static constexpr std::uint64_t bit_of(std::uint64_t word) {
        return std::uint64_t{1} << (word * 0x9E3779B97F4A7C15ULL >> 58);
    }
    /// Whether a longer phrase may go on with the word; else there is none.
    bool may_go_on(std::uint64_t word) const { return (next_words & bit_of(word)) != 0; }
};

/// Immutable after construction. Lifetime: views point into the compiled-in lexicons and the user's.
class Gazetteer {
 public:
    explicit Gazetteer(const UserLexicon& user);

    /// What `find` will read, to prefetch: the table is larger than the cache next to the processor.
    const void* slot(std::uint64_t sequence) const { return index_.slot(sequence); }
    /// The phrase of the sequence hash; null when none begins so.
    const Phrase* find(std::uint64_t sequence) const {
        const std::uint32_t at = index_.find(sequence);
        return at == HashIndex::k_none ? nullptr : &phrases_[at];
    }
    const AliasName& alias(std::uint32_t at) const { return aliases_[at]; }
    const Entity& entity(std::uint32_t at) const { return entities_[at]; }
    std::span<const std::uint64_t> cues(const Entity& entity) const {
        return std::span(cue_words_).subspan(entity.cues_begin, entity.cues_end - entity.cues_begin);
    }

    /// Whether the user wants the sequence never to be a name.
    bool is_never(std::uint64_t sequence) const { return never_.contains(sequence); }

    /// The aliases of a canonical value as the lexicon writes them, without `?`.
    std::vector<Alias> aliases_of(Field field, std::string_view canonical) const;

 private:
    Phrase& add(std::string_view text);
    void add_alias(std::uint32_t entity, std::string_view alias, bool ambiguous, bool clipped = false);
    void add_clipped(std::uint32_t entity, std::string_view alias);
    void read_entities();
    void add_cues(Entity& entity, std::string_view cell);
    void add_user(const UserLexicon& user);
    void add_user_alias(std::uint32_t entity, std::string_view alias);
    void read_cues();
    void read_first_names();

    HashIndex index_;
    Table<Phrase> phrases_;
    Table<AliasName> aliases_;
    std::vector<Entity> entities_;
    std::vector<std::uint64_t> cue_words_;
    HashIndex canonicals_;
    std::deque<std::string> cells_;  ///< of rows that both lexicons have
    std::unordered_set<std::uint64_t> never_;
    std::vector<Word> scratch_;
};

}  // namespace limier
