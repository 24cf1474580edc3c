#include <cstdlib>
#include <string>

#include <catch2/catch.hpp>

#include "searcher/since.hpp"

using namespace limier;

TEST_CASE("since: a moment is a date, a time, a while ago or a number of seconds") {
    ::setenv("TZ", "UTC", 1);
    ::setenv("LIMIER_TODAY", "2025-02-20", 1);
    ::tzset();
    constexpr std::time_t now = 1740052800;  // 2025-02-20 12:00
    const struct {
        const char* text;
        double moment;
    } rows[] = {
        {"@1736845200", 1736845200},
        {"@0", 0},
        {"2025-01-14", 1736812800},
        {"14/01/2025", 1736812800},
        {"14 janvier 2025", 1736812800},
        {"2025-01", 1735689600},
        {"2025-01-14T09:00", 1736845200},
        {"2025-01-14 09:00:05", 1736845205},
        {"2025-01-14T9h", 1736845200},
        {"2h", 1740045600},
        {"30 min", 1740051000},
        {"0h", 1740052800},
        {"aujourd'hui", 1740009600},
        {"hier", 1739923200},
        {"2j", 1739836800},
        {"1 semaine", 1739404800},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        const Result<double> moment = moment_of(row.text, now);
        REQUIRE(moment);
        CHECK(*moment == row.moment);
    }
    for (const char* text :
         {"", "@", "@x", "truc", "2025-13-01", "2025-01-14T25:00", "2025-01-14T09:00x", "2025-01T09:00", "-2h", "2x"}) {
        CAPTURE(text);
        CHECK_FALSE(moment_of(text, now));
    }
    ::unsetenv("LIMIER_TODAY");
}
