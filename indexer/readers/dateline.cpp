#include "indexer/readers/dateline.hpp"

#include <algorithm>
#include <array>

#include "common/dates.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/byline.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

constexpr std::size_t k_longest_place = 60;
constexpr std::size_t k_longest_mark = 40;
constexpr std::array<std::string_view, 8> k_place_joints{"de", "du", "des", "la", "sur", "sous", "en", "les"};

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

/// `14 janvier` before an agency: without a year it is no date, but belongs to the dateline.
void skip_day_and_month(std::string_view text, std::size_t& at) {
    std::size_t next = at;
    const auto is_digit_next = [&] { return next < text.size() && text[next] >= '0' && text[next] <= '9'; };
    while (is_digit_next()) ++next;
    if (next == at || next > at + 2) return;
    skip_prefix(text, next, "er");
    skip_spaces(text, next);
    const std::size_t word = next;
    while (is_letter(peek(text, next))) next_code_point(text, next);
    if (next == word) return;
    skip_any(text, next, U".");
    skip_spaces(text, next);
    if (peek(text, next) == U'(') at = next;
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
        if (!first_upper && std::find(k_place_joints.begin(), k_place_joints.end(), word) == k_place_joints.end())
            break;
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
    if (!opening.said.date) skip_day_and_month(text, next);
    opening.said.source = read_mark(text, next);
    if (!opening.said.source.empty()) opening.end = next;
    return opening;
}

std::optional<Furniture> read_dateline(std::string_view text) {
    Opening opening = read_opening(text);
    Furniture found = std::move(opening.said);
    std::size_t at = opening.end;
    const bool dated = static_cast<bool>(found.date);
    const bool said = dated || !found.source.empty();
    // `Robert Vertenueil (FGTB) : …`: capitals in parentheses may be a party or a union.
    const bool known = dated || !agencies(found.source).empty();
    if (!known && opening.has_place && !opening.capitals) return read_place_in_parentheses(text);
    const bool ends = skip_dash(text, at, k_dashes) || (known && skip_dash(text, at, U":")) ||
                      (opening.has_place && said && skip_dash(text, at, U"."));
    if (!ends) return read_place_in_parentheses(text);
    // A place alone opens a dispatch only in capitals: `Rugby – …` is a heading.
    if (!said && !opening.capitals) return std::nullopt;
    found.kind = found.source.empty() && dated ? Zone::Kind::date_header : Zone::Kind::agency;
    found.length = at;
    return found;
}

}  // namespace limier
