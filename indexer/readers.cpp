#include "indexer/readers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/confined.hpp"
#include "indexer/readers/detect.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/path_date.hpp"
#include "indexer/readers/walk.hpp"

namespace limier {

namespace fs = std::filesystem;

std::string extension_of(const fs::path& path) {
    const std::string extension = lower_ascii(path.extension().string());
    return is_utf8(extension) ? extension : clean_utf8(extension).text;
}

namespace {

/// Hands the bytes of a file out, for the one who may run programs.
class OutsideReader : public FileReader {
 public:
    explicit OutsideReader(InputFile file) : file_(std::move(file)) {}

    Step next() override {
        if (std::exchange(done_, true)) return {};
        Result<std::string> bytes = read_bytes(file_);
        if (!bytes) return {{}, Refusal{path_text(file_.path), bytes.error().message}};
        return {{}, {}, {}, Outside{path_text(file_.path), file_.id, file_.name, std::move(*bytes)}};
    }

    std::uint64_t bytes_read() const override { return done_ ? file_.size : 0; }

 private:
    InputFile file_;
    bool done_ = false;
};

std::unique_ptr<FileReader> open_outside(const InputFile& file) { return std::make_unique<OutsideReader>(file); }

struct Format {
    std::string_view extension;                                    ///< lower case, with the dot
    ReadWhole read;                                                ///< for a file that is read whole
    std::unique_ptr<FileReader> (*stream)(const InputFile& file);  ///< for one that is read as it comes; else null
    /// Where it is read: here; in a process that has no rights, where there is one (confined.hpp); by a program.
    enum class Place { here, confined, by_program } place = Place::here;
    bool compressed = false;  ///< the format is that of the name without this extension

    std::unique_ptr<FileReader> open(const InputFile& file) const {
        if (place == Place::confined && file.parsers != nullptr) return open_confined(file);
        if (place == Place::by_program && file.outside) return open_outside(file);
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
    Format{".xml", read_xml_file, nullptr, Format::Place::confined},
    Format{".rss", read_xml_file, nullptr, Format::Place::confined},
    Format{".atom", read_xml_file, nullptr, Format::Place::confined},
    Format{".tei", read_xml_file, nullptr, Format::Place::confined},
    Format{".nitf", read_xml_file, nullptr, Format::Place::confined},
    Format{".newsml", read_xml_file, nullptr, Format::Place::confined},
    Format{".html", read_html_file, nullptr, Format::Place::confined},
    Format{".htm", read_html_file, nullptr, Format::Place::confined},
    Format{".xhtml", read_html_file, nullptr, Format::Place::confined},
    Format{".md", read_markdown_file, nullptr, Format::Place::confined},
    Format{".markdown", read_markdown_file, nullptr, Format::Place::confined},
    Format{".pdf", nullptr, open_pdf, Format::Place::by_program},
    Format{".docx", nullptr, open_docx, Format::Place::confined},
    Format{".docm", nullptr, open_docx, Format::Place::confined},
    Format{".dotx", nullptr, open_docx, Format::Place::confined},
    Format{".xlsx", nullptr, open_xlsx, Format::Place::confined},
    Format{".xlsm", nullptr, open_xlsx, Format::Place::confined},
    Format{".xltx", nullptr, open_xlsx, Format::Place::confined},
    Format{".pptx", nullptr, open_pptx, Format::Place::confined},
    Format{".pptm", nullptr, open_pptx, Format::Place::confined},
    Format{".potx", nullptr, open_pptx, Format::Place::confined},
    Format{".ppsx", nullptr, open_pptx, Format::Place::confined},
    Format{".odt", nullptr, open_odf, Format::Place::confined},
    Format{".ott", nullptr, open_odf, Format::Place::confined},
    Format{".ods", nullptr, open_odf, Format::Place::confined},
    Format{".ots", nullptr, open_odf, Format::Place::confined},
    Format{".odp", nullptr, open_odf, Format::Place::confined},
    Format{".otp", nullptr, open_odf, Format::Place::confined},
    Format{".fodt", read_xml_file, nullptr, Format::Place::confined},
    Format{".fods", read_xml_file, nullptr, Format::Place::confined},
    Format{".fodp", read_xml_file, nullptr, Format::Place::confined},
    Format{".rtf", read_rtf_file, nullptr, Format::Place::confined},
    Format{".epub", nullptr, open_epub, Format::Place::confined},
    Format{".eml", nullptr, open_mail, Format::Place::confined},
    Format{".mbox", nullptr, open_mbox, Format::Place::confined},
    Format{".warc", nullptr, open_warc, Format::Place::confined},
    Format{".zip", nullptr, open_archive, Format::Place::confined},
    Format{".7z", nullptr, open_archive, Format::Place::confined},
    Format{".tar", nullptr, open_archive, Format::Place::confined},
    Format{".tgz", nullptr, open_archive, Format::Place::confined},
    Format{".txz", nullptr, open_archive, Format::Place::confined},
    Format{".tbz2", nullptr, open_archive, Format::Place::confined},
    Format{".tzst", nullptr, open_archive, Format::Place::confined},
    Format{".gz", nullptr, open_compressed, Format::Place::confined, true},
    Format{".xz", nullptr, open_compressed, Format::Place::confined, true},
    Format{".zst", nullptr, open_compressed, Format::Place::confined, true},
    Format{".bz2", nullptr, open_compressed, Format::Place::confined, true},
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

}  // namespace

std::string known_extensions(const SourceOptions& options) {
    std::string list;
    for (const Format& format : k_formats) list.append(list.empty() ? "" : ", ").append(format.extension);
    for (const Filter& filter : options.filters) {
        if (format_of(filter.extension) == nullptr) list.append(", ").append(filter.extension);
    }
    return list;
}

ParserOptions parsed_by_this_program() { return {{"/proc/self/exe", "read-confined"}}; }

bool is_format(std::string_view name) { return name == k_by_content || format_of("." + std::string(name)) != nullptr; }

bool may_be_read(const fs::path& name, const SourceOptions& options) {
    return !options.format.empty() || is_known(name, options);
}

namespace {

/// How a file is read. Neither a filter nor a format: its format is not known.
struct Choice {
    InputFile file;
    const Filter* filter = nullptr;
    const Format* format = nullptr;
};

Choice choose(const InputFile& file) {
    static const SourceOptions none;
    const SourceOptions& options = file.options == nullptr ? none : *file.options;
    Choice choice{file};
    const std::string named = extension_of(file.name);
    choice.filter = filter_of(named, options);
    if (choice.filter != nullptr) return choice;
    const Format* const by_name = format_of(named);
    if (options.format.empty()) {
        if (is_known(file.name, options)) choice.format = by_name;
    } else if (options.format == k_by_content) {
        choice.format = format_of(format_by_content(choice.file, named));
    } else {
        // What is in archives has the format that was said.
        const bool is_archive = by_name != nullptr && (by_name->compressed || by_name->stream == open_archive);
        choice.format = is_archive ? by_name : format_of("." + options.format);
    }
    return choice;
}

}  // namespace

std::unique_ptr<FileReader> open_file(const InputFile& file) {
    const Choice choice = choose(file);
    if (choice.filter != nullptr) return file.outside ? open_outside(file) : open_filtered(file, *choice.filter);
    return choice.format == nullptr ? nullptr : choice.format->open(choice.file);
}

std::unique_ptr<FileReader> open_by_program(const InputFile& file) {
    const Choice choice = choose(file);
    if (choice.filter != nullptr) return open_filtered(file, *choice.filter);
    const auto fits = [](const Format* format) {
        return format != nullptr && format->place == Format::Place::by_program;
    };
    // What is attached to a mail has the format of its own name, whatever was said of the mail.
    const Format* const format = fits(choice.format) ? choice.format : format_of(extension_of(file.name));
    return fits(format) ? format->open(choice.file) : nullptr;
}

struct DocumentSource::Impl {
    explicit Impl(SourceOptions options) : walk(std::move(options)), parsers(walk.options.parsers) {}

