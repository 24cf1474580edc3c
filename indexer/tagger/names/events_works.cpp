// Events, laws and works by rule. The rarest kinds: only what is plainly marked.
#include "indexer/tagger/names/candidates.hpp"

namespace limier {
namespace {

constexpr std::uint32_t k_none = HashIndex::k_none;

/// `loi Avia`, `opération Barkhane`, `Festival d'humour de Paris`, `traité d'Aix-la-Chapelle`: the name with its word.
void by_first_word(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    if (!scene.capital(i) || scene.word(i).digits || (scene.word(i).gap & k_gap_quote) != 0) return;
    if (scene.has(i, k_cue_common | k_cue_people | k_cue_day) && !scene.has(i, k_cue_particle)) return;
    std::uint32_t from = i;
    if (!announced_by(scene, i, k_cue_event_head | k_cue_event_of, k_cue_event_of, from) || scene.hyphened(from))
        return;
    const bool with_de = scene.announced_from(i) != from || scene.announced(i) == 0;
    // `accord de la France` names no accord; a compound or a capital at its head does.
    if (with_de && scene.lower(from) && (scene.known(i) == nullptr || scene.known(i)->field != Field::place)) return;
    if (with_de && scene.word(i - 1).hash == word_hash("la")) return;
    if (scene.known(i) != nullptr && scene.known(i)->field == Field::org) return;
    // `loi Macron` is one, `la loi, Édouard Philippe` with its comma lost is none.
    const std::uint32_t last = capitalised_run(scene, i, false);
    if (begins_person(scene, i) && (scene.known(i) == nullptr || scene.known(i)->last - i > 1)) return;
    if (last - i == 1 && scene.word(i).letters < 2) return;
    out.push_back({from, last, Field::event, k_fair, k_none, k_none, "event word"});
}

/// `le film « Les Marées basses »`: a title in quotation marks behind its kind.
void by_quotation(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    constexpr std::uint32_t k_longest = 10;
    if ((scene.announced(i) & k_cue_work_before) == 0 || !scene.word(i).upper_first) return;
    if ((scene.word(i).gap & k_gap_quote) == 0 || (scene.word(i).gap & ~(k_gap_quote | k_gap_blank)) != 0) return;
    std::uint32_t last = i + 1;
    while (last < scene.size() && last - i < k_longest && (scene.word(last).gap & (k_gap_quote | k_gap_line)) == 0)
        ++last;
    if (last < scene.size() && (scene.word(last).gap & k_gap_quote) == 0) return;
    out.push_back({i, last, Field::work, k_sure, k_none, k_none, "quotation"});
}

}  // namespace

void find_events_and_works(const Scene& scene, std::vector<Candidate>& out) {
    for (const std::uint32_t i : scene.capitals()) {
        if (i == 0) continue;
        by_first_word(scene, i, out);
        if (scene.announced(i) != 0) by_quotation(scene, i, out);
    }
}

}  // namespace limier
