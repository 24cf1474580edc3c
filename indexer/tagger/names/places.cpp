// Names of places by rule.
#include <algorithm>
#include <array>

#include "indexer/tagger/names/candidates.hpp"

namespace limier {
namespace {

constexpr std::uint32_t k_none = HashIndex::k_none;
constexpr std::uint32_t k_never = k_cue_common | k_cue_day | k_cue_people | k_cue_acronym;

bool is_hash(const Scene& scene, std::uint32_t i, std::string_view folded) {
    return i < scene.size() && scene.word(i).hash == word_hash(folded);
}

/// A capitalised word that may begin a place's name.
bool may_begin(const Scene& scene, std::uint32_t i) {
    const bool single =
        scene.word(i).letters < 2 && !(i + 1 < scene.size() && scene.word(i + 1).gap == k_gap_apostrophe);
    return scene.capital(i) && !single && !scene.word(i).digits &&
           (!scene.has(i, k_never) || scene.has(i, k_cue_particle));
}

/// `rue Victor-Hugo`, `place de la Bastille`, `lac Tchad`: the name with its first word.
void with_type_word(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    if (!may_begin(scene, i)) return;
    std::uint32_t from = i;
    if (!announced_by(scene, i, k_cue_place_within, k_cue_place_within, from)) return;
    if (scene.hyphened(from) || (scene.word(i).gap & k_gap_quote) != 0) return;
    // `la porte, Macron` has a comma; `place Macron en tête` is a verb.
    const Candidate* known = scene.known(i);
    if (known != nullptr && known->field == Field::person && known->last - known->first == 1) return;
    if (known != nullptr && known->field == Field::org && from + 1 != i) return;
    // The Tour de France is a race.
    if (known != nullptr && known->field == Field::place && is_hash(scene, from, "tour") && from + 1 != i) return;
    out.push_back({from, capitalised_run(scene, i, true), Field::place, k_fair, k_none, k_none, "type word"});
}

/// `la ville de Loudéac`, `région Nouvelle-Aquitaine`, `maire de Saint-Brévent`: the name alone.
void after_cue(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    if (!may_begin(scene, i) || scene.known(i) != nullptr) return;
    std::uint32_t from = i;
    if (!announced_by(scene, i, k_cue_place_before, k_cue_place_before | k_cue_place_of, from)) return;
    if ((scene.word(i).gap & k_gap_quote) != 0 || scene.has(i, k_cue_org_head)) return;
    const std::uint32_t last = capitalised_run(scene, i, false);
    const std::uint32_t entity = any_entity(scene, i, last, Field::place);
    // A kind of place is no name; nor are capitals, but for roads.
    if (last - i == 1 &&
        (scene.word(i).all_upper || scene.has(i, k_cue_place_within | k_cue_place_before | k_cue_particle)) &&
        entity == k_none)
        return;
    out.push_back({i, last, Field::place, k_fair, entity, k_none, "place cue"});
}

/// `à Saint-Brévent`, `en Ardèche`.
void after_preposition(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    if (i == 0 || !may_begin(scene, i) || scene.known(i) != nullptr || !scene.spaced(i)) return;
    if (scene.word(i).all_upper || scene.has(i, k_cue_org_head | k_cue_event_head | k_cue_event_of)) return;
    if (!scene.is_a_grave(i - 1) && !is_hash(scene, i - 1, "en")) return;
    const std::uint32_t last = capitalised_run(scene, i, false);
    if (last - i == 1 && (scene.word(i).letters < 2 || scene.has(i, k_cue_place_within | k_cue_particle))) return;
    const std::uint32_t entity = any_entity(scene, i, last, Field::place);
    const bool another = entity == k_none && (any_entity(scene, i, last, Field::org) != k_none ||
                                              any_entity(scene, i, last, Field::person) != k_none);
    // `à Florence` is a town, `à Nadia` a person.
    if (another || (entity == k_none && scene.has(i, k_cue_given))) return;
    if (is_hash(scene, i - 1, "en") && scene.seen_small(scene.word(i).hash)) return;
    out.push_back({i, last, Field::place, entity == k_none ? k_weak : k_fair, entity, k_none, "preposition"});
}

/// `Fos-sur-Mer`, `Saint-Brévent`, `Villeneuve-lès-Avignon`.
void by_compound(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    static constexpr std::array<std::uint64_t, 14> links = {
        word_hash("sur"), word_hash("sous"), word_hash("les"), word_hash("lez"), word_hash("en"),
        word_hash("aux"), word_hash("la"),   word_hash("le"),  word_hash("de"),  word_hash("du"),
        word_hash("d"),   word_hash("des"),  word_hash("et"),  word_hash("l")};
    static constexpr std::array<std::uint64_t, 2> saints = {word_hash("saint"), word_hash("sainte")};
    if (!scene.capital(i) || scene.hyphened(i) || !scene.hyphened(i + 1)) return;
    std::uint32_t last = i + 1;
    bool link = std::find(saints.begin(), saints.end(), scene.word(i).hash) != saints.end();
    while (scene.hyphened(last) && !scene.word(last).digits) {
        if (last > i + 1 || scene.lower(last) || !link)
            link = link || (std::find(links.begin(), links.end(), scene.word(last).hash) != links.end() &&
                            scene.hyphened(last + 1));
        ++last;
    }
    while (last > i + 1 && !scene.capital(last - 1)) --last;
    if (!link || last - i < 2) return;
    // `à la Saint-Valentin` is a day.
    if (i > 0 && scene.joined(i) && is_hash(scene, i - 1, "la")) return;
    if (i > 0 && scene.joined(i) && scene.has(i - 1, k_cue_given) && scene.capital(i - 1)) return;
    if ((scene.announced(i) & k_cue_title_capital) != 0) return;
    if (scene.has(i, k_cue_given) && std::find(saints.begin(), saints.end(), scene.word(i).hash) == saints.end() &&
        last - i < 3)
        return;
    out.push_back({i, last, Field::place, k_fair, k_none, k_none, "compound"});
}

/// `Loudéac (Côtes-d'Armor)`: the place in brackets says that a place stands before it.
void by_bracket(const Scene& scene, const Candidate& known, std::vector<Candidate>& out) {
    const std::uint32_t i = known.first;
    if (known.field != Field::place || i == 0 || (scene.word(i).gap & k_gap_open) == 0) return;
    if (known.last < scene.size() && (scene.word(known.last).gap & k_gap_close) == 0) return;
    std::uint32_t first = i;
    while (first > 0 && (first == i || scene.joined(first)) && i - first < 6 &&
           (scene.capital(first - 1) || (scene.hyphened(first) && scene.lower(first - 1))))
        --first;
    while (first < i && scene.word(first).starts && scene.has(first, k_cue_particle | k_cue_common)) ++first;
    if (first == i || scene.known(first) != nullptr || !may_begin(scene, first) || scene.has(first, k_cue_given))
        return;
    if (scene.word(i - 1).all_upper) return;
    out.push_back({first, i, Field::place, k_fair, k_none, k_none, "bracket"});
}

/// `à Liège, Mons ou Wavre`: a list of places goes on with places.
void by_list(const Scene& scene, const Candidate& known, std::vector<Candidate>& out) {
    if (known.field != Field::place) return;
    std::uint32_t at = known.last;
    for (int item = 0; item < 8 && at < scene.size(); ++item) {
        const bool comma = scene.word(at).gap == (k_gap_comma | k_gap_blank);
        std::uint32_t next = at;
        if (!comma) {
            if (!scene.spaced(at) || !(is_hash(scene, at, "et") || is_hash(scene, at, "ou"))) return;
            ++next;
        }
        if (next < scene.size() && scene.is_a_grave(next)) ++next;
        if (!scene.meant_capital(next) || !may_begin(scene, next) || scene.has(next, k_cue_given)) return;
        const Candidate* here = scene.known(next);
        if (here != nullptr) {
            if (here->field != Field::place) return;
            at = here->last;
            continue;
        }
        const std::uint32_t last = capitalised_run(scene, next, false);
        // Only a list proves: what follows must be another item or the end of the clause.
        if (last < scene.size() && scene.joined(last) && !is_hash(scene, last, "et") && !is_hash(scene, last, "ou") &&
            item == 0)
            return;
        if (scene.word(next).all_upper || last - next > 2) return;
        out.push_back({next, last, Field::place, k_weak, any_entity(scene, next, last, Field::place), k_none, "list"});
        at = last;
    }
}

/// `OAKLAND, 12 mars`, `NICE (AFP) -`: the town of a dispatch, in capitals at the beginning of a line.
void by_dateline(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    const bool line = i == 0 || (scene.word(i).gap & k_gap_line) != 0;
    if (!line || !scene.word(i).all_upper || scene.word(i).shouted || scene.has(i, k_never)) return;
    std::uint32_t last = i + 1;
    while (scene.joined(last) && scene.word(last).all_upper) ++last;
    if (last >= scene.size() || (scene.word(last).gap & (k_gap_comma | k_gap_open | k_gap_dash)) == 0) return;
    // An acronym that begins a sentence looks alike; a date, an agency or a country follows a town.
    const bool dated = scene.word(last).digits || (scene.word(last).gap & k_gap_open) != 0 ||
                       (scene.known(last) != nullptr && scene.known(last)->field == Field::place);
    if (!dated || scene.word(i).letters < 4 || (scene.known(i) != nullptr && scene.known(i)->last >= last)) return;
    out.push_back({i, last, Field::place, k_fair, k_none, k_none, "dateline"});
}

/// `A71`, `RN 7`, `la Nationale 7`: roads by number.
void by_road_number(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    static constexpr std::array<std::uint64_t, 3> classes = {word_hash("nationale"), word_hash("rn"), word_hash("rd")};
    const std::string_view text = scene.surface(i, i + 1);
    const bool numbered = text.back() >= '0' && text.back() <= '9';
    const std::size_t digits = numbered ? text.find_first_of("0123456789") : text.size();
    const bool glued =
        numbered && text.size() - digits <= 4 &&
        text.find_first_not_of("0123456789", digits) == std::string_view::npos &&
        (text.substr(0, digits) == "A" || text.substr(0, digits) == "N" || text.substr(0, digits) == "RN" ||
         text.substr(0, digits) == "D" || text.substr(0, digits) == "RD");
    const bool on_road = i > 0 && scene.joined(i) && scene.lower(i - 1);
    if (glued && on_road && scene.known(i) == nullptr)
        out.push_back({i, i + 1, Field::place, k_fair, k_none, k_none, "road number"});
    if (std::find(classes.begin(), classes.end(), scene.word(i).hash) != classes.end() && on_road &&
        scene.spaced(i + 1) && scene.word(i + 1).digits)
        out.push_back({i, i + 2, Field::place, k_fair, k_none, k_none, "road number"});
}

}  // namespace

void find_places(const Scene& scene, std::vector<Candidate>& out) {
    for (const std::uint32_t i : scene.capitals()) {
        if (scene.word(i).shouted) continue;
        with_type_word(scene, i, out);
        after_cue(scene, i, out);
        after_preposition(scene, i, out);
        by_compound(scene, i, out);
        by_road_number(scene, i, out);
        by_dateline(scene, i, out);
    }
    for (const Candidate& known : scene.known()) {
        by_bracket(scene, known, out);
        by_list(scene, known, out);
    }
}

}  // namespace limier
