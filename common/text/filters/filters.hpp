// The filters of a chunk. One is asked at a piece, makes tokens of it and of those that belong to it, and tells the
// piece to go on with; where its rule does not apply it makes nothing and tells the same piece. `french.cpp` has their
// chain.
#pragma once

#include <cstddef>

#include "common/text/pieces.hpp"

namespace limier {

std::size_t elision(Chunk& chunk, std::size_t piece);
std::size_t acronym(Chunk& chunk, std::size_t piece);
std::size_t inclusive(Chunk& chunk, std::size_t piece);
std::size_t ordinal(Chunk& chunk, std::size_t piece);
std::size_t number(Chunk& chunk, std::size_t piece);
std::size_t compound(Chunk& chunk, std::size_t piece);  ///< takes every piece

}  // namespace limier
