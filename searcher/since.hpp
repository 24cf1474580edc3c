// A moment that a user names, for what was indexed since.
#pragma once

#include <ctime>
#include <string_view>

#include "common/result.hpp"

namespace limier {

/// Seconds since 1970 of `2025-01-14`, `2025-01-14T10:30` (local time), `@1736845200` (seconds since 1970), `30min`,
/// `2h` (so long before `now`), or what relative_date reads (`2j`, `hier`: the beginning of that day). Errors: anything
/// else.
Result<double> moment_of(std::string_view text, std::time_t now);

}  // namespace limier
