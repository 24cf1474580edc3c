#include "searcher/repl/input_lines.hpp"

#include <cstddef>

#include "common/text/utf8.hpp"
#include "searcher/query/quotes.hpp"

namespace limier {
namespace {

std::string_view without_backslash(std::string_view typed) {
    if (typed.ends_with('\\')) typed.remove_suffix(1);
    return typed;
}

}  // namespace

bool goes_on(std::string_view typed) {
    if (typed.ends_with('\\')) return true;
    if (typed.starts_with(':')) return false;
    std::size_t brackets = 0;
    for (std::size_t at = 0; at < typed.size();) {
        const std::size_t begin = at;
        const char32_t c = next_code_point(typed, at);
        if (is_quote(c) && opens_quotation(typed, begin)) {
            const std::optional<Quotation> quotation = quotation_at(typed, begin);
            if (!quotation) return true;
            at = quotation->end;
        } else if (c == U'(') {
            ++brackets;
        } else if (c == U')' && brackets > 0) {
            --brackets;
        }
    }
    return brackets > 0;
}

std::string joined_lines(std::string_view typed, std::string_view next) {
    std::string whole(without_backslash(typed));
    if (!whole.empty() && !whole.ends_with(' ') && !next.empty()) whole += ' ';
    return whole.append(next);
}

}  // namespace limier
