#include "common/text/fold.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "common/text/utf8.hpp"

namespace limier {
namespace {

/// The letters of a small ligature or barred letter that Unicode does not decompose; empty for other characters.
std::string_view letters_of(UChar32 c) {
    switch (c) {
        case U'œ':
            return "oe";
        case U'æ':
            return "ae";
        case U'ø':
            return "o";
        case U'ł':
            return "l";
        case U'đ':
            return "d";
        default:
            return {};
    }
}

// Statics, whose guards show every thread what ICU has made.
const icu::Normalizer2& nfd() {
    UErrorCode status = U_ZERO_ERROR;
    static const icu::Normalizer2* const instance = icu::Normalizer2::getNFDInstance(status);
    return *instance;
}

const icu::Normalizer2& nfkd() {
    UErrorCode status = U_ZERO_ERROR;
    static const icu::Normalizer2* const instance = icu::Normalizer2::getNFKDInstance(status);
    return *instance;
}

/// One code point folded: compatibility decomposition, case folding, marks off.
std::string fold_code_point(char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    // The letters of French have canonical decompositions alone, for which ICU need not load data.
    const bool canonical = c >= 0xC0 && c < 0x132;
    const icu::Normalizer2& decomposition = canonical ? nfd() : nfkd();
    icu::UnicodeString wide(static_cast<UChar32>(c));
    wide.foldCase();
    wide = decomposition.normalize(wide, status);
    wide.foldCase();
    std::string out;
    for (std::int32_t at = 0; at < wide.length(); at = wide.moveIndex32(at, 1)) {
        const UChar32 part = wide.char32At(at);
        const auto type = u_charType(part);
        if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) continue;
        if (const std::string_view letters = letters_of(part); !letters.empty())
            out += letters;
        else
            append_utf8(out, static_cast<char32_t>(part));
    }
    return out;
}

constexpr std::size_t k_table = 0x250;  ///< Latin-1, Latin Extended-A and -B: all that French press is written in

/// What a character of the table folds to, once it is known.
struct FoldedLatin {
    bool known = false;
    std::uint8_t size = 0;
    std::array<char, 6> text = {};
};

// The letters of Latin-1 from U+00C0 on; '.' for what is no marked ASCII letter. ICU would load its tables for them.
constexpr std::string_view k_marked = "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.y";
static_assert(k_marked.size() == 0x100 - 0xC0);

// Each is made when it is met: all of them would take a one-shot query longer than its search.
std::string_view folded_latin(char32_t c) {
    if (c >= 0xC0 && c < 0x100 && k_marked[c - 0xC0] != '.') return k_marked.substr(c - 0xC0, 1);
    static thread_local constinit std::array<FoldedLatin, k_table> table{};
    FoldedLatin& row = table[c];
    if (!row.known) {
        const std::string folded = fold_code_point(c);
        assert(folded.size() <= row.text.size());
        row.size = static_cast<std::uint8_t>(folded.copy(row.text.data(), row.text.size()));
        row.known = true;
    }
    return {row.text.data(), row.size};
}

}  // namespace

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            out.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : text[at]);
            ++at;
            continue;
        }
        const char32_t c = next_code_point(text, at);
        if (c < k_table)
            out += folded_latin(c);
        else
            out += fold_code_point(c);
    }
    return out;
}

FoldedOrder compare_folded(std::string_view text, std::string_view folded) {
    std::size_t met = 0;  // of `folded`
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const std::string_view rest = folded.substr(met);
        if (byte < 0x80) {
            const auto lower = static_cast<unsigned char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
            if (rest.empty()) return {1, true};
            if (lower != static_cast<unsigned char>(rest[0]))
                return {lower < static_cast<unsigned char>(rest[0]) ? -1 : 1, false};
            ++at;
            ++met;
            continue;
        }
        const char32_t c = next_code_point(text, at);
        const std::string other = c < k_table ? std::string() : fold_code_point(c);
        const std::string_view part = c < k_table ? folded_latin(c) : std::string_view(other);
        if (const int order = part.compare(rest.substr(0, part.size())); order != 0)
            return {order, part.starts_with(rest)};
        met += part.size();
    }
    return {met < folded.size() ? -1 : 0, met == folded.size()};
}

bool has_accent(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            continue;
        }
        const std::size_t here = at;
        const char32_t c = next_code_point(text, at);
        if (!is_letter(c) && u_charType(static_cast<UChar32>(c)) != U_NON_SPACING_MARK) continue;
        std::string lower;
        append_utf8(lower, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
        if (fold(text.substr(here, at - here)) != lower) return true;
    }
    return false;
}

std::string fold_key(std::string_view text) {
    const auto in_key = [](char32_t c) {
        return ((is_letter(c) || is_digit(c)) && !is_apostrophe(c)) || c == U'&' || c == U'+' || c == U'#' ||
               c == U'$' || c == U'@' || c == U'_';
    };
    std::string key;
    key.reserve(text.size());
    bool gap = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        if (const auto byte = static_cast<unsigned char>(text[at]); byte < 0x80 && is_letter(byte)) {
            if (gap && !key.empty()) key += ' ';
            gap = false;
            key += static_cast<char>(byte | 0x20);
            ++at;
            continue;
        }
        const char32_t c = next_code_point(text, at);
        if (is_invisible(c) || c == U'.') continue;
        const std::string folded = is_apostrophe(c) ? " " : fold(text.substr(here, at - here));
        for (std::size_t i = 0; i < folded.size();) {
            const std::size_t first = i;
            if (!in_key(next_code_point(folded, i))) {
                gap = true;
                continue;
            }
            if (gap && !key.empty()) key += ' ';
            gap = false;
            key += folded.substr(first, i - first);
        }
    }
    return key;
}

}  // namespace limier
