#include <catch2/catch.hpp>

#include "common/amounts.hpp"
#include "searcher/amount_ranges.hpp"
#include "searcher/query/values.hpp"

using namespace limier;

TEST_CASE("amount ranges: an amount lies in the power of ten of its whole part") {
    const std::tuple<const char*, const char*, const char*, const char*> rows[] = {
        {"0 EUR", "0..1 EUR", "0 EUR", "0.99 EUR"},
        {"0.06 EUR", "0..1 EUR", "0 EUR", "0.99 EUR"},
        {"1 USD", "1..10 USD", "1 USD", "9.99 USD"},
        {"9.99 USD", "1..10 USD", "1 USD", "9.99 USD"},
        {"10 USD", "10..100 USD", "10 USD", "99.99 USD"},
        {"99999 CAD", "10000..100000 CAD", "10000 CAD", "99999.99 CAD"},
        {"100000 CAD", "100000..1e6 CAD", "100000 CAD", "999999.99 CAD"},
        {"9740000000 USD", "1e9..1e10 USD", "1000000000 USD", "9999999999.99 USD"},
        {"500000000000 ", "1e11..1e12 ", "100000000000 ", "999999999999.99 "},
    };
    for (const auto& [amount, name, low, high] : rows) {
        CAPTURE(amount);
        CHECK(amount_range_text(amount_range_of(amount)) == name);
        CHECK(amount_range_bounds(name) == std::pair<std::string, std::string>(low, high));
    }
    for (const char* const text : {"", "EUR", "1..2 EUR", "1e6 EUR", "500 EUR", "..10 EUR"}) {
        CAPTURE(text);
        CHECK_FALSE(amount_range_bounds(text));
    }
}

TEST_CASE("amount ranges: every bound is one that a query reads, and the next begins where one ends") {
    std::uint64_t next = 0;
    for (unsigned digits = 0; digits < 15; ++digits) {
        const auto bounds = amount_range_bounds(amount_range_text({digits, "EUR"}));
        REQUIRE(bounds);
        CAPTURE(bounds->first, bounds->second);
        const Result<ParsedQuery> parsed =
            parse_query("amount:\"" + bounds->first + "\"..\"" + bounds->second + "\"", Leniency::strict);
        REQUIRE(parsed);
        const Result<AmountRange> range = amount_range(parsed->root.children.front());
        REQUIRE(range);
        CHECK(range->currency == "EUR");
        CHECK(range->low == next);
        next = range->high + 1;
    }
}

TEST_CASE("amount ranges: what a facet says of a currency a query understands") {
    for (const char* const amount :
         {"2000000 FRF", "11000000 SEK", "0.06 EUR", "500 DZD", "7 ILS", "1000 MAD", "3 TRY"}) {
        CAPTURE(amount);
        const std::optional<Money> money = parse_amount(amount);
        REQUIRE(money);
        CHECK(money->currency == amount_range_of(amount).currency);
    }
}
