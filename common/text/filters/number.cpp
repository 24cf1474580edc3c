#include <algorithm>

#include "common/text/filters/filters.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

/// The value of a Roman figure below 40, as ordinals have it; 0 where it is none.
std::size_t roman(std::string_view figure) {
    constexpr std::string_view k_units[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    std::size_t tens = 0;
    while (tens < 3 && figure.starts_with('x')) figure.remove_prefix(1), ++tens;
    const auto* const unit = std::find(std::begin(k_units), std::end(k_units), figure);
    return unit == std::end(k_units) ? 0 : tens * 10 + static_cast<std::size_t>(unit - std::begin(k_units));
}

}  // namespace

/// Figures and an ending: `47ème`, `1re`, `XXIe`. A Roman figure in small letters only where it cannot be a word.
std::size_t ordinal(Chunk& chunk, std::size_t piece) {
    const std::string& word = chunk.pieces()[piece].text;
    std::size_t figures = 0;
    while (figures < word.size() && word[figures] >= '0' && word[figures] <= '9') ++figures;
    std::string number = word.substr(0, figures);
    if (figures == 0) {
        while (figures < word.size() && one_of(word.substr(figures, 1), {"i", "v", "x"})) ++figures;
        const Chars chars = chunk.pieces()[piece].chars;
        const auto capitals = static_cast<std::size_t>(
            std::count_if(chars.begin(), chars.end(), [](const Char& at) { return is_upper(at.c); }));
        const bool small = capitals == 0 && (figures > 2 || word.starts_with("xx") || word.starts_with("xv"));
        const std::size_t value = capitals == figures || small ? roman(std::string_view(word).substr(0, figures)) : 0;
        if (value == 0) return piece;
        number = std::to_string(value);
    }
    const std::string_view ending = std::string_view(word).substr(figures);
    const bool first = number == "1" && one_of(ending, {"er", "ers", "re", "res", "ère", "ères", "ere", "eres"});
    const bool other =
        one_of(ending, {"e", "es", "ème", "èmes", "eme", "emes", "ième", "ièmes", "nd", "nde", "nds", "ndes"});
    if (!first && !other) return piece;
    chunk.push(number + (first ? "er" : "e"), piece, piece + 1);
    return piece + 1;
}

/// `500.000`, `9,74`; `1 000` is joined later, over chunks. `12.10.2024` and `192.168.0.1` are numbers side by side.
std::size_t number(Chunk& chunk, std::size_t piece) {
    if (!chunk.pieces()[piece].digits) return piece;
    const auto run_of = [&](auto separates) {
        std::size_t last = piece + 1;
        while (last < chunk.pieces().size() && chunk.pieces()[last].digits && separates(chunk.separator(last - 1)))
            ++last;
        return last;
    };
    const auto groups = [&](std::size_t last) {
        return chunk.pieces()[piece].chars.size() <= 3 &&
               std::all_of(chunk.pieces().begin() + static_cast<std::ptrdiff_t>(piece) + 1,
                           chunk.pieces().begin() + static_cast<std::ptrdiff_t>(last),
                           [](const Piece& group) { return group.chars.size() == 3; });
    };
    std::string form = chunk.pieces()[piece].text;
    const std::size_t dotted = run_of([](Kind kind) { return kind == Kind::dot || kind == Kind::apostrophe; });
    const std::size_t commas = run_of([](Kind kind) { return kind == Kind::comma; });
    std::size_t last = piece + 1;
    if (dotted > last && groups(dotted))
        last = dotted;
    else if (commas > last + 1 && groups(commas))
        last = commas;
    for (std::size_t i = piece + 1; i < last; ++i) form += chunk.pieces()[i].text;
    const bool whole = last == piece + 1;
    const bool one_dot = whole && dotted == piece + 2 && chunk.separator(piece) == Kind::dot;
    const bool one_comma =
        last < chunk.pieces().size() && chunk.pieces()[last].digits && chunk.separator(last - 1) == Kind::comma &&
        !(last + 1 < chunk.pieces().size() && chunk.separator(last) == Kind::comma && chunk.pieces()[last + 1].digits);
    if (one_dot || one_comma) {
        form += "," + chunk.pieces()[last++].text;
        chunk.push(form, piece, last);
    } else if (whole && dotted > last) {
        for (; last <= dotted; ++last) chunk.push(chunk.pieces()[last - 1].text, last - 1, last);
        return dotted;
    } else {
        chunk.push(form, piece, last, whole);
    }
    return last;
}

}  // namespace limier
