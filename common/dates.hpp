// Dates as people write them.
#pragma once

#include <optional>
#include <string_view>

#include "common/schema.hpp"

namespace limier {

/// A date written in full: `2025-01-14`, `14-1-2019`, `14/01/2019`, `14 janvier 2019`, `1er mai 2020`, `janvier 2019`,
/// `2025-01`, `2019`, ISO with a time. Day first. Nothing when it is no calendar date.
std::optional<Date> parse_date(std::string_view text);

}  // namespace limier
