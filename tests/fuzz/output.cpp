// Any template and any text in a result: every format writes its records, JSON parses back to the same text.
#include "searcher/output.hpp"

#include <cstdint>
#include <string>

#include <rapidjson/document.h>

#include "common/text/utf8.hpp"
#include "tests/fuzz/require.hpp"

using namespace limier;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(data, data + size);
    const std::string text = clean_utf8(input).text;
    SearchResult result;
    result.query = result.qid = text;
    result.total = 1;
    result.suggestion = text;
    Hit hit;
    hit.rank = 1;
    hit.id = hit.path = hit.title = hit.date = hit.source = hit.author = hit.url = hit.snippet = text;
    hit.title_highlights = {{0, static_cast<std::uint32_t>(text.size())}};
    hit.entities = {{Field::person, {text}}};
    hit.topics = {text};
    result.hits = {hit};
    result.facets = {{"date:" + text, {{text, 1, true}}}};
    OutputOptions options;
    options.template_text = input;
    options.terminal = options.batch = true;
    options.colour = size % 2 == 1;
    options.width = size % 100;
    for (const OutputFormat& format : output_formats()) {
        auto formatter = make_formatter(format.name, options);
        if (!formatter) {
            require(format.name == "template");
            continue;
        }
        const std::string out = (*formatter)->result(result);
        require(out.ends_with('\n'));
        if (format.name != "json" && format.name != "jsonl") continue;
        rapidjson::Document document;
        document.Parse<rapidjson::kParseValidateEncodingFlag>(out.data(), out.size());
        require(!document.HasParseError());
        const auto& title = document["hits"][0]["title"];
        require(text == std::string_view(title.GetString(), title.GetStringLength()));
    }
    return 0;
}
