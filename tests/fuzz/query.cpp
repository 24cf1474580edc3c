// Any bytes as a query: reading ends, and what was read, printed, reads the same.
#include <cstdint>
#include <string>

#include "common/text/utf8.hpp"
#include "searcher/query/parse.hpp"
#include "tests/fuzz/require.hpp"

using namespace limier;

namespace {

void check_bytes(const Node& node, std::size_t size) {
    require(node.begin <= node.end && node.end <= size);
    for (const Node& child : node.children) check_bytes(child, size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string query = clean_utf8(std::string(data, data + size)).text;
    const Result<ParsedQuery> strict = parse_query(query, Leniency::strict);
    const Result<ParsedQuery> lenient = parse_query(query, Leniency::lenient);
    if (!strict) require(strict.error().code == Code::query && is_utf8(strict.error().hint));
    require(lenient || !strict);
    if (!lenient) return 0;
    check_bytes(lenient->root, query.size());
    const Result<ParsedQuery> again = parse_query(print_query(lenient->root), Leniency::strict);
    require(again && print_tree(again->root) == print_tree(lenient->root));
    static_cast<void>(join_arguments(std::vector<std::string>{query, query}));
    return 0;
}
