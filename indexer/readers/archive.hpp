// Archives and compressed files, member by member. The only user of libarchive.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "common/result.hpp"
#include "indexer/readers/format.hpp"

struct archive;

namespace limier {

struct Member {
    std::string path;        ///< cleaned: clean_member_path
    std::uint64_t size = 0;  ///< as the archive claims; 0 where it does not say
    bool regular = true;     ///< neither a folder nor a link
    bool encrypted = false;
};

/// An archive open for reading, never written to the disk. Not thread-safe, but free to move between threads.
class Archive {
 public:
    enum class Kind {
        members,     ///< zip, tar (also compressed) and 7z, whichever the bytes are
        compressed,  ///< one file in gzip, xz, zstd or bzip2; it is the only member, without a path
    };
    /// An archive within another is read into memory. Errors: none of these formats; what open_bytes and read_bytes
    /// say.
    static Result<Archive> open(const InputFile& file, Kind kind);

    /// The next member; nothing at the end. Errors: the rest cannot be read.
    Result<std::optional<Member>> next();

    /// Reads on in the member. Errors: its bytes are damaged.
    Result<std::size_t> read(std::string& out, std::size_t most);

    /// Whether passing over a member means unpacking it.
    bool unpacks_to_skip() const;

    std::uint64_t consumed() const;  ///< bytes of the file read so far

 private:
    struct Free {
        void operator()(::archive* handle) const;
    };
    /// What the handle reads from; it does not move with the archive.
    struct Input {
        std::string bytes;
        std::optional<ByteStream> file;
    };
    Archive(std::unique_ptr<Input> input, std::unique_ptr<::archive, Free> handle);

    std::unique_ptr<Input> input_;
    std::unique_ptr<::archive, Free> handle_;
};

/// Loads what libarchive asks the system for when it first reads.
void prepare_archives();

/// The name of a member as it can stand in an id: UTF-8, `/` between parts, and none of `..`, `.`, empty parts, a
/// leading `/` or control characters, which become U+FFFD. Empty where nothing is left.
std::string clean_member_path(std::string_view name);

}  // namespace limier
