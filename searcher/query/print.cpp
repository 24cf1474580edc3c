// The tree as one line and as a query.
#include <algorithm>
#include <array>
#include <charconv>

#include "common/text/utf8.hpp"
#include "searcher/query/operators.hpp"
#include "searcher/query/quotes.hpp"
#include "searcher/query/word.hpp"

namespace limier {
namespace {

std::string boost_text(double boost) {
    if (boost == 1) return {};
    std::array<char, 400> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), boost, std::chars_format::fixed).ptr;
    return "^" + std::string(digits.data(), end);
}

std::string_view sign(Occur occur) { return occur == Occur::must ? "+" : occur == Occur::must_not ? "-" : ""; }

/// A value in a tree: bare where that cannot be taken for the tree's own signs.
std::string tree_value(std::string_view value) {
    const bool sign = value.starts_with('+') || value.starts_with('-');
    if (!value.empty() && !sign && value.find_first_of(" \"()\\^") == std::string_view::npos) return std::string(value);
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string tree_range(const Node& node) {
    std::string out = "(range " + std::string(node.field->name);
    if (!node.low.empty()) out += (node.low_exclusive ? " >" : " >=") + tree_value(node.low);
    if (!node.high.empty()) out += (node.high_exclusive ? " <" : " <=") + tree_value(node.high);
    return out + ")";
}

std::string tree_head(const Node& node) {
    switch (node.kind) {
        case NodeKind::phrase:
            return "(phrase " + tree_value(node.value);
        case NodeKind::prefix:
            return "(prefix " + tree_value(node.value);
        case NodeKind::wildcard:
            return "(wildcard " + tree_value(node.value);
        case NodeKind::fuzzy:
            return "(fuzzy " + tree_value(node.value) + " " + std::to_string(node.distance);
        case NodeKind::field:
            return "(field " + std::string(node.field->name) +
                   (node.canonical ? " =="
                    : node.exact   ? " ="
                                   : "") +
                   (node.children.empty() ? " " + tree_value(node.value) : "");
        case NodeKind::has:
            return "(has " + std::string(node.field->name);
        case NodeKind::list:
            return "(list";
        case NodeKind::and_:
            return "(and";
        case NodeKind::or_:
            return "(or";
        case NodeKind::not_:
            return "(not";
        case NodeKind::near:
            return "(near " + std::to_string(node.distance);
        default:
            return "(adj " + std::to_string(node.distance);
    }
}

// ---- as a query

int precedence(const Node& node) {
    const Operator* row = operator_of(node.kind);
    return row == nullptr ? node.kind == NodeKind::list ? 0 : 9 : row->precedence;
}

/// A value between quotes that it does not hold itself.
std::string quoted(const std::string& value) {
    for (const auto& [open, close] :
         {std::pair<std::string, std::string>{"\"", "\""}, {"«", "»"}, {"“", "”"}, {"„", "”"}}) {
        std::string text = open + value + close;
        const std::optional<Quotation> read = quotation_at(text, 0);
        if (read && read->end == text.size() && read->content.of(text) == value) return text;
    }
    return "\"" + value + "\"";
}

/// A word such that it reads as that word: a comma keeps `ET` from being an operator.
std::string plain_word(const Node& node) { return (read_operator(node.value).row != nullptr ? "," : "") + node.value; }

std::string bound_text(const std::string& value) {
    const bool plain = value.find_first_not_of("0123456789-/") == std::string::npos && !value.starts_with('-') &&
                       !value.ends_with('-');
    return plain ? value : quoted(value);
}

std::string range_text(const Node& node) {
    const std::string name = std::string(node.field->name) + ":";
    if (node.low_exclusive) return name + ">" + bound_text(node.low);
    if (node.high_exclusive) return name + "<" + bound_text(node.high);
    return name + (node.low.empty() ? "" : bound_text(node.low)) + ".." +
           (node.high.empty() ? "" : bound_text(node.high));
}

std::string query_of(const Node& node);

std::string in_brackets(const Node& node) { return "(" + query_of(node) + ")"; }

std::string field_text(const Node& node) {
    const std::string name = std::string(node.field->name) + ":";
    if (node.children.empty())
        return name + (node.canonical ? "=" : "") + (node.exact ? quoted(node.value) : node.value);
    const Node& child = node.children.front();
    const bool word = child.kind == NodeKind::prefix || child.kind == NodeKind::wildcard ||
                      child.kind == NodeKind::fuzzy || child.kind == NodeKind::all;
    const bool bare = word && node.field->kind == FieldKind::text && child.occur == Occur::should && child.boost == 1;
    return name + (bare ? query_of(child) : in_brackets(child));
}

bool is_number(const Node& node) {
    return node.kind == NodeKind::words && !node.value.empty() && node.value.front() >= '0' &&
           node.value.front() <= '9';
}

/// Whether a sign before the word alone would be none: `-elle`, `-20 %`.
bool sign_needs_brackets(const Node& node) {
    if (node.occur == Occur::should || node.value.empty() || node.field != nullptr) return false;
    std::size_t at = 0;
    return !is_letter(next_code_point(node.value, at)) || is_enclitic(node.value) ||
           read_operator(node.value).row != nullptr;
}

std::string list_text(const Node& node) {
    std::string out;
    const Node* before = nullptr;
    for (const Node& child : node.children) {
        // Two blanks: `5 000` is one number.
        if (before != nullptr) out += is_number(*before) && is_number(child) ? "  " : " ";
        before = &child;
        out += sign(child.occur);
        const bool group = child.kind == NodeKind::list || operator_of(child.kind) != nullptr;
        const bool signed_group = child.occur != Occur::should && (group || sign_needs_brackets(child));
        const bool taken_apart =
            child.kind == NodeKind::list || (child.kind == NodeKind::not_ && node.children.size() > 1);
        const std::string text = query_of(child);
        // `chat NOT …` would take from the word before.
        const bool goes_on = &child != &node.children.front() && text.starts_with("NOT ");
        const bool brackets = !(group && child.boost != 1) && (signed_group || taken_apart || goes_on);
        out += brackets ? "(" + text + ")" : text;
    }
    return out;
}

std::string operator_text(const Node& node) {
    const Operator& row = *operator_of(node.kind);
    const std::string word = std::string(row.english) + (row.distance ? "/" + std::to_string(node.distance) : "");
    std::string out = node.children.size() == 1 ? word + " " : "";
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const Node& child = node.children[i];
        if (i > 0) out += " " + word + " ";
        const bool capitals = child.kind == NodeKind::words && !has_lower(child.value);
        const bool boosted = child.boost != 1 && (operator_of(child.kind) != nullptr || child.kind == NodeKind::list);
        out += !boosted && (capitals || precedence(child) <= row.precedence) ? in_brackets(child) : query_of(child);
    }
    return out;
}

