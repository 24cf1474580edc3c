// Dates and amounts as queries write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/ranges.hpp"
#include "common/result.hpp"
#include "searcher/query/ast.hpp"

namespace limier {

struct DateRange {
    std::optional<Date> low, high;  ///< inclusive
};

/// The dates that a value or range node asks for: `2025-01`, `10/02/2025`, `février 2025`, `2024..2025-02`, `>2024`,
/// `2025-W03`, `30j`, `hier..`, `>=hier`.
Result<DateRange> date_range(const Node& node);

struct AmountRange {
    std::uint64_t low = 0, high = k_most_cents;  ///< hundredths, inclusive
    std::string currency;                        ///< ISO 4217; empty for all
};

/// The amounts that a value or range node asks for: `1e9`, `10 milliards`, `1,5 Md€`, `200 000 dollars`, `>=1e9`.
Result<AmountRange> amount_range(const Node& node);

}  // namespace limier
