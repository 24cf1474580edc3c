#include "indexer/readers.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>
#include <system_error>
#include <utility>

#include <sys/stat.h>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/bytes.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/ignore.hpp"

namespace limier {

namespace fs = std::filesystem;

std::string extension_of(const fs::path& path) {
    const std::string extension = lower_ascii(path.extension().string());
    return is_utf8(extension) ? extension : clean_utf8(extension).text;
}

namespace {

struct Format {
    std::string_view extension;                                    ///< lower case, with the dot
    ReadWhole read;                                                ///< for a file that is read whole
    std::unique_ptr<FileReader> (*stream)(const InputFile& file);  ///< for one that is read as it comes; else null
    bool compressed = false;  ///< the format is that of the name without this extension

    std::unique_ptr<FileReader> open(const InputFile& file) const {
        return stream != nullptr ? stream(file) : open_whole_file(file, read);
    }
};
// Every input format. A new one is a file in indexer/readers and a row here.
constexpr std::array k_formats{
    Format{".txt", read_text_file, nullptr},
    Format{".jsonl", nullptr, open_json_lines},
    Format{".ndjson", nullptr, open_json_lines},
    Format{".json", nullptr, open_json},
    Format{".csv", nullptr, open_table},
    Format{".tsv", nullptr, open_table},
    Format{".xml", read_xml_file, nullptr},
    Format{".rss", read_xml_file, nullptr},
    Format{".atom", read_xml_file, nullptr},
    Format{".tei", read_xml_file, nullptr},
    Format{".nitf", read_xml_file, nullptr},
    Format{".newsml", read_xml_file, nullptr},
    Format{".pdf", nullptr, open_pdf},
    Format{".docx", nullptr, open_docx},
    Format{".odt", nullptr, open_odt},
    Format{".epub", nullptr, open_epub},
    Format{".eml", read_mail_file, nullptr},
    Format{".mbox", nullptr, open_mbox},
    Format{".zip", nullptr, open_archive},
    Format{".7z", nullptr, open_archive},
    Format{".tar", nullptr, open_archive},
    Format{".tgz", nullptr, open_archive},
    Format{".txz", nullptr, open_archive},
    Format{".tbz2", nullptr, open_archive},
    Format{".tzst", nullptr, open_archive},
    Format{".gz", nullptr, open_compressed, true},
    Format{".xz", nullptr, open_compressed, true},
    Format{".zst", nullptr, open_compressed, true},
    Format{".bz2", nullptr, open_compressed, true},
};

const Format* format_of(const std::string& extension) {
    const auto found = std::find_if(k_formats.begin(), k_formats.end(),
                                    [&extension](const Format& format) { return format.extension == extension; });
    return found == k_formats.end() ? nullptr : &*found;
}

const Filter* filter_of(const std::string& extension, const SourceOptions& options) {
    const auto found = std::find_if(options.filters.rbegin(), options.filters.rend(),
                                    [&extension](const Filter& filter) { return filter.extension == extension; });
    return found == options.filters.rend() ? nullptr : &*found;
}

bool is_known(const fs::path& name, const SourceOptions& options) {
    const std::string extension = extension_of(name);
    if (filter_of(extension, options) != nullptr) return true;
    const Format* const format = format_of(extension);
    return format != nullptr && (!format->compressed || is_known(name.stem(), options));
}

/// Absolute and without `.` and `..`. Behind a symbolic link only the file system knows where `..` leads.
fs::path absolute_path(const fs::path& given) {
    const fs::path path = fs::absolute(given);
    if (std::find(path.begin(), path.end(), fs::path("..")) == path.end()) return path.lexically_normal();
    std::error_code error;
    fs::path real = fs::canonical(path, error);
    return error ? path : real;
}

struct FoundFile {
    fs::path path;
    std::string id;
    std::uint64_t size = 0;
};

/// Which file or folder this is, whatever its name.
using Identity = std::pair<std::uint64_t, std::uint64_t>;

/// Looks through arguments and folders and lists the files to read.
class Walk {
 public:
    explicit Walk(SourceOptions given) : options(std::move(given)) {}

