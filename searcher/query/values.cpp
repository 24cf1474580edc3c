#include "searcher/query/values.hpp"

#include <algorithm>

#include "common/amounts.hpp"
#include "common/dates.hpp"
#include "common/output/language.hpp"
#include "searcher/query/relative_date.hpp"
#include "searcher/weeks.hpp"

namespace limier {
namespace {

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
    const bool is_range = node.kind == NodeKind::range;
    // The dates of a text, as far as they are said: a year is from itself to itself.
    const auto read = [&](std::string_view text) -> Result<DateRange> {
        if (const std::optional<Date> date = parse_date(text)) return DateRange{date, date};
        if (const std::optional<Date> monday = parse_week(text))
            return DateRange{monday, day_before(next_monday(*monday))};
        // `30j` as a bound is the day on which the thirty days begin.
        if (const auto days = relative_date(text, today()))
            return DateRange{days->first, is_range ? days->first : days->last};
        return bad_value(node, text, "no date is written", "aucune date ne s’écrit",
                         "2025-01, 14/01/2025, \"14 janvier 2025\", 2024..2025, 2025-W03, 30j, hier");
    };
    if (!is_range) return read(node.value);
    DateRange range;
    if (!node.low.empty()) {
        const Result<DateRange> low = read(node.low);
        if (!low) return low.error();
        range.low = node.low_exclusive ? day_after(*low->high) : low->low;
    }
    if (!node.high.empty()) {
        const Result<DateRange> high = read(node.high);
        if (!high) return high.error();
        range.high = node.high_exclusive ? day_before(*high->low) : high->high;
    }
    if (range.low && range.high && last_day(*range.high) < first_day(*range.low)) return swapped(node);
    return range;
}

Result<AmountRange> amount_range(const Node& node) {
    AmountRange range;
    const auto read = [&](std::string_view text, std::optional<std::uint64_t>& bound) -> Result<void> {
        if (text.empty()) return {};
        const std::optional<Money> money = parse_amount(text);
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
