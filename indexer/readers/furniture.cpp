#include "indexer/readers/furniture.hpp"

#include <algorithm>
#include <array>

#include "common/dates.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/byline.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

constexpr std::size_t k_longest_line = 160;
constexpr std::size_t k_longest_place = 60;
constexpr std::size_t k_longest_mark = 40;
constexpr std::size_t k_longest_related = 300;
constexpr std::u32string_view k_dashes = U"–—-|―";

// All folded; longest first where one begins another.
constexpr auto k_published = std::to_array<std::string_view>(
    {"article initialement publie le", "article publie le", "publie en ligne le", "publie le",
     "publie dans l'edition du", "publiee le", "publie", "mis en ligne le", "mise en ligne le", "paru le", "parue le",
     "poste le", "date de publication", "date de parution", "edition du", "numero du"});
constexpr auto k_updated = std::to_array<std::string_view>(
    {"derniere mise a jour le", "derniere mise a jour", "mis a jour le", "mise a jour le", "mis a jour", "mise a jour",
     "modifie le", "article modifie le", "article mis a jour le", "actualise le"});
constexpr auto k_related =
    std::to_array<std::string_view>({"a lire aussi", "lire aussi", "lire egalement", "a lire egalement", "voir aussi",
                                     "a voir aussi", "a ecouter aussi", "sur le meme sujet", "sur le meme theme",
                                     "consultez notre dossier", "retrouvez notre dossier", "a lire", "en lien"});

// Rubrics of general newspapers, folded.
constexpr auto k_rubrics = std::to_array<std::string_view>({"a la une",
                                                            "actualite",
                                                            "actualites",
                                                            "actu",
                                                            "afrique",
                                                            "agriculture",
                                                            "ai",
                                                            "ameriques",
                                                            "analyse",
                                                            "art",
                                                            "arts",
                                                            "asie",
                                                            "automobile",
                                                            "billet",
                                                            "breve",
                                                            "breves",
                                                            "chronique",
                                                            "cinema",
                                                            "climat",
                                                            "courrier des lecteurs",
                                                            "critique",
                                                            "culture",
                                                            "debats",
                                                            "decryptage",
                                                            "disparition",
                                                            "ecologie",
                                                            "economie",
                                                            "edito",
                                                            "editorial",
                                                            "education",
                                                            "elections",
                                                            "energie",
                                                            "enquete",
                                                            "entreprises",
                                                            "entretien",
                                                            "environnement",
                                                            "etranger",
                                                            "europe",
                                                            "faits divers",
                                                            "football",
                                                            "france",
                                                            "grand angle",
                                                            "grand format",
                                                            "high tech",
                                                            "ia",
                                                            "idees",
                                                            "international",
                                                            "interview",
                                                            "insolite",
                                                            "justice",
                                                            "l'editorial",
                                                            "litterature",
                                                            "livres",
                                                            "medias",
                                                            "monde",
                                                            "musique",
                                                            "opinion",
                                                            "opinions",
                                                            "planete",
                                                            "point de vue",
                                                            "police",
                                                            "politique",
                                                            "portrait",
                                                            "proche orient",
                                                            "region",
                                                            "regions",
                                                            "reportage",
                                                            "sante",
                                                            "science",
                                                            "sciences",
                                                            "societe",
                                                            "sport",
                                                            "sports",
                                                            "tech",
                                                            "technologie",
                                                            "technologies",
                                                            "technos",
                                                            "television",
                                                            "tribune",
                                                            "une",
                                                            "verbatim",
                                                            "voyage"});
constexpr std::array<std::string_view, 8> k_place_joints{"de", "du", "des", "la", "sur", "sous", "en", "les"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& table, std::string_view word) {
    return std::find(table.begin(), table.end(), word) != table.end();
}

template <std::size_t N>
bool skip_any_prefix(std::string_view text, std::size_t& at, const std::array<std::string_view, N>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(), [&](auto prefix) { return skip_prefix(text, at, prefix); });
}

void skip_colon(std::string_view text, std::size_t& at) {
    skip_spaces(text, at);
    skip_any(text, at, U":");
    skip_spaces(text, at);
}

