#include "common/text/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include "common/text/utf8.hpp"

namespace limier {
namespace {

// So many bytes tell the encoding; those of the whole text are decoded.
constexpr std::size_t k_looked_at = 1 << 16;
constexpr std::int32_t k_sure = 40;  // of 100, by ICU's own reckoning

// One byte of so many at most is beyond ASCII in French (one of 25, in press).
constexpr std::size_t k_most_accented = 4;

constexpr char32_t k_replacement = 0xFFFD;

std::string decode_utf16(std::string_view bytes, bool big_endian) {
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
    };
    std::string text;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        char32_t c = unit(at);
        if (c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
            at += 2;
        }
        append_utf8(text, c >= 0xD800 && c < 0xE000 ? k_replacement : c);
    }
    if (bytes.size() % 2 != 0) append_utf8(text, k_replacement);
    return text;
}

std::string decode_utf32(std::string_view bytes, bool big_endian) {
    std::string text;
    for (std::size_t at = 0; at + 3 < bytes.size(); at += 4) {
        char32_t c = 0;
        for (std::size_t i = 0; i < 4; ++i)
            c = c << 8 | static_cast<unsigned char>(bytes[at + (big_endian ? i : 3 - i)]);
        append_utf8(text, c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? k_replacement : c);
    }
    return text;
}

/// Half of the bytes of Latin text in UTF-16 are zero, all at even or all at odd places.
std::string_view utf16_without_mark(std::string_view bytes) {
    std::array<std::size_t, 2> zeros{};
    for (std::size_t at = 0; at < bytes.size(); ++at)
        if (bytes[at] == 0) ++zeros[at % 2];
    const auto nearly_all = [&](std::size_t odd) {
        return zeros[odd] * 8 > bytes.size() * 3 && zeros[1 - odd] * 16 < zeros[odd];
    };
    return nearly_all(1) ? "UTF-16LE" : nearly_all(0) ? "UTF-16BE" : "";
}

/// Whether most of the bytes beyond ASCII are in good sequences.
bool is_damaged_utf8(std::string_view bytes) {
    std::size_t good = 0, bad = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        if (bytes[at] >= 0) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        next_code_point(bytes, at);
        ++(at - begin > 1 ? good : bad);
    }
    return good > bad;
}

/// The characters of an encoding of one byte each, by ICU.
using Table = std::array<char32_t, 256>;

Table table_of(const char* encoding) {
    Table table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte) {
        const char one = static_cast<char>(byte);
        const icu::UnicodeString wide(&one, 1, encoding);
        table[byte] = wide.length() > 0 ? static_cast<char32_t>(wide.char32At(0)) : k_replacement;
    }
    return table;
}

/// How much a character is of French text; `before` is the one before it.
int french(char32_t c, char32_t before) {
    constexpr std::u32string_view k_letters = U"éèêëàâäçôöûùüîïœæÿÉÈÊËÀÂÄÇÔÖÛÙÜÎÏŒÆ";
    constexpr std::u32string_view k_signs = U"«»’‘“”–—…€°·•\u00A0§©";
    // A capital within a word is the mark of the wrong table.
    if (is_upper(c) && is_letter(before) && !is_upper(before)) return -3;
    if (k_letters.find(c) != std::u32string_view::npos) return 2;
    if (k_signs.find(c) != std::u32string_view::npos) return 1;
    return is_letter(c) ? -1 : -2;
}

struct SingleByte {
    std::string_view encoding;
    Table table;
};

long score(std::string_view bytes, const Table& table) {
    long sum = 0;
    char32_t before = U' ';
    for (const char byte : bytes) {
        const char32_t c = table[static_cast<unsigned char>(byte)];
        if (byte < 0) sum += french(c, before);
        before = c;
    }
    return sum;
}

