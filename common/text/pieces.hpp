// A chunk as the filters see it: its characters, the pieces of words among them, and the tokens made so far.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/chunk.hpp"

namespace limier {

/// A character of the chunk, in compatibility form and as written (case kept), with the bytes it stands on.
struct Char {
    char32_t c = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

enum class Kind { letter, digit, mark, apostrophe, hyphen, dot, comma, middle_dot, open, close, other };

Kind kind_of(char32_t c);

using Chars = std::span<const Char>;

/// The normalised spelling: small letters, œ written oe, æ ae, ß ss, every apostrophe as U+0027.
std::string lower(Chars chars);

/// Capitals alone.
bool in_capitals(Chars chars);

inline bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// What is elided before an apostrophe and dropped there: `l`, `qu`.
bool is_elidable(std::string_view word);

/// A maximal run of letters and digits, and what stands between it and the next.
struct Piece {
    Chars chars;
    std::size_t first = 0;  ///< index in the chunk's characters
    std::size_t last = 0;   ///< exclusive
    std::string text;
    bool digits = false;
    bool letters = false;
};

class Chunk {
 public:
    /// Takes valid UTF-8.
    explicit Chunk(std::string_view text);

    const std::vector<Char>& chars() const { return chars_; }
    const std::vector<Piece>& pieces() const { return pieces_; }
    Kind separator(std::size_t piece) const;       ///< after a piece: the one character before the next, or other
    char32_t sign_after(std::size_t piece) const;  ///< that one character itself, or 0

    std::uint32_t position() const { return position_; }  ///< of the next token
    ChunkToken& last() { return tokens_.back(); }
    std::vector<ChunkToken> take() { return std::move(tokens_); }

    /// Adds a token over the pieces [first, last).
    void push(std::string form, std::size_t first, std::size_t last, bool plain_number = false);

    /// Adds an overlay over the pieces [first, last), at the position of a token already there and `span` positions.
    void overlay(std::string form, std::size_t first, std::size_t last, std::uint32_t position, std::size_t span);

 private:
    void split();
    std::uint32_t begin_of(std::size_t piece) const { return pieces_[piece].chars.front().begin; }
    std::uint32_t end_of(std::size_t piece) const { return pieces_[piece].chars.back().end; }

    std::vector<Char> chars_;
    std::vector<Piece> pieces_;
    std::vector<ChunkToken> tokens_;
    std::uint32_t position_ = 0;
};

}  // namespace limier
