#include "searcher/since.hpp"

#include <charconv>
#include <optional>
#include <string>

#include "common/dates.hpp"
#include "common/output/language.hpp"
#include "common/text/fold.hpp"
#include "searcher/query/relative_date.hpp"

namespace limier {
namespace {

constexpr int k_most_hours = 1'000'000;

/// A number at the beginning of a text, which it is taken off; nothing where there is none.
std::optional<int> take_number(std::string_view& text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || value < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

struct TimeOfDay {
    int hours = 0, minutes = 0, seconds = 0;
};

/// `10:30`, `10:30:05`, `10h30`, `10h`.
std::optional<TimeOfDay> time_of_day(std::string_view text) {
    const auto hours = take_number(text);
    if (!hours || *hours > 23 || text.empty() || (text.front() != ':' && text.front() != 'h')) return std::nullopt;
    const bool may_end = text.front() == 'h';
    text.remove_prefix(1);
    if (text.empty() && may_end) return TimeOfDay{*hours};
    const auto minutes = take_number(text);
    if (!minutes || *minutes > 59) return std::nullopt;
    if (text.empty()) return TimeOfDay{*hours, *minutes};
    if (text.front() != ':') return std::nullopt;
    text.remove_prefix(1);
    const auto seconds = take_number(text);
    if (!seconds || *seconds > 60 || !text.empty()) return std::nullopt;
    return TimeOfDay{*hours, *minutes, *seconds};
}

/// Of local time.
double seconds_of(Date date, TimeOfDay time) {
    std::tm parts{};
    parts.tm_year = date.year - 1900;
    parts.tm_mon = date.month == 0 ? 0 : date.month - 1;
    parts.tm_mday = date.day == 0 ? 1 : date.day;
    parts.tm_hour = time.hours;
    parts.tm_min = time.minutes;
    parts.tm_sec = time.seconds;
    parts.tm_isdst = -1;
    return static_cast<double>(std::mktime(&parts));
}

std::optional<double> read_moment(std::string_view text, std::time_t now) {
    if (text.starts_with('@')) {
        double seconds = 0;
        const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), seconds);
        return error == std::errc() && end == text.data() + text.size() ? std::optional(seconds) : std::nullopt;
    }
    std::string_view unit = text;
    if (const auto count = take_number(unit); count && *count <= k_most_hours) {
        const std::string name = fold_key(unit);
        if (name == "h" || name == "heure" || name == "heures" || name == "hour" || name == "hours")
            return static_cast<double>(now) - 3600.0 * *count;
        if (name == "min" || name == "minute" || name == "minutes") return static_cast<double>(now) - 60.0 * *count;
    }
    if (const auto days = relative_date(text, today())) return seconds_of(days->first, {});
    const std::size_t mark = text.find_first_of("T ");
    const auto date = parse_date(text.substr(0, mark));
    if (mark == std::string_view::npos) return date ? std::optional(seconds_of(*date, {})) : std::nullopt;
    const auto time = time_of_day(text.substr(mark + 1));
    if (date && date->day != 0 && time) return seconds_of(*date, *time);
    // `14 janvier 2025`: the blanks are the date's own.
    const auto whole = parse_date(text);
    return whole ? std::optional(seconds_of(*whole, {})) : std::nullopt;
}

}  // namespace

Result<double> moment_of(std::string_view text, std::time_t now) {
    if (const auto moment = read_moment(text, now)) return *moment;
    return Error{Code::usage,
                 std::string(tr("--since: not a time: ", "--since : pas un moment : ")) + std::string(text),
                 std::string(tr("such as 2025-01-14, 2025-01-14T10:30, 2h, 30j or @1736845200",
                                "par exemple 2025-01-14, 2025-01-14T10:30, 2h, 30j ou @1736845200"))};
}

}  // namespace limier
