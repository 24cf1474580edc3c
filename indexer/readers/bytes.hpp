// Bytes of a file, read as they come.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "common/result.hpp"

namespace limier {

/// Appends up to `most` further bytes to `out`; how many, 0 at the end. Errors: why there are no more.
using ReadBytes = std::function<Result<std::size_t>(std::string& out, std::size_t most)>;

/// A regular file open for reading, closed with the object; or bytes that come from elsewhere.
class ByteStream {
 public:
    /// Errors: what the system says; not a regular file.
    static Result<ByteStream> open(const std::filesystem::path& path);

    /// A file that is open for reading, from its beginning. Copies the descriptor, but not the place in the file.
    static Result<ByteStream> again(int descriptor);

    explicit ByteStream(ReadBytes source) : source_(std::move(source)) {}

    /// Appends up to `most` further bytes to `out`; how many, 0 at the end. Errors: what the system says.
    Result<std::size_t> read(std::string& out, std::size_t most);

    int descriptor() const { return descriptor_; }  ///< of the file; -1 where the bytes come from elsewhere

    ByteStream(ByteStream&& other) noexcept;
    ByteStream& operator=(ByteStream&& other) noexcept;
    ~ByteStream();

 private:
    explicit ByteStream(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
    ReadBytes source_;
};

/// Bytes in memory, and behind them those of `rest`, where there is one. Copies read on where the other is.
ReadBytes bytes_then(std::string head, ReadBytes rest = {});

/// The system's words for an error number.
std::string system_reason(int error_number);

}  // namespace limier
