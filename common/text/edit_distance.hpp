// How far apart two names are, for hints.
#pragma once

#include <cstddef>
#include <string_view>

namespace limier {

/// Insertions, deletions and substitutions of bytes between two short names (Levenshtein, 1966).
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace limier
