#include "searcher/amount_ranges.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace limier {
namespace {

constexpr unsigned k_most_digits = 19;  // of what an index can hold

// From here on a bound is written by its exponent.
constexpr unsigned k_plain_digits = 6;

std::string power_of_ten(unsigned exponent) {
    return exponent < k_plain_digits ? "1" + std::string(exponent, '0') : "1e" + std::to_string(exponent);
}

}  // namespace

AmountRangeName amount_range_of(std::string_view amount) {
    const std::size_t blank = std::min(amount.find(' '), amount.size());
    const std::string_view whole = amount.substr(0, std::min(amount.find('.'), blank));
    const std::size_t first = std::min(whole.find_first_not_of('0'), whole.size());
    return {static_cast<unsigned>(std::min<std::size_t>(whole.size() - first, k_most_digits)),
            amount.substr(std::min(blank + 1, amount.size()))};
}

std::string amount_range_text(const AmountRangeName& range) {
    return (range.digits == 0 ? "0" : power_of_ten(range.digits - 1)) + ".." + power_of_ten(range.digits) + " " +
           std::string(range.currency);
}

std::optional<std::pair<std::string, std::string>> amount_range_bounds(std::string_view name) {
    for (unsigned digits = 0; digits <= k_most_digits; ++digits) {
        const std::string range = amount_range_text({digits, {}});
        if (!name.starts_with(range)) continue;
        const std::string currency = " " + std::string(name.substr(range.size()));
        const std::string low = digits == 0 ? "0" : "1" + std::string(digits - 1, '0');
        return std::pair(low + currency, (digits == 0 ? "0" : std::string(digits, '9')) + ".99" + currency);
    }
    return std::nullopt;
}

std::vector<std::pair<std::string, std::uint32_t>> count_amount_ranges(std::span<const MatchedRows> matched) {
    std::map<std::pair<std::string, unsigned>, std::uint32_t> documents;  // by currency and digits
    for (const MatchedRows& rows : matched) {
        const FacetColumn column = rows.segment().facet(Field::amount);
        if (rows.count() == 0 || column.keys() == 0) continue;
        std::vector<std::uint32_t*> count_of(column.keys());
        for (std::uint32_t ordinal = 0; ordinal < column.keys(); ++ordinal) {
            const AmountRangeName range = amount_range_of(column.label(ordinal));
            count_of[ordinal] = &documents[{std::string(range.currency), range.digits}];
        }
        std::vector<std::uint32_t*> seen;
        for (const RowRun& run : rows.runs()) {
            for (std::uint32_t row = run.first; row < run.end; ++row) {
                seen.clear();
                for (const std::uint32_t ordinal : column.values(row)) {
                    if (std::find(seen.begin(), seen.end(), count_of.at(ordinal)) != seen.end()) continue;
                    seen.push_back(count_of[ordinal]);
                    ++*seen.back();
                }
            }
        }
    }
    std::vector<std::pair<std::string, std::uint32_t>> counts;
    for (const auto& [range, count] : documents)
        if (count > 0) counts.emplace_back(amount_range_text({range.second, range.first}), count);
    return counts;
}

}  // namespace limier
