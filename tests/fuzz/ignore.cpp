// Any bytes as a `.limierignore`, its last line as a path: every verdict comes, and is the same twice.
#include "indexer/readers/ignore.hpp"

#include <cstdint>
#include <string>

#include "tests/fuzz/changes.hpp"

using namespace limier;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(data, data + size);
    const std::size_t last = input.rfind('\n');
    const std::string path = input.substr(last + 1);
    const IgnoreRules rules(std::string_view(input).substr(0, last == std::string::npos ? 0 : last));
    for (const bool folder : {false, true}) require(rules.verdict(path, folder) == rules.verdict(path, folder));
    return 0;
}
