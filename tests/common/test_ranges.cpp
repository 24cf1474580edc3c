#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "common/ranges.hpp"

using namespace limier;

namespace {

bool meet(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::any_of(a.begin(), a.end(),
                       [&b](const std::string& term) { return std::find(b.begin(), b.end(), term) != b.end(); });
}

}  // namespace

TEST_CASE("ranges: a date has a term for each precision that is known") {
    const FieldInfo& date = info(Field::date);
    CHECK(date_terms(date, {2025, 1, 14}) == std::vector<std::string>{"Y2025", "M202501", "D20250114"});
    CHECK(date_terms(date, {2025, 1, 0}) == std::vector<std::string>{"Y2025", "M202501"});
    CHECK(date_terms(date, {2025, 0, 0}) == std::vector<std::string>{"Y2025"});
    CHECK(date_terms(date, {}).empty());
    CHECK(date_terms(info(Field::when), {987, 12, 1}) ==
          std::vector<std::string>{"XWHE:0987", "XWHE:098712", "XWHE:09871201"});
}

TEST_CASE("ranges: a date range covers whole years and months by one term each") {
    const FieldInfo& date = info(Field::date);
    CHECK(date_range_terms(date, Date{2024, 0, 0}, Date{2025, 2, 0}) ==
          std::vector<std::string>{"Y2024", "M202501", "M202502"});
    CHECK(date_range_terms(date, Date{2025, 1, 30}, Date{2025, 2, 2}) ==
          std::vector<std::string>{"D20250130", "D20250131", "D20250201", "D20250202"});
    CHECK(date_range_terms(date, Date{2024, 2, 0}, Date{2024, 2, 29}) == std::vector<std::string>{"M202402"});
    CHECK(date_range_terms(date, Date{2023, 2, 1}, Date{2023, 2, 28}) == std::vector<std::string>{"M202302"});
    CHECK(date_range_terms(date, Date{2025, 0, 0}, Date{2024, 0, 0}).empty());
}

TEST_CASE("ranges: a date is in a range by its terms exactly when it is by its days") {
    std::mt19937 random(20250114);
    const auto any_date = [&random] {
        Date date{static_cast<std::uint16_t>(2019 + random() % 5), static_cast<std::uint8_t>(1 + random() % 12), 0};
        date.day = static_cast<std::uint8_t>(1 + random() % days_in_month(date.year, date.month));
        return date;
    };
    int inside = 0;
    for (int i = 0; i < 3000; ++i) {
        const Date low = any_date(), high = any_date(), date = any_date();
        const bool expected = low <= date && date <= high;
        inside += expected;
        REQUIRE(meet(date_terms(info(Field::date), date), date_range_terms(info(Field::date), low, high)) == expected);
    }
    CHECK(inside > 300);
}

TEST_CASE("ranges: a day or month range does not reach a document that is known less precisely") {
    const FieldInfo& date = info(Field::date);
    CHECK_FALSE(meet(date_terms(date, {2025, 1, 0}), date_range_terms(date, Date{2025, 1, 14}, Date{2025, 1, 14})));
    CHECK_FALSE(meet(date_terms(date, {2025, 0, 0}), date_range_terms(date, Date{2025, 1, 0}, Date{2025, 1, 0})));
    CHECK(meet(date_terms(date, {2025, 1, 0}), date_range_terms(date, Date{2024, 12, 3}, Date{2025, 2, 1})));
}

TEST_CASE("ranges: an annotation's amount is read to the cent") {
    CHECK(money_of("500000000000 USD") == Money{50'000'000'000'000, "USD"});
    CHECK(money_of("9.74 EUR") == Money{974, "EUR"});
    CHECK(money_of("0.5 EUR") == Money{50, "EUR"});
    CHECK(money_of("0.059") == Money{5, ""});
    CHECK_FALSE(money_of(""));
    CHECK_FALSE(money_of("EUR"));
    CHECK_FALSE(money_of("1.2.3 EUR"));
    CHECK_FALSE(money_of("99999999999999999999 EUR"));
    CHECK_FALSE(money_of("999999999999999999 EUR"));
}

TEST_CASE("ranges: an amount is in a range by its terms exactly when it is by its value") {
    std::mt19937_64 random(9'740'000'000);
    // Round amounts, as people write them, and odd ones; both ends of every magnitude.
    const auto any_amount = [&random] {
        std::uint64_t value = 1 + random() % 999;
        for (auto zeros = random() % 14; zeros > 0; --zeros)
            value = value * 10 + (random() % 5 == 0 ? random() % 10 : 0);
        return value;
    };
    int inside = 0;
    for (int i = 0; i < 3000; ++i) {
        const std::uint64_t low = any_amount(), high = any_amount(), cents = any_amount();
        const bool expected = low <= cents && cents <= high;
        inside += expected;
        const std::vector<std::string> terms = amount_terms({cents, "EUR"});
        INFO(low << " " << cents << " " << high);
        REQUIRE(meet(terms, amount_range_terms("EUR", low, high)) == expected);
        REQUIRE(meet(terms, amount_range_terms("", low, high)) == expected);
        REQUIRE_FALSE(meet(terms, amount_range_terms("USD", low, high)));
        REQUIRE(meet(terms, amount_range_terms("EUR", cents, cents)));
        REQUIRE_FALSE(meet(terms, amount_range_terms("EUR", cents + 1, k_most_cents)));
        REQUIRE(meet(terms, amount_range_terms("", 0, k_most_cents)));
    }
    CHECK(inside > 300);
}
