// The tree of a parsed query. No Xapian here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "common/schema.hpp"

namespace limier {

enum class NodeKind {
    words,     ///< a run of plain text: `value`; analysed by the builder, one operand a token
    phrase,    ///< `value` between quotes
    prefix,    ///< `value*`
    wildcard,  ///< `value` holds `*` or `?` elsewhere than at the end: `*tion`, `ch?val`
    fuzzy,     ///< `value~n`; n in `distance`, 1 or 2
    field,     ///< `field:value`; `exact` when the value was quoted, `canonical` after `:=`; children[0] instead where
               ///< the value is a group
    range,     ///< `field:low..high` or a comparison; `low` or `high` empty where open
    has,       ///< `has:field`: the documents that have a value of it
    all,       ///< `*` alone
    list,      ///< operands side by side: joined by --match, each with its `occur`
    and_,      ///< children joined by AND / ET
    or_,       ///< children joined by OR / OU
    not_,      ///< children[0] without children[1]; with one child, everything without it
    near,      ///< children within `distance` words, any order
    adj,       ///< children within `distance` words, in order
};

/// What a `list` asks of an operand.
enum class Occur { should, must, must_not };

struct Node {
    NodeKind kind = NodeKind::list;
    Occur occur = Occur::should;
    const FieldInfo* field = nullptr;  ///< null: the text and the title
    std::string value;
    bool exact = false;
    bool canonical = false;  ///< the value a facet shows, under no other name
    std::string low, high;
    bool low_exclusive = false, high_exclusive = false;
    int distance = 0;
    double boost = 1;
    std::size_t begin = 0, end = 0;  ///< bytes in the query, exclusive
    std::vector<Node> children;
};

/// Something that was read leniently, or is worth saying: an unknown field read as words, a lost parenthesis.
struct QueryNote {
    std::size_t begin = 0, end = 0;  ///< bytes in the query
    std::string message;
};

struct ParsedQuery {
    Node root;  ///< always a `list`
    std::vector<QueryNote> notes;
};

enum class Leniency { strict, lenient };

/// Reads a query. Errors (strict only): a malformed operator; the hint shows the query with a caret under the place.
/// Lenient reading fails only on an empty query and on one that asks for too much (parse.hpp); it says in `notes`
/// what it ignored.
Result<ParsedQuery> parse_query(std::string_view query, Leniency leniency);

/// The tree as one line, for --explain and tests: `(list word…)`; see the tests for its form.
std::string print_tree(const Node& node);

/// The tree as a query that parses to the same tree.
std::string print_query(const Node& node);

}  // namespace limier
