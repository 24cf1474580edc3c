#include "indexer/tagger/names/words.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

enum class Kind : std::uint8_t { gap, lower, upper, digit, ignored };

struct Character {
    Kind kind = Kind::gap;
    std::uint8_t size = 0;
    std::uint16_t gap = 0;  ///< for a gap: its bit
    std::array<char, 4> folded{};
};

bool is_apostrophe(char32_t c) {
    return c == U'\'' || c == U'’' || c == U'‘' || c == U'ʼ' || c == U'ʻ' || c == U'＇' || c == U'´' || c == U'`';
}

bool is_blank(char32_t c) {
    return c == U' ' || c == U'\t' || c == 0xA0 || c == 0x202F || c == 0x2009 || (c > 0x7F && is_space(c));
}

std::uint16_t gap_bit(char32_t c) {
    if (is_blank(c)) return k_gap_blank;
    if (is_apostrophe(c)) return k_gap_apostrophe;
    switch (c) {
        case U'\n':
        case U'\r':
            return k_gap_line;
        case U',':
            return k_gap_comma;
        case U'.':
        case U'!':
        case U'?':
        case U'…':
            return k_gap_stop;
        case U':':
        case U';':
            return k_gap_colon;
        case U'(':
        case U'[':
            return k_gap_open;
        case U')':
        case U']':
            return k_gap_close;
        case U'"':
        case U'«':
        case U'»':
        case U'“':
        case U'”':
        case U'„':
            return k_gap_quote;
        case U'-':
        case U'‐':
        case U'‑':
            return k_gap_hyphen;
        case U'–':
        case U'—':
        case U'•':
            return k_gap_dash;
        case U'@':
            return k_gap_at;
        default:
            return k_gap_other;
    }
}

Character make_character(char32_t c) {
    Character made;
    if (c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF) {
        made.kind = Kind::ignored;
        return made;
    }
    const bool word = is_letter(c) || is_digit(c) || c == U'&' || c == U'_' || (c >= 0x300 && c <= 0x36F);
    if (!word) {
        made.gap = gap_bit(c);
        return made;
    }
    made.kind = is_upper(c) ? Kind::upper : is_digit(c) ? Kind::digit : Kind::lower;
    std::string bytes;
    append_utf8(bytes, c);
    bytes = fold(bytes);
    made.size = static_cast<std::uint8_t>(std::min(bytes.size(), made.folded.size()));
    std::copy_n(bytes.begin(), made.size, made.folded.begin());
    return made;
}

constexpr std::size_t k_table = 0x250;  // Latin: all that French press is written in

using Table = std::array<Character, k_table>;

const Table& character_table() {
    static const Table table = [] {
        Table rows;
        for (char32_t i = 0; i < k_table; ++i) rows[i] = make_character(i);
        return rows;
    }();
    return table;
}

bool is_plain(char c) { return c >= 'a' && c <= 'z'; }

/// Reads one text; the place is behind the last word read.
class Reader {
 public:
    explicit Reader(std::string_view text) : text_(text) {}
    /// Appends the next word and returns true; false at the end.
    bool next(std::vector<Word>& out);

 private:
    std::uint16_t read_gap();
    void read_word(Word& word);
    bool joins_dot(std::size_t at, std::size_t letters, bool dotted_capitals) const;
    Character peek(std::size_t& at) const {
        const auto byte = static_cast<unsigned char>(text_[at]);
        if (byte < 0x80) {
            ++at;
            return table_[byte];
        }
        // The accents of French are two bytes.
        if (byte == 0xC3 && at + 1 < text_.size()) {
            at += 2;
            return table_[0xC0U | (static_cast<unsigned char>(text_[at - 1]) & 0x3FU)];
        }
        const char32_t c = next_code_point(text_, at);
        return c < k_table ? table_[c] : make_character(c);
    }

    const Table& table_ = character_table();

    std::string_view text_;
    std::size_t at_ = 0;
    bool dot_taken_ = false;  ///< the word before holds its last dot
    bool plus_open_ = false;  ///< a quotation in plus signs has begun
};

std::uint16_t Reader::read_gap() {
    unsigned gap = 0;
    if (dot_taken_) gap = k_gap_stop;
    // One blank is what stands before most words.
    if (at_ + 1 < text_.size() && text_[at_] == ' ' && is_plain(text_[at_ + 1])) {
        ++at_;
        return static_cast<std::uint16_t>(gap | k_gap_blank);
    }
    while (at_ < text_.size()) {
        std::size_t next = at_;
        const Character c = peek(next);
        if (c.kind != Kind::gap && c.kind != Kind::ignored) break;
        gap |= c.gap;
        if (text_[at_] == '+') plus_open_ = !plus_open_;
        if (text_[at_] == '\n') plus_open_ = false;
        at_ = next;
    }
    if ((gap & k_gap_hyphen) != 0 && (gap & (k_gap_blank | k_gap_line)) != 0)
        gap = (gap & ~unsigned{k_gap_hyphen}) | k_gap_dash;
    return static_cast<std::uint16_t>(gap);
}

