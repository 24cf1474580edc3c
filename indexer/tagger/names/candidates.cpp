#include "indexer/tagger/names/candidates.hpp"

#include <algorithm>
#include <array>

namespace limier {
namespace {

bool is_de(const Scene& scene, std::uint32_t i) {
    static constexpr std::array<std::uint64_t, 4> words = {word_hash("de"), word_hash("du"), word_hash("des"),
                                                           word_hash("d")};
    return scene.lower(i) && std::find(words.begin(), words.end(), scene.word(i).hash) != words.end();
}

}  // namespace

bool is_connector(const Scene& scene, std::uint32_t i) {
    static constexpr std::array<std::uint64_t, 8> words = {word_hash("de"),  word_hash("du"), word_hash("des"),
                                                           word_hash("d"),   word_hash("la"), word_hash("le"),
                                                           word_hash("les"), word_hash("l")};
    return scene.lower(i) && std::find(words.begin(), words.end(), scene.word(i).hash) != words.end();
}

std::uint32_t capitalised_run(const Scene& scene, std::uint32_t first, bool linked) {
    constexpr std::uint32_t k_most = 8;
    if (!scene.capital(first)) return first;
    std::uint32_t last = first + 1;
    while (last < scene.size() && last - first < k_most && scene.joined(last)) {
        if (scene.capital(last) || (scene.word(last).digits && scene.hyphened(last))) {
            ++last;
            continue;
        }
        std::uint32_t next = last;
        while (linked && next - last < 3 && scene.joined(next) && is_connector(scene, next)) ++next;
        // Inside a compound small words are as good: `Fos-sur-Mer`.
        while (next - last < 3 && scene.hyphened(next) && !scene.capital(next) && scene.hyphened(next + 1)) ++next;
        if (next == last || !scene.joined(next) || !scene.capital(next)) break;
        last = next + 1;
    }
    return last;
}

bool announced_by(const Scene& scene, std::uint32_t word, std::uint32_t direct, std::uint32_t with_de,
                  std::uint32_t& from) {
    const auto plain_gap = [&scene](std::uint32_t i) {
        return (scene.word(i).gap & ~(k_gap_blank | k_gap_apostrophe | k_gap_quote)) == 0;
    };
    if ((scene.announced(word) & direct) != 0 && plain_gap(word)) {
        from = scene.announced_from(word);
        return true;
    }
    std::uint32_t at = word;
    while (at > 0 && word - at < 2 && scene.joined(at) && is_connector(scene, at - 1)) --at;
    if (at == word || at == 0 || !is_de(scene, at)) return false;
    if ((scene.announced(at) & with_de) == 0 || !scene.joined(at)) return false;
    from = scene.announced_from(at);
    return true;
}

bool is_adjective(const Scene& scene, std::uint32_t i) {
    constexpr std::array<std::string_view, 30> k_endings = {
        "al",   "ale",   "aux",  "ales",  "el",   "elle",   "els",   "elles",  "ique", "iques",
        "aire", "aires", "ien",  "ienne", "iens", "iennes", "ais",   "aise",   "ois",  "oise",
        "ain",  "aine",  "iste", "istes", "ieur", "ieure",  "ieurs", "ieures", "éen",  "éenne"};
    if (!scene.lower(i) || scene.word(i).letters < 5) return false;
    const std::string_view text = scene.surface(i, i + 1);
    return std::any_of(k_endings.begin(), k_endings.end(), [text](std::string_view ending) {
        return text.back() == ending.back() && text.ends_with(ending);
    });
}

bool in_office(const Scene& scene, std::uint32_t i) {
    static constexpr std::array<std::uint64_t, 3> offices = {word_hash("ministre"), word_hash("ministres"),
                                                             word_hash("ministere")};
    constexpr std::uint32_t k_reach = 4;
    for (std::uint32_t back = 1; back <= k_reach && back <= i && scene.joined(i - back + 1); ++back) {
        if (scene.lower(i - back) &&
            std::find(offices.begin(), offices.end(), scene.word(i - back).hash) != offices.end())
            return true;
    }
    return false;
}

bool in_plural(const Scene& scene, std::uint32_t i) {
    static constexpr std::array<std::uint64_t, 6> plural = {word_hash("les"), word_hash("des"),  word_hash("aux"),
                                                            word_hash("ces"), word_hash("deux"), word_hash("freres")};
    return i > 0 && scene.joined(i) && !scene.hyphened(i) &&
           std::find(plural.begin(), plural.end(), scene.word(i - 1).hash) != plural.end();
}

std::uint32_t any_entity(const Scene& scene, std::uint32_t first, std::uint32_t last, Field field) {
    const Gazetteer& gazetteer = scene.gazetteer();
    const Phrase* phrase = gazetteer.find(scene.hash(first, last));
    if (phrase == nullptr) return HashIndex::k_none;
    for (std::uint32_t at = phrase->alias; at != HashIndex::k_none; at = gazetteer.alias(at).next) {
        const AliasName& alias = gazetteer.alias(at);
        if (!alias.clipped && gazetteer.entity(alias.entity).field == field) return alias.entity;
    }
    return HashIndex::k_none;
}

bool begins_person(const Scene& scene, std::uint32_t i) {
    if (const Candidate* known = scene.known(i); known != nullptr) return known->field == Field::person;
    return scene.has(i, k_cue_given) && !scene.has(i, k_cue_given_doubtful) && scene.joined(i + 1) &&
           (scene.capital(i + 1) || scene.has(i + 1, k_cue_particle));
}

bool plain_word(const Scene& scene, std::uint32_t i) {
    return scene.has(i, k_cue_common | k_cue_people | k_cue_day | k_cue_acronym) ||
           scene.seen_small(scene.word(i).hash);
}

std::vector<Candidate> choose(const Scene& scene, std::vector<Candidate> candidates) {
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        if ((a.strength == k_weak) != (b.strength == k_weak)) return b.strength == k_weak;
        const std::uint32_t a_size = a.last - a.first, b_size = b.last - b.first;
        if (a_size != b_size) return a_size > b_size;
        if (a.strength != b.strength) return a.strength > b.strength;
        return a.first < b.first;
    });
    std::vector<bool> taken(scene.size());
    std::vector<Candidate> chosen;
    for (const Candidate& candidate : candidates) {
        const auto begin = taken.begin() + candidate.first, end = taken.begin() + candidate.last;
        if (std::find(begin, end, true) != end) continue;
        std::fill(begin, end, true);
        chosen.push_back(candidate);
    }
    std::sort(chosen.begin(), chosen.end(), [](const Candidate& a, const Candidate& b) { return a.first < b.first; });
    return chosen;
}

}  // namespace limier