/// `Titre : …`, `Auteur : …`, `Source : …`.
std::optional<Furniture> read_key(std::string_view line) {
    const auto value_of = [line](std::string_view key) -> std::string_view {
        std::size_t at = 0;
        if (!skip_prefix(line, at, key)) return {};
        skip_spaces(line, at);
        if (!skip_any(line, at, U":")) return {};
        skip_spaces(line, at);
        return line.substr(at);
    };
    Furniture found;
    found.length = line.size();
    for (const std::string_view key : {"titre", "title"}) {
        if (const auto value = value_of(key); !value.empty()) {
            found.title = value;
            found.kind = Zone::Kind::rubric;
            found.length = line.size() - value.size();
            return found;
        }
    }
    for (const std::string_view key : {"auteur", "auteurs", "auteure", "author"}) {
        if (const auto value = value_of(key); !value.empty()) {
            found.author = author_names(value);
            found.kind = Zone::Kind::byline;
            return found;
        }
    }
    for (const std::string_view key : {"source", "journal"}) {
        if (const auto value = value_of(key); !value.empty() && value.size() < k_longest_place) {
            found.source = value;
            found.kind = Zone::Kind::agency;
            return found;
        }
    }
    return std::nullopt;
}

/// A place as datelines write it: `Kourou`, `SAINT-BRIEUC`, `Châtel (Haute-Savoie)`. Its end, or 0.
std::size_t read_place(std::string_view text, bool capitals_only) {
    std::size_t at = 0;
    std::size_t end = 0;
    while (at < text.size() && at < k_longest_place) {
        const std::size_t begin = at;
        bool capitals = true;
        bool first_upper = false;
        for (std::size_t next = at; next < text.size(); at = next) {
            const char32_t c = next_code_point(text, next);
            const bool joint = at != begin && (c == U'-' || c == U'\'' || c == U'’');
            if (!is_letter(c) && !joint) break;
            if (at == begin) first_upper = is_upper(c);
            if (is_letter(c) && !is_upper(c)) capitals = false;
        }
        if (at == begin || (capitals_only && !capitals)) break;
        const std::string word = fold(text.substr(begin, at - begin));
        if (!first_upper && !holds(k_place_joints, word)) break;
        // An article alone is no place: `Le 14 janvier 2019 – …`.
        if (first_upper && word != "le" && word != "la" && word != "les") end = at;
        skip_spaces(text, at);
    }
    at = end;
    skip_spaces(text, at);
    if (end > 0 && peek(text, at) == U'(') {
        const std::size_t close = text.find(')', at);
        const bool short_enough = close != std::string_view::npos && close - at < k_longest_mark;
        const std::string_view inside = short_enough ? text.substr(at + 1, close - at - 1) : std::string_view();
        std::size_t first = 0;
        if (!inside.empty() && agencies(inside).empty() && is_upper(next_code_point(inside, first)) &&
            is_letter(peek(inside, first)) && !is_upper(peek(inside, first)))
            end = close + 1;
    }
    return end;
}

/// The date of one part of a byline: `Par Claire Fontanel, publié le 14 janvier 2019`.
Date date_in_parts(std::string_view line) {
    for (std::size_t at = 0; at < line.size();) {
        if (!skip_any(line, at, U",|–—-·(")) {
            next_code_point(line, at);
            continue;
        }
        skip_spaces(line, at);
        skip_any_prefix(line, at, k_published);
        skip_colon(line, at);
        if (const auto date = read_date(line, at); date && date->month != 0) return *date;
    }
    return {};
}

/// What may follow a date on its line: nothing, who signed, which paper, when it was updated.
bool read_after_date(std::string_view rest, Furniture& found) {
    rest = trimmed(rest);
    while (!rest.empty()) {
        std::size_t at = 0;
        if (!skip_any(rest, at, U",.–—-|;·•/") && !skip_any(rest, at, U"(")) break;
        rest = trimmed(rest.substr(at));
    }
    while (rest.ends_with(')')) rest.remove_suffix(1);
    if (rest.empty()) return true;
    if (const auto who = read_byline(rest)) {
        found.author = who->author;
        found.source = who->source;
        return true;
    }
    if (is_press(rest)) {
        const std::string agency = agencies(rest);
        found.source = agency.empty() ? std::string(rest) : agency;
        return true;
    }
    std::size_t at = 0;
    return skip_any_prefix(rest, at, k_updated) || skip_any_prefix(rest, at, k_published) ||
           skip_prefix(rest, at, "modifie") || skip_prefix(rest, at, "temps de lecture");
}

std::optional<Furniture> read_date_line(std::string_view line) {
    Furniture found;
    found.length = line.size();
    std::size_t at = 0;
    const bool updated = skip_any_prefix(line, at, k_updated);
    const bool published = !updated && skip_any_prefix(line, at, k_published);
    const bool key = !updated && !published && skip_prefix(line, at, "date");
    if (updated) found.kind = Zone::Kind::updated;
    skip_colon(line, at);
    const std::size_t before = at;
    const std::optional<Date> date = read_date(line, at);
    if (!date) {
        // An update without a year is still no prose (`Mis à jour à 18h32`).
        return (updated || published) && line.size() < k_longest_place && peek(line, before) != 0 &&
                       last_of(line) != U'.'
                   ? std::optional(found)
                   : std::nullopt;
    }
    found.date = *date;
    found.bare = !key && !updated && !published && line.find(':') == std::string_view::npos;
    if (key) {
        // ` date 2025-01 C'est l'une…`: the article begins on the same line.
        if (!trimmed(line.substr(at)).empty()) {
            found.whole = false;
            found.length = at;
        }
        return found;
    }
    if (line.size() > k_longest_line || (found.bare && date->month == 0)) return std::nullopt;
    if (!read_after_date(line.substr(at), found)) return std::nullopt;
    return found;
}

