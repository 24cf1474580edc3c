// Documents of office programs and books, a part of which has any change or is any bytes: what is taken is sound.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "indexer/readers/format.hpp"
#include "tests/fuzz/changes.hpp"
#include "tests/fuzz/office_samples.hpp"
#include "tests/indexer/readers/invariants.hpp"
#include "tests/scratch.hpp"

using namespace limier;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const ScratchFolder folder;
    static const std::vector<OfficeSample> samples = office_samples();
    Input input{{reinterpret_cast<const char*>(data), size}};
    const auto choice = input.take<std::uint8_t>();
    const OfficeSample& sample = samples[choice / 2 % samples.size()];
    std::vector<Entry> parts = sample.parts;
    std::string& part = parts[choice / 2 / samples.size() % parts.size()].bytes;
    if (choice % 2 == 0) {
        while (!input.bytes.empty()) change(input, part);
    } else {
        part = input.bytes;
    }
    const std::filesystem::path path = folder.path() / sample.name;
    const std::size_t bytes = pack(path, k_zip, parts, "zip:compression=store").size();
    const std::unique_ptr<FileReader> reader = open_file({path, "id", bytes, sample.name});
    require(reader != nullptr);
    for (;;) {
        const FileReader::Step step = reader->next();
        if (!step.document && !step.refusal && !step.passed_over) return 0;
        if (step.document) require(broken_invariant(*step.document).empty() && step.document->id.starts_with("id"));
    }
}
