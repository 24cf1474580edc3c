#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "common/text/open_table.hpp"

using namespace limier;

TEST_CASE("open table: finds what was added and nothing else, whatever the hashes share") {
    std::mt19937 random(7);
    // All in one place, in places that meet, and equal only in the bits that are kept of a hash.
    const std::size_t masks[] = {0, 0x3F, 0xFFFFFFFF00000000, ~std::size_t{0}};
    for (const std::size_t mask : masks) {
        CAPTURE(mask);
        OpenTable table;
        std::vector<std::size_t> keys;
        const auto find = [&](std::size_t key) {
            return table.find(key & mask, [&](std::uint32_t number) { return keys[number] == key; });
        };
        for (std::uint32_t i = 0; i < 500; ++i) {
            const std::size_t key = std::size_t{random()} << 32 | i;
            REQUIRE(find(key) == OpenTable::k_none);
            keys.push_back(key);
            table.add(key & mask, i);
        }
        for (std::uint32_t i = 0; i < keys.size(); ++i) REQUIRE(find(keys[i]) == i);
    }
}
