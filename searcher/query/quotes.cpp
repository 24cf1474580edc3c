#include "searcher/query/quotes.hpp"

#include "common/text/utf8.hpp"

namespace limier {
namespace {

bool closes(char32_t open, char32_t c, bool own) {
    switch (open) {
        case U'"':
            return c == (own ? U'"' : U'”');
        case U'«':
            return own && c == U'»';
        case U'“':
            return c == (own ? U'”' : U'"');
        case U'„':
            return own && (c == U'”' || c == U'“');
        default:
            return false;
    }
}

bool blank_before(std::string_view text, std::size_t at) {
    if (at == 0) return true;
    const char32_t c = previous_code_point(text, at);
    return is_blank(c) || c == U'(';
}

bool word_after(std::string_view text, std::size_t at) {
    return at < text.size() && is_word_sign(next_code_point(text, at));
}

/// Looks for the end of a quotation; with `own` false for a mark of the other kind (`“…"`), as keyboards mix them.
std::optional<Quotation> closed(std::string_view text, std::size_t at, bool own) {
    const char32_t open = next_code_point(text, at);
    const std::size_t begin = at;
    while (at < text.size()) {
        const std::size_t mark = at;
        const char32_t c = next_code_point(text, at);
        const bool opens_again = c == U'"' && blank_before(text, mark) && word_after(text, at);
        if (closes(open, c, own) && !opens_again) return Quotation{without_blanks(text, {begin, mark}), at};
        // A second opening mark: the first was never closed.
        if (c == open) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

Slice without_blanks(std::string_view text, Slice slice) {
    while (!slice.empty()) {
        std::size_t next = slice.begin;
        if (!is_blank(next_code_point(text, next))) break;
        slice.begin = next;
    }
    while (!slice.empty()) {
        std::size_t before = slice.end;
        if (!is_blank(previous_code_point(text, before))) break;
        slice.end = before;
    }
    return slice;
}

bool is_quote(char32_t c) { return c == U'"' || c == U'«' || c == U'»' || c == U'“' || c == U'”' || c == U'„'; }

bool opens_quotation(std::string_view text, std::size_t at) {
    std::size_t next = at;
    const char32_t mark = next_code_point(text, next);
    if (mark == U'«' || mark == U'“' || mark == U'„') return true;
    if (mark != U'"' || at == 0) return mark == U'"';
    const char32_t c = previous_code_point(text, at);
    return !is_word_sign(c) && c != U',' && c != U'!' && c != U'?' && c != U'%' && c != U'…';
}

std::optional<Quotation> quotation_at(std::string_view text, std::size_t at) {
    if (!opens_quotation(text, at)) return std::nullopt;
    const std::optional<Quotation> found = closed(text, at, true);
    return found ? found : closed(text, at, false);
}

}  // namespace limier
