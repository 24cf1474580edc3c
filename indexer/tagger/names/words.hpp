// The words of a text as names need them: folded, with their capitals, and what stands between them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace limier {

/// What stands before a word, as a set of bits.
enum Gap : std::uint16_t {
    k_gap_blank = 1 << 0,
    k_gap_line = 1 << 1,
    k_gap_comma = 1 << 2,
    k_gap_stop = 1 << 3,  ///< . ! ? …
    k_gap_colon = 1 << 4,
    k_gap_open = 1 << 5,  ///< a bracket opens
    k_gap_close = 1 << 6,
    k_gap_quote = 1 << 7,
    k_gap_hyphen = 1 << 8,  ///< without blanks beside it
    k_gap_apostrophe = 1 << 9,
    k_gap_dash = 1 << 10,
    k_gap_at = 1 << 11,
    k_gap_other = 1 << 12,
};

/// A run of letters and digits; dots inside belong to it (`x.AI`, `U.S.A`), hyphens and apostrophes separate.
struct Word {
    std::uint64_t hash = 0;  ///< of the folded letters: `xAI` and `x.AI` are equal
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint16_t gap = 0;     ///< what stands before, Gap bits
    std::uint8_t letters = 0;  ///< letters and digits, at most 255
    bool upper_first : 1 = false;
    bool upper_later : 1 = false;
    bool all_upper : 1 = false;  ///< two letters at least, all upper case
    bool digits : 1 = false;     ///< begins with a digit
    bool dotted : 1 = false;
    bool starts : 1 = false;    ///< begins a sentence or a quotation: its capital is weak evidence
    bool shouted : 1 = false;   ///< in a line all in capitals: its capital is no evidence
    bool in_title : 1 = false;  ///< places count in the title
};

/// Appends the words of valid UTF-8. `starts` is set after a line, a full stop, a colon or a quotation mark.
void read_words(std::string_view text, std::vector<Word>& out);

constexpr std::uint64_t k_word_seed = 14695981039346656037ULL;

/// The hash of a word and a byte behind it (FNV-1a).
constexpr std::uint64_t word_hash(std::uint64_t before, char byte) {
    return (before ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
}

/// The hash of a word that is written folded already: plain lower-case ASCII.
constexpr std::uint64_t word_hash(std::string_view folded) {
    std::uint64_t hash = k_word_seed;
    for (const char c : folded) hash = word_hash(hash, c);
    return hash;
}

/// The hash of a sequence of words: from the hash of all but the last (0 for none) and the last.
constexpr std::uint64_t sequence_hash(std::uint64_t before, std::uint64_t word) {
    return (((before << 7) | (before >> 57)) ^ word) * 0x9E3779B97F4A7C15ULL;
}

}  // namespace limier
