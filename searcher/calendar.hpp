// Dates as the calendar of the standard library reckons with them.
#pragma once

#include <chrono>

#include "common/schema.hpp"

namespace limier {

/// Not ok() where the date is no whole one.
inline std::chrono::year_month_day calendar(Date date) {
    return {std::chrono::year(date.year), std::chrono::month(date.month), std::chrono::day(date.day)};
}

/// A date before year 1 is year 1's first.
inline Date date_of(std::chrono::sys_days day) {
    const std::chrono::year_month_day at(day);
    if (int{at.year()} < 1) return {1, 1, 1};
    return {static_cast<std::uint16_t>(int{at.year()}), static_cast<std::uint8_t>(unsigned{at.month()}),
            static_cast<std::uint8_t>(unsigned{at.day()})};
}

}  // namespace limier
