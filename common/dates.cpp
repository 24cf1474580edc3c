#include "common/dates.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "common/ranges.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr unsigned k_first_year = 1000;
constexpr unsigned k_last_year = 2999;

struct Month {
    std::string_view name;  ///< folded
    unsigned number;
};
// Full names and the abbreviations of the Lexique des règles typographiques de l'Imprimerie nationale, and those of
// content systems (`jan`, `fev`, `avr`, `juil`, `sep`); the English ones of feeds and headers (RFC 5322).
constexpr std::array k_months{
    Month{"janvier", 1}, Month{"janv", 1},      Month{"jan", 1},       Month{"fevrier", 2},  Month{"fevr", 2},
    Month{"fev", 2},     Month{"mars", 3},      Month{"avril", 4},     Month{"avr", 4},      Month{"mai", 5},
    Month{"juin", 6},    Month{"juillet", 7},   Month{"juill", 7},     Month{"juil", 7},     Month{"aout", 8},
    Month{"sept", 9},    Month{"septembre", 9}, Month{"sep", 9},       Month{"octobre", 10}, Month{"oct", 10},
    Month{"nov", 11},    Month{"novembre", 11}, Month{"decembre", 12}, Month{"dec", 12},     Month{"feb", 2},
    Month{"apr", 4},     Month{"may", 5},       Month{"jun", 6},       Month{"jul", 7},      Month{"aug", 8},
};
constexpr std::array<std::string_view, 14> k_weekdays{"lundi",  "mardi",    "mercredi", "jeudi", "vendredi",
                                                      "samedi", "dimanche", "lun",      "mar",   "mer",
                                                      "jeu",    "ven",      "sam",      "dim"};

// Those of RFC 5322, which a comma follows: `mon` is a French word.
constexpr std::array<std::string_view, 7> k_english_weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

struct Number {
    unsigned value = 0;
    unsigned digits = 0;  ///< 0: there is none
};

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

Number read_number(std::string_view text, std::size_t& at) {
    Number number;
    // Nine digits and more are no part of a date; they are read so that they are not taken for a shorter number. Not
    // all of them: a number of megabytes is asked about at each of the words that it is cut into.
    constexpr unsigned k_most_digits = 20;
    for (; at < text.size() && is_ascii_digit(text[at]) && number.digits < k_most_digits; ++at) {
        if (++number.digits <= 8) number.value = number.value * 10 + static_cast<unsigned>(text[at] - '0');
    }
    return number;
}

std::string read_word(std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    for (std::size_t next = at; next < text.size(); at = next) {
        const char32_t c = next_code_point(text, next);
        const bool combining = c >= 0x300 && c < 0x370;  // a query or a file name may be in NFD
        if (!is_letter(c) && !combining) break;
    }
    return fold(text.substr(begin, at - begin));
}

/// Passes blanks of one line; says whether there were any.
bool skip_blanks(std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    for (std::size_t next = at; next < text.size(); at = next) {
        const char32_t c = next_code_point(text, next);
        if (!is_space(c) || c == U'\n' || c == U'\r') break;
    }
    return at != begin;
}

bool skip_mark(std::string_view text, std::size_t& at, char mark) {
    if (at >= text.size() || text[at] != mark) return false;
    ++at;
    return true;
}

std::optional<Date> calendar_date(unsigned year, unsigned month, unsigned day) {
    if (year < k_first_year || year > k_last_year || month > 12) return std::nullopt;
    if (day != 0 && day > days_in_month(year, month)) return std::nullopt;
    return Date{static_cast<std::uint16_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
}

/// `-`, `/`, `.` or `_` with a digit behind it; 0 otherwise.
char separator(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size() || !is_ascii_digit(text[at + 1])) return 0;
    return std::string_view("-/._").find(text[at]) != std::string_view::npos ? text[at] : '\0';
}

/// `2025-01-14`, `2025-01`, `2025`, `20250114`.
std::optional<Date> year_first(std::string_view text, std::size_t& at) {
    const Number year = read_number(text, at);
    if (year.digits == 8 && year.value / 100 % 100 != 0 && year.value % 100 != 0)
        return calendar_date(year.value / 10000, year.value / 100 % 100, year.value % 100);
    if (year.digits != 4) return std::nullopt;
    const char mark = separator(text, at);
    if (mark == 0) return calendar_date(year.value, 0, 0);
    const Number month = read_number(text, ++at);
    if (month.digits > 2 || month.value == 0) return std::nullopt;
    if (separator(text, at) != mark) return mark == '.' ? std::nullopt : calendar_date(year.value, month.value, 0);
    const Number day = read_number(text, ++at);
    if (day.digits > 2 || day.value == 0) return std::nullopt;
    return calendar_date(year.value, month.value, day.value);
}

/// `14/01/2019`, `14.1.2019`, `01/2019`.
std::optional<Date> day_first(std::string_view text, std::size_t& at) {
    const Number first = read_number(text, at);
    const char mark = separator(text, at);
    if (first.digits == 0 || first.digits > 2 || first.value == 0 || mark == 0) return std::nullopt;
    const Number second = read_number(text, ++at);
    if (second.digits == 4 && mark != '.') return calendar_date(second.value, first.value, 0);
    if (second.digits > 2 || second.value == 0 || separator(text, at) != mark) return std::nullopt;
    const Number year = read_number(text, ++at);
    return year.digits == 4 ? calendar_date(year.value, second.value, first.value) : std::nullopt;
}

