#include "common/text/filters/filters.hpp"

namespace limier {

/// `I.A.`, `O.N.U`: single letters between dots are one word; so are short ones about an ampersand, `R&D`, `AT&T`.
std::size_t acronym(Chunk& chunk, std::size_t piece) {
    const auto short_word = [&chunk](std::size_t at, std::size_t most) {
        return chunk.pieces()[at].letters && chunk.pieces()[at].chars.size() <= most;
    };
    std::size_t last = piece;
    while (last < chunk.pieces().size() && short_word(last, 1) &&
           (last == piece || chunk.separator(last - 1) == Kind::dot))
        ++last;
    std::string form;
    if (last - piece >= 2) {
        for (std::size_t i = piece; i < last; ++i) form += chunk.pieces()[i].text;
    } else if (piece + 1 < chunk.pieces().size() && chunk.sign_after(piece) == U'&' && short_word(piece, 2) &&
               short_word(piece + 1, 2)) {
        last = piece + 2;
        form = chunk.pieces()[piece].text + "&" + chunk.pieces()[piece + 1].text;
    } else {
        return piece;
    }
    chunk.push(form, piece, last);
    return last;
}

}  // namespace limier
