// Where documents come from: files and folders, one reader a format.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/result.hpp"
#include "indexer/document.hpp"

namespace limier {

/// A document or file that was not taken, and why.
struct Refusal {
    std::string what;  ///< path, or path:line
    std::string reason;
};

/// Documents one by one, from wherever they come. Not thread-safe.
class DocumentStream {
 public:
    DocumentStream() = default;
    DocumentStream(const DocumentStream&) = delete;
    DocumentStream& operator=(const DocumentStream&) = delete;
    DocumentStream(DocumentStream&&) noexcept = default;
    DocumentStream& operator=(DocumentStream&&) noexcept = default;
    virtual ~DocumentStream() = default;

    /// The next document; nothing at the end. What cannot be taken is added to refusals() and passed over.
    virtual std::optional<Document> next() = 0;

    virtual const std::vector<Refusal>& refusals() const = 0;

    virtual std::uint64_t bytes_total() const = 0;  ///< about what there is to read
    virtual std::uint64_t bytes_read() const = 0;   ///< of it, what was handed out
};

/// A command that makes a text of the files of one extension.
struct Filter {
    std::string extension;           ///< lower case, with the dot
    std::vector<std::string> words;  ///< program and arguments; `%f` is the file, and stands in one of them
};

/// Reads `EXT=COMMAND`. The command is split at blanks and run without a shell; '…' and "…" keep blanks, a backslash
/// takes the next character as it is (but within '…'); `%f` is the path, added as the last argument where it is
/// missing, and `%%` a percent sign. Errors: no extension, no command, an open quote, a program that is not there.
Result<Filter> parse_filter(std::string_view option);

/// What `--filter` would take for files of an extension (with its point) that no reader has.
std::string filter_for(std::string_view extension);

/// The keys of a document, each with the name that all formats know it by: `id title body date source author url lang`.
enum class Key : std::uint8_t { id, title, body, date, source, author, url, lang };
inline constexpr std::size_t k_key_count = 8;

/// The key of exactly this name.
std::optional<Key> key_named(std::string_view name);

/// Members of the input that the user takes for keys; a member within others by its way there (`meta.author`).
using FieldMap = std::vector<std::pair<std::string, Key>>;

/// Reads `KEY=NAME`. Errors: no such key, no name.
Result<std::pair<std::string, Key>> parse_mapping(std::string_view option);

/// Files that foreign code parses (archives, compressed files, office files, mail) may be read by a process that has
/// no rights: what makes a parser fail then costs a document.
struct ParserOptions {
    /// The path of a program that is one when it is started so (`serve_if_asked`), and its arguments but the last.
    /// Empty: they are read in this process.
    std::vector<std::string> command = {};
    std::uint64_t address_space = std::uint64_t{2} << 30;  ///< bytes
    /// How long a file may take, of processor time and without giving anything; a second more for each MiB of it.
    std::chrono::milliseconds time = std::chrono::seconds(60);
};

/// This program, which calls `serve_if_asked` when it begins.
ParserOptions parsed_by_this_program();

struct SourceOptions {
    std::vector<Filter> filters;              ///< they go before the formats known; of two for one extension the last
    const std::atomic<bool>* stop = nullptr;  ///< set: what runs for long is broken off
    FieldMap map = {};
    /// What the files are: empty, what their names say; `auto`, what their content says; or a format by its extension
    /// without the dot.
    std::string format = {};
    bool zero_ended = false;  ///< paths on standard input end with a zero byte each
    ParserOptions parsers = {};
};

/// The format of a file whose content is to tell.
inline constexpr std::string_view k_by_content = "auto";

/// Whether `SourceOptions::format` may be this.
bool is_format(std::string_view name);

/// The extensions that are read, of filters too: `.txt, .jsonl`.
std::string known_extensions(const SourceOptions& options);

/// The documents of some paths, in a fixed order: arguments as given, `-` for documents or paths on standard input,
/// folders depth first by byte order of names. Hidden files and what a folder's `.limierignore` names are skipped; a
/// symbolic link is followed unless it leads to a folder already on the way; a file met twice is read once.
class DocumentSource : public DocumentStream {
 public:
    /// Looks at the paths (existence, kind, total size). Errors: a path that does not exist.
    static Result<DocumentSource> open(const std::vector<std::filesystem::path>& paths, SourceOptions options = {});

    std::optional<Document> next() override;
    const std::vector<Refusal>& refusals() const override;

    /// Files in folders whose format is not known, by extension (`.pdf` -> 3). Not an error: a folder holds what it
    /// holds.
    const std::unordered_map<std::string, std::size_t>& skipped() const;

    /// Why the kernel takes no rights from the process that reads what may be hostile; empty where it does.
    const std::string& unconfined() const;

    std::uint64_t bytes_total() const override;
    std::uint64_t bytes_read() const override;

    DocumentSource(DocumentSource&&) noexcept;
    DocumentSource& operator=(DocumentSource&&) noexcept;
    ~DocumentSource() override;

 private:
    struct Impl;
    explicit DocumentSource(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Makes a document of a plain text as press archives have it: title, date, byline, source and zones are found in it.
/// A date in the file's name or folders (`2025-01-14-titre.txt`, `2024/03/titre.txt`) is used when the text has none.
/// Errors: nothing but blanks, too long.
Result<Document> read_plain_text(std::string id, std::string path, std::string_view bytes);

/// Makes a document of one line of JSON Lines. `line` is 1-based and names the document where it has no `id`.
/// Errors: not a JSON object, a key of the wrong type, neither title nor body; the message begins with `path:line`.
Result<Document> read_json_object(std::string_view json, const std::string& path, std::size_t line);

}  // namespace limier
