// The seam of input formats: a file that hands out documents one by one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "indexer/document.hpp"
#include "indexer/readers.hpp"

namespace limier {

/// A file to read.
struct InputFile {
    std::filesystem::path path;  ///< absolute
    std::string id;              ///< relative to the folder given; clean UTF-8
    std::uint64_t size = 0;
    const SourceOptions* options = nullptr;  ///< of the source that reads it; null: none
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

/// What a file read whole held, in its order.
struct Reading {
    std::vector<Document> documents;
    std::vector<Refusal> refusals;  ///< what of it cannot be taken
};
/// Makes documents of a file's bytes; `file` gives them their id and path and need not be on the disk (a member of an
/// archive). Never throws for what the bytes are.
using ReadWhole = Reading (*)(const InputFile& file, std::string_view bytes);

Reading read_text_file(const InputFile& file, std::string_view bytes);

/// A reader of a format that is read whole; a file longer than k_most_document_bytes is refused unread.
std::unique_ptr<FileReader> open_whole_file(const InputFile& file, ReadWhole read);
std::unique_ptr<FileReader> open_json_lines(const InputFile& file);
/// A reader of what a command makes of the file.
std::unique_ptr<FileReader> open_filtered(const InputFile& file, const Filter& filter);
/// Makes a document of what a command prints of the file. Errors: those of run_child; it prints nothing.
Result<Document> read_printed(const InputFile& file, const std::vector<std::string>& words);
/// A reader of PDF, by the programs of Poppler, which need not be there: then each file is refused, saying so.
std::unique_ptr<FileReader> open_pdf(const InputFile& file);

/// A reader of a file that is one document, or none, which `make` makes when it is asked for.
std::unique_ptr<FileReader> open_single(const InputFile& file,
                                        std::function<Result<Document>(const InputFile& file)> make);

/// The bytes of a file of about `size` bytes. Errors: what the system says; longer than k_most_document_bytes.
Result<std::string> read_bytes(const std::filesystem::path& path, std::uint64_t size);

/// The Reading of a file that is one document, or none.
Reading one_document(const InputFile& file, Result<Document> document);

/// A path as a document says it: the bytes of the file system where they are valid UTF-8, so that it can be opened.
std::string path_text(const std::filesystem::path& path);

}  // namespace limier
