#include "searcher/query/word_bounds.hpp"

#include <algorithm>

#include "common/text/utf8.hpp"
#include "searcher/query/operators.hpp"
#include "searcher/query/quotes.hpp"
#include "searcher/query/word.hpp"

namespace limier {
namespace {

// `député(e)s`, `(ré)inventer`: no ending in brackets is longer. It also bounds the look-ahead.
constexpr std::size_t k_longest_ending = 64;

// Longer ones are taken in pieces, so that no text makes reading quadratic; an address that long needs quotes.
constexpr std::size_t k_longest_word = 1024;

/// Whether brackets and all between them belong to a word that goes on: where they end, else 0.
std::size_t glued_brackets(std::string_view text, std::size_t at) {
    std::size_t depth = 0;
    for (const std::size_t last = std::min(text.size(), at + k_longest_ending); at < last;) {
        const char32_t c = next_code_point(text, at);
        if (is_blank(c) || is_quote(c)) return 0;
        if (c == U'(') ++depth;
        if (c == U')' && --depth == 0) return at;
    }
    return 0;
}

}  // namespace

// Small letters in brackets that small letters follow.
bool opens_word(std::string_view text, std::size_t at) {
    const std::size_t end = glued_brackets(text, at);
    if (end == 0 || end == text.size()) return false;
    const auto small = [](char32_t c) { return is_letter(c) && !is_upper(c); };
    for (std::size_t place = at + 1; place + 1 < end;) {
        if (!small(next_code_point(text, place))) return false;
    }
    std::size_t after = end;
    return end - at > 2 && small(next_code_point(text, after));
}

bool is_signed_measure(std::string_view text, std::size_t at) {
    const std::size_t begin = ++at;
    while (at < text.size() && ((text[at] >= '0' && text[at] <= '9') || text[at] == ',' || text[at] == '.')) ++at;
    if (at == begin || at == text.size()) return false;
    std::size_t next = at;
    if (is_blank(next_code_point(text, next))) at = next;
    if (at == text.size()) return false;
    const char32_t unit = next_code_point(text, at);
    return unit == U'%' || unit == U'°' || unit == U'€' || unit == U'$' || unit == U'‰';
}

std::size_t word_end(std::string_view text, std::size_t at) {
    const std::size_t begin = at;
    while (at < text.size() && at - begin < k_longest_word) {
        std::size_t next = at;
        const char32_t c = next_code_point(text, next);
        if (is_blank(c) || is_quote(c) || c == U')' || (at > begin && text.substr(at).starts_with("**"))) break;
        if (c == U'(') {
            const std::string_view before = text.substr(begin, at - begin);
            const bool apart = !before.empty() && (before.ends_with(':') || read_operator(before).row != nullptr);
            const std::size_t end = apart ? 0 : glued_brackets(text, at);
            if (end == 0) break;
            next = end;
        }
        at = next;
    }
    return at;
}

}  // namespace limier