/// What ICU is sure of; nothing where it is not, or it says what was looked at before.
std::optional<DecodedText> by_icu(std::string_view bytes) {
    struct Close {
        void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
    };
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, Close> detector(ucsdet_open(&status));
    const std::string_view head = bytes.substr(0, k_looked_at);
    ucsdet_setText(detector.get(), head.data(), static_cast<std::int32_t>(head.size()), &status);
    const UCharsetMatch* const match = ucsdet_detect(detector.get(), &status);
    if (U_FAILURE(status) || match == nullptr || ucsdet_getConfidence(match, &status) < k_sure) return std::nullopt;
    const std::string_view name = ucsdet_getName(match, &status);
    constexpr std::string_view k_known[] = {"UTF-8", "ISO-8859-1", "windows-1252"};
    if (U_FAILURE(status) || std::find(std::begin(k_known), std::end(k_known), name) != std::end(k_known))
        return std::nullopt;
    DecodedText decoded{{}, std::string(name)};
    const icu::UnicodeString wide(bytes.data(), static_cast<std::int32_t>(bytes.size()), decoded.encoding.c_str());
    wide.toUTF8String(decoded.text);
    return decoded;
}

DecodedText decode_single_bytes(std::string_view bytes) {
    static const std::array<SingleByte, 3> k_tables{{{"windows-1252", table_of("windows-1252")},
                                                     {"ISO-8859-15", table_of("ISO-8859-15")},
                                                     {"macintosh", table_of("macintosh")}}};
    const std::string_view head = bytes.substr(0, k_looked_at);
    const SingleByte* best = nullptr;
    long most = 0;
    for (const SingleByte& candidate : k_tables) {
        const long french = score(head, candidate.table);
        if (best != nullptr && french <= most) continue;
        best = &candidate;
        most = french;
    }
    const auto beyond_ascii = std::count_if(head.begin(), head.end(), [](char byte) { return byte < 0; });
    if (most < 0 || static_cast<std::size_t>(beyond_ascii) * k_most_accented > head.size()) {
        if (std::optional<DecodedText> decoded = by_icu(bytes)) return std::move(*decoded);
    }
    DecodedText decoded{{}, std::string(best->encoding)};
    for (const char byte : bytes) append_utf8(decoded.text, best->table[static_cast<unsigned char>(byte)]);
    return decoded;
}

}  // namespace

std::optional<DecodedText> decode_text(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xFE\0\0"sv)) return DecodedText{decode_utf32(bytes.substr(4), false), "UTF-32LE"};
    if (bytes.starts_with("\0\0\xFE\xFF"sv)) return DecodedText{decode_utf32(bytes.substr(4), true), "UTF-32BE"};
    if (bytes.starts_with("\xFF\xFE"sv)) return DecodedText{decode_utf16(bytes.substr(2), false), "UTF-16LE"};
    if (bytes.starts_with("\xFE\xFF"sv)) return DecodedText{decode_utf16(bytes.substr(2), true), "UTF-16BE"};
    if (const std::string_view encoding = utf16_without_mark(bytes.substr(0, k_looked_at)); !encoding.empty())
        return DecodedText{decode_utf16(bytes, encoding == "UTF-16BE"), std::string(encoding)};
    if (is_utf8(bytes) || is_damaged_utf8(bytes)) return std::nullopt;
    return decode_single_bytes(bytes);
}

std::optional<std::string> decode_named(std::string_view bytes, std::string_view name) {
    std::string wanted = lower_ascii(std::string(name));
    if (wanted.starts_with("utf") || wanted.starts_with("ucs")) return std::nullopt;
    constexpr std::array<std::string_view, 6> k_latin{"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "l1"};
    if (std::find(k_latin.begin(), k_latin.end(), wanted) != k_latin.end()) wanted = "windows-1252";
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(ucnv_open(wanted.c_str(), &status), ucnv_close);
    if (wanted.empty() || U_FAILURE(status)) return std::nullopt;
    const icu::UnicodeString wide(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(), status);
    if (U_FAILURE(status)) return std::nullopt;
    std::string text;
    wide.toUTF8String(text);
    return text;
}

}  // namespace limier
