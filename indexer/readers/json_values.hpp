// The values of JSON text, however long it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "indexer/readers/bytes.hpp"

namespace limier {

/// Cuts JSON text into its values without parsing them: those that follow one another, with commas, record separators
/// (RFC 7464) or nothing between, and the members of a list that stands at the top. What it hands out is JSON only
/// where the text was.
class JsonValues {
 public:
    explicit JsonValues(ByteStream bytes) : bytes_(std::move(bytes)) {}

    /// The next value; nothing at the end. Errors: the stream's; a value longer than k_most_document_bytes; the text
    /// ends within a value or list.
    Result<std::optional<std::string>> next();

    bool in_list() const { return in_list_; }     ///< the last value is a member of a list
    std::size_t line() const { return begins_; }  ///< where the last value begins, from 1
    std::uint64_t bytes_read() const { return bytes_read_; }

 private:
    Result<bool> more();
    Result<std::optional<std::string>> value();

    ByteStream bytes_;
    std::string buffer_;
    std::size_t at_ = 0;  ///< in buffer_
    std::uint64_t bytes_read_ = 0;
    std::size_t line_ = 1, begins_ = 1;
    bool in_list_ = false;
};

}  // namespace limier
