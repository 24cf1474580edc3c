// Any bytes as a file of synonyms and, behind its last line, a query: reading ends, and what the query is widened to
// holds together.
#include "searcher/query/synonyms.hpp"

#include <cstdint>
#include <string>

#include "common/text/utf8.hpp"
#include "searcher/query/questions.hpp"
#include "tests/fuzz/require.hpp"

using namespace limier;

namespace {

void check_node(const Node& node, std::size_t size) {
    require(node.begin <= node.end && node.end <= size);
    require(node.kind != NodeKind::or_ || !node.children.empty());
    require(word_uses(node.children).size() == node.children.size());
    for (const Node& child : node.children) check_node(child, size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input = clean_utf8(std::string(data, data + size)).text;
    const std::size_t last = input.rfind('\n');
    const std::string query = last == std::string::npos ? input : input.substr(last + 1);
    static Analyser analyser;
    static const Synonyms own(analyser);
    Synonyms synonyms = own;
    if (last != std::string::npos) {
        const Result<void> added = synonyms.add(input.substr(0, last), "input", analyser);
        require(added || added.error().code == Code::usage);
    }
    Result<ParsedQuery> parsed = parse_query(query, Leniency::lenient);
    if (!parsed) return 0;
    synonyms.expand(parsed->root, analyser);
    check_node(parsed->root, query.size());
    return 0;
}
