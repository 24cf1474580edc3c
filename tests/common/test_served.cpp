#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "common/column_file.hpp"
#include "common/shards.hpp"
#include "common/store_served.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t k_few = 3, k_many = 7;

std::string content(std::uint32_t kind) {
    std::string bytes;
    for (std::size_t i = 0; i < (kind == k_few ? 100 : 100'000); ++i)
        bytes.push_back(static_cast<char>(i * 2654435761u >> 13));
    return bytes;
}

void write_columns(const fs::path& path) {
    Result<ColumnFileWriter> out = ColumnFileWriter::create(path, 5);
    REQUIRE(out);
    for (const std::uint32_t kind : {k_few, k_many}) {
        out->begin(kind);
        out->append(content(kind));
    }
    REQUIRE(out->finish());
}

/// Gives the pages of a file, as a server does, and notes which.
class PagesOfFile : public ColumnPages {
 public:
    PagesOfFile(const fs::path& path, std::vector<std::uint64_t>& asked, char flip = 0)
        : in_(path, std::ios::binary), asked_(asked), flip_(flip) {}

    std::string page(std::uint64_t number) override {
        asked_.push_back(number);
        std::string page(k_column_page, '\0');
        in_.clear();
        in_.seekg(static_cast<std::streamoff>(number * k_column_page));
        in_.read(page.data(), static_cast<std::streamsize>(page.size()));
        page.resize(static_cast<std::size_t>(in_.gcount()));
        if (number != 0) page[0] = static_cast<char>(page[0] ^ flip_);
        return page;
    }

 private:
    std::ifstream in_;
    std::vector<std::uint64_t>& asked_;
    char flip_;
};

struct Elsewhere {
    ScratchFolder folder;
    fs::path path = folder.path() / "columns.lim", copy = folder.path() / "copy.lim";
    std::vector<std::uint64_t> asked;

    Elsewhere() { write_columns(path); }
    Result<ColumnFile> open(const fs::path& kept, char flip = 0) {
        asked.clear();
        return ColumnFile::open_elsewhere("server:1", fs::file_size(path),
                                          std::make_unique<PagesOfFile>(path, asked, flip), kept);
    }
};

void read_all(const ColumnFile& file) {
    CHECK(file.documents() == 5);
    for (const std::uint32_t kind : {k_few, k_many}) CHECK(file.bytes(kind, 0, file.size(kind)) == content(kind));
}

}  // namespace

TEST_CASE("columns elsewhere: each page is asked for once, when it is needed, and kept for the next") {
    Elsewhere there;
    for (const fs::path& kept : {there.copy, fs::path(), there.folder.path() / "none" / "copy.lim"}) {
        Result<ColumnFile> file = there.open(kept);
        REQUIRE(file);
        CHECK(there.asked == std::vector<std::uint64_t>{0});
        CHECK(file->bytes(k_many, 50'000, 10) == content(k_many).substr(50'000, 10));
        CHECK(there.asked.size() <= 4);  // the block, its checksum
        read_all(*file);
        std::sort(there.asked.begin(), there.asked.end());
        CHECK(std::adjacent_find(there.asked.begin(), there.asked.end()) == there.asked.end());
        CHECK(there.asked.size() == pages_of(fs::file_size(there.path)));
    }
    Result<ColumnFile> again = there.open(there.copy);
    REQUIRE(again);
    read_all(*again);
    CHECK(there.asked == std::vector<std::uint64_t>{0});
}

TEST_CASE("columns elsewhere: what is kept and was damaged, or cut, is asked for again") {
    Elsewhere there;
    read_all(*there.open(there.copy));
    const std::uint64_t size = fs::file_size(there.path);
    for (std::uint64_t at = 10; at < size; at += 9'999) {
        std::fstream(there.copy, std::ios::in | std::ios::out | std::ios::binary)
            .seekp(static_cast<std::streamoff>(at))
            .put('\x55');
        read_all(*there.open(there.copy));
    }
    fs::resize_file(there.copy, size / 2);
    read_all(*there.open(there.copy));
    CHECK(there.asked.size() > 1);
    CHECK(there.asked.size() < pages_of(size));
}

TEST_CASE("columns elsewhere: a server that gives other bytes is found out") {
    Elsewhere there;
    Result<ColumnFile> file = there.open({}, 1);
    REQUIRE(file);
    CHECK_THROWS_AS(file->bytes(k_many, 0, file->size(k_many)), Damaged);
    CHECK_FALSE(ColumnFile::open_elsewhere("server:1", fs::file_size(there.path) + 1,
                                           std::make_unique<PagesOfFile>(there.path, there.asked), {}));
    CHECK_FALSE(ColumnFile::open_elsewhere("server:1", 3, std::make_unique<PagesOfFile>(there.path, there.asked), {}));
}

TEST_CASE("servers: a host and a port, but where it is a path") {
    struct Row {
        std::string name, host;
        unsigned port;
    };
    for (const Row& row : {Row{"localhost:9000", "localhost", 9000}, Row{"10.0.0.2:1", "10.0.0.2", 1},
                           Row{"[::1]:8000", "::1", 8000}, Row{"h:65535", "h", 65535}}) {
        const auto address = server_address(row.name);
        INFO(row.name);
        REQUIRE(address);
        CHECK(address->host == row.host);
        CHECK(address->port == row.port);
    }
    for (const char* const name : {"presse.db", "presse:", ":9000", "h:0", "h:65536", "h:90a", "h:-1", "::1:8000",
                                   "./h:9000", "a/b:9000", "", ":"}) {
        INFO(name);
        CHECK_FALSE(server_address(name));
    }
    const ScratchFolder folder;
    const fs::path before = fs::current_path();
    fs::current_path(folder.path());
    fs::create_directory("presse:2024");
    CHECK_FALSE(server_address("presse:2024"));
    fs::current_path(before);
}

TEST_CASE("shards: folders tell their number, one that is missing is named, an id stays in its shard") {
    const ScratchFolder folder;
    CHECK(shards_of(folder.path()).value().empty());
    CHECK(shards_of(folder.path() / "none").value().empty());
    for (std::size_t i = 0; i < 3; ++i) fs::create_directory(shard_folder(folder.path(), i, 3));
    const auto all = shards_of(folder.path());
    REQUIRE(all);
    REQUIRE(all->size() == 3);
    CHECK(all->back().filename() == "shard-3-of-3");
    fs::remove(all->at(1));
    const auto missing = shards_of(folder.path());
    REQUIRE_FALSE(missing);
    CHECK(missing.error().message.find("shard-2-of-3") != std::string::npos);
    // What is on the disk holds other versions to it.
    CHECK(shard_of("economie/banque.txt", 4) == 3);
    std::vector<std::size_t> sizes(4);
    for (int i = 0; i < 4000; ++i) ++sizes[shard_of("doc" + std::to_string(i), 4)];
    for (const std::size_t size : sizes) CHECK(size > 900);
}
