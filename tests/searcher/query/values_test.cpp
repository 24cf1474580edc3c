#include "searcher/query/values.hpp"

#include <cstdlib>

#include <catch2/catch.hpp>

#include "searcher/query/relative_date.hpp"
#include "tests/common/english.hpp"

using namespace limier;

namespace {

Node node_of(const std::string& query) {
    const Result<ParsedQuery> parsed = parse_query(query, Leniency::strict);
    REQUIRE(parsed);
    return parsed->root.children.front();
}

std::string dates(const std::string& query) {
    const Result<DateRange> range = date_range(node_of(query));
    if (!range) return "error: " + range.error().message;
    return (range->low ? date_text(*range->low) : "") + ".." + (range->high ? date_text(*range->high) : "");
}

std::string amounts(const std::string& query) {
    const Result<AmountRange> range = amount_range(node_of(query));
    if (!range) return "error: " + range.error().message;
    const std::string high = range->high == k_most_cents ? "" : std::to_string(range->high);
    return std::to_string(range->low) + ".." + high + (range->currency.empty() ? "" : " " + range->currency);
}

}  // namespace

TEST_CASE("dates of a query: said from today") {
    const Date now{2024, 3, 31};
    const std::pair<const char*, const char*> rows[] = {
        {"aujourd'hui", "2024-03-31..2024-03-31"},
        {"today", "2024-03-31..2024-03-31"},
        {"Hier", "2024-03-30..2024-03-30"},
        {"avant-hier", "2024-03-29..2024-03-29"},
        {"30j", "2024-03-01..2024-03-31"},
        {"30 jours", "2024-03-01..2024-03-31"},
        {"7d", "2024-03-24..2024-03-31"},
        {"2 semaines", "2024-03-17..2024-03-31"},
        {"1 mois", "2024-02-29..2024-03-31"},
        {"13m", "2023-02-28..2024-03-31"},
        {"1 an", "2023-03-31..2024-03-31"},
        {"90000 ans", "0001-01-01..2024-03-31"},
        {"0j", ""},
        {"-3j", "2024-03-28..2024-03-31"},
        {"40000 ans", "0001-01-01..2024-03-31"},
        {"900000 jours", "0001-01-01..2024-03-31"},
        {"30", ""},
        {"30x", ""},
        {"demain", ""},
        {"99999999999j", ""},
    };
    for (const auto& [text, expected] : rows) {
        CAPTURE(text);
        const std::optional<DaysUpTo> found = relative_date(text, now);
        CHECK((found ? date_text(found->first) + ".." + date_text(found->last) : "") == expected);
    }
}

TEST_CASE("dates of a query: those said from today stand where others do") {
    ::setenv("LIMIER_TODAY", "2025-02-20", 1);
    CHECK(dates("date:hier") == "2025-02-19..2025-02-19");
    CHECK(dates("date:30j") == "2025-01-21..2025-02-20");
    CHECK(dates("date:\"2 mois\"") == "2024-12-20..2025-02-20");
    CHECK(dates("date:>=hier") == "2025-02-19..");
    CHECK(dates("date:30j..hier") == "2025-01-21..2025-02-19");
    ::unsetenv("LIMIER_TODAY");
    CHECK(dates("date:aujourd'hui") == date_text(today()) + ".." + date_text(today()));
}

TEST_CASE("dates of a query: every spelling is a range") {
    const std::pair<std::string, std::string> rows[] = {
        {"date:2025", "2025..2025"},
        {"date:2025-01", "2025-01..2025-01"},
        {"date:14/01/2025", "2025-01-14..2025-01-14"},
        {"date:\"14 janvier 2025\"", "2025-01-14..2025-01-14"},
        {"date:2024..2025-02", "2024..2025-02"},
        {"date:..2024", "..2024"},
        {"date:2024..", "2024.."},
        {"date:2025-W03", "2025-01-13..2025-01-19"},
        {"date:2024-W52..2025-S01", "2024-12-23..2025-01-05"},
        {"date:>2025-W03", "2025-01-20.."},
        {"date:<=2025-W03", "..2025-01-19"},
        {"date:<2025-W03", "..2025-01-12"},
        {"date:2025-W60", "error: date: no date is written « 2025-W60 »"},
        {"date:>2024", "2025.."},
        {"date:>2024-12", "2025-01.."},
        {"date:>2024-12-31", "2025-01-01.."},
        {"date:>2024-02-28", "2024-02-29.."},
        {"date:>=2024", "2024.."},
        {"date:<2024", "..2023-12-31"},
        {"date:<2024-03", "..2024-02-29"},
        {"date:<=2024-03", "..2024-03"},
        {"date:2024..2024", "2024..2024"},
        {"date:2024-06..2024", "2024-06..2024"},
        {"date:2025..2024", "error: date: the range ends before it begins: « 2025..2024 »"},
        {"date:2024-03-02..2024-03-01", "error: date: the range ends before it begins: « 2024-03-02..2024-03-01 »"},
        {"date:demain", "error: date: no date is written « demain »"},
    };
    for (const auto& [query, expected] : rows) {
        INFO(query);
        CHECK(dates(query) == expected);
    }
}

TEST_CASE("amounts of a query: every spelling is a range in hundredths") {
    const std::pair<std::string, std::string> rows[] = {
        {"amount:5", "500..500"},
        {"amount:1e3", "100000..100000"},
        {"amount:>=1e9", "100000000000.."},
        {"amount:>5", "501.."},
        {"amount:<5", "0..499"},
        {"amount:\"1,5 Md€\"", "150000000000..150000000000 EUR"},
        {"amount:1,5Md€", "150000000000..150000000000 EUR"},
        {"amount:\"$5\"", "500..500 USD"},
        {"amount:\"200 000 dollars\"", "20000000..20000000 USD"},
        {"amount:\"10 milliards\"..\"500 milliards\"", "1000000000000..50000000000000"},
        {"amount:5..1", "error: amount: the range ends before it begins: « 5..1 »"},
        {"amount:\"1 €\"..\"5 $\"", "error: amount: the bounds have two currencies: « 5 $ »"},
        {"amount:beaucoup", "error: amount: no amount is written « beaucoup »"},
        {"amount:9999999999999999999e18", "error: amount: no amount is written « 9999999999999999999e18 »"},
        {"amount:340282366920938463e20", "error: amount: no amount is written « 340282366920938463e20 »"},
    };
    for (const auto& [query, expected] : rows) {
        INFO(query);
        CHECK(amounts(query) == expected);
    }
}

TEST_CASE("values: a node without a field is an error like another") {
    Node node;
    node.kind = NodeKind::words;
    node.value = "demain";
    CHECK_FALSE(date_range(node));
    CHECK_FALSE(amount_range(node));
}
