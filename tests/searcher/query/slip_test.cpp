// Slips weighed: a table of them, and against plain edits.
#include "searcher/query/slip.hpp"

#include <random>
#include <string>

#include <catch2/catch.hpp>

using namespace limier;

TEST_CASE("slips: frequent ones weigh half an edit, others a whole one") {
    struct Row {
        const char* typed;
        const char* meant;
        std::size_t half_edits;
    };
    const Row rows[] = {
        {"budget", "budget", 0},
        {"bugdet", "budget", 1},  // neighbours swapped
        {"pzris", "paris", 1},
        {"lyop", "lyon", 2},  // beside on AZERTY; not
        {"proffesseur", "professeur", 1},
        {"acident", "accident", 1},  // doubled, or not
        {"teatre", "theatre", 1},
        {"retar", "retard", 2},  // silent, or not
        {"alsasse", "alsace", 1},
        {"kestion", "question", 1},
        {"farmacie", "pharmacie", 1},
        {"bordau", "bordeaux", 2},
        {"sindicat", "syndicat", 1},
        {"bufget", "budget", 1},
        {"", "abc", 6},
        {"д", "ж", 2},
    };
    for (const Row& row : rows) {
        INFO(row.typed << " for " << row.meant);
        CHECK(half_edits(row.typed, row.meant) == row.half_edits);
        CHECK(half_edits(row.meant, row.typed) == row.half_edits);
    }
}

TEST_CASE("slips: never more than the edits, nothing between equal words alone, the same both ways") {
    std::mt19937 random(11);
    const std::string letters = "aehkopqstuxyz";
    const auto word = [&] {
        std::string out;
        for (std::size_t n = random() % 8; n > 0; --n) out += letters[random() % letters.size()];
        return out;
    };
    for (int i = 0; i < 3000; ++i) {
        const std::string a = word();
        std::string b = random() % 2 == 0 ? word() : a;
        std::size_t changes = random() % 3;
        for (std::size_t n = 0; n < changes; ++n) {
            const std::size_t at = random() % (b.size() + 1);
            if (random() % 2 == 0)
                b.insert(at, 1, letters[random() % letters.size()]);
            else if (at < b.size())
                b.erase(at, 1);
        }
        INFO(a << " " << b);
        CHECK(half_edits(a, b) == half_edits(b, a));
        CHECK((half_edits(a, b) == 0) == (a == b));
        CHECK(half_edits(a, b) <= 2 * std::max(a.size(), b.size()));
        if (b.size() == a.size() + 1 && b.starts_with(a)) CHECK(half_edits(a, b) <= 2);
    }
}

TEST_CASE("slips: what is written more is likelier, unless it is further by as much") {
    CHECK(likelihood(5000, 2) > likelihood(20, 1));  // minstre: ministre, monstre
    CHECK(likelihood(50, 2) < likelihood(20, 1));
    CHECK(likelihood(0, 0) > likelihood(0, 1));
}
