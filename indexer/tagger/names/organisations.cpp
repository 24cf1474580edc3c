// Names of organisations by rule.
#include <algorithm>
#include <array>
#include <string>

#include "common/text/stop_words.hpp"
#include "common/text/utf8.hpp"
#include "indexer/tagger/names/candidates.hpp"

namespace limier {
namespace {

constexpr std::uint32_t k_none = HashIndex::k_none;

template <std::size_t N>
bool is_one(std::uint64_t hash, const std::array<std::uint64_t, N>& list) {
    return std::find(list.begin(), list.end(), hash) != list.end();
}

bool is_linking(const Scene& scene, std::uint32_t i) {
    static constexpr std::array<std::uint64_t, 9> words = {word_hash("de"), word_hash("du"),  word_hash("des"),
                                                           word_hash("d"),  word_hash("la"),  word_hash("le"),
                                                           word_hash("l"),  word_hash("les"), word_hash("pour")};
    return scene.lower(i) && is_one(scene.word(i).hash, words);
}

/// How an institution's full name goes on behind its first word, and whether it holds a capital.
struct Tail {
    std::uint32_t last;
    bool capital;
};

Tail tail_of(const Scene& scene, std::uint32_t first) {
    constexpr std::uint32_t k_most = 12;
    constexpr int k_most_nouns = 2;
    static constexpr std::uint64_t pour = word_hash("pour"), et = word_hash("et");
    Tail tail{first, false};
    int nouns = 0;
    bool linked = false;
    for (std::uint32_t i = first; i < scene.size() && i - first < k_most && scene.joined(i); ++i) {
        if (scene.capital(i) && !scene.word(i).digits) {
            if (scene.has(i, k_cue_people | k_cue_day) || begins_person(scene, i)) break;
            tail = {i + 1, true};
            linked = false;
        } else if (is_linking(scene, i)) {
            if (scene.word(i).hash == pour && (linked || tail.capital)) break;
            linked = true;
        } else if (scene.word(i).hash == et && tail.last == i && is_linking(scene, i + 1)) {
            // `de l'Agriculture et du Développement rural`
            if (scene.word(i + 1).hash == word_hash("la") || scene.word(i + 1).hash == word_hash("le") ||
                scene.word(i + 1).hash == word_hash("les") || scene.word(i + 1).hash == word_hash("l"))
                break;
        } else if (!linked && is_adjective(scene, i)) {
            tail.last = i + 1;
        } else if (linked && !tail.capital && scene.lower(i) && nouns < k_most_nouns && scene.word(i).letters > 2 &&
                   !scene.has(i, k_cue_day) && !is_stop_word(scene.surface(i, i + 1))) {
            ++nouns;
            tail.last = i + 1;
            linked = false;
        } else {
            break;
        }
    }
    return tail;
}

/// `Centre national du cinéma`, `Université de Nantes`; in small letters only what ends in a capital: `parquet de
/// Paris`.
void by_head(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    std::uint64_t hash = 0;
    const Phrase* phrase = scene.phrase(i);
    std::uint32_t after = 0;
    bool institution = false;
    for (std::uint32_t k = i; phrase != nullptr;) {
        hash = sequence_hash(hash, scene.word(k).hash);
        ++k;
        const bool head = (phrase->cues & k_cue_org_head) != 0 && scene.capital(i);
        const bool small = (phrase->cues & k_cue_org_institution) != 0 && !scene.word(i).shouted;
        if (head || small) {
            after = k;
            institution = !head;
        }
        if (!scene.joined(k) || !phrase->may_go_on(scene.word(k).hash)) break;
        phrase = scene.gazetteer().find(sequence_hash(hash, scene.word(k).hash));
    }
    if (after == 0 || scene.hyphened(i) || in_office(scene, i)) return;
    const Tail tail = tail_of(scene, after);
    if (tail.last == after) return;
    // At the beginning of a sentence the first word has its capital anyhow.
    const bool weak_capital = institution || scene.word(i).starts;
    if (weak_capital && !tail.capital) return;
    std::uint32_t last = tail.last;
    if (institution) {
        // `institut PollingVox` only announces; a full name has its link: `institut de Paris`.
        if (scene.capital(after)) return;
        while (last > after && !scene.capital(last - 1)) --last;
    }
    if (scene.word(i).all_upper && !scene.capital(after)) return;
    // The lexicon may know it with other capitals: `Société générale`.
    out.push_back({i, last, Field::org, k_fair, any_entity(scene, i, last, Field::org), k_none, "institution"});
}

/// `le groupe Verdania`, `le syndicat SNPS`, `l'association « Les Amis du port »`.
void by_cue(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    if (!scene.capital(i) || scene.word(i).digits) return;
    if ((scene.announced(i) & k_cue_place_within) != 0) return;
    std::uint32_t from = i;
    if (!announced_by(scene, i, k_cue_org_before | k_cue_org_before_capital, k_cue_org_of, from)) return;
    if ((scene.word(i).gap & ~(k_gap_blank | k_gap_quote | k_gap_apostrophe)) != 0) return;
    const bool direct = scene.announced(i) != 0 && scene.announced_from(i) == from;
    if (!direct && (scene.known(i) != nullptr || begins_person(scene, i))) return;
    if (scene.has(i, k_cue_common | k_cue_people | k_cue_day) && !scene.has(i, k_cue_particle)) return;
    const std::uint32_t last = capitalised_run(scene, i, true);
    if (scene.known(i) != nullptr && scene.known(i)->last >= last) return;
    if (const Candidate* known = scene.known(last - 1); known != nullptr && known->last > last) return;
    if (last - i == 1 && (scene.has(i, k_cue_particle | k_cue_acronym | k_cue_org_head) || scene.word(i).letters < 2))
        return;
    const std::uint32_t entity = any_entity(scene, i, last, Field::org);
    const bool person = (scene.has(i, k_cue_given) && last - i > 1) || scene.known(i) != nullptr;
    out.push_back({i, last, Field::org, person || !direct ? k_weak : k_fair, entity, k_none, "organisation cue"});
}

/// `Air Corsica Services`, `Nova Technologies`.
void by_suffix(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    if (!scene.has(i, k_cue_org_suffix) || i == 0 || !scene.spaced(i) || !scene.capital(i)) return;
    std::uint32_t first = i;
    while (first > 0 && i - first < 3 && scene.joined(first) && scene.capital(first - 1) &&
           !scene.has(first - 1, k_cue_common | k_cue_day | k_cue_people))
        --first;
    if (first == i || scene.has(first, k_cue_given | k_cue_title_capital | k_cue_title)) return;
    if (scene.word(first).starts && scene.seen_small(scene.word(first).hash)) return;
    if (scene.known(first) != nullptr && scene.known(first)->field == Field::person) return;
    out.push_back({first, i + 1, Field::org, k_fair, k_none, k_none, "suffix"});
}

bool is_acronym(const Scene& scene, std::uint32_t i) {
    constexpr std::uint8_t k_longest = 7;
    const Word& word = scene.word(i);
    return word.all_upper && !word.shouted && !word.digits && word.letters <= k_longest;
}

/// Capitals that the lexicon does not know name an organisation more often than anything else.
void by_capitals(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    if (!is_acronym(scene, i) || scene.known(i) != nullptr || scene.has(i, k_cue_acronym | k_cue_common | k_cue_given))
        return;
    if ((scene.word(i).gap & (k_gap_hyphen | k_gap_at)) != 0) return;
    if (i > 0 && scene.joined(i) && (scene.word(i - 1).all_upper || scene.has(i - 1, k_cue_given))) return;
    if (i + 1 < scene.size() &&
        (scene.word(i + 1).gap == k_gap_hyphen || (scene.joined(i + 1) && scene.word(i + 1).all_upper)))
        return;
    out.push_back({i, i + 1, Field::org, k_weak, k_none, k_none, "acronym"});
}

char32_t first_letter(const Scene& scene, std::uint32_t i) {
    const std::string_view text = scene.surface(i, i + 1);
    std::size_t at = 0;
    return next_code_point(text, at);
}

bool same_letter(char32_t upper, char32_t any) {
    if (any < 0x80) return upper == any || upper + 32 == any;
    // É of `État` and E of an acronym.
    return upper == U'E' && ((any >= 0xC8 && any <= 0xCB) || (any >= 0xE8 && any <= 0xEB));
}

/// Where the words begin whose initials the acronym in brackets gives; `bracket` where they do not fit. Small linking
/// words may have a letter or none.
std::uint32_t spelled_out(const Scene& scene, std::uint32_t bracket) {
    std::string letters(scene.surface(bracket, bracket + 1));
    std::erase(letters, '.');
    constexpr std::uint32_t k_longest = 20;
    std::uint32_t at = bracket;
    for (std::size_t left = letters.size(); left > 0;) {
        if (at == 0 || bracket - at > k_longest || (at < bracket && !scene.joined(at))) return bracket;
        --at;
        const auto wanted = static_cast<unsigned char>(letters[left - 1]);
        if (same_letter(wanted, first_letter(scene, at)))
            --left;
        else if (!is_linking(scene, at) && scene.word(at).letters > 2)
            return bracket;
    }
    return at;
}

/// `Centre national du cinéma (CNC)`: the full name, and the acronym that stands for it from there on.
void by_bracket(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    if (i == 0 || !is_acronym(scene, i) || scene.has(i, k_cue_acronym) || (scene.word(i).gap & k_gap_open) == 0) return;
    if (i + 1 < scene.size() && (scene.word(i + 1).gap & k_gap_close) == 0) return;
    if ((scene.word(i).gap & ~(k_gap_open | k_gap_blank)) != 0) return;
    const std::uint32_t first = spelled_out(scene, i);
    if (first == i || i - first < 2) return;
    bool capital = false;
    for (std::uint32_t k = first; k < i; ++k)
        capital = capital || scene.meant_capital(k) ||
                  (scene.capital(k) && k == first && scene.has(k, k_cue_org_head | k_cue_org_before));
    if (!capital || scene.has(first, k_cue_given)) return;
    out.push_back({first, i, Field::org, k_sure, k_none, k_none, "full name"});
    out.push_back({i, i + 1, Field::org, k_sure, k_none, first, "acronym"});
}

}  // namespace

void find_organisations(const Scene& scene, std::vector<Candidate>& out) {
    constexpr std::uint32_t k_heads = k_cue_org_head | k_cue_org_institution;
    for (const std::uint32_t i : scene.listed()) {
        if ((scene.phrase(i)->cues & k_heads) != 0 || scene.may_go_on(i)) by_head(scene, i, out);
    }
    for (const std::uint32_t i : scene.capitals()) {
        by_suffix(scene, i, out);
        by_cue(scene, i, out);
        if (scene.word(i).all_upper) {
            by_capitals(scene, i, out);
            by_bracket(scene, i, out);
        }
    }
}

}  // namespace limier
