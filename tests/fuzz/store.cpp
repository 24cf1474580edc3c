// An index whose stub, manifest or list of removed rows has any change, under a good seal or not: it opens, and all of
// it is read, or it is refused, and `indexer check` ends.
#include "common/store.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

#include "common/column_sections.hpp"
#include "common/store_files.hpp"
#include "indexer/build.hpp"
#include "indexer/published.hpp"
#include "tests/fuzz/changes.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

/// An index of two parts, of which one has removed rows.
std::filesystem::path make_index(const std::filesystem::path& folder) {
    BuildOptions options;
    options.paths = {folder / "a.jsonl"};
    options.db = folder / "db";
    options.jobs = 1;
    std::string lines;
    for (int i = 0; i < 40; ++i) lines += "{\"id\":\"" + std::to_string(i) + "\",\"body\":\"Le tramway de Lyon.\"}\n";
    write_bytes(folder / "a.jsonl", lines);
    require(!build_index(options).error);
    write_bytes(folder / "a.jsonl", lines + R"({"id":"b","title":"Elon Musk","body":"À Paris.","date":"2025-01"})");
    options.update = true;
    require(!build_index(options).error);
    require(remove_documents(options.db, {"3", "5", "39"}).removed == 3);
    require(check_index(options.db).value().empty());
    return options.db;
}

void write_rows(Input& input, const std::filesystem::path& path) {
    Result<ColumnFileWriter> out = ColumnFileWriter::create(path, 40 + input.take<std::uint8_t>() % 2);
    require(bool(out));
    out->begin(input.take<std::uint8_t>() % 8 == 0 ? k_removed + 1 : k_removed);
    out->append(input.bytes);
    require(bool(out->finish()));
}

void read_all(Index index) {
    require(index.all_documents().size() == index.documents());
    index.find_id("b");
    IndexDocuments documents(std::move(index));
    while (documents.next()) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const ScratchFolder folder;
    static const std::filesystem::path db = make_index(folder.path());
    static const std::filesystem::path generation = Index::open(db)->generation();
    const std::filesystem::path files[] = {db / k_stub, generation / k_manifest,
                                           generation / "part-000000" / k_removed_file};
    Input input{{reinterpret_cast<const char*>(data), size}};
    const auto choice = input.take<std::uint8_t>();
    const std::filesystem::path& path = files[choice % 3];
    const std::string sound = read_file(path);
    if (choice % 3 == 2 && choice / 3 % 2 == 0) {
        write_rows(input, path);
    } else {
        const bool seal = choice / 3 % 2 == 0;
        std::string bytes(seal ? unsealed(sound).value() : sound);
        if (choice / 6 % 4 == 0) {
            bytes = input.bytes;
        } else {
            while (!input.bytes.empty()) change(input, bytes);
        }
        write_bytes(path, seal ? sealed(bytes) : bytes);
    }
    if (Result<Index> index = Index::open(db)) static_cast<void>(guarded([&] { read_all(std::move(*index)); }));
    static_cast<void>(check_index(db));
    static_cast<void>(check_part(generation / "part-000000"));
    write_bytes(path, sound);
    return 0;
}
