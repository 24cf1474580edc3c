// Dates as people write them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "common/schema.hpp"

namespace limier {

/// A date written in full: `2025-01-14`, `14-1-2019`, `14/01/2019`, `14 janvier 2019`, `1er mai 2020`, `janvier 2019`,
/// `2025-01`, `2019`, ISO with a time. Day first. Nothing when it is no calendar date.
std::optional<Date> parse_date(std::string_view text);

/// The date that begins at `at` of a longer text, in the same spellings, its weekday before and its time of day after
/// it included; `at` then stands behind it. Nothing, and `at` unmoved, where none begins or where digits or letters run
/// on.
std::optional<Date> read_date(std::string_view text, std::size_t& at);

/// The month of a folded French name or abbreviation (`fevrier`, `fevr`); 0 for other words.
unsigned month_number(std::string_view word);

/// Monday 1 to Sunday 7, of a folded French name or abbreviation (`mercredi`, `mer`); 0 for other words.
unsigned weekday_number(std::string_view word);

}  // namespace limier
