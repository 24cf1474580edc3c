#include "common/ranges.hpp"

#include <algorithm>
#include <cassert>

namespace limier {
namespace {

std::string digits(unsigned value, std::size_t width) {
    std::string text = std::to_string(value);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

/// Year, month and day as far as known: `2025`, `202501`, `20250114`.
std::string date_digits(Date date) {
    std::string text = digits(date.year, 4);
    if (date.month != 0) text += digits(date.month, 2);
    if (date.month != 0 && date.day != 0) text += digits(date.day, 2);
    return text;
}

/// Omega's letters for the document's date; other date fields have one prefix for all precisions.
std::string date_term(const FieldInfo& field, const std::string& date) {
    if (field.field != Field::date) return std::string(field.prefix) + date;
    return (date.size() == 4 ? "Y" : date.size() == 6 ? "M" : "D") + date;
}

/// Powers of ten up to 10^19.
std::uint64_t power_of_ten(std::size_t exponent) {
    std::uint64_t power = 1;
    for (std::size_t i = 0; i < exponent; ++i) power *= 10;
    return power;
}

/// Covers [low, high] by prefixes of decimal numbers of `length` digits. A number ends its prefixes at its last digit
/// other than 0, where it has the closed term `prefix=`, so that 500 000 000 has two terms and not nine.
class AmountCover {
 public:
    AmountCover(std::string family, std::uint64_t low, std::uint64_t high)
        : family_(std::move(family)), low_(low), high_(high) {}

    std::vector<std::string> terms() {
        for (std::size_t length = 1; length <= 19; ++length) {
            const std::uint64_t first = power_of_ten(length - 1);
            const std::uint64_t last = length == 19 ? k_most_cents : power_of_ten(length) - 1;
            if (last < low_ || first > high_) continue;
            const std::string head = family_ + digits(static_cast<unsigned>(length), 2);
            if (first >= low_ && last <= high_) {
                found_.push_back(head);
            } else {
                for (std::uint64_t digit = 1; digit <= 9; ++digit) node(head + ":", digit, power_of_ten(length - 1));
            }
        }
        std::sort(found_.begin(), found_.end());
        found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
        return std::move(found_);
    }

 private:
    /// The numbers that begin with the digits of `prefix`: [prefix * unit, (prefix + 1) * unit).
    void node(const std::string& head, std::uint64_t prefix, std::uint64_t unit) {
        const std::uint64_t first = prefix * unit;
        const std::uint64_t last = first + (unit - 1);
        if (last < low_ || first > high_) return;
        const bool first_inside = first >= low_;
        if (first_inside) found_.push_back(head + closed(prefix));
        if (first_inside && last <= high_) {
            found_.push_back(head + std::to_string(prefix));
            return;
        }
        if (unit == 1) return;
        for (std::uint64_t digit = 0; digit <= 9; ++digit) node(head, prefix * 10 + digit, unit / 10);
    }
    static std::string closed(std::uint64_t prefix) {
        while (prefix % 10 == 0) prefix /= 10;
        return std::to_string(prefix) + "=";
    }

    std::string family_;
    std::uint64_t low_, high_;
    std::vector<std::string> found_;
};

void append_amount_terms(std::vector<std::string>& terms, const std::string& family, std::uint64_t cents) {
    std::string number = std::to_string(cents);
    const std::string head = family + digits(static_cast<unsigned>(number.size()), 2);
    terms.push_back(head);
    number.erase(number.find_last_not_of('0') + 1);
    for (std::size_t size = 1; size <= number.size(); ++size) terms.push_back(head + ":" + number.substr(0, size));
    terms.push_back(head + ":" + number + "=");
}

std::string amount_family(std::string_view currency) {
    return std::string(info(Field::amount).prefix) + (currency.empty() ? "*" : std::string(currency)) + ":";
}

struct Day {
    unsigned year, month, day;
    friend auto operator<=>(const Day&, const Day&) = default;
};

}  // namespace

unsigned days_in_month(unsigned year, unsigned month) {
    assert(month >= 1 && month <= 12);
    constexpr unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

std::vector<std::string> date_terms(const FieldInfo& field, Date date) {
    std::vector<std::string> terms;
    if (!date) return terms;
    const std::string all = date_digits(date);
    for (std::size_t size = 4; size <= all.size(); size += 2) terms.push_back(date_term(field, all.substr(0, size)));
    return terms;
}

std::vector<std::string> date_range_terms(const FieldInfo& field, std::optional<Date> low, std::optional<Date> high) {
    const Day first =
        low ? Day{low->year, std::max<unsigned>(low->month, 1), std::max<unsigned>(low->day, 1)} : Day{1, 1, 1};
    Day last = high ? Day{high->year, high->month, high->day} : Day{9999, 12, 31};
    if (last.month == 0) last.month = 12;
    if (last.day == 0 || (high && high->month == 0)) last.day = days_in_month(last.year, last.month);
    std::vector<std::string> terms;
    const auto add = [&](const std::string& date) { terms.push_back(date_term(field, date)); };
    for (unsigned year = first.year; year <= last.year; ++year) {
        if (first <= Day{year, 1, 1} && Day{year, 12, 31} <= last) {
            add(digits(year, 4));
            continue;
        }
        for (unsigned month = 1; month <= 12; ++month) {
            const unsigned days = days_in_month(year, month);
            if (Day{year, month, days} < first || last < Day{year, month, 1}) continue;
            if (first <= Day{year, month, 1} && Day{year, month, days} <= last) {
                add(digits(year, 4) + digits(month, 2));
                continue;
            }
            for (unsigned day = 1; day <= days; ++day) {
                if (first <= Day{year, month, day} && Day{year, month, day} <= last)
                    add(digits(year, 4) + digits(month, 2) + digits(day, 2));
            }
        }
    }
    return terms;
}

std::optional<Money> money_of(std::string_view value) {
    const std::size_t blank = value.find(' ');
    std::string_view number = value.substr(0, blank);
    Money money;
    if (blank != std::string_view::npos) money.currency = value.substr(blank + 1);
    std::size_t decimals = 0;
    bool point = false, digit_seen = false;
    for (const char c : number) {
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') return std::nullopt;
        digit_seen = true;
        if (point && decimals == 2) continue;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (money.cents > (k_most_cents - digit) / 10) return std::nullopt;
        money.cents = money.cents * 10 + digit;
        decimals += point;
    }
    for (; decimals < 2; ++decimals) {
        if (money.cents > k_most_cents / 10) return std::nullopt;
        money.cents *= 10;
    }
    if (!digit_seen) return std::nullopt;
    return money;
}

std::string money_text(const Money& money) {
    std::string text = std::to_string(money.cents / 100);
    if (const std::uint64_t rest = money.cents % 100; rest != 0) {
        text += "." + digits(static_cast<unsigned>(rest), 2);
        if (text.ends_with('0')) text.pop_back();
    }
    return money.currency.empty() ? text : text + " " + money.currency;
}

std::vector<std::string> amount_terms(const Money& money) {
    std::vector<std::string> terms;
    if (money.cents == 0) return terms;
    append_amount_terms(terms, amount_family(""), money.cents);
    if (!money.currency.empty()) append_amount_terms(terms, amount_family(money.currency), money.cents);
    return terms;
}

std::vector<std::string> amount_range_terms(std::string_view currency, std::uint64_t low, std::uint64_t high) {
    if (low > high) return {};
    return AmountCover(amount_family(currency), std::max<std::uint64_t>(low, 1), std::min(high, k_most_cents)).terms();
}

}  // namespace limier
