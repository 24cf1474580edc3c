#include "searcher/query/relative_date.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <string>

#include "common/dates.hpp"
#include "common/text/fold.hpp"
#include "searcher/calendar.hpp"

namespace limier {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr int k_most_units = 1'000'000;
constexpr int k_most_years = 3000;  // before year 1 in any case, and within what std::chrono::year holds

/// So many months before a day; a day that the month lacks is its last.
Date months_before(Date now, int count) {
    year_month_day at = calendar(now) - months(count);
    if (!at.ok()) at = at.year() / at.month() / std::chrono::last;
    return int{at.year()} < 1 ? Date{1, 1, 1} : date_of(sys_days(at));
}

Date days_before(Date now, int count) { return date_of(sys_days(calendar(now)) - days(count)); }

}  // namespace

Date today() {
    if (const char* const said = std::getenv("LIMIER_TODAY")) {
        if (const std::optional<Date> date = parse_date(said); date && date->day != 0) return *date;
    }
    const std::time_t now = std::time(nullptr);
    std::tm local = {};
    ::localtime_r(&now, &local);
    return {static_cast<std::uint16_t>(local.tm_year + 1900), static_cast<std::uint8_t>(local.tm_mon + 1),
            static_cast<std::uint8_t>(local.tm_mday)};
}

std::optional<DaysUpTo> relative_date(std::string_view text, Date now) {
    const std::string key = fold_key(text);
    const auto is = [&key](auto... names) { return ((key == names) || ...); };
    if (is("aujourd hui", "today")) return DaysUpTo{now, now};
    if (is("hier", "yesterday")) return DaysUpTo{days_before(now, 1), days_before(now, 1)};
    if (is("avant hier")) return DaysUpTo{days_before(now, 2), days_before(now, 2)};
    int count = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), count);
    if (error != std::errc() || count < 1 || count > k_most_units) return std::nullopt;
    std::string_view unit = std::string_view(key).substr(static_cast<std::size_t>(end - key.data()));
    if (unit.starts_with(' ')) unit.remove_prefix(1);
    const auto unit_is = [unit](auto... names) { return ((unit == names) || ...); };
    if (unit_is("j", "jour", "jours", "d", "day", "days")) return DaysUpTo{days_before(now, count), now};
    if (unit_is("s", "sem", "semaine", "semaines", "w", "week", "weeks"))
        return DaysUpTo{days_before(now, 7 * count), now};
    if (unit_is("m", "mois", "month", "months"))
        return DaysUpTo{months_before(now, std::min(count, 12 * k_most_years)), now};
    if (unit_is("a", "an", "ans", "annee", "annees", "y", "year", "years"))
        return DaysUpTo{months_before(now, 12 * std::min(count, k_most_years)), now};
    return std::nullopt;
}

}  // namespace limier
