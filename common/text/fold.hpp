// Folding: the comparison forms that ignore case, accents and punctuation.
#pragma once

#include <string>
#include <string_view>

namespace limier {

/// Lower case without accents: `École` -> `ecole`, `Œuvre` -> `oeuvre`. Other characters stay. Input: valid UTF-8.
std::string fold(std::string_view text);

/// How fold(text) compares to a text that is folded, byte by byte, and whether it begins with it.
struct FoldedOrder {
    int order = 0;  ///< below 0, 0, above 0: as std::string::compare
    bool begins = false;
};
FoldedOrder compare_folded(std::string_view text, std::string_view folded);

/// Whether folding takes an accent (a diacritic, a ligature) away: `école` yes, `ecole` and `ECOLE` no.
bool has_accent(std::string_view text);

/// The key of an entity, topic or field value. Case, accents, hyphens, apostrophes and runs of blanks never matter, and
/// dots inside a word vanish: `États-Unis` -> `etats unis`, `x.AI` -> `xai`, `L'Oréal` -> `l oreal`, `I.A.` -> `ia`.
std::string fold_key(std::string_view text);

}  // namespace limier
