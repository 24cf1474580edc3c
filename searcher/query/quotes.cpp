#include "searcher/query/quotes.hpp"

#include "common/text/utf8.hpp"

namespace limier {
namespace {

bool closes(char32_t open, char32_t c) {
    switch (open) {
        case U'"':
            return c == U'"';
        case U'«':
            return c == U'»';
        case U'“':
            return c == U'”';
        case U'„':
            return c == U'”' || c == U'“';
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

}  // namespace

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
    std::size_t place = at;
    const char32_t open = next_code_point(text, place);
    Slice content{place, place};
    while (place < text.size()) {
        content.end = place;
        const char32_t c = next_code_point(text, place);
        const bool opens_again = open == U'"' ? blank_before(text, content.end) && word_after(text, place) : true;
        if (closes(open, c) && !(open == U'"' && opens_again)) {
            while (!content.empty()) {
                std::size_t next = content.begin;
                if (!is_blank(next_code_point(text, next))) break;
                content.begin = next;
            }
            while (!content.empty()) {
                std::size_t before = content.end;
                if (!is_blank(previous_code_point(text, before))) break;
                content.end = before;
            }
            return Quotation{content, place};
        }
        // A second opening mark: the first was never closed.
        if (c == open) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace limier
