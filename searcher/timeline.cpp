#include "searcher/timeline.hpp"

#include <numeric>
#include <vector>

#include "common/ranges.hpp"
#include "searcher/facet_counts.hpp"
#include "searcher/weeks.hpp"

namespace limier {
namespace {

using Period = FacetRequest::Period;

// Two months of days, five years of months: about what a screen has lines for.
constexpr std::uint64_t k_most_chosen = 62;
constexpr std::uint64_t k_most_asked = 10'000;
constexpr std::uint64_t k_least_tenths = 9;

/// Weeks are for who asks for them.
Period coarser(Period period) { return period > Period::month ? Period::month : Period::year; }

/// The first of the period that follows.
Date after(Date date, Period period) {
    const bool month = date.month >= 1 && date.month <= 12;  // not so in a damaged index
    if (period == Period::week && month && date.day >= 1 && date.day <= days_in_month(date.year, date.month))
        return next_monday(date);
    if (period == Period::day && month && date.day < days_in_month(date.year, date.month))
        return {date.year, date.month, static_cast<std::uint8_t>(date.day + 1)};
    const std::uint8_t first = period == Period::day ? 1 : 0;
    if (period != Period::year && date.month < 12) return {date.year, static_cast<std::uint8_t>(date.month + 1), first};
    return {static_cast<std::uint16_t>(date.year + 1), static_cast<std::uint8_t>(period == Period::year ? 0 : 1),
            first};
}

/// About how many bars there are from date to date: a month is taken for its longest.
std::uint64_t bars_between(Date first, Date last, Period period) {
    const std::uint64_t years = static_cast<std::uint64_t>(last.year - first.year);
    if (period == Period::year) return years + 1;
    const std::uint64_t months = years * 12 + last.month - first.month;
    if (period == Period::month) return months + 1;
    const std::uint64_t days = months * 31 + last.day - first.day + 1;
    return period == Period::week ? days / 7 + 1 : days;
}

std::uint64_t sum(const std::vector<ValueCount>& dates) {
    return std::accumulate(dates.begin(), dates.end(), std::uint64_t{0},
                           [](std::uint64_t total, const ValueCount& date) { return total + date.documents; });
}

/// The finest period that makes no more bars and, by tenths, has so many of the dated documents.
Period choose(const DateCounts& counts, Period finest, std::uint64_t most, std::uint64_t least_tenths) {
    const std::uint64_t dated = sum(counts.take(Period::year));
    for (Period period = finest; period != Period::year; period = coarser(period)) {
        const std::vector<ValueCount> dates = counts.take(period);
        if (dates.empty() || sum(dates) * 10 < dated * least_tenths) continue;
        const Date first = unpack_date(dates.front().value), last = unpack_date(dates.back().value);
        if (bars_between(first, last, period) <= most) return period;
    }
    return Period::year;
}

}  // namespace

std::vector<TimelineBar> bars_of(const DateCounts& counts, Period period) {
    std::vector<TimelineBar> bars;
    const std::vector<ValueCount> dates = counts.take(period);
    if (dates.empty() ||
        bars_between(unpack_date(dates.front().value), unpack_date(dates.back().value), period) > k_most_asked)
        return bars;
    Date next;
    for (const ValueCount& date : dates) {
        const Date here = unpack_date(date.value);
        if (!next) next = here;
        for (; next < here; next = after(next, period)) bars.push_back({date_name(next, period), 0});
        bars.push_back({date_name(here, period), date.documents});
        next = after(here, period);
    }
    return bars;
}

Timeline count_timeline(const Index& index, std::span<const Xapian::docid> documents, Period asked) {
    const Period finest = asked == Period::none ? Period::day : asked;
    DateCounts counts(finest);
    for (const MatchedRows& rows : rows_of(index, documents)) counts.add(rows);
    const Period period = asked == Period::none ? choose(counts, finest, k_most_chosen, k_least_tenths)
                                                : choose(counts, finest, k_most_asked, 0);
    Timeline timeline{std::string(period_name(period)), bars_of(counts, period), documents.size()};
    for (const TimelineBar& bar : timeline.bars) timeline.without -= bar.count;
    return timeline;
}

}  // namespace limier
