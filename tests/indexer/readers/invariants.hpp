// What holds of every document a reader makes, whatever it was made from.
#pragma once

#include <string>
#include <string_view>

#include "common/ranges.hpp"
#include "common/text/utf8.hpp"
#include "indexer/document.hpp"

namespace limier {

inline bool on_border(std::string_view text, std::size_t at) {
    return at == text.size() || (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

/// The blanks of a text made one: a title in the text may be broken over lines.
inline std::string squeezed(std::string_view text) {
    std::string out;
    bool gap = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const bool blank = is_space(next_code_point(text, at));
        if (!blank && gap && !out.empty()) out += ' ';
        if (!blank) out += text.substr(begin, at - begin);
        gap = blank;
    }
    return out;
}

/// The first thing that does not hold; empty when all does.
inline std::string broken_invariant(const Document& document) {
    for (const std::string* field : {&document.id, &document.place, &document.title, &document.text, &document.source,
                                     &document.author, &document.url, &document.lang}) {
        // A line before it, because a second byte order mark is a character like another.
        if (!is_utf8(*field) || clean_utf8("\n" + *field).text != "\n" + *field) return "not clean UTF-8 in NFC";
    }
    std::size_t last = 0;
    for (const Zone& zone : document.zones) {
        if (zone.begin < last || zone.begin >= zone.end || zone.end > document.text.size()) return "zones not sorted";
        if (!on_border(document.text, zone.begin) || !on_border(document.text, zone.end))
            return "a zone cuts a character";
        last = zone.end;
        if (zone.begin < document.title_end && zone.end > document.title_begin) return "a zone in the title";
    }
    if (document.title_begin > document.title_end || document.title_end > document.text.size()) return "title span";
    const std::string_view span =
        std::string_view(document.text).substr(document.title_begin, document.title_end - document.title_begin);
    if (!on_border(document.text, document.title_begin) || !on_border(document.text, document.title_end))
        return "the title span cuts a character";
    if (document.title_apart && !span.empty()) return "a title apart and in the text";
    if (!document.title_apart && squeezed(span) != squeezed(document.title)) return "title is not its span";
    if (document.title.find_first_of("\r\n") != std::string::npos && !document.title_apart) return "title of two lines";
    const Date date = document.date;
    if (date.day > 0 && (date.month == 0 || date.day > days_in_month(date.year, date.month))) return "no calendar date";
    return {};
}

}  // namespace limier