    SourceOptions options;
    std::vector<FoundFile> files;
    std::vector<Refusal> refusals;
    std::unordered_map<std::string, std::size_t> skipped;
    std::uint64_t bytes = 0;

    /// Errors: the path does not exist.
    Result<void> add_argument(const fs::path& given) {
        struct ::stat status {};
        if (::stat(given.c_str(), &status) != 0) {
            const int error_number = errno;
            return Error{
                error_number == ENOENT || error_number == ENOTDIR ? Code::not_found : Code::io,
                path_text(given) + ": " + system_reason(error_number),
                std::string(tr("name files or folders that exist", "nommer des fichiers ou dossiers existants"))};
        }
        const fs::path path = absolute_path(given);
        if (S_ISDIR(status.st_mode)) {
            add_folder(path, std::string(), status);
            return {};
        }
        if (is_known(path, options)) {
            add_file(path, path.filename().string(), status);
            return {};
        }
        const std::string extension = extension_of(path);
        refuse(path,
               std::string(extension.empty() ? tr("it has no extension; known: ", "il n’a pas d’extension ; connues : ")
                                             : tr("unknown extension; known: ", "extension inconnue ; connues : ")) +
                   known_extensions(options));
        return {};
    }

 private:
    struct Entry {
        std::string name;
        fs::path path;
        struct ::stat status {};
    };
    struct Level {
        std::string relative;  ///< of the folder of these rules, with a `/` at its end
        IgnoreRules rules;
    };

    void refuse(const fs::path& path, std::string reason) { refusals.push_back({path_text(path), std::move(reason)}); }

    static Identity identity(const struct ::stat& status) {
        return {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino)};
    }

    void add_file(const fs::path& path, const std::string& id, const struct ::stat& status) {
        if (!S_ISREG(status.st_mode))
            return refuse(path, std::string(tr("not a regular file", "pas un fichier ordinaire")));
        if (!seen_.insert(identity(status)).second) return;
        const auto size = static_cast<std::uint64_t>(status.st_size);
        bytes += size;
        files.push_back({path, clean_utf8(id).text, size});
    }

    // A folder met twice holds only files met twice, and folders that link to one another have endless paths: each is
    // walked once.
    void add_folder(const fs::path& path, const std::string& relative, const struct ::stat& status) {
        if (!seen_.insert(identity(status)).second) return;
        std::vector<Entry> entries = list(path);
        levels_.push_back({relative, read_rules(path)});
        for (const Entry& entry : entries) {
            const bool is_folder = S_ISDIR(entry.status.st_mode);
            const std::string place = relative + entry.name;
            if (is_ignored(place, is_folder)) continue;
            if (is_folder) {
                add_folder(entry.path, place + "/", entry.status);
                continue;
            }
            if (is_known(entry.path, options)) {
                add_file(entry.path, place, entry.status);
            } else {
                ++skipped[extension_of(entry.path)];
            }
        }
        levels_.pop_back();
    }

    std::vector<Entry> list(const fs::path& path) {
        std::vector<Entry> entries;
        std::error_code error;
        fs::directory_iterator at(path, error);
        for (; !error && at != fs::directory_iterator(); at.increment(error)) {
            Entry entry{at->path().filename().string(), at->path(), {}};
            if (entry.name.starts_with('.')) continue;
            if (::stat(entry.path.c_str(), &entry.status) != 0) {
                const int error_number = errno;
                const bool dangling = error_number == ENOENT && at->is_symlink();
                refuse(entry.path, dangling
                                       ? std::string(tr("a symbolic link to nothing", "un lien symbolique vers rien"))
                                       : system_reason(error_number));
                continue;
            }
            entries.push_back(std::move(entry));
        }
        if (error) refuse(path, system_reason(error.value()));
        std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
        return entries;
    }

