#include <atomic>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "common/column_file.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

constexpr std::uint32_t k_small = 3, k_large = 7, k_empty = 5;
constexpr std::size_t k_large_bytes = (std::size_t{1} << 20) + 123;

std::string random_bytes(std::size_t size) {
    std::mt19937 random(static_cast<unsigned>(size));
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

const std::string& large() {
    static const std::string bytes = random_bytes(k_large_bytes);
    return bytes;
}

const std::string& small() {
    static const std::string bytes = random_bytes(10'000);
    return bytes;
}

/// A file with a section that is read and one that is mapped.
struct Written {
    Written() {
        Result<ColumnFileWriter> out = ColumnFileWriter::create(path, 12);
        REQUIRE(out);
        out->begin(k_small);
        out->append(small());
        out->begin(k_empty);
        out->begin(k_large);
        out->append(large());
        REQUIRE(out->finish());
    }

    /// Flips a bit of the large section, which has no other bytes like its own.
    void damage(std::size_t at) const {
        std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
        std::string bytes{std::istreambuf_iterator<char>(file), {}};
        const std::size_t begin = bytes.find(large());
        REQUIRE(begin != bytes.npos);
        file.clear();
        file.seekp(static_cast<std::streamoff>(begin + at));
        file.put(static_cast<char>(large()[at] ^ 4));
    }

    ScratchFolder folder;
    std::filesystem::path path = folder.path() / "columns.lim";
};

ColumnFile opened(const Written& written) {
    Result<ColumnFile> file = ColumnFile::open(written.path);
    REQUIRE(file);
    return std::move(*file);
}

struct Span {
    std::size_t offset, length;
};

/// Looks at a span of the large section, with the check of what was written there.
std::string_view look(const ColumnFile& file, std::size_t offset, std::size_t length, std::string& buffer) {
    return file.look(k_large, offset, length, column_check(std::string_view(large()).substr(offset, length)), buffer);
}

Span random_span(std::mt19937& random, std::size_t size, std::size_t longest) {
    const std::size_t offset = random() % size;
    return {offset, random() % std::min(longest, size - offset + 1)};
}

}  // namespace

TEST_CASE("column file: every span is read as it was written, however much was read before, and stays") {
    const Written written;
    const ColumnFile file = opened(written);
    std::mt19937 random(1);
    std::vector<std::pair<std::string_view, Span>> kept;
    std::string buffer;
    // More than is read instead of mapped; single bytes, spans over some blocks and over many.
    for (int i = 0; i < 2000; ++i) {
        const Span at = random_span(random, large().size(), i % 3 == 0 ? 2 : i % 3 == 1 ? 4000 : 60'000);
        const std::string_view expected = std::string_view(large()).substr(at.offset, at.length);
        CHECK(look(file, at.offset, at.length, buffer) == expected);
        CHECK(file.unverified(k_large, at.offset, at.length, buffer) == expected);
        CHECK(file.unverified(k_large, at.offset, at.length) == expected);
        kept.emplace_back(file.bytes(k_large, at.offset, at.length), at);
        const Span other = random_span(random, small().size(), 5000);
        CHECK(file.bytes(k_small, other.offset, other.length) ==
              std::string_view(small()).substr(other.offset, other.length));
    }
    for (const auto& [bytes, at] : kept) CHECK(bytes == std::string_view(large()).substr(at.offset, at.length));
    CHECK(file.bytes(k_large, large().size() - 1, 1)[0] == large().back());
    CHECK(file.bytes(k_empty, 0, 0).empty());
}

TEST_CASE("column file: what leads outside is damaged, read or looked at") {
    const Written written;
    const ColumnFile file = opened(written);
    std::string buffer;
    for (const std::size_t offset : {large().size(), large().size() + 1, ~std::size_t{0}}) {
        CHECK_THROWS_AS(file.bytes(k_large, offset, 1), Damaged);
        CHECK_THROWS_AS(file.look(k_large, offset, 1, 0, buffer), Damaged);
        CHECK_THROWS_AS(file.unverified(k_large, offset, 1), Damaged);
        CHECK_THROWS_AS(file.unverified(k_large, offset, 1, buffer), Damaged);
    }
    CHECK_THROWS_AS(file.look(k_large, 1, large().size(), 0, buffer), Damaged);
    CHECK_THROWS_AS(file.look(k_large + 1, 0, 1, 0, buffer), Damaged);
    CHECK_THROWS_AS(file.look(k_empty, 0, 1, 0, buffer), Damaged);
}

TEST_CASE("column file: a flipped bit damages what is read of its block, and nothing else") {
    const Written written;
    constexpr std::size_t k_at = 500'000;
    written.damage(k_at);
    for (const bool much : {false, true}) {
        const ColumnFile file = opened(written);
        std::string buffer;
        // Where much was read before, blocks are mapped.
        for (std::size_t at = 0; much && at < k_at - 10'000; at += 400) {
            CHECK(file.bytes(k_large, at, 1)[0] == large()[at]);
            CHECK(look(file, at, 1, buffer)[0] == large()[at]);
        }
        for (int twice = 0; twice < 2; ++twice) {
            CHECK_THROWS_AS(file.bytes(k_large, k_at - k_at % k_column_block, 1), Damaged);
            CHECK_THROWS_AS(look(file, k_at, 1, buffer), Damaged);
            CHECK_THROWS_AS(file.bytes(k_large, k_at - 3000, 6000), Damaged);
            CHECK_THROWS_AS(look(file, k_at - 3000, 6000, buffer), Damaged);
        }
        CHECK(file.bytes(k_large, k_at + 5000, 100) == std::string_view(large()).substr(k_at + 5000, 100));
        CHECK(look(file, k_at - 5000, 100, buffer) == std::string_view(large()).substr(k_at - 5000, 100));
        CHECK_THROWS_AS(file.verify(), Damaged);
    }
}

TEST_CASE("column file: threads read the same at once") {
    const Written written;
    const ColumnFile file = opened(written);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (unsigned seed = 0; seed < 4; ++seed) {
        threads.emplace_back([&file, &wrong, seed] {
            std::mt19937 random(seed % 2);
            std::string buffer;
            for (int i = 0; i < 2000; ++i) {
                const Span at = random_span(random, large().size(), i % 2 == 0 ? 2 : 5000);
                const std::string_view expected = std::string_view(large()).substr(at.offset, at.length);
                wrong += file.bytes(k_large, at.offset, at.length) != expected;
                wrong += look(file, at.offset, at.length, buffer) != expected;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
}
