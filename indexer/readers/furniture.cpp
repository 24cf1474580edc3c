#include "indexer/readers/furniture.hpp"

#include <algorithm>
#include <array>

#include "common/dates.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/byline.hpp"
#include "indexer/readers/dateline.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

constexpr std::size_t k_longest_line = 160;
constexpr std::size_t k_longest_place = 60;
constexpr std::size_t k_longest_mark = 40;
constexpr std::size_t k_longest_related = 300;

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
