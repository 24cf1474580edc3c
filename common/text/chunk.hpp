// The chain for one chunk of text: a run without blanks. French spelling is settled here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace limier {

/// A token of a chunk. Bytes and positions count from the chunk's begin.
struct ChunkToken {
    std::string form;  ///< normalised (token.hpp)
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t position = 0;
    std::uint8_t span = 1;
    bool overlay = false;
    bool plain_number = false;  ///< digits only: may be the head or a group of `500 000`
};

class Chunk;

/// filters/filters.hpp
using Filter = std::size_t (*)(Chunk& chunk, std::size_t piece);

/// Analyses a chunk of valid UTF-8 by the filters of a chain, of which the last takes every piece.
std::vector<ChunkToken> analyse_chunk(std::string_view chunk, std::span<const Filter> chain);

}  // namespace limier
