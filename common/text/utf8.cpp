#include "common/text/utf8.hpp"

#include <algorithm>
#include <cstring>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace limier {
namespace {

constexpr char32_t k_replacement = 0xFFFD;

// A static, whose guard shows every thread what ICU has made.
const icu::Normalizer2& nfc() {
    UErrorCode status = U_ZERO_ERROR;
    static const icu::Normalizer2* const instance = icu::Normalizer2::getNFCInstance(status);
    return *instance;
}

// ICU's macros convert and cast in ways our flags refuse.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"

/// The code point at `at`, advancing it; negative for a bad sequence, past which `at` then stands.
UChar32 decode(std::string_view text, std::int64_t& at) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, static_cast<std::int64_t>(text.size()), c);
    return c;
}

/// The code point that ends before `at`, moving `at` back; negative for a bad sequence.
UChar32 decode_back(std::string_view text, std::int32_t& at) {
    UChar32 c = 0;
    U8_PREV(text.data(), 0, at, c);
    return c;
}
#pragma GCC diagnostic pop

/// Whether a character is itself in NFC whatever stands beside it, told without ICU's tables for what French is written
/// in: letters below the combining marks, dashes, quotes, dots, the euro. A bad sequence (negative) becomes U+FFFD.
bool is_normal_anywhere(UChar32 c) { return c < 0x300 || (c >= 0x2010 && c < 0x2028) || c == 0x20AC; }

/// How many bytes from 1 to 127 the text begins with.
std::size_t ascii_run(std::string_view text) {
    std::size_t at = 0;
    // Eight at once: taking one off leaves the top bit of none of them.
    for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
        std::memcpy(&word, text.data() + at, sizeof word);
        if (((word | (word - 0x0101010101010101)) & 0x8080808080808080) != 0) break;
    }
    while (at < text.size() && text[at] > 0) ++at;
    return at;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    const auto size = static_cast<std::int64_t>(bytes.size());
    for (std::int64_t at = 0; at < size;)
        if (decode(bytes, at) < 0) return false;
    return true;
}

std::string_view without_mark(std::string_view text) {
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

CleanText clean_utf8(std::string_view bytes) {
    CleanText clean;
    bytes = without_mark(bytes);
    if (ascii_run(bytes) == bytes.size()) {
        clean.text = bytes;
        return clean;
    }
    clean.text.reserve(bytes.size());
    const auto size = static_cast<std::int64_t>(bytes.size());
    std::int64_t good = 0;  // what stands between here and a place is taken over as it is
    const auto take = [&](std::int64_t end) {
        clean.text.append(bytes, static_cast<std::size_t>(good), static_cast<std::size_t>(end - good));
    };
    bool normal = true;
    for (std::int64_t at = 0; at < size;) {
        at += static_cast<std::int64_t>(ascii_run(bytes.substr(static_cast<std::size_t>(at))));
        if (at == size) break;
        const std::int64_t before = at;
        const UChar32 c = decode(bytes, at);
        normal = normal && is_normal_anywhere(c);
        if (c > 0) continue;
        take(before);
        good = at;
        if (c == 0) continue;
        append_utf8(clean.text, k_replacement);
        ++clean.replaced;
    }
    take(size);
    UErrorCode status = U_ZERO_ERROR;
    if (!normal && !nfc().isNormalizedUTF8(clean.text, status)) {
        std::string composed;
        icu::StringByteSink<std::string> sink(&composed);
        nfc().normalizeUTF8(0, clean.text, sink, nullptr, status);
        if (U_SUCCESS(status)) clean.text = std::move(composed);
    }
    return clean;
}

char32_t decode_beyond_ascii(std::string_view text, std::size_t& at) {
    auto place = static_cast<std::int64_t>(at);
    const UChar32 c = decode(text, place);
    if (c < 0) {
        ++at;
        return k_replacement;
    }
    at = static_cast<std::size_t>(place);
    return static_cast<char32_t>(c);
}

char32_t previous_code_point(std::string_view text, std::size_t& at) {
    if (const char c = text[at - 1]; c >= 0) {
        --at;
        return static_cast<char32_t>(c);
    }
    auto place = static_cast<std::int32_t>(std::min<std::size_t>(at, 4));
    const std::string_view window = text.substr(at - static_cast<std::size_t>(place), static_cast<std::size_t>(place));
    const std::int32_t whole = place;
    const UChar32 c = decode_back(window, place);
    if (c < 0) {
        --at;
        return k_replacement;
    }
    at -= static_cast<std::size_t>(whole - place);
    return static_cast<char32_t>(c);
}

void append_utf8(std::string& out, char32_t c) {
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
        return;
    }
    char bytes[U8_MAX_LENGTH];
    std::int32_t length = 0;
    UBool error = false;
    U8_APPEND(bytes, length, U8_MAX_LENGTH, static_cast<UChar32>(c), error);
    if (!error) out.append(bytes, static_cast<std::size_t>(length));
}

std::string_view utf8_prefix(std::string_view text, std::size_t bytes) {
    if (bytes >= text.size()) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return text.substr(0, bytes);
}

bool is_letter_beyond_ascii(char32_t c) { return u_isalpha(static_cast<UChar32>(c)); }
bool is_upper_beyond_ascii(char32_t c) {
    return u_isupper(static_cast<UChar32>(c)) || u_istitle(static_cast<UChar32>(c));
}
char32_t to_lower(char32_t c) { return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))); }
bool is_digit_beyond_ascii(char32_t c) { return u_isdigit(static_cast<UChar32>(c)); }
bool is_space_beyond_ascii(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)); }

bool is_apostrophe(char32_t c) {
    return c == U'\'' || c == U'’' || c == U'‘' || c == U'ʼ' || c == U'ʻ' || c == U'＇' || c == U'´' || c == U'`' ||
           c == U'′';
}

bool is_invisible(char32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0xFEFF;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = static_cast<UChar32>(next_code_point(text, at));
        const auto type = u_charType(c);
        if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR || c == 0) continue;
        const auto east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
        width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
    }
    return width;
}

std::string lower_ascii(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return text;
}

}  // namespace limier
