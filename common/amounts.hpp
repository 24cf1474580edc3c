// Amounts of money as people write them, for the tagger and for queries.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "common/ranges.hpp"

namespace limier {

/// Where an amount is read: a query may leave words unsaid that a text needs to be understood.
enum class AmountStyle {
    text,   ///< a word that has another meaning is no currency (`300 livres` are books)
    query,  ///< it is one; `1e9` is a number, `m` after one a million
};

/// An amount in parts, so that `5 à 10 milliards de dollars` can lend scale and currency to the 5.
struct AmountReading {
    std::uint64_t cents = 0;    ///< hundredths, scale included
    std::uint64_t scale = 1;    ///< 1 where no `million`, `milliard`, `k`… was said
    std::string_view currency;  ///< ISO 4217; empty where none was said
    std::size_t end = 0;        ///< behind the last part
};

/// The amount, or the bare number with or without a scale, that begins at `at`: digits grouped by blanks or dots,
/// French and English decimals, number words (`deux millions`, `cinq cent mille`), `15 M€`, `$500`, `1,5 milliard
/// d’euros`, `un milliard et demi`. Nothing where no number begins or it is too large. Approximations (`une centaine de
/// millions`) are none. `dollar` alone is the American one, `dinar` the Algerian, `franc` the French.
std::optional<AmountReading> read_amount(std::string_view text, std::size_t at, AmountStyle style);

/// Whether a number word begins an amount: `deux`, `cent`, `mille`; folded or not.
bool is_number_word(std::string_view word);

/// Whether a word can stand in an amount behind its first number: a further number, a scale, the beginning of a
/// currency, `de` before one; folded or not.
bool may_follow_number(std::string_view word);

/// The amount that a text as a whole writes. Nothing when it is none.
std::optional<Money> parse_amount(std::string_view text);

}  // namespace limier
