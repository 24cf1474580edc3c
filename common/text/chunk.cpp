#include "common/text/chunk.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <span>

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "common/text/utf8.hpp"

namespace limier {
namespace {

/// A character of the chunk, in compatibility form and as written (case kept), with the bytes it stands on.
struct Char {
    char32_t c = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

enum class Kind { letter, digit, apostrophe, hyphen, dot, comma, middle_dot, open, close, other };

bool is_apostrophe(char32_t c) {
    return c == U'\'' || c == U'’' || c == U'‘' || c == U'ʼ' || c == U'ʻ' || c == U'＇' || c == U'´' || c == U'`' ||
           c == U'′';
}

Kind kind_of(char32_t c) {
    if (c == U'-' || c == U'‐' || c == U'‑') return Kind::hyphen;
    if (is_apostrophe(c)) return Kind::apostrophe;
    if (c == U'.') return Kind::dot;
    if (c == U',') return Kind::comma;
    if (c == U'·' || c == U'•' || c == U'‧' || c == U'⋅') return Kind::middle_dot;
    if (c == U'(') return Kind::open;
    if (c == U')') return Kind::close;
    if (is_digit(c)) return Kind::digit;
    const auto type = u_charType(static_cast<UChar32>(c));
    if (is_letter(c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK) return Kind::letter;
    return Kind::other;
}

bool is_ignorable(char32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF;
}

bool is_mark(char32_t c) {
    const auto type = u_charType(static_cast<UChar32>(c));
    return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK;
}

/// Characters in NFKC; soft hyphens and zero-width characters are part of the character before them.
std::vector<Char> read_chars(std::string_view chunk) {
    std::vector<Char> chars;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
    for (std::size_t at = 0; at < chunk.size();) {
        const std::size_t begin = at;
        char32_t c = next_code_point(chunk, at);
        std::size_t peek = at;
        const bool marked =
            at < chunk.size() && static_cast<unsigned char>(chunk[at]) >= 0xCC && is_mark(next_code_point(chunk, peek));
        if (is_ignorable(c)) {
            if (!chars.empty() && chars.back().end == begin) chars.back().end = static_cast<std::uint32_t>(at);
            continue;
        }
        // An acute or grave accent alone is an apostrophe to people; NFKC would make it a blank and a mark.
        const bool plain = !marked && (c < 0xA0 || (c >= 0xC0 && c < 0x132) || is_apostrophe(c));
        if (plain) {
            chars.push_back({c, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
            continue;
        }
        while (at < chunk.size()) {
            std::size_t next = at;
            if (!is_mark(next_code_point(chunk, next))) break;
            at = next;
        }
        const std::string_view unit = chunk.substr(begin, at - begin);
        icu::UnicodeString wide =
            icu::UnicodeString::fromUTF8(icu::StringPiece(unit.data(), static_cast<std::int32_t>(unit.size())));
        wide = nfkc->normalize(wide, status);
        for (std::int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
            c = static_cast<char32_t>(wide.char32At(i));
            chars.push_back({c, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
        }
    }
    return chars;
}

using Chars = std::span<const Char>;

std::string lower(Chars chars) {
    std::string out;
    for (const Char& at : chars) {
        if (at.c == U'œ' || at.c == U'Œ') {
            out += "oe";
        } else if (at.c == U'æ' || at.c == U'Æ') {
            out += "ae";
        } else if (at.c == U'ß') {
            out += "ss";
        } else if (is_apostrophe(at.c)) {
            out += '\'';
        } else {
            append_utf8(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(at.c))));
        }
    }
    return out;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// A maximal run of letters and digits, and what stands between it and the next.
struct Piece {
    Chars chars;
    std::size_t first = 0;  ///< index in the chunk's characters
    std::size_t last = 0;   ///< exclusive
    std::string text;
    bool digits = false;
    bool letters = false;
};

class Chunk {
 public:
    explicit Chunk(std::string_view text) : chars_(read_chars(text)) {}
    std::vector<ChunkToken> tokens();

 private:
    void split();
    Kind separator(std::size_t piece) const;  ///< after a piece: the one character before the next, or other
    bool apart(std::size_t piece) const;      ///< more or other than one joining character follows a piece
    std::size_t emit(std::size_t piece);      ///< emits from a piece on; the next piece to go on with
    std::size_t number(std::size_t piece);
    std::size_t acronym(std::size_t piece);
    std::size_t inclusive(std::size_t piece);
    std::size_t compound(std::size_t piece);
    bool elided(std::size_t piece);
    void push(std::string form, std::size_t first, std::size_t last, bool plain_number = false);
    void overlay(std::string form, std::size_t first, std::size_t last, std::uint32_t position, std::size_t span);
    std::uint32_t begin_of(std::size_t piece) const { return pieces_[piece].chars.front().begin; }
    std::uint32_t end_of(std::size_t piece) const { return pieces_[piece].chars.back().end; }

    std::vector<Char> chars_;
    std::vector<Piece> pieces_;
    std::vector<ChunkToken> out_;
    std::uint32_t position_ = 0;
};

void Chunk::split() {
    for (std::size_t i = 0; i < chars_.size();) {
        const Kind kind = kind_of(chars_[i].c);
        if (kind != Kind::letter && kind != Kind::digit) {
            ++i;
            continue;
        }
        Piece piece;
        piece.first = i;
        piece.digits = piece.letters = true;
        for (; i < chars_.size(); ++i) {
            const Kind here = kind_of(chars_[i].c);
            if (here != Kind::letter && here != Kind::digit) break;
            piece.digits = piece.digits && here == Kind::digit;
            piece.letters = piece.letters && here == Kind::letter;
        }
        piece.last = i;
        piece.chars = Chars(chars_).subspan(piece.first, piece.last - piece.first);
        piece.text = lower(piece.chars);
        pieces_.push_back(std::move(piece));
    }
}

Kind Chunk::separator(std::size_t piece) const {
    if (piece + 1 >= pieces_.size() || pieces_[piece + 1].first != pieces_[piece].last + 1) return Kind::other;
    return kind_of(chars_[pieces_[piece].last].c);
}

void Chunk::push(std::string form, std::size_t first, std::size_t last, bool plain_number) {
    out_.push_back({std::move(form), begin_of(first), end_of(last - 1), position_++, 1, false, plain_number});
}

void Chunk::overlay(std::string form, std::size_t first, std::size_t last, std::uint32_t position, std::size_t span) {
    // An overlay follows the token it stands over and goes before the next position.
    const auto after = std::find_if(out_.begin(), out_.end(),
                                    [position](const ChunkToken& token) { return token.position > position; });
    out_.insert(after, {std::move(form), begin_of(first), end_of(last - 1), position, static_cast<std::uint8_t>(span),
                        true, false});
}

/// An elided article or conjunction before an apostrophe: nothing of it is kept but `jusque` and its like, which are
/// words.
bool Chunk::elided(std::size_t piece) {
    if (separator(piece) != Kind::apostrophe) return false;
    const std::string& word = pieces_[piece].text;
    if (one_of(word, {"l", "d", "j", "m", "t", "s", "n", "c", "ç", "z", "qu"})) return true;
    if (!one_of(word, {"jusqu", "lorsqu", "puisqu", "quoiqu"})) return false;
    push(word + "e", piece, piece + 1);
    return true;
}

/// `500.000`, `9,74`, `1 000` (the blanks are joined later), `47ème`.
std::size_t Chunk::number(std::size_t piece) {
    const Piece& head = pieces_[piece];
    if (!head.digits) {
        // Ordinals: digits and an ending.
        std::size_t digits = 0;
        while (digits < head.text.size() && head.text[digits] >= '0' && head.text[digits] <= '9') ++digits;
        if (digits == 0) return piece;
        const std::string_view ending = std::string_view(head.text).substr(digits);
        const bool first = head.text.substr(0, digits) == "1" &&
                           one_of(ending, {"er", "ers", "re", "res", "ère", "ères", "ere", "eres"});
        const bool other =
            one_of(ending, {"e", "es", "ème", "èmes", "eme", "emes", "ième", "ièmes", "nd", "nde", "nds", "ndes"});
        if (!first && !other) return piece;
        push(head.text.substr(0, digits) + (first ? "er" : "e"), piece, piece + 1);
        return piece + 1;
    }
    std::size_t last = piece + 1;
    std::string form = head.text;
    while (head.text.size() <= 3 && last < pieces_.size() && pieces_[last].digits && pieces_[last].text.size() == 3 &&
           (separator(last - 1) == Kind::dot || separator(last - 1) == Kind::apostrophe)) {
        form += pieces_[last++].text;
    }
    const bool whole = last == piece + 1;
    const Kind after = separator(last - 1);
    const bool decimal =
        last < pieces_.size() && pieces_[last].digits && (after == Kind::comma || (after == Kind::dot && whole));
    const bool more = decimal && last + 1 < pieces_.size() && separator(last) == after && pieces_[last + 1].digits;
    if (decimal && !more) {
        form += "," + pieces_[last++].text;
        push(form, piece, last);
        return last;
    }
    push(form, piece, last, whole);
    return last;
}

/// `I.A.`, `O.N.U`, `U.S.A.`: single letters between dots are one word.
std::size_t Chunk::acronym(std::size_t piece) {
    const auto single = [this](std::size_t at) { return pieces_[at].letters && pieces_[at].chars.size() == 1; };
    std::size_t last = piece;
    while (last < pieces_.size() && single(last) && (last == piece || separator(last - 1) == Kind::dot)) ++last;
    if (last - piece < 2) return piece;
    std::string form;
    for (std::size_t i = piece; i < last; ++i) form += pieces_[i].text;
    push(form, piece, last);
    return last;
}

/// étudiant·e·s, étudiant.e.s, étudiant(e)s, étudiant-e-s: the masculine, and over it the feminine.
std::size_t Chunk::inclusive(std::size_t piece) {
    const Piece& base = pieces_[piece];
    if (!base.letters || base.chars.size() < 3) return piece;
    const Kind mark = separator(piece);
    if (mark != Kind::middle_dot && mark != Kind::dot && mark != Kind::open && mark != Kind::hyphen) return piece;
    const Piece& ending = pieces_[piece + 1];
    if (!std::all_of(ending.chars.begin(), ending.chars.end(),
                     [](const Char& at) { return !is_upper(at.c) || at.c == U'E'; }))
        return piece;
    std::string suffix = ending.text;
    std::size_t last = piece + 2;
    bool plural = false;
    if (mark == Kind::open) {
        // The s of étudiant(e)s stands after the bracket, a piece of its own.
        if (ending.last >= chars_.size() || kind_of(chars_[ending.last].c) != Kind::close) {
            if (ending.last < chars_.size()) return piece;
        } else if (last < pieces_.size() && pieces_[last].first == ending.last + 1 && pieces_[last].text == "s") {
            plural = true;
            ++last;
        }
    } else if (last < pieces_.size() && separator(piece + 1) == mark && pieces_[last].text == "s") {
        plural = true;
        ++last;
    }
    if (!plural && suffix.size() > 1 && suffix.ends_with('s')) {
        plural = true;
        suffix.pop_back();
    }
    std::string feminine;
    const std::string& word = base.text;
    const auto cut = [&word](std::size_t n) { return word.substr(0, word.size() - std::min(n, word.size())); };
    if (one_of(suffix, {"e", "ne", "le", "te", "se"}))
        feminine = word + suffix;
    else if (suffix == "ère" || suffix == "ere")
        feminine = word.ends_with("er") ? cut(2) + "ère" : "";
    else if (suffix == "rice" || suffix == "trice")
        feminine = word.ends_with("eur") ? cut(suffix == "rice" ? 3 : 4) + suffix : "";
    else if (suffix == "euse" || suffix == "eresse")
        feminine = word.ends_with("eur") || word.ends_with("eux") ? cut(3) + suffix : "";
    else if (suffix == "ve")
        feminine = word.ends_with('f') ? cut(1) + "ve" : "";
    if (feminine.empty()) return piece;
    // `exemple.le` or `fait-le` are no inclusive writing: beside the middle dot only an e alone is sure.
    const bool sure = mark == Kind::middle_dot || mark == Kind::open || suffix == "e" || (plural && last == piece + 3);
    if (!sure) return piece;
    // `.e` at a sentence glued to the next would be `.E…`; a hyphen asks for the plural or the word's end.
    std::string masculine = word;
    if (plural) {
        if (!masculine.ends_with('s') && !masculine.ends_with('x')) masculine += 's';
        feminine += 's';
    }
    push(masculine, piece, last);
    overlay(feminine, piece, last, position_ - 1, 1);
    return last;
}

/// Words that look elided and are one: aujourd'hui, presqu'île, prud'homme, quelqu'un, grand'mère, O'Brien,
/// entr'ouvert.
bool whole_with_apostrophe(const Piece& before, const Piece& after) {
    const std::string& a = before.text;
    const std::string& b = after.text;
    if (a == "aujourd") return b.starts_with("hui");
    if (a == "presqu") return b.starts_with("île") || b.starts_with("ile");
    if (a == "prud") return b.starts_with("hom");
    if (a == "quelqu") return b.starts_with("un");
    if (a == "grand" || a == "entr") return true;
    return a == "o" && !after.chars.empty() && is_upper(after.chars.front().c) && after.chars.size() > 2;
}

/// A glued sentence end: `radicalisées.Cet`. Short codes (`x.AI`) and hosts (`exemple.fr`) are no sentences.
bool glued_sentence(const Piece& before, const Piece& after) {
    if (before.chars.size() < 2 || !is_upper(after.chars.front().c)) return false;
    return after.chars.size() == 1 || !is_upper(after.chars[1].c);
}

bool is_clitic(std::string_view word) {
    return one_of(word, {"je", "tu", "il",  "elle", "on",   "nous", "vous", "ils", "elles", "ce", "t",
                         "la", "le", "les", "lui",  "leur", "moi",  "toi",  "y",   "en",    "là", "ci"});
}

/// Parts that hyphens, dots, apostrophes, & and the like hold together, and over them the joined form.
std::size_t Chunk::compound(std::size_t piece) {
    constexpr std::size_t k_most_parts = 7;
    std::size_t last = piece + 1;
    const auto joins = [this](std::size_t at) {
        const Kind kind = separator(at);
        if (kind == Kind::dot) return !glued_sentence(pieces_[at], pieces_[at + 1]);
        const bool sign = kind == Kind::other && at + 1 < pieces_.size() &&
                          pieces_[at + 1].first == pieces_[at].last + 1 &&
                          (chars_[pieces_[at].last].c == U'&' || chars_[pieces_[at].last].c == U'@' ||
                           chars_[pieces_[at].last].c == U'_');
        return kind == Kind::hyphen || sign ||
               (kind == Kind::apostrophe &&
                !one_of(pieces_[at].text, {"l", "d", "j", "m", "t", "s", "n", "c", "ç", "qu"}));
    };
    while (last < pieces_.size() && last - piece < k_most_parts && joins(last - 1)) ++last;
    // C++ and C#, single letters with signs after them.
    if (last == piece + 1) {
        std::string form = pieces_[piece].text;
        std::size_t at = pieces_[piece].last;
        if (form.size() == 1 && at < chars_.size()) {
            if (chars_[at].c == U'#') form += '#';
            if (at + 1 < chars_.size() && chars_[at].c == U'+' && chars_[at + 1].c == U'+') form += "++";
        }
        push(form, piece, last);
        return last;
    }
    const std::uint32_t position = position_;
    std::string joined;
    bool clitic = false, mail = false;
    for (std::size_t i = piece; i < last; ++i) {
        push(pieces_[i].text, i, i + 1);
        joined += pieces_[i].text;
        clitic = i > piece && is_clitic(pieces_[i].text) && separator(i - 1) == Kind::hyphen;  // the last part decides
        if (i + 1 < last && chars_[pieces_[i].last].c == U'@') mail = true;
    }
    if (mail) {
        joined.clear();
        for (std::size_t i = pieces_[piece].first; i < pieces_[last - 1].last; ++i)
            joined += lower(Chars(chars_).subspan(i, 1));
    }
    if (!clitic) overlay(joined, piece, last, position, last - piece);
    return last;
}

std::size_t Chunk::emit(std::size_t piece) {
    if (separator(piece) == Kind::apostrophe && whole_with_apostrophe(pieces_[piece], pieces_[piece + 1])) {
        push(pieces_[piece].text + "'" + pieces_[piece + 1].text, piece, piece + 2);
        return piece + 2;
    }
    if (elided(piece)) return piece + 1;
    for (const auto step : {&Chunk::acronym, &Chunk::inclusive, &Chunk::number}) {
        const Kind before = piece > 0 ? separator(piece - 1) : Kind::other;
        if (step == &Chunk::number && before == Kind::hyphen) continue;
        if (const std::size_t next = (this->*step)(piece); next != piece) return next;
    }
    return compound(piece);
}

std::vector<ChunkToken> Chunk::tokens() {
    split();
    for (std::size_t piece = 0; piece < pieces_.size();) piece = emit(piece);
    return std::move(out_);
}

/// Scripts without blanks between words: ICU's dictionaries segment them (UAX #29).
bool needs_dictionary(char32_t c) {
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
           (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000;
}

std::vector<ChunkToken> by_dictionary(std::string_view chunk) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> words(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    const icu::UnicodeString wide =
        icu::UnicodeString::fromUTF8(icu::StringPiece(chunk.data(), static_cast<std::int32_t>(chunk.size())));
    std::vector<ChunkToken> tokens;
    if (U_FAILURE(status)) return tokens;
    words->setText(wide);
    std::size_t at = 0;
    std::int32_t begin = words->first();
    for (std::int32_t end = words->next(); end != icu::BreakIterator::DONE; begin = end, end = words->next()) {
        std::string piece;
        wide.tempSubStringBetween(begin, end).toUTF8String(piece);
        const std::size_t from = at;
        at += piece.size();
        if (words->getRuleStatus() < UBRK_WORD_NONE_LIMIT) continue;
        for (ChunkToken& token : Chunk(piece).tokens()) {
            token.begin += static_cast<std::uint32_t>(from);
            token.end += static_cast<std::uint32_t>(from);
            if (!token.overlay)
                token.position = tokens.empty() ? 0 : tokens.back().position + 1;
            else
                token.position = tokens.back().position;
            if (token.overlay) token.span = 1;
            tokens.push_back(std::move(token));
        }
    }
    return tokens;
}

}  // namespace

std::vector<ChunkToken> analyse_chunk(std::string_view chunk) {
    for (std::size_t at = 0; at < chunk.size();) {
        if (static_cast<unsigned char>(chunk[at]) < 0xE0) {
            ++at;
        } else if (needs_dictionary(next_code_point(chunk, at))) {
            return by_dictionary(chunk);
        }
    }
    return Chunk(chunk).tokens();
}

}  // namespace limier
