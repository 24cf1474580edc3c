// Any bytes as Markdown with front matter: what is taken is sound.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "indexer/readers/format.hpp"
#include "tests/indexer/readers/invariants.hpp"

using namespace limier;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(data, data + size);
    const Reading reading = read_markdown_file({"/id.md", "id.md", size, "id.md"}, input);
    for (const Document& document : reading.documents)
        if (!broken_invariant(document).empty()) std::abort();
    if (reading.documents.size() + reading.refusals.size() != 1) std::abort();
    return 0;
}
