#include "indexer/readers/line.hpp"

#include <algorithm>
#include <string>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

// Lines are looked for in pieces: two searches of a whole text would be many for one of CR alone.
constexpr std::size_t k_piece = 512;

/// Where the line ends that holds `at`: at the first LF or CR, or with the text.
std::size_t line_end(std::string_view text, std::size_t at) {
    for (; at < text.size(); at += k_piece) {
        const std::string_view piece = text.substr(at, k_piece);
        const std::size_t end = std::min(piece.find('\n'), piece.size());
        const std::size_t stop = std::min(piece.substr(0, end).find('\r'), end);
        if (stop < piece.size()) return at + stop;
    }
    return text.size();
}

/// Behind the last LF or CR before `end`; 0 where none stands there.
std::size_t line_begin(std::string_view text, std::size_t end) {
    while (end > 0 && text[end - 1] != '\n' && text[end - 1] != '\r') --end;
    return end;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    std::size_t begin = 0;
    skip_spaces(text, begin);
    std::size_t end = text.size();
    for (std::size_t before = end; before > begin && is_space(previous_code_point(text, before));) end = before;
    return text.substr(begin, end - begin);
}

std::optional<Line> next_line(std::string_view text, std::size_t& at) {
    bool after_blank = at == 0;
    while (at < text.size()) {
        const std::size_t end = line_end(text, at);
        const std::string_view line = trimmed(text.substr(at, end - at));
        at = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
        at = std::min(at, text.size());
        if (!line.empty()) {
            const auto begin = static_cast<std::size_t>(line.data() - text.data());
            return Line{begin, begin + line.size(), after_blank};
        }
        after_blank = true;
    }
    return std::nullopt;
}

std::optional<Line> previous_line(std::string_view text, std::size_t& at) {
    while (at > 0) {
        const std::size_t begin = line_begin(text, at);
        const std::string_view line = trimmed(text.substr(begin, at - begin));
        at = begin == 0 ? 0 : begin - 1;
        if (!line.empty()) {
            const auto place = static_cast<std::size_t>(line.data() - text.data());
            return Line{place, place + line.size(), false};
        }
    }
    return std::nullopt;
}

void skip_spaces(std::string_view text, std::size_t& at) {
    for (std::size_t next = at; next < text.size() && is_space(next_code_point(text, next));) at = next;
}

bool skip_folded(std::string_view text, std::size_t& at, std::string_view prefix) {
    std::size_t here = at;
    const bool ends_in_letter = !prefix.ends_with('\'');
    while (!prefix.empty()) {
        if (here >= text.size()) return false;
        std::size_t next = here;
        const char32_t c = next_code_point(text, next);
        if (is_space(c)) {
            if (prefix[0] != ' ') return false;
            prefix.remove_prefix(1);
            skip_spaces(text, here);
            continue;
        }
        const std::string folded = c == U'’' ? "'" : fold(text.substr(here, next - here));
        if (folded.empty() || !prefix.starts_with(folded)) return false;
        prefix.remove_prefix(folded.size());
        here = next;
    }
    if (ends_in_letter && is_letter(peek(text, here))) return false;
    at = here;
    return true;
}

bool skip_any(std::string_view text, std::size_t& at, std::u32string_view characters) {
    if (at >= text.size()) return false;
    std::size_t next = at;
    if (characters.find(next_code_point(text, next)) == std::u32string_view::npos) return false;
    at = next;
    return true;
}

char32_t peek(std::string_view text, std::size_t at) { return at < text.size() ? next_code_point(text, at) : 0; }

char32_t last_of(std::string_view text) {
    std::size_t at = text.size();
    return text.empty() ? 0 : previous_code_point(text, at);
}

}  // namespace limier
