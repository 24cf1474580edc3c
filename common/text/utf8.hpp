// UTF-8 at the border of the program: checked once where text enters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace limier {

/// Text as it is kept inside: valid UTF-8, NFC.
struct CleanText {
    std::string text;
    std::size_t replaced = 0;  ///< bad sequences that became U+FFFD
};

/// Makes any bytes valid UTF-8 in NFC; a byte order mark at the start and NUL characters are dropped. Line ends stay.
CleanText clean_utf8(std::string_view bytes);

/// Whether the bytes are valid UTF-8 (no surrogates, no overlong forms).
bool is_utf8(std::string_view bytes);

// Nearly all characters are ASCII: what is asked of each is answered without a call for these.
char32_t decode_beyond_ascii(std::string_view text, std::size_t& at);
bool is_letter_beyond_ascii(char32_t code_point);
bool is_upper_beyond_ascii(char32_t code_point);
bool is_digit_beyond_ascii(char32_t code_point);
bool is_space_beyond_ascii(char32_t code_point);

/// The code point at `at` of valid UTF-8, advancing `at` past it. U+FFFD and one byte for a bad sequence.
inline char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x80) return decode_beyond_ascii(text, at);
    ++at;
    return byte;
}

/// The code point that ends before `at`, moving `at` back to its first byte.
char32_t previous_code_point(std::string_view text, std::size_t& at);

void append_utf8(std::string& out, char32_t code_point);

/// The text behind a byte order mark in UTF-8, where it begins with one.
std::string_view without_mark(std::string_view text);

/// The text with A to Z in lower case: extensions, names of encodings, and whatever else is ASCII by its standard.
std::string lower_ascii(std::string text);

/// The longest prefix of at most `bytes` bytes that does not cut a code point.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes);

/// Properties by ICU; for code outside common/text, which may not include unicode/*.
inline bool is_letter(char32_t c) { return c < 0x80 ? (c | 0x20) - 'a' < 26 : is_letter_beyond_ascii(c); }
/// Upper or title case.
inline bool is_upper(char32_t c) { return c < 0x80 ? c - 'A' < 26 : is_upper_beyond_ascii(c); }
inline bool is_digit(char32_t c) { return c < 0x80 ? c - '0' < 10 : is_digit_beyond_ascii(c); }
/// White_Space, no-break spaces included.
inline bool is_space(char32_t c) { return c < 0x80 ? c == ' ' || c - '\t' < 5 : is_space_beyond_ascii(c); }
bool is_apostrophe(char32_t code_point);  ///< U+0027 and all that people type for it, U+00B4 and U+0060 too
bool is_invisible(char32_t code_point);   ///< soft hyphen, zero-width characters, direction marks
char32_t to_lower(char32_t code_point);   ///< the simple mapping: one code point to one

/// A sort key by French collation (ICU, accents secondary), comparable with memcmp. At most `limit` bytes.
std::string collation_key(std::string_view text, std::size_t limit);

/// Columns a terminal needs for the text: wide and combining characters counted properly.
std::size_t display_width(std::string_view text);

}  // namespace limier
