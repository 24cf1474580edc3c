// Weeks as ISO 8601 numbers them: from Monday to Sunday, the first of a year is that of its first Thursday.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/schema.hpp"

namespace limier {

/// The Monday of the week of a whole date from year 1 on; the date itself where it is none (a damaged index).
Date monday_of(Date day);

/// The Monday after.
Date next_monday(Date monday);

/// `2025-W03`, of the week of a whole date.
std::string week_text(Date day);

/// The Monday of `2025-W03`, `2025-W3`, `2025W03`, `2025-S03` (semaine). Nothing for other texts and for weeks that the
/// year lacks.
std::optional<Date> parse_week(std::string_view text);

}  // namespace limier
