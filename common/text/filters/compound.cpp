#include <algorithm>
#include <utility>

#include "common/text/accents.hpp"
#include "common/text/filters/filters.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

/// A glued sentence end: `radicalisées.Cet`. Short codes (`x.AI`) and hosts (`exemple.fr`) are no sentences.
bool glued_sentence(const Piece& before, const Piece& after) {
    if (before.chars.size() < 2 || !is_upper(after.chars.front().c)) return false;
    return after.chars.size() == 1 || !is_upper(after.chars[1].c);
}

bool is_clitic(std::string_view word) {
    return one_of(word, {"je", "tu", "il",  "elle", "on",   "nous", "vous", "ils", "elles", "ce", "t",
                         "la", "le", "les", "lui",  "leur", "moi",  "toi",  "y",   "en",    "là", "ci"});
}

/// Whether what stands between two pieces holds them together.
bool joins(const Chunk& chunk, std::size_t piece) {
    const char32_t sign = chunk.sign_after(piece);
    if (sign == U'&' || sign == U'@' || sign == U'_') return true;
    const Kind kind = chunk.separator(piece);
    if (kind == Kind::dot) return !glued_sentence(chunk.pieces()[piece], chunk.pieces()[piece + 1]);
    return kind == Kind::hyphen || kind == Kind::apostrophe;
}

/// The form over a word in capitals that may have lost its accents by them: of MARCHE, which is marche or marché. Empty
/// for other words.
std::string capital_form(Chars chars, std::string_view form) {
    return chars.size() > 2 && in_capitals(chars) && unaccented_word(form) ? unsure_form(form) : std::string();
}

/// One word; C++ and C# with their signs.
std::size_t word(Chunk& chunk, std::size_t piece) {
    std::string form = chunk.pieces()[piece].text;
    const std::size_t at = chunk.pieces()[piece].last;
    std::size_t signs = 0;
    if (form.size() == 1 && at < chunk.chars().size()) {
        if (chunk.chars()[at].c == U'#') signs = 1;
        if (at + 1 < chunk.chars().size() && chunk.chars()[at].c == U'+' && chunk.chars()[at + 1].c == U'+') signs = 2;
    }
    for (std::size_t i = 0; i < signs; ++i) append_utf8(form, chunk.chars()[at + i].c);
    // What is typed without the apostrophe that the dictionary has.
    for (const auto& [typed, spelt] : {std::pair("aujourdhui", "aujourd'hui"), std::pair("prudhomme", "prud'homme"),
                                       std::pair("prudhommes", "prud'hommes")})
        if (form == typed) form = spelt;
    const std::string capitals = capital_form(chunk.pieces()[piece].chars, form);
    chunk.push(std::move(form), piece, piece + 1);
    if (!capitals.empty()) chunk.overlay(capitals, piece, piece + 1, chunk.position() - 1, 1);
    if (signs != 0) chunk.last().end = chunk.chars()[at + signs - 1].end;
    return piece + 1;
}

}  // namespace

/// Parts that hyphens, dots, apostrophes, & and the like hold together, and over them the joined form. An article
/// within is elided as elsewhere (`chef-d'œuvre` is chef and œuvre), but stays in the joined form.
std::size_t compound(Chunk& chunk, std::size_t piece) {
    constexpr std::size_t k_most_parts = 7;
    std::size_t last = piece + 1;
    while (last < chunk.pieces().size() && last - piece < k_most_parts && joins(chunk, last - 1)) ++last;
    if (last == piece + 1) return word(chunk, piece);
    const std::uint32_t position = chunk.position();
    std::string joined;
    bool clitic = false, mail = false;
    for (std::size_t i = piece; i < last; ++i) {
        const char32_t before = i > piece ? chunk.sign_after(i - 1) : 0;
        // `rock'n'roll`: an n between two apostrophes is no negation.
        const bool article = i > piece && i + 1 < last && !is_apostrophe(before) &&
                             chunk.separator(i) == Kind::apostrophe && is_elidable(chunk.pieces()[i].text);
        if (!article) chunk.push(chunk.pieces()[i].text, i, i + 1);
        if (before == U'&') joined += '&';
        joined += chunk.pieces()[i].text;
        // donne-m'en, va-t'en
        const bool pronoun = article ? chunk.pieces()[i].text != "d" : is_clitic(chunk.pieces()[i].text);
        clitic = pronoun && (kind_of(before) == Kind::hyphen || clitic);
        mail = mail || before == U'@';
    }
    if (mail)
        joined = lower(
            Chars(chunk.chars())
                .subspan(chunk.pieces()[piece].first, chunk.pieces()[last - 1].last - chunk.pieces()[piece].first));
    if (!clitic) chunk.overlay(joined, piece, last, position, chunk.position() - position);
    return last;
}

}  // namespace limier
