#include "indexer/readers/byline.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

// What signs, longest first where one begins another. Folded.
constexpr auto k_signs = std::to_array<std::string_view>({"propos recueillis et traduits par",
                                                          "propos recueillis par",
                                                          "entretien realise par",
                                                          "interview realisee par",
                                                          "dossier realise par",
                                                          "recueilli par",
                                                          "recueillis par",
                                                          "reportage de",
                                                          "texte de",
                                                          "un texte de",
                                                          "redige par",
                                                          "ecrit par",
                                                          "l'editorial de",
                                                          "l editorial de",
                                                          "l'edito de",
                                                          "editorial de",
                                                          "le billet de",
                                                          "la chronique de",
                                                          "le bloc-notes de",
                                                          "par"});
constexpr std::array<std::string_view, 10> k_ours{
    "correspondants",   "correspondantes",  "correspondant",      "correspondante", "envoye special",
    "envoyee speciale", "envoyes speciaux", "envoyees speciales", "bureau",         "redaction"};
constexpr std::array<std::string_view, 18> k_particles{"de",  "du",  "des", "la",  "le",  "les", "da",  "di", "dos",
                                                       "van", "von", "den", "der", "ten", "bin", "ibn", "el", "al"};

// Agencies as French papers name them, folded, and the name they are known by. `AP`, `PC` and `TAP` are left out: they
// stand for too much else.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> k_agencies{{
    {"afp", "AFP"},
    {"agence france presse", "AFP"},
    {"ats", "ATS"},
    {"keystone ats", "Keystone-ATS"},
    {"reuters", "Reuters"},
    {"belga", "Belga"},
    {"aps", "APS"},
    {"map", "MAP"},
    {"ansa", "ANSA"},
    {"dpa", "DPA"},
    {"efe", "EFE"},
    {"associated press", "AP"},
    {"presse canadienne", "La Presse canadienne"},
    {"la presse canadienne", "La Presse canadienne"},
    {"bloomberg", "Bloomberg"},
    {"xinhua", "Xinhua"},
    {"agences", "agences"},
}};
// Desks that sign beside an agency (`ats/nxp`).
constexpr std::array<std::string_view, 3> k_desks{"nxp", "oang", "avec agences"};
// Titles of papers that could be taken for a place or a person.
constexpr std::array<std::string_view, 32> k_papers{
    "le monde",     "le figaro",         "liberation", "les echos",     "la croix",  "l humanite", "le parisien",
    "ouest france", "sud ouest",         "l express",  "le point",      "l obs",     "mediapart",  "le soir",
    "la libre",     "la libre belgique", "le temps",   "la presse",     "le devoir", "el watan",   "le matin",
    "20 minutes",   "france info",       "franceinfo", "la tribune",    "la dh",     "le progres", "la voix du nord",
    "nice matin",   "le telegramme",     "rtbf",       "le nouvel obs",
};

constexpr std::size_t k_longest_line = 160;
constexpr std::size_t k_most_capitals = 6;

template <class Table>
bool holds(const Table& table, std::string_view word) {
    return std::find(table.begin(), table.end(), word) != table.end();
}

/// One word of a name, with its hyphens, apostrophes and the dot of an initial. Empty where none stands.
std::string_view name_word(std::string_view text, std::size_t at) {
    std::size_t end = at;
    std::size_t letters = 0;  // since the last hyphen
    for (std::size_t next = at; next < text.size(); end = next) {
        const char32_t c = next_code_point(text, next);
        const bool joint = c == U'-' || c == U'\'' || c == U'’' || c == U'·';
        const bool initial = c == U'.' && letters == 1;
        if (!is_letter(c) && !initial && (!joint || end == at)) break;
        letters = is_letter(c) ? letters + 1 : 0;
    }
    return text.substr(at, end - at);
}

