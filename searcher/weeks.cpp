#include "searcher/weeks.hpp"

#include <charconv>
#include <chrono>

#include "searcher/calendar.hpp"

namespace limier {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year_month_day;

// 1 January of year 1 was a Monday, so that no week begins before it.
sys_days monday(sys_days day) { return day - days(weekday(day).iso_encoding() - 1); }

/// The Monday of week 1: 4 January is always in it.
sys_days first_monday(std::chrono::year year) {
    return monday(sys_days(year / std::chrono::January / std::chrono::day(4)));
}

/// Reads so many digits at most, one at least, and takes them off.
std::optional<unsigned> take_digits(std::string_view& text, std::size_t most) {
    unsigned number = 0;
    const char* const begin = text.data();
    const auto [end, error] = std::from_chars(begin, begin + std::min(most, text.size()), number);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - begin));
    return number;
}

}  // namespace

Date monday_of(Date day) { return calendar(day).ok() ? date_of(monday(sys_days(calendar(day)))) : day; }

Date next_monday(Date monday) { return date_of(sys_days(calendar(monday)) + days(7)); }

std::string week_text(Date day) {
    if (!calendar(day).ok()) return date_text(day);
    const sys_days begin = monday(sys_days(calendar(day)));
    const std::chrono::year year = year_month_day(begin + days(3)).year();  // that of its Thursday
    const std::string number = std::to_string((begin - first_monday(year)).count() / 7 + 1);
    return date_text({static_cast<std::uint16_t>(int{year}), 0, 0}) + (number.size() < 2 ? "-W0" : "-W") + number;
}

std::optional<Date> parse_week(std::string_view text) {
    if (text.size() < 4 || text.find_first_not_of("0123456789") < 4) return std::nullopt;
    const std::optional<unsigned> year = take_digits(text, 4);
    if (text.starts_with('-')) text.remove_prefix(1);
    if (!year || *year == 0 || text.empty() || std::string_view("WwSs").find(text.front()) == std::string_view::npos)
        return std::nullopt;
    text.remove_prefix(1);
    const std::optional<unsigned> number = take_digits(text, 2);
    if (!number || *number == 0 || !text.empty()) return std::nullopt;
    const std::chrono::year wanted(static_cast<int>(*year));
    const sys_days begin = first_monday(wanted) + days(7 * (*number - 1));
    if (year_month_day(begin + days(3)).year() != wanted) return std::nullopt;
    return date_of(begin);
}

}  // namespace limier
