#include "indexer/tagger/names/words.hpp"

#include <algorithm>
#include <array>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr std::uint64_t k_seed = 14695981039346656037ULL;
constexpr std::uint64_t k_prime = 1099511628211ULL;

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

/// Reads one text; the place is behind the last word read.
class Reader {
 public:
    explicit Reader(std::string_view text) : text_(text) {}
    bool next(Word& word);

 private:
    void read_gap(Word& word);
    void read_word(Word& word);
    bool joins_dot(std::size_t at, const Word& word, bool capitals) const;
    Character peek(std::size_t& at) const {
        const auto byte = static_cast<unsigned char>(text_[at]);
        if (byte < 0x80) {
            ++at;
            return table_[byte];
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

void Reader::read_gap(Word& word) {
    if (dot_taken_) word.gap = k_gap_stop;
    while (at_ < text_.size()) {
        std::size_t next = at_;
        const Character c = peek(next);
        if (c.kind != Kind::gap && c.kind != Kind::ignored) break;
        word.gap = static_cast<std::uint16_t>(word.gap | c.gap);
        if (text_[at_] == '+') plus_open_ = !plus_open_;
        if (text_[at_] == '\n') plus_open_ = false;
        at_ = next;
    }
    if ((word.gap & k_gap_hyphen) != 0 && (word.gap & (k_gap_blank | k_gap_line)) != 0)
        word.gap = static_cast<std::uint16_t>((word.gap & ~k_gap_hyphen) | k_gap_dash);
}

// `x.AI`, `U.S.A`, `E.Leclerc` and `Booking.com` are one word; `radicalisées.Cet` is a sentence glued to the next.
bool Reader::joins_dot(std::size_t at, const Word& word, bool capitals) const {
    if (text_[at] != '.' || at + 1 >= text_.size()) return false;
    std::size_t next = at + 1;
    const Kind kind = peek(next).kind;
    if (kind != Kind::lower && kind != Kind::upper) return false;
    if (word.letters < 2 || kind == Kind::lower || (word.dotted && capitals)) return true;
    return next < text_.size() && peek(next).kind == Kind::upper;
}

void Reader::read_word(Word& word) {
    word.begin = static_cast<std::uint32_t>(at_);
    std::uint64_t hash = k_seed;
    bool lower = false;
    unsigned upper = 0;
    while (at_ < text_.size()) {
        std::size_t next = at_;
        const Character c = peek(next);
        if (c.kind == Kind::gap) {
            // A plus is part of `Canal+`; agencies also set it around words quoted inside a quotation: `+sic+`.
            const bool plus = text_[at_] == '+' && word.upper_first && !plus_open_;
            if (!plus && !joins_dot(at_, word, !lower)) break;
            if (plus) hash = (hash ^ static_cast<unsigned char>('+')) * k_prime;
            word.dotted = word.dotted || !plus;
            at_ = next;
            if (plus) break;
            continue;
        }
        for (std::size_t i = 0; i < c.size; ++i) hash = (hash ^ static_cast<unsigned char>(c.folded[i])) * k_prime;
        if (word.letters == 0) {
            word.upper_first = c.kind == Kind::upper;
            word.digits = c.kind == Kind::digit;
        }
        lower = lower || c.kind == Kind::lower;
        upper += c.kind == Kind::upper ? 1U : 0U;
        if (word.letters < 255) ++word.letters;
        at_ = next;
    }
    word.all_upper = upper >= 2 && !lower;
    word.upper_later = upper > (word.upper_first ? 1U : 0U);
    // The last dot of `O.N.U.` belongs to it, and may end the sentence all the same.
    dot_taken_ = word.dotted && word.all_upper && at_ < text_.size() && text_[at_] == '.' && upper == word.letters;
    if (dot_taken_) ++at_;
    word.end = static_cast<std::uint32_t>(at_);
    word.hash = hash;
}

bool Reader::next(Word& word) {
    word = Word{};
    read_gap(word);
    if (at_ >= text_.size()) return false;
    read_word(word);
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
    Word word;
    std::size_t line = out.size();
    while (reader.next(word)) {
        constexpr std::uint16_t k_starting = k_gap_line | k_gap_stop | k_gap_colon | k_gap_quote | k_gap_dash;
        if ((word.gap & k_gap_line) != 0) {
            mark_line(out, line, out.size());
            line = out.size();
        }
        word.starts = out.empty() || (word.gap & k_starting) != 0;
        out.push_back(word);
    }
    mark_line(out, line, out.size());
}

std::uint64_t word_hash(std::string_view folded) {
    std::uint64_t hash = k_seed;
    for (const char c : folded) hash = (hash ^ static_cast<unsigned char>(c)) * k_prime;
    return hash;
}

}  // namespace limier
