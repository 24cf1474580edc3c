// Terms of growing precision: a date or an amount is posted with each of its prefixes, so that a range is a few terms.
// A year as a term is 5 times faster than a value range over it, and a document may have several dates and amounts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "common/schema.hpp"

namespace limier {

/// The terms of a date in a date field, coarsest first: `Y2025`, `M202501`, `D20250114`; for `when` `XWHE:2025` and so
/// on.
std::vector<std::string> date_terms(const FieldInfo& field, Date date);

/// The terms of which a document has one exactly when a date of it lies wholly between `low` and `high`, inclusive. A
/// bound without day or month means its first day as `low` and its last as `high`; no bound is open.
std::vector<std::string> date_range_terms(const FieldInfo& field, std::optional<Date> low, std::optional<Date> high);

/// An amount in hundredths of its unit. Shape: currency is an ISO 4217 code, empty where none was said.
struct Money {
    std::uint64_t cents = 0;
    std::string currency;
    friend bool operator==(const Money&, const Money&) = default;
};
inline constexpr std::uint64_t k_most_cents = 9'999'999'999'999'999'999U;  ///< 19 digits

/// Reads an annotation's value, `500000000000 USD` or `0.05 EUR`; more than two decimals are cut. Nothing when it is
/// none or too large.
std::optional<Money> money_of(std::string_view value);

/// The value that money_of reads: `500000000000 USD`, `0.05 EUR`; the number alone where there is no currency.
std::string money_text(const Money& money);

/// The terms of an amount: by currency and, for ranges that name none, over all.
std::vector<std::string> amount_terms(const Money& money);

/// The terms of which a document has one exactly when an amount of it lies between the bounds, inclusive, in
/// hundredths.
std::vector<std::string> amount_range_terms(std::string_view currency, std::uint64_t low, std::uint64_t high);

/// Days of a month, leap years counted.
unsigned days_in_month(unsigned year, unsigned month);

}  // namespace limier
