// Names of persons by rule. The shapes of surnames follow civil-status practice: particles (`de`, `van der`), `Ben` and
// `Aït` of the Maghreb, hyphened given names, Korean and Chinese given names with a small second half (`Jong-un`).
#include <algorithm>
#include <array>

#include "indexer/tagger/names/candidates.hpp"

namespace limier {
namespace {

constexpr std::uint32_t k_none = HashIndex::k_none;

bool is_word_of(std::uint64_t hash, std::initializer_list<std::string_view> list) {
    return std::any_of(list.begin(), list.end(), [hash](std::string_view word) { return word_hash(word) == hash; });
}

bool is_clitic(std::uint64_t hash) {
    static constexpr std::array<std::uint64_t, 14> words = {
        word_hash("il"), word_hash("elle"), word_hash("on"),   word_hash("ils"), word_hash("elles"),
        word_hash("ce"), word_hash("t"),    word_hash("la"),   word_hash("ci"),  word_hash("je"),
        word_hash("tu"), word_hash("nous"), word_hash("vous"), word_hash("y")};
    return std::find(words.begin(), words.end(), hash) != words.end();
}

bool is_article(std::uint64_t hash) {
    static constexpr std::array<std::uint64_t, 9> words = {word_hash("le"), word_hash("la"), word_hash("les"),
                                                           word_hash("de"), word_hash("du"), word_hash("des"),
                                                           word_hash("d"),  word_hash("l"),  word_hash("y")};
    return std::find(words.begin(), words.end(), hash) != words.end();
}

/// A capitalised word that a name may hold.
bool name_word(const Scene& scene, std::uint32_t i) {
    return scene.capital(i) && !scene.word(i).digits && !scene.has(i, k_cue_common | k_cue_day | k_cue_acronym);
}

/// Another capitalised word goes before, and not only because a sentence begins with it.
bool after_capital(const Scene& scene, std::uint32_t i) {
    if (i == 0 || !scene.joined(i) || !scene.capital(i - 1)) return false;
    return !(scene.word(i - 1).starts && plain_word(scene, i - 1));
}

/// Words that hyphens add: `Dupont-Aignan`, `Jong-un`, `Quynh-Anh`.
std::uint32_t with_hyphens(const Scene& scene, std::uint32_t last) {
    constexpr int k_most_hyphens = 6;
    for (int part = 0; part < k_most_hyphens && scene.hyphened(last); ++part) {
        if (scene.capital(last)) {
            ++last;
        } else if (scene.lower(last) && !is_clitic(scene.word(last).hash) && scene.word(last - 1).letters <= 6 &&
                   scene.word(last).letters <= 6 && !scene.has(last, k_cue_common | k_cue_particle)) {
            ++last;
        } else if (scene.lower(last) && scene.has(last, k_cue_particle) && scene.hyphened(last + 1) &&
                   scene.capital(last + 1)) {
            last += 2;
        } else {
            break;
        }
    }
    return last;
}

/// `N'Diaye`, `M'Bala`: capitals on both sides of an apostrophe.
bool apostrophe_inside(const Scene& scene, std::uint32_t i) {
    return scene.capital(i) && scene.capital(i + 1) && scene.word(i + 1).gap == k_gap_apostrophe;
}

/// The end of a surname of one part that begins at `first`; `first` where none does.
std::uint32_t surname(const Scene& scene, std::uint32_t first) {
    constexpr std::uint32_t k_most_particles = 4;
    std::uint32_t i = first;
    while (i < scene.size() && i - first < k_most_particles && scene.has(i, k_cue_particle) &&
           (i == first || scene.joined(i)) && !scene.word(i).shouted)
        ++i;
    const bool joined = i == first || scene.joined(i);
    if (joined && scene.capital(i) && !scene.word(i).digits && scene.word(i).letters > 1)
        return with_hyphens(scene, i + 1);
    if (joined && apostrophe_inside(scene, i)) return with_hyphens(scene, i + 2);
    // The last particle may be the surname itself: `Ben`, `San`.
    if (i > first && scene.capital(i - 1) && !is_article(scene.word(i - 1).hash)) return with_hyphens(scene, i);
    return first;
}

/// More surnames of the same person.
std::uint32_t more_surnames(const Scene& scene, std::uint32_t last) {
    constexpr int k_most = 3;
    for (int part = 0; part < k_most && scene.spaced(last); ++part) {
        if (scene.known_other(last, Field::person) && !scene.has(last, k_cue_particle)) break;
        if (scene.lower(last) && !scene.has(last, k_cue_particle)) break;
        if (scene.word(last).all_upper && !scene.word(last - 1).all_upper) break;
        if (scene.capital(last) && !scene.has(last, k_cue_particle) &&
            (!name_word(scene, last) || scene.has(last, k_cue_people)))
            break;
        // `Lefebvre de Nantes`, `Vuillard La Guerre`: behind a surname these are no particles any more.
        if (is_article(scene.word(last).hash)) break;
        const std::uint32_t next = surname(scene, last);
        if (next == last) break;
        last = next;
    }
    return last;
}

bool is_roman(const Scene& scene, std::uint32_t i) {
    const std::string_view text = scene.surface(i, i + 1);
    return text == "Ier" || text == "Iᵉʳ" || text.find_first_not_of("IVX") == std::string_view::npos;
}

// Nobody has more, and a text of nothing but given names must not cost its square.
constexpr std::uint32_t k_most_given = 6;

/// Given names at `first`, initials among them; `first` where none is there.
std::uint32_t given_names(const Scene& scene, std::uint32_t first) {
    std::uint32_t i = first;
    while (i < scene.size() && i - first < k_most_given &&
           (i == first || (scene.joined(i) && !scene.has(i, k_cue_particle))) && scene.has(i, k_cue_given) &&
           scene.capital(i)) {
        ++i;
        while (scene.hyphened(i) && scene.capital(i) && i - first < k_most_given) ++i;
    }
    return i;
}

std::uint32_t initials(const Scene& scene, std::uint32_t first) {
    std::uint32_t i = first;
    while (i < scene.size() && i - first < k_most_given && (i == first || scene.joined(i)) && scene.initial(i)) ++i;
    return i;
}

/// `Masayoshi Son de SoftBank`: a particle before what the lexicon knows as something else.
bool leads_away(const Scene& scene, std::uint32_t i) {
    if (!scene.lower(i)) return false;
    std::uint32_t next = i;
    while (scene.lower(next) && is_article(scene.word(next).hash)) ++next;
    return next > i && scene.known_other(next, Field::person);
}

/// A name that begins with a given name, or with initials and their dots.
std::uint32_t full_name(const Scene& scene, std::uint32_t first) {
    std::uint32_t given = given_names(scene, first);
    const bool only_initials = given == first;
    if (only_initials) {
        given = initials(scene, first);
        if (given == first || given >= scene.size()) return first;
        if ((scene.word(given).gap & (k_gap_stop | k_gap_hyphen)) == 0 || !scene.joined(given)) return first;
        if (scene.has(first, k_cue_title_capital) && given == first + 1) return first;
        if (scene.has(given, k_cue_common) && !scene.has(given, k_cue_particle)) return first;
        // `B.C.E. de`: an acronym and what it is of.
        if (scene.lower(given) && is_article(scene.word(given).hash)) return first;
    } else if (scene.joined(given)) {
        const std::uint32_t middle = initials(scene, given);
        if (middle > given && middle < scene.size() && scene.joined(middle) && scene.capital(middle)) given = middle;
    }
    if (given < scene.size() && scene.joined(given)) {
        if (scene.capital(given) && is_roman(scene, given) && !only_initials) return given + 1;
        if (scene.has(given, k_cue_acronym)) return first;
        const bool ends = (scene.lower(given) && !scene.has(given, k_cue_particle)) || leads_away(scene, given);
        const std::uint32_t last = ends ? given : surname(scene, given);
        if (last > given) return more_surnames(scene, last);
        // `Chérif C.`: the surname withheld, as justice reporters do.
        if (!only_initials && scene.capital(given) && scene.word(given).letters == 1) return given + 1;
    }
    // Two given names, the second taken for a surname: `Laurent Pierre`.
    if (!only_initials && given - first >= 2 && scene.spaced(given - 1)) return given;
    return first;
}

/// A given name at the beginning that is also a common word proves little.
bool doubtful_start(const Scene& scene, std::uint32_t first, std::uint32_t last) {
    if (!scene.has(first, k_cue_given_doubtful)) return false;
    for (std::uint32_t i = first + 1; i < last; ++i) {
        if (scene.known_other(i, Field::person)) return true;
    }
    return scene.word(first).starts && scene.seen_small(scene.word(first).hash);
}

void by_given_name(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    if (scene.hyphened(i) || !(scene.has(i, k_cue_given) || scene.initial(i))) return;
    const std::uint32_t last = full_name(scene, i);
    if (last == i || doubtful_start(scene, i, last)) return;
    // `Charlotte Hornets`: what the lexicon knows from the same word on, or longer, is no person.
    const Candidate* known = scene.known(i);
    if (known != nullptr && known->field != Field::person && known->last - known->first > 1) return;
    // The surname first, as in Vietnam and on many a list: `Nguyen Van Minh`.
    const bool all_given = scene.has(last - 1, k_cue_given) && last - i <= 2;
    const bool before = all_given && i > 0 && scene.spaced(i) && name_word(scene, i - 1) && !plain_word(scene, i - 1) &&
                        scene.known(i - 1) == nullptr && !scene.word(i - 1).all_upper &&
                        scene.word(i - 1).letters > 1 && scene.cues(i - 1) == 0 && scene.announced(i) == 0 &&
                        !scene.hyphened(i - 1) && !scene.word(i - 1).starts;
    out.push_back({before ? i - 1 : i, last, Field::person, k_sure, k_none, k_none, "first name"});
}

/// After `M.`, `Mme`, `Me`, `Dr`: whatever comes is a person. `PDG` and `Premier ministre` prove less.
bool is_civil(const Scene& scene, std::uint32_t i) {
    constexpr std::uint8_t k_longest = 4;
    if (i == 0 || (scene.announced(i) & k_cue_title_capital) == 0 || scene.announced_from(i) + 1 != i) return false;
    const Word& title = scene.word(i - 1);
    return title.upper_first && title.letters <= k_longest && (!title.all_upper || title.letters == 2);
}

/// `MM. Dupont et Durand`: the others of a plural title.
void by_plural_title(const Scene& scene, std::uint32_t title, std::uint32_t last, std::vector<Candidate>& out) {
    static constexpr std::uint64_t et = word_hash("et");
    if (!is_word_of(scene.word(title).hash, {"mm", "mmes", "mes", "drs", "mlles"})) return;
    while (last < scene.size()) {
        const bool linked = scene.spaced(last) && scene.word(last).hash == et;
        const std::uint32_t next = linked ? last + 1 : last;
        if (!linked && scene.word(last).gap != (k_gap_comma | k_gap_blank)) return;
        if (next >= scene.size() || (linked && !scene.spaced(next))) return;
        if (!name_word(scene, next) && !scene.has(next, k_cue_particle)) return;
        const std::uint32_t end = surname(scene, next);
        if (end == next) return;
        out.push_back({next, end, Field::person, k_fair, k_none, k_none, "title"});
        last = end;
    }
}

/// `M. Dupont`, `le président Macron`, `Me Ben Salah`.
void by_title(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    const std::uint32_t cues = scene.announced(i) & (k_cue_title | k_cue_title_capital);
    if (cues == 0 || (scene.word(i).gap & ~(k_gap_blank | k_gap_stop)) != 0 || scene.has(i, k_cue_title_capital))
        return;
    const bool civil = is_civil(scene, i);
    if (!civil && (scene.known_other(i, Field::person) || scene.word(i).all_upper)) return;
    if (!civil && (scene.word(i).gap & k_gap_stop) != 0) return;
    const bool plain = scene.has(i, k_cue_common | k_cue_day | k_cue_people) && !scene.has(i, k_cue_particle);
    if (plain && !apostrophe_inside(scene, i)) return;
    if (scene.lower(i) && !scene.has(i, k_cue_particle)) return;
    if (!civil && scene.lower(i) && is_article(scene.word(i).hash)) return;
    const std::uint32_t last = surname(scene, i);
    if (last == i) {
        if (civil && scene.capital(i) && scene.word(i).letters == 1)
            out.push_back({i, i + 1, Field::person, k_fair, k_none, k_none, "title"});
        return;
    }
    const std::uint32_t end = more_surnames(scene, last);
    out.push_back({i, end, Field::person, civil ? k_sure : k_fair, k_none, k_none, "title"});
    if (civil) by_plural_title(scene, i - 1, end, out);
}

/// `», explique Lefebvre`.
void by_speech(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    if ((scene.announced(i) & k_cue_speech) == 0 || !scene.spaced(i)) return;
    const Word& verb = scene.word(scene.announced_from(i));
    if ((verb.gap & (k_gap_comma | k_gap_quote | k_gap_dash | k_gap_stop)) == 0 || verb.upper_first) return;
    if (!name_word(scene, i) || scene.known_other(i, Field::person) || scene.word(i).all_upper) return;
    if (scene.has(i, k_cue_people | k_cue_org_head | k_cue_title_capital)) return;
    const std::uint32_t last = surname(scene, i);
    if (last == i) return;
    out.push_back({i, more_surnames(scene, last), Field::person, k_fair, k_none, k_none, "speech"});
}

/// Whether what follows the name tells a person: `, maire de`, `, 34 ans`, `(34 ans)`, a party in brackets.
bool in_apposition(const Scene& scene, std::uint32_t last) {
    static constexpr std::uint64_t ans = word_hash("ans");
    if (last >= scene.size()) return false;
    const std::uint16_t gap = scene.word(last).gap;
    if ((gap & (k_gap_comma | k_gap_open)) == 0 || (gap & ~(k_gap_comma | k_gap_open | k_gap_blank)) != 0) return false;
    if (scene.word(last).digits && last + 1 < scene.size() && scene.word(last + 1).hash == ans) return true;
    if ((gap & k_gap_open) != 0) {
        const Candidate* known = scene.known(last);
        return known != nullptr && known->field == Field::org && known->last < scene.size() &&
               (scene.word(known->last).gap & k_gap_close) != 0;
    }
    std::uint32_t at = last;
    while (at < scene.size() && at - last < 2 && scene.lower(at) &&
           is_word_of(scene.word(at).hash, {"le", "la", "l", "un", "une", "ancien", "ancienne", "ex"}))
        ++at;
    if (!scene.lower(at)) return false;
    return scene.has(at, k_cue_role) || (scene.announced(at + 1) & k_cue_role) != 0;
}

/// Two or three capitalised words that nothing else explains.
void by_shape(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    constexpr std::uint32_t k_longest = 5;
    if (!name_word(scene, i) || scene.known(i) != nullptr || scene.word(i).all_upper || scene.hyphened(i)) return;
    if (scene.has(i, k_cue_people | k_cue_org_head | k_cue_event_head | k_cue_event_of | k_cue_place_within |
                         k_cue_title | k_cue_title_capital | k_cue_role))
        return;
    if (scene.word(i).starts && plain_word(scene, i)) return;
    if (after_capital(scene, i)) return;
    std::uint32_t first_end = with_hyphens(scene, i + 1);
    if (!scene.spaced(first_end) || scene.lower(first_end) || scene.word(first_end).all_upper) return;
    std::uint32_t last = surname(scene, first_end);
    if (last == first_end) return;
    last = more_surnames(scene, last);
    if (last - i > k_longest) return;
    for (std::uint32_t k = i; k < last; ++k) {
        if (scene.known_other(k, Field::person) || scene.has(k, k_cue_people | k_cue_org_suffix)) return;
        if (k > i && scene.has(k, k_cue_common | k_cue_day) && !scene.has(k, k_cue_particle)) return;
    }
    if (is_word_of(scene.word(i).hash, {"san", "santa", "santo", "sao"})) {
        out.push_back({i, last, Field::place, k_weak, k_none, k_none, "shape"});
        return;
    }
    const bool shown = in_apposition(scene, last);
    out.push_back({i, last, Field::person, shown ? k_fair : k_weak, k_none, k_none, shown ? "apposition" : "shape"});
}

}  // namespace

/// `Selon Lefebvre`, `Lefebvre explique`: who speaks is a person when nothing is known of the name.
void by_lone_speaker(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    static constexpr std::uint64_t selon = word_hash("selon");
    constexpr std::uint8_t k_short = 4;
    const Word& word = scene.word(i);
    const Phrase* phrase = scene.phrase(i);
    if (!scene.capital(i) || word.letters < k_short || word.upper_later || word.digits || scene.hyphened(i)) return;
    if (scene.known(i) != nullptr || (phrase != nullptr && (phrase->cues != 0 || phrase->alias != k_none))) return;
    // `Autrement dit`: adverbs.
    if (plain_word(scene, i) || after_capital(scene, i) || scene.surface(i, i + 1).ends_with("ment")) return;
    const bool quoted = i > 0 && scene.word(i - 1).hash == selon && scene.spaced(i) &&
                        (i + 1 >= scene.size() || !scene.spaced(i + 1) || scene.lower(i + 1));
    const bool speaks = word.starts && scene.spaced(i + 1) && scene.lower(i + 1) && scene.has(i + 1, k_cue_speech);
    if (quoted || speaks) out.push_back({i, i + 1, Field::person, k_weak, k_none, k_none, "speech"});
}

/// A given name with nothing beside it: `Aïda, 9 ans`.
void by_given_alone(const Scene& scene, std::uint32_t i, std::vector<Candidate>& out) {
    if (!scene.has(i, k_cue_given) || scene.has(i, k_cue_given_doubtful) || !scene.capital(i)) return;
    if (!scene.meant_capital(i) && !in_apposition(scene, i + 1)) return;
    if (scene.known(i) != nullptr || plain_word(scene, i) || scene.word(i).all_upper || scene.hyphened(i)) return;
    if (after_capital(scene, i) || in_plural(scene, i)) return;
    std::uint32_t last = i + 1;
    while (scene.hyphened(last) && scene.has(last, k_cue_given)) ++last;
    if (scene.joined(last) && !scene.lower(last)) return;
    if (scene.hyphened(last)) return;
    out.push_back({i, last, Field::person, k_weak, k_none, k_none, "first name alone"});
}

void find_persons(const Scene& scene, std::vector<Candidate>& out) {
    for (std::uint32_t i = 0; i < scene.size(); ++i) {
        if ((scene.word(i).gap & k_gap_at) != 0 || scene.word(i).shouted) continue;
        if (scene.word(i).upper_first) {
            by_given_name(scene, i, out);
            by_shape(scene, i, out);
            by_speech(scene, i, out);
            by_given_alone(scene, i, out);
            by_lone_speaker(scene, i, out);
        }
        if (scene.announced(i) != 0) by_title(scene, i, out);
    }
}

}  // namespace limier
