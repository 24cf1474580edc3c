#include "searcher/query/remove_filters.hpp"

#include <algorithm>

namespace limier {
namespace {

/// Whether the operand asks for values of the field and nothing else.
bool filters(const Node& node, Field field) {
    switch (node.kind) {
        case NodeKind::field:
        case NodeKind::range:
            return node.field->field == field;
        case NodeKind::list:
        case NodeKind::and_:
        case NodeKind::or_:
            return !node.children.empty() &&
                   std::all_of(node.children.begin(), node.children.end(), [&](const Node& child) {
                       return child.occur != Occur::must_not && filters(child, field);
                   });
        default:
            return false;
    }
}

}  // namespace

bool remove_filters(Node& root, Field field) {
    const std::size_t before = root.children.size();
    std::erase_if(root.children,
                  [field](const Node& child) { return child.occur != Occur::must_not && filters(child, field); });
    bool removed = root.children.size() != before;
    for (Node& child : root.children) {
        const bool all = child.kind == NodeKind::and_ || child.kind == NodeKind::list;
        if (all && child.occur != Occur::must_not) removed = remove_filters(child, field) || removed;
        // Of `chat SAUF sport` what is taken from: the first.
        if (child.kind == NodeKind::not_ && child.children.size() == 2 && child.occur != Occur::must_not &&
            filters(child.children[0], field)) {
            child.children.erase(child.children.begin());
            removed = true;
        }
    }
    return removed;
}

}  // namespace limier
