#include "searcher/query/caret.hpp"

#include <algorithm>

#include "common/output/terminal.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr std::string_view k_indent = "  ";
constexpr std::size_t k_most_before = 50;
constexpr std::size_t k_most_after = 26;
constexpr std::size_t k_most_code_point = 4;

/// The end of a text in at most `columns` columns, with `…` where something was lost.
std::string fit_end(std::string_view text, std::size_t columns) {
    if (display_width(text) <= columns) return std::string(text);
    std::size_t at = text.size();
    for (std::size_t width = 1; at > 0;) {
        std::size_t before = at;
        previous_code_point(text, before);
        width += display_width(text.substr(before, at - before));
        if (width > columns) break;
        at = before;
    }
    return "…" + std::string(text.substr(at));
}

}  // namespace

std::string caret_line(std::string_view query, std::size_t at) {
    at = std::min(at, query.size());
    // Only what the window can show is looked at: a query may be a pasted book.
    const std::size_t from = at - std::min(at, k_most_before * 8);
    std::string_view before = query.substr(from, at - from);
    for (std::size_t cut = 0; cut < k_most_code_point && from > 0 && !before.empty(); ++cut) {
        if ((static_cast<unsigned char>(before.front()) & 0xC0) != 0x80) break;
        before.remove_prefix(1);
    }
    const std::string head = fit_end((from > 0 ? "…" : "") + on_one_line(before), k_most_before);
    const std::string tail = fit(on_one_line(utf8_prefix(query.substr(at), k_most_after * 8)), k_most_after);
    return std::string(k_indent) + head + tail + "\n" + std::string(k_indent.size() + display_width(head), ' ') + "^";
}

}  // namespace limier