/// `Kourou, 10 juillet 2024`, `Paris, le 14 janvier 2019`, `Le Monde, 14 janvier 2019`.
std::optional<Furniture> read_place_and_date(std::string_view line) {
    if (line.size() > k_longest_line) return std::nullopt;
    Furniture found;
    found.length = line.size();
    std::size_t at = read_place(line, false);
    const std::string_view place = line.substr(0, at);
    skip_spaces(line, at);
    if (place.empty() || !skip_any(line, at, U",–—-|")) return std::nullopt;
    skip_spaces(line, at);
    const auto date = read_date(line, at);
    if (!date || date->month == 0 || !read_after_date(line.substr(at), found)) return std::nullopt;
    found.date = *date;
    if (is_press(place)) found.source = place;
    return found;
}

/// The agency in parentheses at `at`, which moves behind it: a known one, or capitals.
std::string read_mark(std::string_view text, std::size_t& at) {
    if (peek(text, at) != U'(') return {};
    const std::size_t close = text.find(')', at);
    if (close == std::string_view::npos || close - at > k_longest_mark) return {};
    const std::string_view inside = trimmed(text.substr(at + 1, close - at - 1));
    std::string agency = agencies(inside);
    if (agency.empty()) {
        const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
        if (inside.size() < 2 || inside.size() > 6 || !std::all_of(inside.begin(), inside.end(), is_capital)) return {};
        agency = inside;
    }
    at = close + 1;
    return agency;
}

/// Place, date and agency as a dateline has them, and where they end.
struct Opening {
    Furniture said;
    std::size_t end = 0;
    bool has_place = false;
    bool capitals = false;  ///< the place is in capitals
};

Opening read_opening(std::string_view text) {
    Opening opening;
    const auto skip_comma = [text](std::size_t at) {
        skip_spaces(text, at);
        skip_any(text, at, U",");
        skip_spaces(text, at);
        return at;
    };
    opening.end = read_place(text, false);
    opening.has_place = opening.end > 0;
    opening.capitals = opening.has_place && read_place(text, true) == opening.end;
    std::size_t next = skip_comma(opening.end);
    // `Le 14 janvier 2019 – jour de grève – …` is prose, `Paris, le 14 janvier 2019` is not.
    std::size_t article = next;
    const bool prose = !opening.has_place && skip_prefix(text, article, "le");
    if (const auto date = read_date(text, next); date && date->month != 0 && !prose) {
        opening.said.date = *date;
        opening.end = next;
    }
    next = skip_comma(opening.end);
    opening.said.source = read_mark(text, next);
    if (!opening.said.source.empty()) opening.end = next;
    return opening;
}

/// `Agence Limousine de Presse (ALP)`, `AFP`, `Paris (AFP) -`, `© 2018 AFP`, `Le Monde`.
std::optional<Furniture> read_source_line(std::string_view line) {
    if (line.size() > k_longest_line / 2) return std::nullopt;
    Furniture found;
    std::size_t at = 0;
    if (skip_any(line, at, U"©")) {
        while (at < line.size() && (line[at] == ' ' || (line[at] >= '0' && line[at] <= '9'))) ++at;
        skip_spaces(line, at);
        found.source = agencies(line.substr(at));
    } else if (is_press(line)) {
        const std::string agency = agencies(line);
        found.source = agency.empty() ? std::string(line) : agency;
    } else {
        Opening opening = read_opening(line);
        skip_spaces(line, opening.end);
        skip_any(line, opening.end, k_dashes);
        if (opening.said.source.empty() || opening.end != line.size()) return std::nullopt;
        found = std::move(opening.said);
    }
    found.kind = Zone::Kind::agency;
    found.length = line.size();
    return found;
}

bool skip_dash(std::string_view text, std::size_t& at, std::u32string_view marks) {
    std::size_t next = at;
    skip_spaces(text, next);
    if (!skip_any(text, next, marks)) return false;
    at = next;
    return true;
}