std::string unweighted(const Node& node) {
    switch (node.kind) {
        case NodeKind::words:
            return plain_word(node);
        case NodeKind::phrase:
            return quoted(node.value);
        case NodeKind::prefix:
            return node.value + "*";
        case NodeKind::wildcard:
            return node.value;
        case NodeKind::fuzzy:
            return node.value + "~" + std::to_string(node.distance);
        case NodeKind::field:
            return field_text(node);
        case NodeKind::range:
            return range_text(node);
        case NodeKind::has:
            return "has:" + std::string(node.field->name);
        case NodeKind::all:
            return "*";
        case NodeKind::list:
            return list_text(node);
        default:
            return operator_text(node);
    }
}

std::string query_of(const Node& node) {
    std::string text = unweighted(node);
    if (node.boost == 1) return text;
    const bool raw = node.kind == NodeKind::field && node.field->kind == FieldKind::raw && !node.exact;
    const bool group = node.kind == NodeKind::list || operator_of(node.kind) != nullptr || raw;
    return (group ? "(" + text + ")" : text) + boost_text(node.boost);
}

}  // namespace

std::string print_tree(const Node& node) {
    std::string out(sign(node.occur));
    if (node.kind == NodeKind::all) {
        out += "*";
    } else if (node.kind == NodeKind::words) {
        const bool bare = tree_value(node.value) == node.value;
        out += bare ? node.value : "(words " + tree_value(node.value) + ")";
    } else if (node.kind == NodeKind::range) {
        out += tree_range(node);
    } else {
        out += tree_head(node);
        for (const Node& child : node.children) out += " " + print_tree(child);
        out += ")";
    }
    return out + boost_text(node.boost);
}

std::string print_query(const Node& node) { return query_of(node); }

}  // namespace limier
