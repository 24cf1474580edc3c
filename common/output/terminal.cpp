#include "common/output/terminal.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr char32_t k_replacement = U'\uFFFD';

bool is_printable_ascii(char byte) { return byte >= ' ' && byte <= '~'; }

/// `map` leaves printable ASCII as it is.
template <class Map>
std::string map_code_points(std::string_view text, Map map) {
    std::string out;
    out.reserve(text.size());
    std::size_t taken = 0;  // what stands behind is taken over as it is
    for (std::size_t at = 0; at < text.size();) {
        if (is_printable_ascii(text[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        const char32_t code_point = next_code_point(text, at);
        // The two bytes of a Windows line end are one line end, which is no control.
        const bool dropped = code_point == U'\r' && at < text.size() && text[at] == '\n';
        const char32_t mapped = map(code_point);
        if (!dropped && mapped == code_point && mapped != k_replacement) continue;  // which a bad byte is read as
        out.append(text.substr(taken, begin - taken));
        if (!dropped) append_utf8(out, mapped);
        taken = at;
    }
    return out.append(text.substr(taken));
}

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : std::string_view(value);
}

bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

}  // namespace

bool is_control(char32_t code_point) {
    return code_point < U' ' || (code_point >= 0x7F && code_point <= 0x9F) ||
           (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069);
}

std::string without_controls(std::string_view text) {
    return map_code_points(text, [](char32_t code_point) {
        const bool kept = code_point == U'\t' || code_point == U'\n' || !is_control(code_point);
        return kept ? code_point : k_replacement;
    });
}

std::string on_one_line(std::string_view text) {
    return map_code_points(text, [](char32_t code_point) {
        const bool blank = code_point == U'\t' || code_point == U'\n' || code_point == U'\r' ||
                           code_point == U'\u2028' || code_point == U'\u2029';
        return blank ? U' ' : is_control(code_point) ? k_replacement : code_point;
    });
}

bool use_colour(ColourChoice choice, int file_descriptor) {
    if (choice != ColourChoice::auto_) return choice == ColourChoice::always;
    return is_terminal(file_descriptor) && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
}

bool is_terminal(int file_descriptor) { return isatty(file_descriptor) == 1; }

std::size_t terminal_width(int file_descriptor) {
    constexpr std::size_t k_least = 20;
    const std::string_view columns = environment("COLUMNS");
    std::size_t width = 0;
    const auto [end, error] = std::from_chars(columns.data(), columns.data() + columns.size(), width);
    if (error == std::errc{} && end == columns.data() + columns.size() && width > 0) return std::max(width, k_least);
    winsize size{};
    if (ioctl(file_descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return std::max<std::size_t>(size.ws_col, k_least);
    }
    return 80;
}

std::size_t terminal_height(int file_descriptor) {
    winsize size{};
    return ioctl(file_descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

std::string fit(std::string_view text, std::size_t columns) {
    if (display_width(text) <= columns) return std::string(text);
    if (columns == 0) return {};
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size(); kept = at) {
        next_code_point(text, at);
        // By prefixes, not by code points: a sequence that draws one emoji is narrower than the sum of its parts.
        if (display_width(text.substr(0, at)) > columns - 1) break;
    }
    return std::string(text.substr(0, kept)) + "…";
}

std::vector<std::string_view> wrapped_lines(std::string_view text, std::size_t columns) {
    std::vector<std::string_view> lines;
    std::size_t begin = 0, end = 0, width = 0;  // The line so far; empty where begin is end.
    const auto finish = [&](std::size_t next) {
        lines.push_back(text.substr(begin, end - begin));
        begin = end = next;
    };
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\n') {
            finish(++at);
            continue;
        }
        if (is_blank(text[at])) {
            ++at;
            continue;
        }
        const std::size_t word = at;
        while (at < text.size() && !is_blank(text[at]) && text[at] != '\n') ++at;
        const std::size_t word_width = display_width(text.substr(word, at - word));
        if (begin != end && width + (word - end) + word_width > columns) finish(word);
        const bool first = begin == end;
        width = first ? word_width : width + (word - end) + word_width;
        if (first) begin = word;
        end = at;
    }
    if (begin != end || lines.empty()) finish(end);
    return lines;
}

std::string wrap(std::string_view text, std::size_t columns, std::string_view indent) {
    const std::size_t taken = display_width(indent);
    std::string out;
    for (const std::string_view line : wrapped_lines(text, columns > taken ? columns - taken : 1)) {
        if (!out.empty()) out += '\n';
        if (!line.empty()) out.append(indent).append(line);
    }
    return out;
}

}  // namespace limier
