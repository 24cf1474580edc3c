// Bytes by the line, however many there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/readers/bytes.hpp"

namespace limier {

/// The lines of a stream, one at a time. Only LF ends a line; a CR before it is part of the line.
class LineStream {
 public:
    explicit LineStream(ByteStream bytes) : bytes_(std::move(bytes)) {}

    /// Goes to the next line; false at the end. Errors: the stream's.
    Result<bool> next();

    std::string_view line() const { return line_; }  ///< without its end
    bool is_cut() const { return cut_; }             ///< the line is longer than k_most_document_bytes and left empty
    std::size_t number() const { return number_; }   ///< of the line, from 1; 0 before the first
    std::uint64_t bytes_read() const { return bytes_read_; }

 private:
    ByteStream bytes_;
    std::string buffer_;
    std::size_t at_ = 0;  ///< in buffer_
    std::string line_;
    bool cut_ = false;
    std::size_t number_ = 0;
    std::uint64_t bytes_read_ = 0;
};

}  // namespace limier