/// `14 janvier 2019`, `1er mai 2020`, `janv. 2019`.
std::optional<Date> month_named(std::string_view text, std::size_t& at) {
    const Number day = read_number(text, at);
    if (day.digits > 2 || (day.digits > 0 && day.value == 0)) return std::nullopt;
    std::string word;
    if (day.digits > 0) {
        std::size_t ordinal = at;
        if (day.value == 1 && read_word(text, ordinal) == "er") at = ordinal;
        if (!skip_blanks(text, at) && !skip_mark(text, at, '-')) return std::nullopt;
    }
    const unsigned month = month_number(read_word(text, at));
    skip_mark(text, at, '.');
    if (month == 0 || (!skip_blanks(text, at) && !skip_mark(text, at, '-'))) return std::nullopt;
    const Number year = read_number(text, at);
    return year.digits == 4 ? calendar_date(year.value, month, day.value) : std::nullopt;
}

/// A zone of time: `Z`, `+01:00`, ` -0100`, ` UTC`.
void skip_zone(std::string_view text, std::size_t& at) {
    std::size_t next = at;
    const bool blank = skip_blanks(text, next);
    const bool minus = skip_mark(text, next, '-');
    if (minus || skip_mark(text, next, '+')) {
        const Number hours = read_number(text, next);
        if (blank && minus && hours.digits != 4) return;  // a dash between words
        const bool parts = hours.digits == 2 && skip_mark(text, next, ':');
        if (hours.digits == 4 || hours.digits == 2) at = next;
        if (parts && read_number(text, next).digits == 2) at = next;
        return;
    }
    const std::string word = read_word(text, next);
    constexpr std::array<std::string_view, 14> k_zones{"z",   "utc", "gmt", "ut",  "cet", "cest", "est",
                                                       "edt", "cst", "cdt", "mst", "mdt", "pst",  "pdt"};
    if (std::find(k_zones.begin(), k_zones.end(), word) != k_zones.end()) at = next;
}

/// `T10:00:00Z`, `T100000Z`, ` 18:32`, ` à 18h32`, `, 18 h 32`.
void skip_time(std::string_view text, std::size_t& at) {
    std::size_t next = at;
    const bool marked = skip_mark(text, next, 'T') || skip_mark(text, next, 't');
    if (!marked) {
        skip_mark(text, next, ',');
        if (!skip_blanks(text, next)) return;
        std::size_t word = next;
        if (read_word(text, word) == "a" && skip_blanks(text, word)) next = word;
    }
    const Number hours = read_number(text, next);
    if (marked && (hours.digits == 4 || hours.digits == 6)) return at = next, skip_zone(text, at);
    if (hours.digits == 0 || hours.digits > 2 || hours.value > 24) return;
    if (!skip_mark(text, next, ':')) {
        skip_blanks(text, next);
        const std::string word = read_word(text, next);
        if (word != "h" && word != "heures") return;
        at = next;
        skip_blanks(text, next);
        const Number minutes = read_number(text, next);
        if (minutes.digits == 2 && minutes.value < 60) at = next;
        return;
    }
    if (const Number minutes = read_number(text, next); minutes.digits != 2 || minutes.value > 59) return;
    at = next;
    if (skip_mark(text, next, ':')) {
        if (const Number seconds = read_number(text, next); seconds.digits != 2 || seconds.value > 60) return;
        at = next;
        if (skip_mark(text, next, '.') && read_number(text, next).digits > 0) at = next;
    }
    skip_zone(text, at);
}

/// Whether a date may end here: no letter or digit runs on, and no further number is joined to it (`2019-2020`).
bool may_end(std::string_view text, std::size_t at) {
    if (at >= text.size()) return true;
    if (separator(text, at) != 0) return false;
    const char32_t c = next_code_point(text, at);
    return !is_letter(c) && !is_digit(c);
}

/// `le`, `mardi`, `le mardi`, `Jeudi,`. Says whether there was any: then a day must follow.
bool skip_weekday(std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    std::size_t next = at;
    if (read_word(text, next) == "le" && skip_blanks(text, next)) at = next;
    next = at;
    const std::string word = read_word(text, next);
    const bool english =
        next < text.size() && text[next] == ',' &&
        std::find(k_english_weekdays.begin(), k_english_weekdays.end(), word) != k_english_weekdays.end();
    if (weekday_number(word) != 0 || english) {
        skip_mark(text, next, '.');
        skip_mark(text, next, ',');
        if (skip_blanks(text, next)) at = next;
    }
    return at != begin;
}

}  // namespace

unsigned month_number(std::string_view word) {
    const auto found =
        std::find_if(k_months.begin(), k_months.end(), [word](const Month& m) { return m.name == word; });
    return found == k_months.end() ? 0 : found->number;
}

unsigned weekday_number(std::string_view word) {
    const auto found = std::find(k_weekdays.begin(), k_weekdays.end(), word);
    return found == k_weekdays.end() ? 0 : static_cast<unsigned>((found - k_weekdays.begin()) % 7 + 1);
}

std::optional<Date> read_date(std::string_view text, std::size_t& at) {
    std::size_t begin = at;
    const bool day_follows = skip_weekday(text, begin);
    for (const auto read : {year_first, day_first, month_named}) {
        std::size_t end = begin;
        const std::optional<Date> date = read(text, end);
        if (!date || (day_follows && date->day == 0)) continue;
        if (date->day != 0) skip_time(text, end);
        if (!may_end(text, end)) continue;
        at = end;
        return date;
    }
    return std::nullopt;
}

std::optional<Date> parse_date(std::string_view text) {
    const auto skip_lines = [text](std::size_t at) {
        for (std::size_t next = at; next < text.size() && is_space(next_code_point(text, next));) at = next;
        return at;
    };
    std::size_t at = skip_lines(0);
    const std::optional<Date> date = read_date(text, at);
    skip_mark(text, at, '.');
    return skip_lines(at) == text.size() ? date : std::nullopt;
}

}  // namespace limier
