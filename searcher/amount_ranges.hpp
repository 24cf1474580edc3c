// Amounts by their order of magnitude: the values of the facet `amount:range`.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "searcher/facet_counts.hpp"

namespace limier {

/// From a power of ten to below the next, in one currency.
struct AmountRangeName {
    unsigned digits = 0;        ///< of the whole part: 3 from 100 to below 1000; 0 below 1
    std::string_view currency;  ///< ISO 4217; of the text it was read from
    friend auto operator<=>(const AmountRangeName&, const AmountRangeName&) = default;
};

/// Where an amount as facets name it lies: `9740000000 USD`, `0.06 EUR`.
AmountRangeName amount_range_of(std::string_view amount);

/// `0..1 EUR`, `100..1000 EUR`, `1e6..1e7 EUR`.
std::string amount_range_text(const AmountRangeName& range);

/// The bounds of such a name as a query writes them, the last being part of the range: `1000000 EUR`, `9999999.99 EUR`.
/// Nothing for another text.
std::optional<std::pair<std::string, std::string>> amount_range_bounds(std::string_view name);

/// The documents of each range, by currency and size; a document with several amounts of one counts once. Throws
/// Damaged.
std::vector<std::pair<std::string, std::uint32_t>> count_amount_ranges(std::span<const MatchedRows> matched);

}  // namespace limier