    IgnoreRules read_rules(const fs::path& folder) {
        const fs::path path = folder / ".limierignore";
        struct ::stat status {};
        if (::stat(path.c_str(), &status) != 0) return {};
        std::string text;
        Result<ByteStream> stream = ByteStream::open(path);
        if (!stream) return refuse(path, stream.error().message), IgnoreRules();
        for (;;) {
            const Result<std::size_t> got = stream->read(text, std::size_t{64} << 10);
            if (!got) return refuse(path, got.error().message), IgnoreRules();
            if (*got == 0 || text.size() > k_most_document_bytes) return IgnoreRules(text);
        }
    }

    /// The innermost folder that says something about the path decides.
    bool is_ignored(const std::string& relative, bool is_folder) const {
        for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
            const auto verdict = level->rules.verdict(relative.substr(level->relative.size()), is_folder);
            if (verdict != IgnoreRules::Verdict::nothing_said) return verdict == IgnoreRules::Verdict::ignored;
        }
        return false;
    }

    std::set<Identity> seen_;
    std::vector<Level> levels_;
};

}  // namespace

std::string known_extensions(const SourceOptions& options) {
    std::string list;
    for (const Format& format : k_formats) list.append(list.empty() ? "" : ", ").append(format.extension);
    for (const Filter& filter : options.filters) {
        if (format_of(filter.extension) == nullptr) list.append(", ").append(filter.extension);
    }
    return list;
}

std::unique_ptr<FileReader> open_file(const InputFile& file) {
    const fs::path name(file.name);
    const SourceOptions none;
    const SourceOptions& options = file.options == nullptr ? none : *file.options;
    if (!is_known(name, options)) return nullptr;
    const std::string extension = extension_of(name);
    if (const Filter* filter = filter_of(extension, options)) return open_filtered(file, *filter);
    return format_of(extension)->open(file);
}

struct DocumentSource::Impl {
    explicit Impl(SourceOptions options) : walk(std::move(options)) {}

    Walk walk;
    std::size_t next_file = 0;
    std::unique_ptr<FileReader> reader;
    std::uint64_t bytes_of_finished = 0;
};

DocumentSource::DocumentSource(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DocumentSource::DocumentSource(DocumentSource&&) noexcept = default;
DocumentSource& DocumentSource::operator=(DocumentSource&&) noexcept = default;
DocumentSource::~DocumentSource() = default;

Result<DocumentSource> DocumentSource::open(const std::vector<fs::path>& paths, SourceOptions options) {
    auto impl = std::make_unique<Impl>(std::move(options));
    for (const fs::path& path : paths) {
        if (Result<void> done = impl->walk.add_argument(path); !done) return done.error();
    }
    return DocumentSource(std::move(impl));
}

std::optional<Document> DocumentSource::next() {
    for (;;) {
        if (!impl_->reader) {
            if (impl_->next_file == impl_->walk.files.size()) return std::nullopt;
            const FoundFile& found = impl_->walk.files[impl_->next_file++];
            impl_->reader =
                open_file({found.path, found.id, found.size, found.path.filename().string(), &impl_->walk.options});
        }
        FileReader::Step step = impl_->reader->next();
        if (step.document) return std::move(step.document);
        if (step.refusal) {
            impl_->walk.refusals.push_back(std::move(*step.refusal));
            continue;
        }
        if (step.passed_over) {
            ++impl_->walk.skipped[*step.passed_over];
            continue;
        }
        impl_->bytes_of_finished += impl_->reader->bytes_read();
        impl_->reader.reset();
    }
}

const std::vector<Refusal>& DocumentSource::refusals() const { return impl_->walk.refusals; }
const std::unordered_map<std::string, std::size_t>& DocumentSource::skipped() const { return impl_->walk.skipped; }
std::uint64_t DocumentSource::bytes_total() const { return impl_->walk.bytes; }
std::uint64_t DocumentSource::bytes_read() const {
    return impl_->bytes_of_finished + (impl_->reader ? impl_->reader->bytes_read() : 0);
}

}  // namespace limier
