#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory_resource>
#include <numeric>
#include <string>
#include <system_error>
#include <vector>

#include <catch2/catch.hpp>

#include "common/scratch_memory.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

/// How many pieces of this process are mapped files of the folder.
int mapped_in(const std::filesystem::path& folder) {
    std::ifstream maps("/proc/self/maps");
    int mapped = 0;
    for (std::string line; std::getline(maps, line);) mapped += line.find(folder.string()) != std::string::npos;
    return mapped;
}

}  // namespace

TEST_CASE("scratch memory: what is large is a mapped file without a name, gone when it is given back") {
    const ScratchFolder folder;
    ScratchMemory memory(folder.path());
    {
        std::pmr::vector<std::uint32_t> small(k_least_mapped / 4 - 1, 0, &memory);
        CHECK(mapped_in(folder.path()) == 0);
        std::pmr::vector<std::uint32_t> large(k_least_mapped / 4, 0, &memory);
        CHECK(mapped_in(folder.path()) == 1);
        CHECK(std::filesystem::is_empty(folder.path()));
        large.resize(k_least_mapped);  // moves to another
        CHECK(mapped_in(folder.path()) == 1);
        std::iota(large.begin(), large.end(), 0u);
        CHECK(std::is_sorted(large.begin(), large.end()));
        CHECK(large.back() == k_least_mapped - 1);
    }
    CHECK(mapped_in(folder.path()) == 0);
}

TEST_CASE("scratch memory: where a file cannot be made, the error says where") {
    const ScratchFolder folder;
    ScratchMemory memory(folder.path() / "missing");
    CHECK_NOTHROW(std::pmr::vector<char>(k_least_mapped - 1, &memory));
    CHECK_THROWS_WITH(std::pmr::vector<char>(k_least_mapped, &memory),
                      Catch::Contains((folder.path() / "missing").string()));
}
