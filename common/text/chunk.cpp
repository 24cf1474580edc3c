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

enum class Kind { letter, digit, mark, apostrophe, hyphen, dot, comma, middle_dot, open, close, other };

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
    if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK) return Kind::mark;
    return is_letter(c) ? Kind::letter : Kind::other;
}

bool of_word(char32_t c) {
    const Kind kind = kind_of(c);
    return kind == Kind::letter || kind == Kind::digit || kind == Kind::mark;
}

bool all_of_word(const icu::UnicodeString& text) {
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        if (!of_word(static_cast<char32_t>(text.char32At(i)))) return false;
    return true;
}

/// Characters in NFKC; soft hyphens and zero-width characters are part of the character before them.
std::vector<Char> read_chars(std::string_view chunk) {
    std::vector<Char> chars;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
    const auto composes = [&](std::size_t at) {
        return at < chunk.size() && static_cast<unsigned char>(chunk[at]) >= 0xCC &&
               !nfkc->hasBoundaryBefore(static_cast<UChar32>(next_code_point(chunk, at)));
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
        wide = nfkc->normalize(wide, status);
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

using Chars = std::span<const Char>;

std::string lower(Chars chars) {
    std::string out;
    for (const Char& at : chars) {
        if (at.c == U'œ' || at.c == U'Œ') {
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

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// What is elided before an apostrophe and dropped there.
bool is_elidable(std::string_view word) {
    return one_of(word, {"l", "d", "j", "m", "t", "s", "n", "c", "ç", "z", "qu"});
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

/// The value of a Roman figure below 40, as ordinals have it; 0 where it is none.
std::size_t roman(std::string_view figure) {
    constexpr std::string_view k_units[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    std::size_t tens = 0;
    while (tens < 3 && figure.starts_with('x')) figure.remove_prefix(1), ++tens;
    const auto* const unit = std::find(std::begin(k_units), std::end(k_units), figure);
    return unit == std::end(k_units) ? 0 : tens * 10 + static_cast<std::size_t>(unit - std::begin(k_units));
}

class Chunk {
 public:
    explicit Chunk(std::string_view text) : chars_(read_chars(text)) {}
    std::vector<ChunkToken> tokens();

 private:
    void split();
    Kind separator(std::size_t piece) const;       ///< after a piece: the one character before the next, or other
    char32_t sign_after(std::size_t piece) const;  ///< that one character itself, or 0
    std::size_t emit(std::size_t piece);           ///< emits from a piece on; the next piece to go on with
    std::size_t ordinal(std::size_t piece);
    std::size_t number(std::size_t piece);
    std::size_t acronym(std::size_t piece);
    std::size_t inclusive(std::size_t piece);
    std::size_t compound(std::size_t piece);
    std::size_t word(std::size_t piece);
    bool joins(std::size_t piece) const;
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
    out_.push_back({std::move(form), begin_of(first), end_of(last - 1), position_++, 1, false, plain_number});
}

void Chunk::overlay(std::string form, std::size_t first, std::size_t last, std::uint32_t position, std::size_t span) {
    // An overlay follows the token it stands over and goes before the next position.
    const auto after = std::find_if(out_.end() - static_cast<std::ptrdiff_t>(std::min(span, out_.size())), out_.end(),
                                    [position](const ChunkToken& token) { return token.position > position; });
    out_.insert(after, {std::move(form), begin_of(first), end_of(last - 1), position, static_cast<std::uint8_t>(span),
                        true, false});
}

/// An elided article before an apostrophe goes; `jusqu` and its like are words and get their e back.
bool Chunk::elided(std::size_t piece) {
    const std::size_t after = pieces_[piece].last;
    if (after == chars_.size() || !is_apostrophe(chars_[after].c)) return false;
    const std::string& word = pieces_[piece].text;
    if (is_elidable(word)) return true;
    const bool pronoun =
        word == "entr" && piece + 1 < pieces_.size() && one_of(pieces_[piece + 1].text, {"eux", "elles", "autres"});
    if (!pronoun && !one_of(word, {"jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu"})) return false;
    push(word + "e", piece, piece + 1);
    return true;
}

/// Figures and an ending: `47ème`, `1re`, `XXIe`. A Roman figure in small letters only where it cannot be a word.
std::size_t Chunk::ordinal(std::size_t piece) {
    const std::string& word = pieces_[piece].text;
    std::size_t figures = 0, value = 0;
    while (figures < word.size() && word[figures] >= '0' && word[figures] <= '9') ++figures;
    std::string number = word.substr(0, figures);
    if (figures == 0) {
        while (figures < word.size() && one_of(word.substr(figures, 1), {"i", "v", "x"})) ++figures;
        const Chars chars = pieces_[piece].chars;
        const auto capitals = static_cast<std::size_t>(
            std::count_if(chars.begin(), chars.end(), [](const Char& at) { return is_upper(at.c); }));
        const bool small = capitals == 0 && (figures > 2 || word.starts_with("xx") || word.starts_with("xv"));
        value = capitals == figures || small ? roman(std::string_view(word).substr(0, figures)) : 0;
        if (value == 0) return piece;
        number = std::to_string(value);
    }
    const std::string_view ending = std::string_view(word).substr(figures);
    const bool first = number == "1" && one_of(ending, {"er", "ers", "re", "res", "ère", "ères", "ere", "eres"});
    const bool other =
        one_of(ending, {"e", "es", "ème", "èmes", "eme", "emes", "ième", "ièmes", "nd", "nde", "nds", "ndes"});
    if (figures == 0 || (!first && !other)) return piece;
    push(number + (first ? "er" : "e"), piece, piece + 1);
    return piece + 1;
}

/// `500.000`, `9,74`; `1 000` is joined later, over chunks. `12.10.2024` and `192.168.0.1` are numbers side by side.
std::size_t Chunk::number(std::size_t piece) {
    if (!pieces_[piece].digits) return piece;
    const auto run_of = [&](auto separates) {
        std::size_t last = piece + 1;
        while (last < pieces_.size() && pieces_[last].digits && separates(separator(last - 1))) ++last;
        return last;
    };
    const auto groups = [&](std::size_t last) {
        return pieces_[piece].chars.size() <= 3 &&
               std::all_of(pieces_.begin() + static_cast<std::ptrdiff_t>(piece) + 1,
                           pieces_.begin() + static_cast<std::ptrdiff_t>(last),
                           [](const Piece& group) { return group.chars.size() == 3; });
    };
    std::string form = pieces_[piece].text;
    const std::size_t dotted = run_of([](Kind kind) { return kind == Kind::dot || kind == Kind::apostrophe; });
    const std::size_t commas = run_of([](Kind kind) { return kind == Kind::comma; });
    std::size_t last = piece + 1;
    if (dotted > last && groups(dotted))
        last = dotted;
    else if (commas > last + 1 && groups(commas))
        last = commas;
    for (std::size_t i = piece + 1; i < last; ++i) form += pieces_[i].text;
    const bool whole = last == piece + 1;
    const bool one_dot = whole && dotted == piece + 2 && separator(piece) == Kind::dot;
    const bool one_comma = last < pieces_.size() && pieces_[last].digits && separator(last - 1) == Kind::comma &&
                           !(last + 1 < pieces_.size() && separator(last) == Kind::comma && pieces_[last + 1].digits);
    if (one_dot || one_comma) {
        form += "," + pieces_[last++].text;
        push(form, piece, last);
    } else if (whole && dotted > last) {
        for (; last <= dotted; ++last) push(pieces_[last - 1].text, last - 1, last);
        return dotted;
    } else {
        push(form, piece, last, whole);
    }
    return last;
}

/// `I.A.`, `O.N.U`: single letters between dots are one word; so are short ones about an ampersand, `R&D`, `AT&T`.
std::size_t Chunk::acronym(std::size_t piece) {
    const auto short_word = [this](std::size_t at, std::size_t most) {
        return pieces_[at].letters && pieces_[at].chars.size() <= most;
    };
    std::size_t last = piece;
    while (last < pieces_.size() && short_word(last, 1) && (last == piece || separator(last - 1) == Kind::dot)) ++last;
    std::string form;
    if (last - piece >= 2) {
        for (std::size_t i = piece; i < last; ++i) form += pieces_[i].text;
    } else if (piece + 1 < pieces_.size() && sign_after(piece) == U'&' && short_word(piece, 2) &&
               short_word(piece + 1, 2)) {
        last = piece + 2;
        form = pieces_[piece].text + "&" + pieces_[piece + 1].text;
    } else {
        return piece;
    }
    push(form, piece, last);
    return last;
}

/// The feminine of a masculine form, by the ending that inclusive writing gives it; empty where they do not agree.
std::string feminine_of(const std::string& masculine, std::string_view ending) {
    struct Rule {
        std::string_view ending, masculine, feminine;
    };
    constexpr Rule k_rules[] = {
        {"ne", "n", "nne"},          {"le", "l", "lle"},         {"te", "t", "tte"},      {"tes", "tous", "toutes"},
        {"te", "tous", "toute"},     {"se", "eux", "euse"},      {"se", "eur", "euse"},   {"se", "s", "sse"},
        {"ère", "er", "ère"},        {"ere", "er", "ère"},       {"ière", "ier", "ière"}, {"rice", "teur", "trice"},
        {"ice", "teur", "trice"},    {"trice", "teur", "trice"}, {"euse", "eur", "euse"}, {"euse", "eux", "euse"},
        {"eresse", "eur", "eresse"}, {"ve", "f", "ve"},          {"ive", "if", "ive"},    {"elle", "eau", "elle"},
        {"elle", "el", "elle"},      {"ale", "aux", "ale"},      {"ale", "al", "ale"},    {"enne", "en", "enne"},
        {"ienne", "ien", "ienne"},   {"onne", "on", "onne"},     {"he", "c", "che"},      {"che", "c", "che"},
        {"que", "c", "que"},         {"sse", "e", "esse"},       {"esse", "e", "esse"},
    };
    if (ending == "e" && !masculine.ends_with('e')) return masculine + "e";
    for (const Rule& rule : k_rules) {
        if (rule.ending == ending && masculine.ends_with(rule.masculine))
            return masculine.substr(0, masculine.size() - rule.masculine.size()) + std::string(rule.feminine);
    }
    return {};
}

bool in_capitals(Chars chars) {
    return std::all_of(chars.begin(), chars.end(), [](const Char& at) { return is_upper(at.c); });
}

/// étudiant·e·s, étudiant.e.s, étudiant(e)s, étudiant-e-s: the masculine, and over it the feminine.
std::size_t Chunk::inclusive(std::size_t piece) {
    const Piece& base = pieces_[piece];
    if (!base.letters || base.chars.size() < 2) return piece;
    const Kind mark = separator(piece);
    if (mark != Kind::middle_dot && mark != Kind::dot && mark != Kind::open && mark != Kind::hyphen) return piece;
    const Piece& ending = pieces_[piece + 1];
    // A capital after a small letter begins a sentence; RTL-le is no word.
    if (in_capitals(base.chars) != is_upper(ending.chars.front().c)) return piece;
    std::size_t last = piece + 2;
    const bool bracket = ending.last < chars_.size() && kind_of(chars_[ending.last].c) == Kind::close;
    const bool s_follows = last < pieces_.size() && pieces_[last].first == ending.last + 1 && pieces_[last].text == "s";
    bool plural = s_follows && (mark == Kind::open ? bracket : separator(piece + 1) == mark);
    if (plural) ++last;
    std::string suffix = ending.text;
    if (!plural && suffix.size() > 1 && suffix.ends_with('s')) {
        plural = true;
        suffix.pop_back();
    }
    // Luxeuil-les-Bains, travail-le: of pronouns after a hyphen only -le-s is sure.
    const bool pronoun = mark == Kind::hyphen && !s_follows && one_of(suffix, {"le", "te", "se", "que"});
    if (pronoun || (mark == Kind::hyphen && separator(last - 1) == Kind::hyphen)) return piece;
    std::string masculine = base.text, feminine = feminine_of(masculine, suffix);
    if (feminine.empty() && !(mark == Kind::middle_dot && suffix == "s")) return piece;
    if ((plural || feminine.empty()) && !masculine.ends_with('s') && !masculine.ends_with('x')) masculine += 's';
    if (plural && !feminine.ends_with('s')) feminine += 's';
    push(masculine, piece, last);
    // The bracket is the word's: étudiant(e).
    if (bracket && last == piece + 2) out_.back().end = chars_[ending.last].end;
    const std::uint32_t end = out_.back().end;
    if (feminine.empty()) return last;
    overlay(feminine, piece, last, position_ - 1, 1);
    out_.back().end = end;
    return last;
}

/// Words that look elided and are one: aujourd'hui, presqu'île, prud'homme, quelqu'un, O'Brien, entr'acte.
bool whole_with_apostrophe(const Piece& before, const Piece& after) {
    const std::string& a = before.text;
    const std::string& b = after.text;
    if (a == "aujourd") return b.starts_with("hui");
    if (a == "presqu") return b.starts_with("île") || b.starts_with("ile");
    if (a == "prud") return b.starts_with("hom");
    if (a == "quelqu") return b == "un" || b == "une";
    if (a == "entr") return !one_of(b, {"eux", "elles", "autres"});
    return a == "o" && is_upper(after.chars.front().c) && after.chars.size() > 2;
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

char32_t Chunk::sign_after(std::size_t piece) const {
    const bool one = piece + 1 < pieces_.size() && pieces_[piece + 1].first == pieces_[piece].last + 1;
    return one ? chars_[pieces_[piece].last].c : 0;
}

/// Whether what stands between two pieces holds them together.
bool Chunk::joins(std::size_t piece) const {
    const char32_t sign = sign_after(piece);
    if (sign == U'&' || sign == U'@' || sign == U'_') return true;
    const Kind kind = separator(piece);
    if (kind == Kind::dot) return !glued_sentence(pieces_[piece], pieces_[piece + 1]);
    return kind == Kind::hyphen || kind == Kind::apostrophe;
}

/// One word; C++ and C# with their signs.
std::size_t Chunk::word(std::size_t piece) {
    std::string form = pieces_[piece].text;
    const std::size_t at = pieces_[piece].last;
    std::size_t signs = 0;
    if (form.size() == 1 && at < chars_.size()) {
        if (chars_[at].c == U'#') signs = 1;
        if (at + 1 < chars_.size() && chars_[at].c == U'+' && chars_[at + 1].c == U'+') signs = 2;
    }
    for (std::size_t i = 0; i < signs; ++i) append_utf8(form, chars_[at + i].c);
    push(std::move(form), piece, piece + 1);
    if (signs != 0) out_.back().end = chars_[at + signs - 1].end;
    return piece + 1;
}

/// Parts that hyphens, dots, apostrophes, & and the like hold together, and over them the joined form. An article
/// within is elided as elsewhere (`chef-d'œuvre` is chef and œuvre), but stays in the joined form.
std::size_t Chunk::compound(std::size_t piece) {
    constexpr std::size_t k_most_parts = 7;
    std::size_t last = piece + 1;
    while (last < pieces_.size() && last - piece < k_most_parts && joins(last - 1)) ++last;
    if (last == piece + 1) return word(piece);
    const std::uint32_t position = position_;
    std::string joined;
    bool clitic = false, mail = false;
    for (std::size_t i = piece; i < last; ++i) {
        const char32_t before = i > piece ? sign_after(i - 1) : 0;
        // `rock'n'roll`: an n between two apostrophes is no negation.
        const bool article = i > piece && i + 1 < last && !is_apostrophe(before) && separator(i) == Kind::apostrophe &&
                             is_elidable(pieces_[i].text);
        if (!article) push(pieces_[i].text, i, i + 1);
        if (before == U'&') joined += '&';
        joined += pieces_[i].text;
        // donne-m'en, va-t'en
        const bool pronoun = article ? pieces_[i].text != "d" : is_clitic(pieces_[i].text);
        clitic = pronoun && (kind_of(before) == Kind::hyphen || clitic);
        mail = mail || before == U'@';
    }
    if (mail)
        joined = lower(Chars(chars_).subspan(pieces_[piece].first, pieces_[last - 1].last - pieces_[piece].first));
    if (!clitic) overlay(joined, piece, last, position, position_ - position);
    return last;
}

std::size_t Chunk::emit(std::size_t piece) {
    if (separator(piece) == Kind::apostrophe && whole_with_apostrophe(pieces_[piece], pieces_[piece + 1])) {
        // The spelling of 1990 (Journal officiel, 6 December) joins entr-.
        const char* const between = pieces_[piece].text == "entr" ? "" : "'";
        push(pieces_[piece].text + between + pieces_[piece + 1].text, piece, piece + 2);
        return piece + 2;
    }
    if (elided(piece)) return piece + 1;
    for (const auto step : {&Chunk::acronym, &Chunk::inclusive, &Chunk::ordinal, &Chunk::number}) {
        if (const std::size_t next = (this->*step)(piece); next != piece) return next;
    }
    return compound(piece);
}

std::vector<ChunkToken> Chunk::tokens() {
    split();
    for (std::size_t piece = 0; piece < pieces_.size();) piece = emit(piece);
    return std::move(out_);
}

/// Scripts without blanks between words (Hangul has them): ICU's dictionaries segment them (UAX #29).
bool needs_dictionary(char32_t c) {
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
           (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000;
}

/// Appends the tokens of a part of the chunk that begins at `from`.
void append(std::vector<ChunkToken>& tokens, std::string_view part, std::size_t from) {
    std::uint32_t position = 0;
    for (const ChunkToken& token : tokens) position = std::max(position, token.position + 1);
    for (ChunkToken& token : Chunk(part).tokens()) {
        token.begin += static_cast<std::uint32_t>(from);
        token.end += static_cast<std::uint32_t>(from);
        token.position += position;
        tokens.push_back(std::move(token));
    }
}

void append_by_dictionary(std::vector<ChunkToken>& tokens, std::string_view part, std::size_t from) {
    UErrorCode status = U_ZERO_ERROR;
    thread_local const std::unique_ptr<icu::BreakIterator> words(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (!words) return append(tokens, part, from);
    const icu::UnicodeString wide =
        icu::UnicodeString::fromUTF8(icu::StringPiece(part.data(), static_cast<std::int32_t>(part.size())));
    words->setText(wide);
    std::int32_t begin = words->first();
    for (std::int32_t end = words->next(); end != icu::BreakIterator::DONE; begin = end, end = words->next()) {
        std::string piece;
        wide.tempSubStringBetween(begin, end).toUTF8String(piece);
        if (words->getRuleStatus() >= UBRK_WORD_NONE_LIMIT) append(tokens, piece, from);
        from += piece.size();
    }
}

/// The end of the run of characters from `at` that all are, or all are not, of a script that needs a dictionary.
std::size_t end_of_run(std::string_view chunk, std::size_t at, bool dictionary) {
    while (at < chunk.size()) {
        std::size_t next = at;
        const char32_t c = next_code_point(chunk, next);
        const bool follows = kind_of(c) == Kind::mark || is_invisible(c);
        if (!follows && needs_dictionary(c) != dictionary) break;
        at = next;
    }
    return at;
}

}  // namespace

std::vector<ChunkToken> analyse_chunk(std::string_view chunk) {
    std::vector<ChunkToken> tokens;
    bool dictionary = false;
    for (std::size_t at = 0; at < chunk.size(); dictionary = !dictionary) {
        const std::size_t end = end_of_run(chunk, at, dictionary);
        if (!dictionary && end == chunk.size() && at == 0) return Chunk(chunk).tokens();
        const std::string_view part = chunk.substr(at, end - at);
        dictionary ? append_by_dictionary(tokens, part, at) : append(tokens, part, at);
        at = end;
    }
    return tokens;
}

}  // namespace limier
