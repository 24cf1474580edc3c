#include "searcher/query/values.hpp"

#include <algorithm>
#include <array>

#include "common/dates.hpp"
#include "common/output/language.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

__extension__ typedef unsigned __int128 Wide;  // 19 digits times a scale

struct Unit {
    std::string_view name;  ///< folded
    std::uint64_t factor;
};
constexpr std::array k_scales{
    Unit{"k", 1'000},
    Unit{"mille", 1'000},
    Unit{"million", 1'000'000},
    Unit{"millions", 1'000'000},
    Unit{"m", 1'000'000},
    Unit{"milliard", 1'000'000'000},
    Unit{"milliards", 1'000'000'000},
    Unit{"md", 1'000'000'000},
    Unit{"mds", 1'000'000'000},
    Unit{"mrd", 1'000'000'000},
    Unit{"billion", 1'000'000'000'000},
    Unit{"billions", 1'000'000'000'000},
};

struct Currency {
    std::string_view name;  ///< folded
    std::string_view code;  ///< ISO 4217
};
constexpr std::array k_currencies{
    Currency{"€", "EUR"},
    Currency{"eur", "EUR"},
    Currency{"euro", "EUR"},
    Currency{"euros", "EUR"},
    Currency{"$", "USD"},
    Currency{"us$", "USD"},
    Currency{"usd", "USD"},
    Currency{"dollar", "USD"},
    Currency{"dollars", "USD"},
    Currency{"dollars canadiens", "CAD"},
    Currency{"cad", "CAD"},
    Currency{"$ca", "CAD"},
    Currency{"£", "GBP"},
    Currency{"gbp", "GBP"},
    Currency{"livre", "GBP"},
    Currency{"livres", "GBP"},
    Currency{"livres sterling", "GBP"},
    Currency{"chf", "CHF"},
    Currency{"francs suisses", "CHF"},
    Currency{"franc suisse", "CHF"},
    Currency{"francs", "FRF"},
    Currency{"yen", "JPY"},
    Currency{"yens", "JPY"},
    Currency{"¥", "JPY"},
    Currency{"jpy", "JPY"},
    Currency{"yuan", "CNY"},
    Currency{"yuans", "CNY"},
    Currency{"cny", "CNY"},
    Currency{"dinar", "DZD"},
    Currency{"dinars", "DZD"},
    Currency{"fcfa", "XOF"},
    Currency{"francs cfa", "XOF"},
    Currency{"xof", "XOF"},
};

/// The words after the number: `milliards de dollars`, `md€`, `m €`, `d euros`.
bool read_unit(std::string rest, std::uint64_t& factor, std::string& currency) {
    factor = 1;
    const auto trim = [&rest] {
        while (rest.starts_with(' ')) rest.erase(0, 1);
        while (rest.ends_with(' ')) rest.pop_back();
        for (const std::string_view joint : {"de ", "d'", "d’"}) {
            if (rest.starts_with(joint)) rest.erase(0, joint.size());
        }
    };
    trim();
    const Unit* best = nullptr;
    for (const Unit& unit : k_scales) {
        if (!rest.starts_with(unit.name)) continue;
        // A scale ends at a blank, the end or a currency sign: `m` of `milliards` is none.
        std::size_t at = unit.name.size();
        if (at < rest.size() && is_letter(next_code_point(rest, at)) && best == nullptr) {
            const std::string_view after = std::string_view(rest).substr(unit.name.size());
            if (after != "eur" && after != "usd" && after != "chf") continue;
        }
        if (best == nullptr || unit.name.size() > best->name.size()) best = &unit;
    }
    if (best != nullptr) {
        factor = best->factor;
        rest.erase(0, best->name.size());
        trim();
    }
    if (rest.empty()) return true;
    const auto found = std::find_if(k_currencies.begin(), k_currencies.end(),
                                    [&rest](const Currency& row) { return row.name == rest; });
    if (found == k_currencies.end()) return false;
    currency = found->code;
    return true;
}

/// An amount in hundredths. Exponents (`1e9`), French and English decimals; blanks group digits.
std::optional<Money> read_amount(std::string_view text) {
    std::string plain = fold(text);
    std::string number;
    std::size_t at = 0;
    int decimals = -1;
    if (plain.starts_with("$") || plain.starts_with("€") || plain.starts_with("£")) {
        const std::string sign = plain.substr(0, plain[0] == '$' ? 1 : plain.starts_with("€") ? 3 : 2);
        plain = plain.substr(sign.size()) + " " + sign;
    }
    for (; at < plain.size(); ++at) {
        const char c = plain[at];
        const std::string_view rest = std::string_view(plain).substr(at);
        if (c >= '0' && c <= '9') {
            number += c;
            if (decimals >= 0) ++decimals;
        } else if ((c == ',' || c == '.') && decimals < 0 && !number.empty()) {
            decimals = 0;
        } else if (c == ' ' && rest.size() > 1 && rest[1] >= '0' && rest[1] <= '9') {
            continue;
        } else if (rest.starts_with("\u00A0") || rest.starts_with("\u202F")) {
            plain.replace(at, rest.starts_with("\u00A0") ? 2 : 3, " ");
            --at;
        } else {
            break;
        }
    }
    if (number.empty()) return std::nullopt;
    unsigned exponent = 0;
    if (at + 1 < plain.size() && plain[at] == 'e' && plain[at + 1] >= '0' && plain[at + 1] <= '9') {
        for (++at; at < plain.size() && plain[at] >= '0' && plain[at] <= '9'; ++at) {
            exponent = exponent * 10 + static_cast<unsigned>(plain[at] - '0');
            if (exponent > 18) return std::nullopt;
        }
    }
    Money money;
    std::uint64_t factor = 1;
    if (!read_unit(plain.substr(at), factor, money.currency)) return std::nullopt;
    for (unsigned i = 0; i < exponent; ++i) factor *= factor > k_most_cents / 10 ? 0 : 10;
    Wide cents = 0;
    for (const char c : number) {
        cents = cents * 10 + static_cast<unsigned>(c - '0');
        if (cents > k_most_cents) return std::nullopt;
    }
    if (factor != 0 && cents > ~Wide{0} / factor / 100) return std::nullopt;
    cents *= factor;
    cents *= 100;
    for (int i = 0; i < decimals; ++i) cents /= 10;
    if (factor == 0 || cents > k_most_cents) return std::nullopt;
    money.cents = static_cast<std::uint64_t>(cents);
    return money;
}

Error bad_value(const Node& node, std::string_view value, std::string_view english, std::string_view french,
                std::string_view example) {
    return {Code::query,
            (node.field == nullptr ? "" : std::string(node.field->name) + ": ") + std::string(tr(english, french)) +
                " « " + std::string(value) + " »",
            std::string(tr("for example ", "par exemple ")) + std::string(example)};
}

Error swapped(const Node& node) {
    return bad_value(node, node.low + ".." + node.high, "the range ends before it begins:",
                     "l’intervalle finit avant de commencer :", "date:2024..2025, amount:1e6..1e9");
}

Date first_day(Date date) {
    return {date.year, std::max(date.month, std::uint8_t{1}), std::max(date.day, std::uint8_t{1})};
}

Date last_day(Date date) {
    if (date.month == 0) return {date.year, 12, 31};
    return {date.year, date.month, date.day == 0 ? std::uint8_t{31} : date.day};
}

Date day_after(Date date) {
    if (date.month == 0) return {static_cast<std::uint16_t>(date.year + 1), 0, 0};
    if (date.day == 0 || date.day == days_in_month(date.year, date.month)) {
        if (date.month == 12)
            return {static_cast<std::uint16_t>(date.year + 1), 1, date.day == 0 ? std::uint8_t{0} : std::uint8_t{1}};
        return {date.year, static_cast<std::uint8_t>(date.month + 1),
                date.day == 0 ? std::uint8_t{0} : std::uint8_t{1}};
    }
    return {date.year, date.month, static_cast<std::uint8_t>(date.day + 1)};
}

Date day_before(Date date) {
    if (date.month == 0) return {static_cast<std::uint16_t>(date.year - 1), 12, 31};
    if (date.day > 1) return {date.year, date.month, static_cast<std::uint8_t>(date.day - 1)};
    if (date.month == 1) return {static_cast<std::uint16_t>(date.year - 1), 12, 31};
    const auto month = static_cast<std::uint8_t>(date.month - 1);
    return {date.year, month, static_cast<std::uint8_t>(days_in_month(date.year, month))};
}

}  // namespace

Result<DateRange> date_range(const Node& node) {
    DateRange range;
    const auto read = [&](std::string_view text, std::optional<Date>& bound) -> Result<void> {
        if (text.empty()) return {};
        bound = parse_date(text);
        if (!bound)
            return bad_value(node, text, "no date is written", "aucune date ne s’écrit",
                             "2025-01, 14/01/2025, \"14 janvier 2025\", 2024..2025");
        return {};
    };
    if (node.kind != NodeKind::range) {
        if (Result<void> done = read(node.value, range.low); !done) return done.error();
        range.high = range.low;
        return range;
    }
    if (Result<void> done = read(node.low, range.low); !done) return done.error();
    if (Result<void> done = read(node.high, range.high); !done) return done.error();
    if (range.low && node.low_exclusive) range.low = day_after(*range.low);
    if (range.high && node.high_exclusive) range.high = day_before(*range.high);
    if (range.low && range.high && last_day(*range.high) < first_day(*range.low)) return swapped(node);
    return range;
}

Result<AmountRange> amount_range(const Node& node) {
    AmountRange range;
    const auto read = [&](std::string_view text, std::optional<std::uint64_t>& bound) -> Result<void> {
        if (text.empty()) return {};
        const std::optional<Money> money = read_amount(text);
        if (!money) {
            return bad_value(node, text, "no amount is written", "aucun montant ne s’écrit",
                             "1e9, \"10 milliards\", \"1,5 Md€\", >=1000000");
        }
        if (!range.currency.empty() && !money->currency.empty() && range.currency != money->currency) {
            return bad_value(node, text,
                             "the bounds have two currencies:", "les bornes ont deux devises :", "\"1 M€\"..\"5 M€\"");
        }
        if (!money->currency.empty()) range.currency = money->currency;
        bound = money->cents;
        return {};
    };
    std::optional<std::uint64_t> low, high;
    if (node.kind != NodeKind::range) {
        if (Result<void> done = read(node.value, low); !done) return done.error();
        high = low;
    } else {
        if (Result<void> done = read(node.low, low); !done) return done.error();
        if (Result<void> done = read(node.high, high); !done) return done.error();
    }
    if (low && high && *high < *low) return swapped(node);
    if (low) range.low = *low + (node.low_exclusive ? 1 : 0);
    if (high) range.high = *high - (node.high_exclusive && *high > 0 ? 1 : 0);
    return range;
}

}  // namespace limier
