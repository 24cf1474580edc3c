#include <catch2/catch.hpp>

#include "searcher/weeks.hpp"

using namespace limier;

TEST_CASE("weeks: numbered as ISO 8601 has it") {
    const std::tuple<Date, const char*, Date> rows[] = {
        {{2005, 1, 1}, "2004-W53", {2004, 12, 27}},   {{2005, 1, 3}, "2005-W01", {2005, 1, 3}},
        {{2007, 1, 1}, "2007-W01", {2007, 1, 1}},     {{2008, 12, 28}, "2008-W52", {2008, 12, 22}},
        {{2008, 12, 29}, "2009-W01", {2008, 12, 29}}, {{2010, 1, 3}, "2009-W53", {2009, 12, 28}},
        {{2020, 12, 31}, "2020-W53", {2020, 12, 28}}, {{2024, 2, 29}, "2024-W09", {2024, 2, 26}},
        {{2025, 1, 14}, "2025-W03", {2025, 1, 13}},   {{1, 1, 1}, "0001-W01", {1, 1, 1}},
    };
    for (const auto& [day, name, monday] : rows) {
        CAPTURE(date_text(day));
        CHECK(week_text(day) == name);
        CHECK(monday_of(day) == monday);
        CHECK(parse_week(name) == monday);
    }
}

TEST_CASE("weeks: one follows another, and a name is read back") {
    int weeks = 0;
    for (Date monday = {2019, 12, 30}; monday < Date{2031, 1, 1}; monday = next_monday(monday), ++weeks) {
        CAPTURE(date_text(monday));
        REQUIRE(monday_of(monday) == monday);
        REQUIRE(parse_week(week_text(monday)) == monday);
    }
    CHECK(weeks == 575);  // 4,020 days from 2019-12-30 to 2031-01-01
}

TEST_CASE("weeks: other spellings, and what is none") {
    for (const char* const text : {"2025-W3", "2025W03", "2025-w03", "2025-S03", "2025s3"}) {
        CAPTURE(text);
        CHECK(parse_week(text) == Date{2025, 1, 13});
    }
    for (const char* const text :
         {"", "2025", "2025-03", "2025-W", "2025-W00", "2025-W54", "2021-W53", "2025-W003", "2025-W03-1", "25-W03",
          "0000-W01", "+025-W03", "2025--W03", "2025-W+3", "2025-WX"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_week(text));
    }
    CHECK(monday_of({2025, 0, 0}) == Date{2025, 0, 0});
    CHECK(week_text({2025, 13, 1}) == date_text({2025, 13, 1}));
}
