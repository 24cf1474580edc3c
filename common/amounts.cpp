#include "common/amounts.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

__extension__ typedef unsigned __int128 Wide;  // 19 digits times a scale

constexpr std::size_t k_longest_word = 40;

struct Scale {
    std::string_view name;  ///< folded
    std::uint64_t factor;
    bool short_form;  ///< an abbreviation: needs a currency behind it (`5 m` are metres)
};
// Long scale, as French counts: billion is 10^12.
constexpr std::array k_scales{
    Scale{"k", 1'000, true},
    Scale{"mille", 1'000, false},
    Scale{"million", 1'000'000, false},
    Scale{"millions", 1'000'000, false},
    Scale{"m", 1'000'000, true},
    Scale{"milliard", 1'000'000'000, false},
    Scale{"milliards", 1'000'000'000, false},
    Scale{"md", 1'000'000'000, true},
    Scale{"mds", 1'000'000'000, true},
    Scale{"mrd", 1'000'000'000, true},
    Scale{"mrds", 1'000'000'000, true},
    Scale{"billion", 1'000'000'000'000, false},
    Scale{"billions", 1'000'000'000'000, false},
};

struct Currency {
    std::string_view name;  ///< folded, words joined by one blank; longer names of one beginning come first
    std::string_view code;  ///< ISO 4217
    bool ambiguous = false;
};
constexpr std::array k_currencies{
    Currency{"dollars americains", "USD"},
    Currency{"dollars canadiens", "CAD"},
    Currency{"dollars australiens", "AUD"},
    Currency{"dollars de hong kong", "HKD"},
    Currency{"dollar americain", "USD"},
    Currency{"dollar canadien", "CAD"},
    Currency{"dollar australien", "AUD"},
    Currency{"dollars", "USD"},
    Currency{"dollar", "USD"},
    Currency{"euros", "EUR"},
    Currency{"euro", "EUR"},
    Currency{"francs suisses", "CHF"},
    Currency{"franc suisse", "CHF"},
    Currency{"francs cfa", "XOF"},
    Currency{"franc cfa", "XOF"},
    Currency{"francs", "FRF"},
    Currency{"franc", "FRF"},
    Currency{"livres sterling", "GBP"},
    Currency{"livre sterling", "GBP"},
    Currency{"livres turques", "TRY"},
    Currency{"livres", "GBP", true},
    Currency{"livre", "GBP", true},
    Currency{"yens", "JPY"},
    Currency{"yen", "JPY"},
    Currency{"yuans", "CNY"},
    Currency{"yuan", "CNY"},
    Currency{"roubles", "RUB"},
    Currency{"rouble", "RUB"},
    Currency{"roupies", "INR"},
    Currency{"wons", "KRW"},
    Currency{"won", "KRW"},
    Currency{"dinars algeriens", "DZD"},
    Currency{"dinars tunisiens", "TND"},
    Currency{"dinars", "DZD"},
    Currency{"dinar", "DZD"},
    Currency{"dirhams", "MAD"},
    Currency{"dirham", "MAD"},
    Currency{"couronnes suedoises", "SEK"},
    Currency{"couronnes danoises", "DKK"},
    Currency{"couronnes norvegiennes", "NOK"},
    Currency{"couronnes tcheques", "CZK"},
    Currency{"pesos mexicains", "MXN"},
    Currency{"pesos argentins", "ARS"},
    Currency{"reais", "BRL"},
    Currency{"zlotys", "PLN"},
    Currency{"forints", "HUF"},
    Currency{"hryvnias", "UAH"},
    Currency{"shekels", "ILS"},
    Currency{"rands", "ZAR"},
    Currency{"eur", "EUR"},
    Currency{"usd", "USD"},
    Currency{"gbp", "GBP"},
    Currency{"chf", "CHF"},
    Currency{"jpy", "JPY"},
    Currency{"cny", "CNY"},
    Currency{"cad", "CAD"},
    Currency{"dzd", "DZD"},
    Currency{"fcfa", "XOF"},
    Currency{"xof", "XOF"},
    // Of all the others the code too, so that a query can say what a facet shows: not in a text (`200 ils` are they).
    Currency{"aud", "AUD", true},
    Currency{"hkd", "HKD", true},
    Currency{"frf", "FRF", true},
    Currency{"try", "TRY", true},
    Currency{"rub", "RUB", true},
    Currency{"inr", "INR", true},
    Currency{"krw", "KRW", true},
    Currency{"tnd", "TND", true},
    Currency{"mad", "MAD", true},
    Currency{"sek", "SEK", true},
    Currency{"dkk", "DKK", true},
    Currency{"nok", "NOK", true},
    Currency{"czk", "CZK", true},
    Currency{"mxn", "MXN", true},
    Currency{"ars", "ARS", true},
    Currency{"brl", "BRL", true},
    Currency{"pln", "PLN", true},
    Currency{"huf", "HUF", true},
    Currency{"uah", "UAH", true},
    Currency{"ils", "ILS", true},
    Currency{"zar", "ZAR", true},
};

struct Sign {
    std::string_view text;
    std::string_view code;
};
// The longer before those it begins with.
constexpr std::array k_signs{
    Sign{"€", "EUR"},  Sign{"US$", "USD"}, Sign{"$US", "USD"},  Sign{"$ US", "USD"},      Sign{"CA$", "CAD"},
    Sign{"C$", "CAD"}, Sign{"$CA", "CAD"}, Sign{"$ CA", "CAD"}, Sign{"$\u00A0US", "USD"}, Sign{"$\u00A0CA", "CAD"},
    Sign{"$", "USD"},  Sign{"£", "GBP"},   Sign{"¥", "JPY"},
};

struct NumberWord {
    std::string_view name;  ///< folded
    std::uint32_t value;
};
constexpr std::array k_number_words{
    NumberWord{"un", 1},        NumberWord{"une", 1},        NumberWord{"deux", 2},      NumberWord{"trois", 3},
    NumberWord{"quatre", 4},    NumberWord{"cinq", 5},       NumberWord{"six", 6},       NumberWord{"sept", 7},
    NumberWord{"huit", 8},      NumberWord{"neuf", 9},       NumberWord{"dix", 10},      NumberWord{"onze", 11},
    NumberWord{"douze", 12},    NumberWord{"treize", 13},    NumberWord{"quatorze", 14}, NumberWord{"quinze", 15},
    NumberWord{"seize", 16},    NumberWord{"vingt", 20},     NumberWord{"vingts", 20},   NumberWord{"trente", 30},
    NumberWord{"quarante", 40}, NumberWord{"cinquante", 50}, NumberWord{"soixante", 60}, NumberWord{"septante", 70},
    NumberWord{"octante", 80},  NumberWord{"huitante", 80},  NumberWord{"nonante", 90},  NumberWord{"cent", 100},
    NumberWord{"cents", 100},   NumberWord{"mille", 1000},
};

bool is_digit_byte(char c) { return c >= '0' && c <= '9'; }

/// Bytes of the blank of one line at `at`; 0 where there is none.
std::size_t blank_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    if (text[at] == ' ' || text[at] == '\t') return 1;
    if (static_cast<unsigned char>(text[at]) < 0x80) return 0;
    std::size_t next = at;
    return is_space(next_code_point(text, next)) ? next - at : 0;
}

std::size_t after_blanks(std::string_view text, std::size_t at) {
    while (const std::size_t blank = blank_at(text, at)) at += blank;
    return at;
}

/// Whether a name can stand here, by the first letter: nearly always none does, and no word is folded to find out.
bool may_begin(std::string_view text, std::size_t at, char letter) {
    return at < text.size() && (text[at] | 0x20) == letter;
}

/// The folded word at `at`, which moves behind it; empty where none stands or it is longer than any that counts.
std::string word_at(std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    std::size_t next = at;
    for (; next < text.size();) {
        std::size_t after = next;
        if (!is_letter(next_code_point(text, after))) break;
        next = after;
    }
    if (next == begin || next - begin > k_longest_word) return {};
    at = next;
    return fold(text.substr(begin, next - begin));
}

bool letter_or_digit_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return false;
    const char32_t c = next_code_point(text, at);
    return is_letter(c) || is_digit(c);
}

template <class Table>
auto row_of(const Table& table, std::string_view name) -> const typename Table::value_type* {
    const auto found = std::find_if(table.begin(), table.end(), [name](const auto& row) { return row.name == name; });
    return found == table.end() ? nullptr : &*found;
}

/// A number in hundredths.
struct Number {
    Wide cents = 0;
    std::size_t end = 0;
};

/// Three digits and no more, behind a mark or blank: a group of thousands.
bool group_at(std::string_view text, std::size_t at) {
    for (std::size_t i = 0; i < 3; ++i) {
        if (at + i >= text.size() || !is_digit_byte(text[at + i])) return false;
    }
    return at + 3 >= text.size() || !is_digit_byte(text[at + 3]);
}

/// The mark before a group of thousands at `at`: a blank, a dot, an apostrophe (Swiss use); its bytes or 0.
std::size_t group_mark(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    if (text[at] == '.' || text[at] == '\'') return 1;
    if (text.substr(at).starts_with("’")) return 3;
    return blank_at(text, at);
}

std::optional<Number> digits_at(std::string_view text, std::size_t at, AmountStyle style) {
    Number number;
    const std::size_t begin = at;
    const auto take = [&](std::size_t end) {
        for (; at < end; ++at) number.cents = number.cents * 10 + static_cast<unsigned>(text[at] - '0');
    };
    std::size_t end = at;
    // No further: a number of megabytes is asked about at each of the words that it is cut into.
    while (end < text.size() && is_digit_byte(text[end]) && end - begin <= 19) ++end;
    if (end == begin || end - begin > 19) return std::nullopt;
    take(end);
    // `0.500` is a decimal; `1500 300` are two numbers.
    if (end - begin <= 3 && text[begin] != '0') {
        const std::size_t first = group_mark(text, at);
        const std::string_view mark = text.substr(at, first);
        while (first != 0 && text.substr(at).starts_with(mark) && group_at(text, at + first)) {
            at += first;
            take(at + 3);
            if (number.cents > k_most_cents) return std::nullopt;
        }
    }
    Wide unit = 100;
    if (at + 1 < text.size() && (text[at] == ',' || text[at] == '.') && is_digit_byte(text[at + 1])) {
        for (++at; at < text.size() && is_digit_byte(text[at]); ++at) {
            if (number.cents > k_most_cents) continue;  // further decimals say nothing
            number.cents = number.cents * 10 + static_cast<unsigned>(text[at] - '0');
            unit *= 10;
            if (unit > Wide{1'000'000'000'000}) {
                number.cents /= 10;
                unit /= 10;
            }
        }
    }
    Wide scale = 1;
    if (style == AmountStyle::query && at + 1 < text.size() && (text[at] == 'e' || text[at] == 'E') &&
        is_digit_byte(text[at + 1])) {
        unsigned exponent = 0;
        for (++at; at < text.size() && is_digit_byte(text[at]); ++at)
            exponent = std::min(20u, exponent * 10 + static_cast<unsigned>(text[at] - '0'));
        for (; exponent > 0; --exponent) scale *= 10;
        if (number.cents != 0 && scale > k_most_cents) return std::nullopt;
    }
    number.cents = number.cents * 100 * scale / (unit / 100);
    number.end = at;
    return number;
}

/// `vingt et un`, `cinq cent mille`, `quatre-vingt-dix`. The last word read is never a joint.
std::optional<Number> words_at(std::string_view text, std::size_t at) {
    std::uint64_t total = 0, current = 0;
    std::size_t end = at;
    for (std::size_t next = at; next < text.size();) {
        std::string word = word_at(text, next);
        if (word == "et" && end != at) {
            next = after_blanks(text, next);
            word = word_at(text, next);
            if (word != "un" && word != "une" && word != "onze") break;
        }
        const NumberWord* row = row_of(k_number_words, word);
        if (row == nullptr || letter_or_digit_at(text, next)) break;
        if (row->value == 1000) {
            total += std::max<std::uint64_t>(current, 1) * 1000;
            current = 0;
            if (total > 1'000'000) return std::nullopt;
        } else if (row->value == 100) {
            current = std::max<std::uint64_t>(current, 1) * 100;
            if (current > 100'000) return std::nullopt;
        } else if (row->value == 20 && current % 100 == 4) {
            current += 76;
        } else {
            current += row->value;
        }
        end = next;
        next = next < text.size() && text[next] == '-' ? next + 1 : after_blanks(text, next);
    }
    if (end == at) return std::nullopt;
    return Number{Wide{(total + current) * 100}, end};
}

/// A currency at `at`, behind `de` or `d’`; `at` moves behind it.
std::string_view currency_at(std::string_view text, std::size_t& at, AmountStyle style) {
    std::size_t next = after_blanks(text, at);
    for (const Sign& sign : k_signs) {
        if (next >= text.size() || text[next] != sign.text.front()) continue;
        if (!text.substr(next).starts_with(sign.text)) continue;
        const bool letters = is_letter(static_cast<unsigned char>(sign.text.back()));
        if (letters && letter_or_digit_at(text, next + sign.text.size())) continue;
        at = next + sign.text.size();
        return sign.code;
    }
    std::string first = word_at(text, next);
    if (first == "d" && next < text.size() && (text[next] == '\'' || text.substr(next).starts_with("’"))) {
        next += text[next] == '\'' ? 1 : 3;
        first = word_at(text, next);
    } else if (first == "de") {
        next = after_blanks(text, next);
        first = word_at(text, next);
    }
    if (first.empty() || letter_or_digit_at(text, next)) return {};
    for (const Currency& row : k_currencies) {
        if (row.name.front() != first.front() || !row.name.starts_with(first)) continue;
        if (row.ambiguous && style == AmountStyle::text) continue;
        std::string name = first;
        std::size_t end = next;
        while (name.size() < row.name.size()) {
            const std::string more = word_at(text, end = after_blanks(text, end));
            if (more.empty()) break;
            name += " " + more;
        }
        if (name != row.name) continue;
        at = end;
        return row.code;
    }
    return {};
}

/// `millions`, `Md`, `M` at `at`, which moves behind it; null where there is none.
const Scale* scale_at(std::string_view text, std::size_t& at, AmountStyle style) {
    std::size_t next = after_blanks(text, at);
    const std::size_t begin = next;
    const std::string word = word_at(text, next);
    const Scale* scale = row_of(k_scales, word);
    // `15 MEUR`: the code is joined to the abbreviation.
    if (scale == nullptr && word.size() > 3 && row_of(k_currencies, word.substr(word.size() - 3)) != nullptr) {
        scale = row_of(k_scales, word.substr(0, word.size() - 3));
        next -= 3;
        if (scale == nullptr || !scale->short_form) return nullptr;
        at = next;
        return scale;
    }
    if (scale == nullptr || letter_or_digit_at(text, next)) return nullptr;
    if (scale->short_form && style == AmountStyle::text) {
        std::size_t behind = next;
        if (currency_at(text, behind, style).empty()) return nullptr;
        // Metres and thousandths are written small.
        if (scale->name == "m" && text[begin] == 'm' && blank_at(text, next) != 0) return nullptr;
    }
    at = next;
    return scale;
}

/// `et demi` behind a scale.
bool half_at(std::string_view text, std::size_t& at) {
    std::size_t next = after_blanks(text, at);
    if (word_at(text, next) != "et") return false;
    next = after_blanks(text, next);
    const std::string half = word_at(text, next);
    if (half != "demi" && half != "demie") return false;
    at = next;
    return true;
}

std::string_view leading_sign(std::string_view text, std::size_t& at) {
    for (const Sign& sign : k_signs) {
        const std::size_t end = at + sign.text.size();
        if (text[at] == sign.text.front() && text.substr(at).starts_with(sign.text) && end < text.size() &&
            is_digit_byte(text[end])) {
            at = end;
            return sign.code;
        }
    }
    return {};
}

/// `50 centimes`, `trente centimes d’euro`: hundredths of a unit, the euro where none is named.
bool cents_at(std::string_view text, std::size_t& at, std::string_view& currency, AmountStyle style) {
    std::size_t next = after_blanks(text, at);
    if (!may_begin(text, next, 'c')) return false;
    const std::string word = word_at(text, next);
    if (word != "centimes" && word != "centime") return false;
    at = next;
    const std::string_view named = currency_at(text, at, style);
    currency = named.empty() ? std::string_view("EUR") : named;
    return true;
}

}  // namespace

bool is_number_word(std::string_view word) { return row_of(k_number_words, word) != nullptr; }

bool may_follow_number(std::string_view word) {
    if (!word.empty() && is_digit_byte(word.front())) return true;
    std::size_t end = 0;
    const std::string name = word_at(word, end);
    if (name.empty()) return false;
    for (const std::string_view small : {"d", "de", "demi", "et", "centime", "centimes"}) {
        if (name == small) return true;
    }
    if (row_of(k_number_words, name) != nullptr || row_of(k_scales, name) != nullptr) return true;
    if (name.size() > 3 && row_of(k_currencies, name.substr(name.size() - 3)) != nullptr) return true;  // `MEUR`
    return std::any_of(k_currencies.begin(), k_currencies.end(), [&name](const Currency& row) {
        return row.name.starts_with(name) && (row.name.size() == name.size() || row.name[name.size()] == ' ');
    });
}

std::optional<AmountReading> read_amount(std::string_view text, std::size_t at, AmountStyle style) {
    AmountReading reading;
    if (at >= text.size()) return std::nullopt;
    reading.currency = leading_sign(text, at);
    const std::optional<Number> number = is_digit_byte(text[at]) ? digits_at(text, at, style) : words_at(text, at);
    if (!number || number->cents > k_most_cents) return std::nullopt;
    Wide cents = number->cents;
    at = number->end;
    std::size_t half = after_blanks(text, at);
    const bool half_scale = half != at && may_begin(text, half, 'd') && word_at(text, half) == "demi" &&
                            half < text.size() && text[half] == '-';
    if (half_scale) ++half;
    std::size_t behind = half_scale ? half : at;
    if (const Scale* scale = scale_at(text, behind, style)) {
        at = behind;
        reading.scale = scale->factor;
        cents *= scale->factor;
        if (half_scale) cents /= 2;
        if (half_at(text, at)) cents += Wide{scale->factor} * 50;
    }
    if (reading.currency.empty() && reading.scale == 1 && cents_at(text, at, reading.currency, style)) {
        cents /= 100;
    } else if (reading.currency.empty()) {
        reading.currency = currency_at(text, at, style);
    }
    if (cents > k_most_cents) return std::nullopt;
    reading.cents = static_cast<std::uint64_t>(cents);
    reading.end = at;
    if (letter_or_digit_at(text, at)) return std::nullopt;
    return reading;
}

std::optional<Money> parse_amount(std::string_view text) {
    const std::size_t begin = after_blanks(text, 0);
    const std::optional<AmountReading> reading = read_amount(text, begin, AmountStyle::query);
    if (!reading || after_blanks(text, reading->end) != text.size()) return std::nullopt;
    return Money{reading->cents, std::string(reading->currency)};
}

}  // namespace limier
