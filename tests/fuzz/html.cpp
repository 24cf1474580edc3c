// Any bytes as a page of HTML: what is taken is sound, and the text of it is the text of a page that says only that.
#include "indexer/readers/html.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "common/text/utf8.hpp"
#include "tests/indexer/readers/invariants.hpp"

using namespace limier;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

std::string escaped(std::string_view text) {
    std::string out = "<pre>\n";
    for (const char c : text) c == '<' ? out += "&lt;" : c == '&' ? out += "&amp;" : out += c;
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(data, data + size);
    const InputFile file{"/id.html", "id.html", size, "id.html"};
    if (const Result<Document> document = read_html(file, input)) require(broken_invariant(*document).empty());
    const std::string utf8 = decode_html(input);
    require(clean_utf8("\n" + utf8).text == "\n" + utf8);
    if (const Result<std::string> text = text_of_html(utf8)) {
        const Result<std::string> again = text_of_html(escaped(*text));
        require(again && squeezed(*again) == squeezed(*text));
    }
    return 0;
}