// `x.AI`, `U.S.A`, `E.Leclerc` and `Booking.com` are one word; `radicalisées.Cet` is a sentence glued to the next.
// `dotted_capitals`: the word has a dot already, and no small letter.
bool Reader::joins_dot(std::size_t at, std::size_t letters, bool dotted_capitals) const {
    if (text_[at] != '.' || at + 1 >= text_.size()) return false;
    std::size_t next = at + 1;
    const Kind kind = peek(next).kind;
    if (kind != Kind::lower && kind != Kind::upper) return false;
    if (letters < 2 || kind == Kind::lower || dotted_capitals) return true;
    return next < text_.size() && peek(next).kind == Kind::upper;
}

// A field is written once, at the end: what the processor has to put together from several writes costs more than to
// read the word.
void Reader::read_word(Word& word) {
    std::uint64_t hash = k_word_seed;
    std::size_t at = at_, letters = 0, upper = 0, lower = 0;
    Kind first = Kind::lower;
    bool dotted = false;
    while (at < text_.size()) {
        // The plain small letters that most words have alone, up to the blank behind them.
        const std::size_t plain = at;
        while (at < text_.size() && is_plain(text_[at])) hash = word_hash(hash, text_[at++]);
        letters += at - plain;
        lower += at - plain;
        if (at == text_.size() || text_[at] == ' ') break;
        std::size_t next = at;
        const Character c = peek(next);
        if (c.kind == Kind::gap) {
            // A plus is part of `Canal+`; agencies also set it around words quoted inside a quotation: `+sic+`.
            const bool plus = text_[at] == '+' && first == Kind::upper && !plus_open_;
            if (!plus && !joins_dot(at, letters, dotted && lower == 0)) break;
            if (plus) hash = word_hash(hash, '+');
            dotted = dotted || !plus;
            at = next;
            if (plus) break;
            continue;
        }
        for (std::size_t i = 0; i < c.size; ++i) hash = word_hash(hash, c.folded[i]);
        if (letters == 0) first = c.kind;
        lower += c.kind == Kind::lower ? 1U : 0U;
        upper += c.kind == Kind::upper ? 1U : 0U;
        ++letters;
        at = next;
    }
    const bool all_upper = upper >= 2 && lower == 0;
    // The last dot of `O.N.U.` belongs to it, and may end the sentence all the same.
    dot_taken_ = dotted && all_upper && at < text_.size() && text_[at] == '.' && upper == letters;
    if (dot_taken_) ++at;
    constexpr std::size_t k_most = std::numeric_limits<std::uint8_t>::max();
    word.hash = hash;
    word.begin = static_cast<std::uint32_t>(at_);
    word.end = static_cast<std::uint32_t>(at);
    word.letters = static_cast<std::uint8_t>(std::min(letters, k_most));
    word.upper_first = first == Kind::upper;
    word.upper_later = upper > (first == Kind::upper ? 1U : 0U);
    word.all_upper = all_upper;
    word.digits = first == Kind::digit;
    word.dotted = dotted;
    at_ = at;
}

bool Reader::next(std::vector<Word>& out) {
    const std::uint16_t gap = read_gap();
    if (at_ >= text_.size()) return false;
    constexpr std::uint16_t k_starting = k_gap_line | k_gap_stop | k_gap_colon | k_gap_quote | k_gap_dash;
    const bool starts = out.empty() || (gap & k_starting) != 0;
    Word& word = out.emplace_back();
    read_word(word);
    word.gap = gap;
    word.starts = starts;
    return true;
}

/// Marks a line in which no word of two letters has a small one.
void mark_line(std::vector<Word>& words, std::size_t first, std::size_t last) {
    std::size_t upper = 0;
    for (std::size_t i = first; i < last; ++i) {
        if (words[i].all_upper)
            ++upper;
        else if (words[i].letters > 1 && !words[i].digits)
            return;
    }
    if (upper == 0) return;
    for (std::size_t i = first; i < last; ++i) words[i].shouted = true;
}

}  // namespace

void read_words(std::string_view text, std::vector<Word>& out) {
    Reader reader(text);
    std::size_t line = out.size();
    while (reader.next(out)) {
        if ((out.back().gap & k_gap_line) == 0) continue;
        mark_line(out, line, out.size() - 1);
        line = out.size() - 1;
    }
    mark_line(out, line, out.size());
}

}  // namespace limier
