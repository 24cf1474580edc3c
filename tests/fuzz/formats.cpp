// Any bytes as a file of a format that is read from bytes in memory: the first byte picks the format, or leaves it to
// what the content says. What is taken is sound, and reading ends.
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "indexer/readers/format.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/indexer/readers/invariants.hpp"

using namespace limier;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // The last is read by its content.
    constexpr std::array<const char*, 8> k_names{"a.json", "a.csv",  "a.tsv", "a.jsonl",
                                                 "a.xml",  "a.warc", "a.rtf", "a"};
    static const SourceOptions by_content = [] {
        SourceOptions options;
        options.format = k_by_content;
        return options;
    }();
    if (size == 0) return 0;
    const char* const name = k_names[data[0] % k_names.size()];
    std::string bytes(data + 1, data + size);
    InputFile file{"/folder/a", "a", bytes.size(), name};
    file.outside = true;
    if (name == k_names.back()) file.options = &by_content;
    file.bytes = bytes_then(std::move(bytes));
    const std::unique_ptr<FileReader> reader = open_file(file);
    if (!reader) return 0;
    for (;;) {
        const FileReader::Step step = reader->next();
        if (step.document) require(broken_invariant(*step.document).empty());
        if (step.is_end()) return 0;
    }
}
