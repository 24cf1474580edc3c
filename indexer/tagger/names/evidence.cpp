#include "indexer/tagger/names/evidence.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "indexer/tagger/names/candidates.hpp"

namespace limier {
namespace {

constexpr std::uint8_t bit_of(NameKind kind) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind)); }

std::uint8_t with(std::uint8_t bits, unsigned more) { return static_cast<std::uint8_t>(bits | more); }

void note_chosen(const Scene& scene, std::span<const Candidate> chosen, std::vector<Evidence>& words) {
    for (const Candidate& candidate : chosen) {
        const NameKind kind = kind_of(candidate.field);
        const bool fixed = candidate.entity != HashIndex::k_none && scene.gazetteer().entity(candidate.entity).of_user;
        const std::uint64_t why = word_hash(candidate.why);
        for (std::uint32_t i = candidate.first; i < candidate.last; ++i) {
            Evidence& word = words[i];
            word.label = i == candidate.first ? begin_label(kind) : inside_label(kind);
            word.strength = candidate.strength;
            word.fixed = fixed;
            word.why = why;
        }
    }
}

void note_proposed(std::span<const Candidate> proposed, std::vector<Evidence>& words) {
    for (const Candidate& candidate : proposed) {
        const unsigned bit = bit_of(kind_of(candidate.field));
        for (std::uint32_t i = candidate.first; i < candidate.last; ++i)
            words[i].proposed = with(words[i].proposed, i == candidate.first ? bit | bit << 4 : bit);
    }
}

/// Notes the forms that stand with a capital elsewhere where the rules see no name.
void note_elsewhere(const Scene& scene, std::vector<Evidence>& words) {
    HashIndex index(scene.size() / 16);
    std::vector<std::uint32_t> bare;  // places of each form
    std::vector<std::pair<std::uint32_t, std::uint32_t>> forms;
    for (const std::uint32_t i : scene.capitals()) {
        if (scene.word(i).letters < 2) continue;
        const std::uint32_t form = index.insert(scene.word(i).hash, static_cast<std::uint32_t>(bare.size()));
        if (form == bare.size()) bare.push_back(0);
        if (words[i].label == k_outside) ++bare[form];
        forms.emplace_back(i, form);
    }
    for (const auto& [i, form] : forms) words[i].bare_elsewhere = bare[form] > (words[i].label == k_outside ? 1U : 0U);
}

constexpr std::uint32_t k_inside_reach = 3;

/// A capital that may mean something: not that of a common word that begins a sentence, with nothing behind it.
bool may_be_name(const Scene& scene, std::uint32_t i, const Evidence& word) {
    if (word.proposed != 0) return true;
    if (!scene.word(i).upper_first) return false;
    const bool plain = scene.word(i).starts && plain_word(scene, i);
    return !plain || (scene.joined(i + 1) && scene.word(i + 1).upper_first);
}

/// A small word that links parts of a name.
bool is_link(const Scene& scene, std::uint32_t i) {
    static constexpr std::array<std::uint64_t, 9> words = {word_hash("et"),   word_hash("a"),  word_hash("au"),
                                                           word_hash("aux"),  word_hash("en"), word_hash("sur"),
                                                           word_hash("sous"), word_hash("of"), word_hash("the")};
    return is_connector(scene, i) || std::find(words.begin(), words.end(), scene.word(i).hash) != words.end();
}

/// The small words behind a name's word that may belong to it: adjectives, and what `de` links (`Conseil supérieur de
/// l'audiovisuel`, `Festival d'humour de Paris`), where a capital or the head of an institution or event says so.
void activate_behind(const Scene& scene, std::uint32_t i, bool headed, std::vector<Evidence>& words) {
    std::uint32_t last = i + 1;
    bool linked = false;
    headed = headed || is_adjective(scene, last);
    for (; last < scene.size() && last - i <= k_inside_reach && scene.joined(last) && scene.lower(last); ++last) {
        const bool connector = is_link(scene, last);
        if (!connector && !linked && !scene.hyphened(last) && !is_adjective(scene, last)) break;
        linked = connector;
    }
    const bool between = last < scene.size() && scene.joined(last) && scene.word(last).upper_first;
    if (!between && !headed) return;
    for (std::uint32_t k = i + 1; k < last; ++k) words[k].active = true;
}

void activate(const Scene& scene, std::vector<Evidence>& words) {
    constexpr std::uint32_t k_heads = k_cue_org_head | k_cue_org_before | k_cue_org_before_capital | k_cue_event_head |
                                      k_cue_event_of | k_cue_place_within;
    constexpr std::uint32_t k_announcing =
        k_cue_place_within | k_cue_org_institution | k_cue_event_head | k_cue_event_of;
    bool headed = false;
    for (std::uint32_t i = 0; i < scene.size(); ++i) {
        if (!may_be_name(scene, i, words[i])) continue;
        words[i].active = true;
        headed = scene.has(i, k_heads) || (headed && i > 0 && words[i - 1].active && scene.joined(i));
        if (scene.joined(i + 1) && !scene.word(i + 1).upper_first) activate_behind(scene, i, headed, words);
        if ((scene.announced(i) & k_announcing) == 0) continue;
        for (std::uint32_t k = scene.announced_from(i); k < i; ++k) words[k].active = true;
    }
}

}  // namespace

std::uint8_t listed_as(const Scene& scene, std::uint32_t word) {
    const Phrase* const phrase = scene.phrase(word);
    std::uint8_t kinds = 0;
    if (phrase == nullptr) return kinds;
    for (std::uint32_t at = phrase->alias; at != HashIndex::k_none; at = scene.gazetteer().alias(at).next) {
        const AliasName& alias = scene.gazetteer().alias(at);
        const std::uint8_t bit = bit_of(kind_of(scene.gazetteer().entity(alias.entity).field));
        kinds = with(kinds, alias.ambiguous ? static_cast<unsigned>(bit) << 4 : bit);
    }
    return kinds;
}

std::vector<Evidence> gather_evidence(const Scene& scene, std::span<const Candidate> proposed,
                                      std::span<const Candidate> chosen) {
    std::vector<Evidence> words(scene.size());
    note_proposed(proposed, words);
    note_chosen(scene, chosen, words);
    note_elsewhere(scene, words);
    activate(scene, words);
    return words;
}

}  // namespace limier
