// Any bytes as a text, as a line of JSON Lines and as a date: what is taken is sound, and a text is read again as
// itself.
#include "indexer/readers.hpp"

#include <cstdint>
#include <string_view>

#include "common/dates.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/indexer/readers/invariants.hpp"

using namespace limier;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(data, data + size);
    if (const Result<Document> document = read_plain_text("id", "/id.txt", input)) {
        require(broken_invariant(*document).empty());
        const Result<Document> again = read_plain_text("id", "/id.txt", "\uFEFF" + document->text);
        require(again && again->text == document->text && again->title == document->title);
    }
    if (const Result<Document> document = read_json_object(input, "/id.jsonl", 1))
        require(broken_invariant(*document).empty());
    if (const auto date = parse_date(input)) require(parse_date(date_text(*date)) == date);
    return 0;
}
