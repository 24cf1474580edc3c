#include "indexer/tagger/names/gazetteer.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "common/text/utf8.hpp"
#include "indexer/tagger/lexicon.hpp"

namespace limier {
namespace {

// What the lexicons hold, rounded up: the tables need not grow while they load.
constexpr std::size_t k_expected_phrases = 24'000;
constexpr std::size_t k_expected_entities = 8'000;

std::uint64_t canonical_hash(Field field, std::string_view canonical) {
    return sequence_hash(static_cast<std::uint64_t>(field) + 1, word_hash(canonical));
}

bool begins_upper(std::string_view text) {
    std::size_t at = 0;
    return !text.empty() && is_upper(next_code_point(text, at));
}

Field field_of(std::string_view name) {
    const FieldInfo* found = find_field(name);
    return found == nullptr ? Field::person : found->field;
}

std::uint32_t person_cue(std::string_view kind, bool capital) {
    if (kind == "role") return k_cue_role;
    if (kind == "speech") return k_cue_speech;
    return capital ? k_cue_title_capital : k_cue_title;
}

std::uint32_t org_cue(std::string_view kind, bool capital) {
    if (kind == "head") return k_cue_org_head;
    if (kind == "suffix") return k_cue_org_suffix;
    if (kind == "of") return k_cue_org_of;
    if (kind == "institution") return k_cue_org_institution;
    return capital ? k_cue_org_before_capital : k_cue_org_before;
}

std::uint32_t place_cue(std::string_view kind) {
    if (kind == "within") return k_cue_place_within;
    return kind == "of" ? k_cue_place_of : k_cue_place_before;
}

std::uint32_t common_cue(std::string_view kind) {
    constexpr std::array<std::pair<std::string_view, std::uint32_t>, 7> k_kinds = {{{"people", k_cue_people},
                                                                                    {"acronym", k_cue_acronym},
                                                                                    {"particle", k_cue_particle},
                                                                                    {"event", k_cue_event_head},
                                                                                    {"festival", k_cue_event_of},
                                                                                    {"work", k_cue_work_before},
                                                                                    {"day", k_cue_day}}};
    for (const auto& [name, cue] : k_kinds) {
        if (name == kind) return cue;
    }
    return k_cue_common;
}

std::uint32_t given_cue(std::string_view gender, std::string_view flag) {
    std::uint32_t cue = flag == "?" ? k_cue_given | k_cue_given_doubtful : k_cue_given;
    if (gender != "f") cue |= k_cue_male;
    if (gender != "m") cue |= k_cue_female;
    return cue;
}

}  // namespace

Gazetteer::Gazetteer(const UserLexicon& user) : index_(k_expected_phrases), canonicals_(k_expected_entities) {
    phrases_.reserve(k_expected_phrases);
    read_entities();
    read_cues();
    read_first_names();
    add_user(user);
}

Phrase& Gazetteer::add(std::string_view text) {
    scratch_.clear();
    read_words(text, scratch_);
    std::uint64_t hash = 0;
    std::uint32_t at = HashIndex::k_none;
    for (const Word& word : scratch_) {
        if (at != HashIndex::k_none) phrases_[at].next_words |= Phrase::bit_of(word.hash);
        hash = sequence_hash(hash, word.hash);
        at = index_.insert(hash, static_cast<std::uint32_t>(phrases_.size()));
        if (at == phrases_.size()) phrases_.emplace_back();
    }
    return phrases_[at];
}

void Gazetteer::add_alias(std::uint32_t entity, std::string_view text, bool ambiguous, bool clipped) {
    Phrase& phrase = add(text);
    AliasName name;
    name.entity = entity;
    name.ambiguous = ambiguous;
    name.clipped = clipped;
    for (std::size_t i = 0; i < scratch_.size() && i < 32; ++i) {
        const std::uint32_t bit = 1U << i;
        if (scratch_[i].upper_first) name.capital |= bit;
        if (scratch_[i].upper_later) name.inner |= bit;
        if (scratch_[i].all_upper) name.shouted |= bit;
        if (i > 0 && (scratch_[i].gap & (k_gap_stop | k_gap_comma | k_gap_colon)) != 0) name.stops |= bit;
    }
    name.next = phrase.alias;
    phrase.alias = static_cast<std::uint32_t>(aliases_.size());
    aliases_.push_back(name);
}

/// French melts the article of a newspaper into `du` and `au`, and writes `l'Équipe` as well as `L'Équipe`.
void Gazetteer::add_clipped(std::uint32_t entity, std::string_view alias) {
    for (const std::string_view article : {"Le ", "La ", "Les ", "L'"}) {
        if (alias.starts_with(article)) add_alias(entity, alias.substr(article.size()), true, true);
    }
}

void Gazetteer::read_entities() {
    for (const auto& row : lexicon_rows("entities", 4)) {
        const auto id = static_cast<std::uint32_t>(entities_.size());
        Entity entity{field_of(row[0]), row[1], static_cast<std::uint32_t>(cue_words_.size()), 0, row[2]};
        bool doubtful = false;
        for (std::string_view alias : cell_parts(row[2])) {
            const bool ambiguous = alias.starts_with('?');
            if (ambiguous) alias.remove_prefix(1);
            doubtful = doubtful || (ambiguous && alias == row[1]);
            add_alias(id, alias, ambiguous);
            if (entity.field == Field::org) add_clipped(id, alias);
        }
        if (!doubtful) {
            add_alias(id, row[1], false);
            if (entity.field == Field::org) add_clipped(id, row[1]);
        }
        add_cues(entity, row[3]);
        canonicals_.insert(canonical_hash(entity.field, entity.canonical), id);
        entities_.push_back(entity);
    }
}

/// Adds to the cues that stand last.
void Gazetteer::add_cues(Entity& entity, std::string_view cell) {
    for (const std::string_view cue : cell_parts(cell)) {
        scratch_.clear();
        read_words(cue, scratch_);
        if (!scratch_.empty()) cue_words_.push_back(scratch_.front().hash);
    }
    entity.cues_end = static_cast<std::uint32_t>(cue_words_.size());
}

/// What the alias named before it names no more, unless the user calls it ambiguous.
void Gazetteer::add_user_alias(std::uint32_t entity, std::string_view alias) {
    const bool ambiguous = alias.starts_with('?');
    if (ambiguous) alias.remove_prefix(1);
    if (!ambiguous) add(alias).alias = HashIndex::k_none;
    add_alias(entity, alias, ambiguous);
    if (entities_[entity].field == Field::org) add_clipped(entity, alias);
}

void Gazetteer::add_user(const UserLexicon& user) {
    for (const UserLexicon::Name& row : user.names) {
        const auto id =
            canonicals_.insert(canonical_hash(row.field, row.canonical), static_cast<std::uint32_t>(entities_.size()));
        if (id == entities_.size()) {
            entities_.push_back({row.field, row.canonical, 0, 0, row.aliases});
        } else {
            entities_[id].aliases = cells_.emplace_back(std::string(entities_[id].aliases) + "|" + row.aliases);
        }
        Entity& entity = entities_[id];
        entity.of_user = true;
        const std::vector<std::uint64_t> before(cues(entity).begin(), cues(entity).end());
        entity.cues_begin = static_cast<std::uint32_t>(cue_words_.size());
        cue_words_.insert(cue_words_.end(), before.begin(), before.end());
        add_cues(entity, row.cues);
        const std::vector<std::string_view> aliases = cell_parts(row.aliases);
        const bool doubtful = std::find(aliases.begin(), aliases.end(), "?" + row.canonical) != aliases.end();
        if (!doubtful) add_user_alias(id, row.canonical);
        for (const std::string_view alias : aliases) add_user_alias(id, alias);
    }
    for (const std::string& name : user.never) {
        scratch_.clear();
        read_words(name, scratch_);
        std::uint64_t hash = 0;
        for (const Word& word : scratch_) hash = sequence_hash(hash, word.hash);
        never_.insert(hash);
    }
}

void Gazetteer::read_cues() {
    for (const auto& row : lexicon_rows("person-cues", 2)) add(row[0]).cues |= person_cue(row[1], begins_upper(row[0]));
    for (const auto& row : lexicon_rows("org-cues", 2)) add(row[0]).cues |= org_cue(row[1], begins_upper(row[0]));
    for (const auto& row : lexicon_rows("place-cues", 2)) add(row[0]).cues |= place_cue(row[1]);
    for (const auto& row : lexicon_rows("common-words", 2)) add(row[0]).cues |= common_cue(row[1]);
}

void Gazetteer::read_first_names() {
    for (const auto& row : lexicon_rows("first-names", 3)) add(row[0]).cues |= given_cue(row[1], row[2]);
}

std::vector<Alias> Gazetteer::aliases_of(Field field, std::string_view canonical) const {
    std::vector<Alias> found;
    const std::uint32_t at = canonicals_.find(canonical_hash(field, canonical));
    if (at == HashIndex::k_none) return found;
    for (std::string_view alias : cell_parts(entities_[at].aliases)) {
        if (alias.starts_with('?')) alias.remove_prefix(1);
        if (alias != canonical) found.push_back({field, std::string(alias), std::string(canonical)});
    }
    return found;
}

}  // namespace limier
