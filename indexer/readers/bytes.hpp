// Bytes of a file, read as they come.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "common/result.hpp"

namespace limier {

/// A regular file open for reading; closed with the object.
class ByteStream {
 public:
    /// Errors: what the system says; not a regular file.
    static Result<ByteStream> open(const std::filesystem::path& path);

    /// Appends up to `most` further bytes to `out`; how many, 0 at the end. Errors: what the system says.
    Result<std::size_t> read(std::string& out, std::size_t most);

    ByteStream(ByteStream&& other) noexcept;
    ByteStream& operator=(ByteStream&& other) noexcept;
    ~ByteStream();

 private:
    explicit ByteStream(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

/// The system's words for an error number.
std::string system_reason(int error_number);

}  // namespace limier