/// `Claire`, `O’Brien`, `d’Ornano`.
bool is_capital(std::string_view word) {
    if (word.empty()) return false;
    std::size_t at = 0;
    const char32_t first = next_code_point(word, at);
    if (is_upper(first)) return true;
    const char32_t second = peek(word, at);
    if ((first != U'd' && first != U'l') || (second != U'\'' && second != U'’')) return false;
    next_code_point(word, at);
    return is_upper(peek(word, at));
}

struct Name {
    std::string_view text;
    std::size_t capitals = 0;
    std::size_t end = 0;
};

/// The name that begins at `at`: capitalised words, particles between them.
Name read_name(std::string_view text, std::size_t at) {
    Name name{{}, 0, at};
    for (std::size_t here = at; name.capitals < k_most_capitals;) {
        const std::string_view word = name_word(text, here);
        const bool capital = is_capital(word);
        if (!capital && !holds(k_particles, fold(word))) break;
        here += word.size();
        if (capital) {
            ++name.capitals;
            name.end = here;
        }
        const std::size_t before = here;
        skip_spaces(text, here);
        if (here == before) break;
    }
    name.text = text.substr(at, name.end - at);
    return name;
}

struct Names {
    Signature who;
    std::size_t count = 0;
    std::size_t capitals = 0;  ///< of the first
    std::size_t end = 0;
};

void add_name(std::string& list, std::string_view name) {
    if (!list.empty()) list += ", ";
    list += name;
}

/// The names from `at` on, joined by commas, `et`, `avec`, `&` and `/`.
Names read_names(std::string_view text, std::size_t at) {
    Names names;
    names.end = at;
    for (;;) {
        std::size_t start = at;
        if (skip_prefix(text, start, "l'")) at = start;
        const Name name = read_name(text, at);
        // A single word is a name only if it stands alone (`Plantu`) or is an agency's.
        const std::string agency = agencies(name.text);
        if (name.capitals == 0 || (name.capitals == 1 && agency.empty() && names.count > 0)) break;
        if (names.count == 0) names.capitals = name.capitals;
        ++names.count;
        if (!agency.empty()) {
            add_name(names.who.source, agency);
        } else if (is_press(name.text)) {
            add_name(names.who.source, name.text);
        } else {
            add_name(names.who.author, name.text);
        }
        at = names.end = name.end;
        skip_spaces(text, at);
        const bool comma = skip_any(text, at, U",&/");
        skip_spaces(text, at);
        if (!skip_prefix(text, at, "et") && !skip_prefix(text, at, "avec") && !comma) break;
        skip_spaces(text, at);
    }
    return names;
}

/// What may follow the names of a byline: a quality, a place, nothing.
bool may_follow_names(std::string_view rest) {
    rest = trimmed(rest);
    if (rest.empty() || rest == ".") return true;
    std::size_t at = 0;
    if (skip_any(rest, at, U",(|–—-")) return last_of(rest) != U'.' || rest.size() < 60;
    for (const std::string_view word :
         {"a", "en", "pour", "avec", "envoye", "envoyee", "correspondant", "correspondante"}) {
        if (skip_prefix(rest, at, word)) return last_of(rest) != U'.';
    }
    return false;
}

std::optional<Signature> read_signed(std::string_view line) {
    for (const std::string_view sign : k_signs) {
        std::size_t at = 0;
        if (!skip_prefix(line, at, sign)) continue;
        skip_spaces(line, at);
        skip_any(line, at, U":");
        skip_spaces(line, at);
        const Names names = read_names(line, at);
        const std::string_view rest = trimmed(line.substr(names.end));
        if (names.count == 0 || !may_follow_names(rest)) return std::nullopt;
        const bool alone = rest.empty() || rest == ".";
        if (names.capitals == 1 && names.who.source.empty() && !alone) return std::nullopt;
        return names.who;
    }
    return std::nullopt;
}

