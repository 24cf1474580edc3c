#include "searcher/repl/filters.hpp"

#include <algorithm>
#include <tuple>

#include "common/output/language.hpp"
#include "common/text/fold.hpp"
#include "searcher/amount_ranges.hpp"
#include "searcher/query/field_index.hpp"
#include "searcher/query/parse.hpp"

namespace limier {
namespace {

bool is_filter(const Node& node) {
    switch (node.kind) {
        case NodeKind::field:
        case NodeKind::range:
        case NodeKind::has:
            return true;
        case NodeKind::list:
        case NodeKind::and_:
        case NodeKind::or_:
        case NodeKind::not_:
            return !node.children.empty() && std::all_of(node.children.begin(), node.children.end(), is_filter);
        default:
            return false;
    }
}

}  // namespace

Node filter_on(const FieldInfo& field, std::string_view value) {
    Node node;
    node.kind = NodeKind::field;
    node.field = &field;
    node.value = value;
    node.exact = field.kind != FieldKind::date;
    if (const auto bounds = field.kind == FieldKind::amount ? amount_range_bounds(value) : std::nullopt) {
        node.kind = NodeKind::range;
        node.value.clear();
        node.exact = false;
        std::tie(node.low, node.high) = *bounds;
    }
    return node;
}

Node filter_on_alone(const Index& index, const FieldInfo& field, std::string_view value) {
    Node node = filter_on(field, value);
    node.canonical =
        field.kind == FieldKind::entity && entity_keys(index, field.field, fold_key(value), false).found.size() > 1;
    return node;
}

Result<std::vector<Node>> read_filters(const std::string& text) {
    Result<ParsedQuery> parsed = parse_query(join_arguments(std::span(&text, 1)), Leniency::strict);
    if (!parsed) return parsed.error();
    if (!is_filter(parsed->root)) {
        return Error{Code::usage, std::string(tr("no filter: ", "pas un filtre : ")) + text,
                     std::string(tr(":+ person 2 (a number of the facet), or :+ person:Musk",
                                    ":+ person 2 (un numéro de la facette), ou :+ person:Musk"))};
    }
    return std::move(parsed->root.children);
}

std::string filter_text(const Node& filter) {
    Node list;
    list.children.push_back(filter);
    return print_query(list);
}

NarrowedQuery narrowed(const std::string& query, std::span<const Node> filters) {
    if (filters.empty()) return {query, {}};
    Node whole;
    std::vector<std::string> notes;
    if (const Result<ParsedQuery> parsed = parse_query(query, Leniency::lenient)) {
        whole = parsed->root;
        std::erase_if(whole.children,
                      [](const Node& node) { return node.kind == NodeKind::all; });  // all of the filters'
        for (const QueryNote& note : parsed->notes) notes.push_back(note.message);
    }
    std::string typed = query;
    for (const Node& filter : filters) {
        whole.children.push_back(filter);
        typed += (typed.empty() ? "" : " ") + filter_text(filter);
    }
    // As typed, where that is understood so beside the filters too: it is what the user knows.
    const Result<ParsedQuery> beside = parse_query(typed, Leniency::lenient);
    if (beside && print_tree(beside->root) == print_tree(whole)) return {typed, {}};
    return {print_query(whole), std::move(notes)};
}

}  // namespace limier
