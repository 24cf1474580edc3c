#include <fstream>
#include <iterator>
#include <random>

#include <catch2/catch.hpp>

#include "common/store.hpp"
#include "indexer/build.hpp"
#include "indexer/document_ids.hpp"
#include "tests/common/english.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Articles of made-up words, with names, so that every section has something; enough of them for several batches.
void write_articles(const std::filesystem::path& path, int count) {
    std::mt19937 random(11);
    const std::vector<std::string> persons{"Elon Musk", "Emmanuel Macron", "Jeanne Le Bihan", "Sam Altman"};
    std::ofstream out(path);
    for (int i = 0; i < count; ++i) {
        std::string body;
        for (int word = 0; word < 600; ++word) {
            const auto n = random() % 3000;
            body += word % 90 == 89
                        ? "Selon " + persons[random() % persons.size()] + ", le week-end. "
                        : "mot" + std::string(1, static_cast<char>('a' + n % 26)) +
                              std::string(1, static_cast<char>('a' + n / 26 % 26)) + (n % 7 == 0 ? "s " : " ");
        }
        out << R"({"id":")" << i << R"(","title":"Titre )" << i % 50 << R"(","source":"journal","date":"2024-0)"
            << 1 + i % 9 << R"(-11","body":")" << body << "\"}\n";
    }
}

BuildReport build(const ScratchFolder& folder, const std::string& db, unsigned jobs,
                  std::uint64_t memory = k_default_memory) {
    BuildOptions options;
    options.paths = {folder.path() / "articles.jsonl"};
    options.db = folder.path() / db;
    options.jobs = jobs;
    options.memory = memory;
    return build_index(options);
}

}  // namespace

TEST_CASE("build: the columns are the same byte for byte, whatever the threads and the memory") {
    const ScratchFolder folder;
    write_articles(folder.path() / "articles.jsonl", 1500);
    const BuildReport first = build(folder, "one", 1);
    REQUIRE_FALSE(first.error);
    REQUIRE(first.documents == 1500);
    const std::string columns = "generation-000001/part-000000/columns.lim";
    const std::string expected = bytes_of(folder.path() / "one" / columns);
    REQUIRE(expected.size() > 1'000'000);
    const std::vector<std::pair<unsigned, std::uint64_t>> others{
        {2, k_default_memory}, {4, k_default_memory}, {3, k_least_memory}};
    for (const auto& [jobs, memory] : others) {
        const std::string db = "jobs" + std::to_string(jobs);
        REQUIRE_FALSE(build(folder, db, jobs, memory).error);
        CHECK(bytes_of(folder.path() / db / columns) == expected);
    }
    Result<Index> index = Index::open(folder.path() / "jobs4");
    REQUIRE(index);
    for (std::uint32_t row = 0; row < 1500; row += 100)
        CHECK(index->place(row + 1).segment->record(row).id == std::to_string(row));
}

TEST_CASE("build: progress goes from reading to merging to publishing, and its share never beyond the whole") {
    const ScratchFolder folder;
    write_articles(folder.path() / "articles.jsonl", 500);
    std::vector<BuildProgress> seen;
    BuildOptions options;
    options.paths = {folder.path() / "articles.jsonl"};
    options.db = folder.path() / "db";
    options.jobs = 2;
    options.progress = [&seen](const BuildProgress& progress) { seen.push_back(progress); };
    REQUIRE_FALSE(build_index(options).error);
    REQUIRE(seen.size() >= 3);
    CHECK(seen.front().phase == BuildProgress::Phase::reading);
    CHECK(seen.back().phase == BuildProgress::Phase::publishing);
    for (std::size_t i = 1; i < seen.size(); ++i) {
        CHECK(seen[i].phase >= seen[i - 1].phase);
        CHECK((seen[i].share >= 0 && seen[i].share <= 1));
        CHECK((seen[i].phase != seen[i - 1].phase || seen[i].share >= seen[i - 1].share));
    }
}

TEST_CASE("build: an id that comes again is told, with the path it first had") {
    DocumentIds ids(*std::pmr::get_default_resource());
    for (int i = 0; i < 5000; ++i) {
        const std::string path = "folder" + std::to_string(i / 1000);
        REQUIRE_FALSE(ids.add("id" + std::to_string(i), path));
    }
    for (int i = 0; i < 5000; ++i) {
        const auto first = ids.add("id" + std::to_string(i), "elsewhere");
        REQUIRE(first);
        CHECK(*first == "folder" + std::to_string(i / 1000));
    }
    CHECK_FALSE(ids.add("", "p"));
}