    /// A file of no format that is known by its content.
    void pass_over(const FoundFile& file) {
        bytes_of_finished += file.size;
        if (file.named) {
            walk.refusals.push_back({path_text(file.path), std::string(tr("its content is of no known format",
                                                                          "son contenu n’a aucun format connu"))});
        } else {
            ++walk.skipped[extension_of(file.name)];
        }
    }

    InputFile input(const FoundFile& found) {
        InputFile file{found.path, found.id, found.size, found.name, &walk.options, found.bytes};
        if (!walk.options.parsers.command.empty()) file.parsers = &parsers;
        return file;
    }

    Walk walk;
    ParserProcess parsers;
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
    impl->walk.end();
    return DocumentSource(std::move(impl));
}

std::optional<Document> DocumentSource::next() {
    for (;;) {
        if (!impl_->reader) {
            if (impl_->next_file == impl_->walk.files.size()) {
                impl_->parsers.end();
                return std::nullopt;
            }
            const FoundFile found = impl_->walk.files[impl_->next_file++];
            impl_->reader = open_file(impl_->input(found));
            if (!impl_->reader) {
                impl_->pass_over(found);
                continue;
            }
        }
        FileReader::Step step = impl_->reader->next();
        if (step.document) {
            if (!step.document->date) step.document->date = date_of_file(*step.document);
            return std::move(step.document);
        }
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
const std::string& DocumentSource::unconfined() const { return impl_->parsers.note(); }
std::uint64_t DocumentSource::bytes_total() const { return impl_->walk.bytes; }
std::uint64_t DocumentSource::bytes_read() const {
    return impl_->bytes_of_finished + (impl_->reader ? impl_->reader->bytes_read() : 0);
}

}  // namespace limier