/// `De notre correspondant …`, with or without a place before it and the name behind it.
std::optional<Signature> read_correspondent(std::string_view line) {
    std::size_t at = 0;
    const auto skip_ours = [line](std::size_t& place) {
        return skip_prefix(line, place, "de notre") || skip_prefix(line, place, "de nos") ||
               skip_prefix(line, place, "par notre") || skip_prefix(line, place, "par nos");
    };
    if (!skip_ours(at)) {
        const Name place = read_name(line, 0);
        at = place.end;
        skip_spaces(line, at);
        if (place.capitals == 0 || !skip_any(line, at, U",–—-|")) return std::nullopt;
        skip_spaces(line, at);
        if (!skip_ours(at)) return std::nullopt;
    }
    skip_spaces(line, at);
    const auto is_ours = [&](std::string_view who) { return skip_prefix(line, at, who); };
    if (std::none_of(k_ours.begin(), k_ours.end(), is_ours)) return std::nullopt;
    skip_spaces(line, at);
    Names names = read_names(line, at);
    if (names.count == 0) {
        const std::size_t comma = line.find(',', at);
        if (comma == std::string_view::npos) return Signature{};
        at = comma + 1;
        skip_spaces(line, at);
        names = read_names(line, at);
    }
    return may_follow_names(line.substr(names.end)) ? names.who : Signature{};
}

/// `Karim Haddad, correspondant à Bruxelles`.
std::optional<Signature> read_quality(std::string_view line) {
    const Names names = read_names(line, 0);
    if (names.count == 0 || names.capitals < 2 || names.who.author.empty()) return std::nullopt;
    std::size_t at = names.end;
    skip_spaces(line, at);
    skip_any(line, at, U",(–—-|");
    skip_spaces(line, at);
    for (const std::string_view who : k_ours) {
        if (skip_prefix(line, at, who) && last_of(line) != U'.') return names.who;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Signature> read_byline(std::string_view line) {
    if (line.size() > k_longest_line) return std::nullopt;
    if (auto found = read_signed(line)) return found;
    if (auto found = read_correspondent(line)) return found;
    return read_quality(line);
}

std::optional<Signature> read_bare_names(std::string_view line) {
    if (line.size() > k_longest_line / 2) return std::nullopt;
    const Names names = read_names(line, 0);
    if (names.count == 0 || names.end != line.size()) return std::nullopt;
    if (names.capitals < 2 && names.who.source.empty()) return std::nullopt;
    return names.who;
}

std::string author_names(std::string_view field) {
    field = trimmed(field);
    if (const auto signed_by = read_signed(field); signed_by && !signed_by->author.empty()) return signed_by->author;
    const Names names = read_names(field, 0);
    if (names.count > 1 && names.end == field.size() && names.who.source.empty()) return names.who.author;
    return std::string(field);
}

std::string agencies(std::string_view text) {
    std::string found;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find_first_of("/,", at), text.size());
        std::string key = fold_key(text.substr(at, end - at));
        for (const std::string_view lead : {"avec l ", "avec ", "source ", "d apres ", "et "}) {
            if (key.starts_with(lead)) key.erase(0, lead.size());
        }
        at = end + 1;
        const auto row =
            std::find_if(k_agencies.begin(), k_agencies.end(), [&](const auto& r) { return r.first == key; });
        if (row != k_agencies.end()) {
            add_name(found, row->second);
        } else if (!holds(k_desks, key)) {
            return {};
        }
    }
    return found;
}

bool is_press(std::string_view name) {
    const std::string key = fold_key(name);
    if (holds(k_papers, key) || key.starts_with("agence ") || !agencies(name).empty()) return true;
    if (key.find(' ') != std::string::npos || name.find('@') != std::string_view::npos) return false;
    for (const std::string_view domain : {".fr", ".com", ".ch", ".be", ".ca", ".dz", ".org", ".net"}) {
        if (name.ends_with(domain)) return true;
    }
    return false;
}

}  // namespace limier
