#include "common/text/pieces.hpp"

#include <algorithm>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "common/text/utf8.hpp"

namespace limier {
namespace {

bool of_word(char32_t c) {
    const Kind kind = kind_of(c);
    return kind == Kind::letter || kind == Kind::digit || kind == Kind::mark;
}

bool all_of_word(const icu::UnicodeString& text) {
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        if (!of_word(static_cast<char32_t>(text.char32At(i)))) return false;
    return true;
}

/// Asked for where it is needed: ICU loads its data at the first time. A static, whose guard shows every thread what
/// ICU has made.
const icu::Normalizer2& nfkc() {
    UErrorCode status = U_ZERO_ERROR;
    static const icu::Normalizer2* const instance = icu::Normalizer2::getNFKCInstance(status);
    return *instance;
}

/// Characters in NFKC; soft hyphens and zero-width characters are part of the character before them.
std::vector<Char> read_chars(std::string_view chunk) {
    std::vector<Char> chars;
    chars.reserve(chunk.size());
    UErrorCode status = U_ZERO_ERROR;
    const auto composes = [&](std::size_t at) {
        return at < chunk.size() && static_cast<unsigned char>(chunk[at]) >= 0xCC &&
               !nfkc().hasBoundaryBefore(static_cast<UChar32>(next_code_point(chunk, at)));
    };
    for (std::size_t at = 0; at < chunk.size();) {
        const auto begin = static_cast<std::uint32_t>(at);
        char32_t c = next_code_point(chunk, at);
        if (is_invisible(c)) {
            if (!chars.empty() && chars.back().end == begin) chars.back().end = static_cast<std::uint32_t>(at);
            continue;
        }
        // An acute or grave accent alone is an apostrophe to people, NFKC would make it a blank and a mark; and it
        // would make the sign in Café™ two letters.
        const bool plain = c < 0xA0 || (c >= 0xC0 && c < 0x132) || is_apostrophe(c) || c == U'™';
        if (plain && !composes(at)) {
            chars.push_back({c, begin, static_cast<std::uint32_t>(at)});
            continue;
        }
        const std::size_t single = at;
        while (composes(at)) next_code_point(chunk, at);
        icu::UnicodeString wide =
            icu::UnicodeString::fromUTF8(icu::StringPiece(chunk.data() + begin, static_cast<std::int32_t>(at - begin)));
        wide = nfkc().normalize(wide, status);
        const bool several = wide.countChar32() > 1;
        // One character that is several words (½ is 1⁄2) is none, nor are accents without a letter.
        const bool apart = at == single ? !all_of_word(wide) : !of_word(static_cast<char32_t>(wide.char32At(0)));
        if (several && apart) wide = icu::UnicodeString(u' ');
        for (std::int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
            c = static_cast<char32_t>(wide.char32At(i));
            if (several && !apart && !of_word(c)) continue;
            chars.push_back({c, begin, static_cast<std::uint32_t>(at)});
        }
    }
    return chars;
}

}  // namespace

Kind kind_of(char32_t c) {
    if ((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z')) return Kind::letter;  // the most by far
    if (c == U'-' || c == U'‐' || c == U'‑') return Kind::hyphen;
    if (is_apostrophe(c)) return Kind::apostrophe;
    if (c == U'.') return Kind::dot;
    if (c == U',') return Kind::comma;
    if (c == U'·' || c == U'•' || c == U'‧' || c == U'⋅') return Kind::middle_dot;
    if (c == U'(') return Kind::open;
    if (c == U')') return Kind::close;
    if (is_digit(c)) return Kind::digit;
    const auto type = u_charType(static_cast<UChar32>(c));
    if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK) return Kind::mark;
    return is_letter(c) ? Kind::letter : Kind::other;
}

bool in_capitals(Chars chars) {
    return std::all_of(chars.begin(), chars.end(), [](const Char& at) { return is_upper(at.c); });
}

std::string lower(Chars chars) {
    std::string out;
    for (const Char& at : chars) {
        if (at.c >= U'a' && at.c <= U'z') {
            out += static_cast<char>(at.c);
        } else if (at.c == U'œ' || at.c == U'Œ') {
            out += "oe";
        } else if (at.c == U'æ' || at.c == U'Æ') {
            out += "ae";
        } else if (at.c == U'ß' || at.c == U'ẞ') {
            out += "ss";
        } else if (is_apostrophe(at.c)) {
            out += '\'';
        } else {
            append_utf8(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(at.c))));
        }
    }
    return out;
}

bool is_elidable(std::string_view word) {
    return one_of(word, {"l", "d", "j", "m", "t", "s", "n", "c", "ç", "z", "qu"});
}

Chunk::Chunk(std::string_view text) : chars_(read_chars(text)) { split(); }

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
            if (here != Kind::letter && here != Kind::digit && here != Kind::mark) break;
            piece.digits = piece.digits && here == Kind::digit;
            piece.letters = piece.letters && here != Kind::digit;
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
    tokens_.push_back({std::move(form), begin_of(first), end_of(last - 1), position_++, 1, false, plain_number});
}

void Chunk::overlay(std::string form, std::size_t first, std::size_t last, std::uint32_t position, std::size_t span) {
    // An overlay follows the token it stands over and goes before the next position.
    const auto after =
        std::find_if(tokens_.end() - static_cast<std::ptrdiff_t>(std::min(span, tokens_.size())), tokens_.end(),
                     [position](const ChunkToken& token) { return token.position > position; });
    tokens_.insert(after, {std::move(form), begin_of(first), end_of(last - 1), position,
                           static_cast<std::uint8_t>(span), true, false});
}

char32_t Chunk::sign_after(std::size_t piece) const {
    const bool one = piece + 1 < pieces_.size() && pieces_[piece + 1].first == pieces_[piece].last + 1;
    return one ? chars_[pieces_[piece].last].c : 0;
}

}  // namespace limier