/// `(Paris) À en croire`: a place in parentheses opens the paragraph.
std::optional<Furniture> read_place_in_parentheses(std::string_view text) {
    const std::size_t close = text.find(')');
    if (peek(text, 0) != U'(' || close == std::string_view::npos || close > k_longest_mark) return std::nullopt;
    const std::string_view inside = text.substr(1, close - 1);
    std::size_t next = close + 1;
    skip_spaces(text, next);
    if (inside.empty() || read_place(inside, false) != inside.size() || !is_upper(peek(text, next)))
        return std::nullopt;
    Furniture found;
    found.kind = Zone::Kind::agency;
    found.length = close + 1;
    return found;
}

}  // namespace

std::optional<Furniture> read_furniture(std::string_view line) {
    if (auto found = read_date_line(line)) return found;
    if (line.size() > k_longest_line) return std::nullopt;
    if (auto found = read_key(line)) return found;
    if (auto who = read_byline(line)) {
        Furniture found;
        found.kind = Zone::Kind::byline;
        found.length = line.size();
        found.author = std::move(who->author);
        found.source = std::move(who->source);
        found.date = date_in_parts(line);
        return found;
    }
    if (auto found = read_place_and_date(line)) return found;
    if (read_related(line)) {
        Furniture found;
        found.kind = Zone::Kind::related;
        found.length = line.size();
        return found;
    }
    return read_source_line(line);
}

std::optional<Furniture> read_dateline(std::string_view text) {
    Opening opening = read_opening(text);
    Furniture found = std::move(opening.said);
    std::size_t at = opening.end;
    const bool dated = static_cast<bool>(found.date);
    const bool said = dated || !found.source.empty();
    const bool ends = skip_dash(text, at, k_dashes) || (said && skip_dash(text, at, U":")) ||
                      (opening.has_place && said && skip_dash(text, at, U"."));
    if (!ends) return read_place_in_parentheses(text);
    // A place alone opens a dispatch only in capitals: `Rugby – …` is a heading.
    if (!said && !opening.capitals) return std::nullopt;
    found.kind = found.source.empty() && dated ? Zone::Kind::date_header : Zone::Kind::agency;
    found.length = at;
    return found;
}

Rubric rubric_of(std::string_view line) {
    if (line.size() > k_longest_place) return Rubric::no;
    bool all_known = true;
    bool capitals = true;
    std::size_t words = 1;
    for (std::size_t at = 0; at < line.size();) {
        const char32_t c = next_code_point(line, at);
        if (is_space(c)) ++words;
        if (!is_space(c) && c != U'-' && c != U'’' && c != U'\'' && !is_upper(c)) capitals = false;
    }
    for (std::size_t at = 0; at <= line.size();) {
        const std::size_t end = std::min(line.find_first_of("|/>", at), line.size());
        const std::string_view part = trimmed(line.substr(at, end - at));
        const auto is_part = [part](std::string_view name) {
            std::size_t place = 0;
            return skip_prefix(part, place, name) && trimmed(part.substr(place)).empty();
        };
        if (std::none_of(k_rubrics.begin(), k_rubrics.end(), is_part)) all_known = false;
        at = end + 1;
    }
    if (all_known) return Rubric::known;
    return capitals && words == 1 && line.size() > 1 ? Rubric::likely : Rubric::no;
}

std::optional<Related> read_related(std::string_view line) {
    std::size_t at = 0;
    skip_any(line, at, U">→►▶•*#-–");
    skip_spaces(line, at);
    if (line.size() - at > k_longest_related || !skip_any_prefix(line, at, k_related)) return std::nullopt;
    const std::size_t end = at;
    const bool marked = skip_any(line, at, U":>.–—|") || (skip_spaces(line, at), skip_any(line, at, U":>–—|"));
    const std::string_view rest = trimmed(line.substr(at));
    const std::string sign = fold(trimmed(line.substr(0, end)));
    // `À lire`, `En lien avec`: prose unless a colon or nothing follows.
    if ((sign.ends_with("lire") || sign.ends_with("lien")) && !marked && !rest.empty()) return std::nullopt;
    // `Lire aussi les classiques, c’est vivre.`: what is cited begins with a capital, a digit or a quote.
    const char32_t first = peek(rest, 0);
    if (!marked && !rest.empty() && is_letter(first) && !is_upper(first)) return std::nullopt;
    return Related{rest.empty()};
}

std::vector<Zone> agency_marks(std::string_view text, std::string& source) {
    std::vector<Zone> zones;
    for (std::size_t at = text.find('('); at != std::string_view::npos; at = text.find('(', at + 1)) {
        const std::size_t close = text.substr(at, k_longest_mark).find(')');
        if (close == std::string_view::npos) continue;
        const std::string agency = agencies(text.substr(at + 1, close - 1));
        if (agency.empty()) continue;
        zones.push_back(
            {Zone::Kind::agency, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + close + 1)});
        source = agency;
    }
    return zones;
}

}  // namespace limier
