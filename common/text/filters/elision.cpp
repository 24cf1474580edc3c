#include "common/text/filters/filters.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

/// Words that look elided and are one: aujourd'hui, presqu'île, prud'homme, quelqu'un, O'Brien, entr'acte.
bool whole_with_apostrophe(const Piece& before, const Piece& after) {
    const std::string& a = before.text;
    const std::string& b = after.text;
    if (a == "aujourd") return b.starts_with("hui");
    if (a == "presqu") return b.starts_with("île") || b.starts_with("ile");
    if (a == "prud") return b.starts_with("hom");
    if (a == "quelqu") return b == "un" || b == "une";
    if (a == "entr") return !one_of(b, {"eux", "elles", "autres"});
    return a == "o" && after.chars.size() > 2;
}

}  // namespace

/// An elided article before an apostrophe goes; `jusqu` and its like are words and get their e back.
std::size_t elision(Chunk& chunk, std::size_t piece) {
    const std::vector<Piece>& pieces = chunk.pieces();
    const std::string& word = pieces[piece].text;
    if (chunk.separator(piece) == Kind::apostrophe && whole_with_apostrophe(pieces[piece], pieces[piece + 1])) {
        // The spelling of 1990 (Journal officiel, 6 December) joins entr-.
        chunk.push(word + (word == "entr" ? "" : "'") + pieces[piece + 1].text, piece, piece + 2);
        return piece + 2;
    }
    const std::size_t after = pieces[piece].last;
    if (after == chunk.chars().size() || !is_apostrophe(chunk.chars()[after].c)) return piece;
    if (is_elidable(word)) return piece + 1;
    const bool pronoun =
        word == "entr" && piece + 1 < pieces.size() && one_of(pieces[piece + 1].text, {"eux", "elles", "autres"});
    if (!pronoun && !one_of(word, {"jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu"})) return piece;
    chunk.push(word + "e", piece, piece + 1);
    return piece + 1;
}

}  // namespace limier
