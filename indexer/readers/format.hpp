// The seam of input formats: a file that hands out documents one by one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "common/result.hpp"
#include "indexer/document.hpp"
#include "indexer/readers.hpp"

namespace limier {

/// A file to read.
struct InputFile {
    std::filesystem::path path;  ///< absolute
    std::string id;              ///< relative to the folder given; clean UTF-8
    std::uint64_t size = 0;
};

/// A document longer than this is no article: it is refused, so that one bad line does not take the memory.
inline constexpr std::size_t k_most_document_bytes = std::size_t{128} << 20;

/// One file being read. Not thread-safe.
class FileReader {
 public:
    FileReader() = default;
    FileReader(const FileReader&) = delete;
    FileReader& operator=(const FileReader&) = delete;
    virtual ~FileReader() = default;

    struct Step {
        std::optional<Document> document;
        std::optional<Refusal> refusal;  ///< what cannot be taken; reading goes on
    };
    /// The next document or refusal; neither at the end.
    virtual Step next() = 0;

    /// Bytes of the file handed out so far.
    virtual std::uint64_t bytes_read() const = 0;
};

std::unique_ptr<FileReader> open_plain_text(const InputFile& file);
std::unique_ptr<FileReader> open_json_lines(const InputFile& file);

/// A path as a document says it: the bytes of the file system where they are valid UTF-8, so that it can be opened.
std::string path_text(const std::filesystem::path& path);

}  // namespace limier
