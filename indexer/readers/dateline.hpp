// The opening of a dispatch: place, date, agency.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/readers/furniture.hpp"

namespace limier {

inline constexpr std::u32string_view k_dashes = U"–—-|―";

/// A place as datelines write it: `Kourou`, `SAINT-BRIEUC`, `Châtel (Haute-Savoie)`. Where it ends; 0 where none
/// begins.
std::size_t read_place(std::string_view text, bool capitals_only);

/// Place, date and agency as they stand at the beginning of a text, each of them or none.
struct Opening {
    Furniture said;
    std::size_t end = 0;  ///< behind the last of them
    bool has_place = false;
    bool capitals = false;  ///< the place is in capitals
};
Opening read_opening(std::string_view text);

/// Reads the beginning of a first paragraph: `PARIS, 12 août 2024 (ALP) –`, `(AFP) –`, `FORT-DE-FRANCE –`.
std::optional<Furniture> read_dateline(std::string_view paragraph);

}  // namespace limier
