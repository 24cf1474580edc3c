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
#include "indexer/readers/bytes.hpp"

namespace limier {

class ParserProcess;

/// A file to read.
struct InputFile {
    std::filesystem::path path;  ///< absolute
    std::string id;              ///< relative to the folder given; clean UTF-8
    std::uint64_t size = 0;
    std::string name = {};                   ///< its extension tells the format
    const SourceOptions* options = nullptr;  ///< of the source that reads it; null: none

    // Of a member of an archive, whose path is that of the archive; read once, before the next member is asked for.
    ReadBytes bytes = {};
    unsigned depth = 0;                 ///< how many archives it is in
    std::uint64_t* unpacked = nullptr;  ///< what the outermost archive may still unpack to, in bytes

    ParserProcess* parsers = nullptr;  ///< where formats are read that may be hostile (confined.hpp); null: here

    // Of a file that is read there.
    int descriptor = -1;   ///< of the file, which cannot be opened by its path
    bool outside = false;  ///< no program can be run: what would need one is handed out as Step::outside
    /// Asked before each part (member, mail, record) of a file that has many; whether it is to be read.
    std::function<bool(const std::string& place)> begin_part = {};

    FieldMap map() const { return options == nullptr ? FieldMap() : options->map; }
};

/// A document longer than this is no article: it is refused, so that one bad line does not take the memory.
inline constexpr std::size_t k_most_document_bytes = std::size_t{128} << 20;

/// Of one that is longer.
Error too_long();

/// How many archives, or mails with what is attached to them, may be in each other.
inline constexpr unsigned k_most_depth = 2;

Error too_deep();

// Against bombs: what an archive and all within it may unpack to. Text shrinks to a quarter, repetitive JSON to a
// twentieth; deflate cannot shrink anything below a thousandth, xz and zstd can.
inline constexpr std::uint64_t k_always_unpacked = std::uint64_t{64} << 20;
inline constexpr std::uint64_t k_most_ratio = 100;

/// What is known of a document from what holds it (page of a web archive, mail).
struct Given {
    std::string url = {};
    std::string title = {}, author = {};  ///< where it has none itself
    Date date = {};                       ///< the same
};
void complete(Document& document, const Given& given);

/// One file being read. Not thread-safe.
class FileReader {
 public:
    FileReader() = default;
    FileReader(const FileReader&) = delete;
    FileReader& operator=(const FileReader&) = delete;
    virtual ~FileReader() = default;

    /// A file or member that is to be read by another program (PDF, filters).
    struct Outside {
        std::string place;  ///< as in a refusal
        std::string id, name, bytes;
        Given given = {};
    };
    struct Step {
        std::optional<Document> document;
        std::optional<Refusal> refusal = {};          ///< what cannot be taken; reading goes on
        std::optional<std::string> passed_over = {};  ///< extension of a member whose format is not known
        std::optional<Outside> outside = {};          ///< only where InputFile::outside is set

        bool is_end() const { return !document && !refusal && !passed_over && !outside; }
    };
    /// The next of these; none at the end.
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
std::unique_ptr<FileReader> open_json(const InputFile& file);
/// A reader of tables: CSV, with whatever separator, and TSV.
std::unique_ptr<FileReader> open_table(const InputFile& file);
/// XML: feeds, NewsML, NITF, TEI, and what has elements of known names.
Reading read_xml_file(const InputFile& file, std::string_view bytes);
/// A reader of what a command makes of the file.
std::unique_ptr<FileReader> open_filtered(const InputFile& file, const Filter& filter);
/// Makes a document of what a command prints of the file. `only_file`: as of ChildLimits. Errors: those of run_child;
/// it prints nothing.
Result<Document> read_printed(const InputFile& file, const std::vector<std::string>& words,
                              const std::string& only_file = {});
/// A reader of PDF, by the programs of Poppler, which need not be there: then each file is refused, saying so.
std::unique_ptr<FileReader> open_pdf(const InputFile& file);
/// Of texts, spreadsheets and slides in Office Open XML, of all three in OpenDocument, and of books in EPUB, a document
/// for each chapter.
std::unique_ptr<FileReader> open_docx(const InputFile& file);
std::unique_ptr<FileReader> open_xlsx(const InputFile& file);
std::unique_ptr<FileReader> open_pptx(const InputFile& file);
std::unique_ptr<FileReader> open_odf(const InputFile& file);
std::unique_ptr<FileReader> open_epub(const InputFile& file);
/// A reader of a mail (RFC 5322) and what is attached to it, by GMime.
std::unique_ptr<FileReader> open_mail(const InputFile& file);
/// A page of HTML or XHTML.
Reading read_html_file(const InputFile& file, std::string_view bytes);
/// Rich Text Format.
Reading read_rtf_file(const InputFile& file, std::string_view bytes);
/// Markdown, with front matter or not.
Reading read_markdown_file(const InputFile& file, std::string_view bytes);
/// A reader of mails one behind the other, each after a line `From …`.
std::unique_ptr<FileReader> open_mbox(const InputFile& file);

/// A reader of what `make` makes of a file when it is asked for.
std::unique_ptr<FileReader> open_reading(const InputFile& file, std::function<Reading(const InputFile& file)> make);

/// A reader of a file that is one document, or none, which `make` makes when it is asked for.
std::unique_ptr<FileReader> open_single(const InputFile& file,
                                        std::function<Result<Document>(const InputFile& file)> make);

/// Of archives and of compressed files, by libarchive; what is in them is read as a file of its name is.
std::unique_ptr<FileReader> open_archive(const InputFile& file);
std::unique_ptr<FileReader> open_compressed(const InputFile& file);

/// Of web archives (WARC): the pages that were fetched.
std::unique_ptr<FileReader> open_warc(const InputFile& file);

/// The last extension of a name, in lower case, with its dot; clean UTF-8.
std::string extension_of(const std::filesystem::path& name);

/// Whether a file of this name is opened at all.
bool may_be_read(const std::filesystem::path& name, const SourceOptions& options);

/// The reader of a file; null where its format is not known.
std::unique_ptr<FileReader> open_file(const InputFile& file);

/// The same, of a file that another program reads alone; null of others.
std::unique_ptr<FileReader> open_by_program(const InputFile& file);

/// A reader of a file that InputFile::parsers reads.
std::unique_ptr<FileReader> open_confined(const InputFile& file);

/// The bytes of a file or member, from its beginning. Errors: what the system says.
Result<ByteStream> open_bytes(const InputFile& file);

/// All bytes of a file. Errors: what the system says; longer than k_most_document_bytes.
Result<std::string> read_bytes(const InputFile& file);

/// Where a file lies on the disk: itself, or for a member of an archive a copy that goes with this object.
class DiskFile {
 public:
    /// Errors: what the system says; a member longer than k_most_document_bytes.
    static Result<DiskFile> of(const InputFile& file);

    const std::filesystem::path& path() const { return path_; }

    DiskFile(DiskFile&& other) noexcept;
    DiskFile& operator=(DiskFile&& other) noexcept;
    ~DiskFile();

 private:
    explicit DiskFile(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
    bool copy_ = false;
};

/// The Reading of a file that is one document, or none.
Reading one_document(const InputFile& file, Result<Document> document);

/// A path as a document says it: the bytes of the file system where they are valid UTF-8, so that it can be opened.
std::string path_text(const std::filesystem::path& path);

}  // namespace limier
