#include "indexer/readers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
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
    Format{".html", read_html_file, nullptr},
    Format{".htm", read_html_file, nullptr},
    Format{".xhtml", read_html_file, nullptr},
    Format{".md", read_markdown_file, nullptr},
    Format{".markdown", read_markdown_file, nullptr},
    Format{".pdf", nullptr, open_pdf},
    Format{".docx", nullptr, open_docx},
    Format{".odt", nullptr, open_odt},
    Format{".epub", nullptr, open_epub},
    Format{".eml", read_mail_file, nullptr},
    Format{".mbox", nullptr, open_mbox},
    Format{".warc", nullptr, open_warc},
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

}  // namespace

std::string known_extensions(const SourceOptions& options) {
    std::string list;
    for (const Format& format : k_formats) list.append(list.empty() ? "" : ", ").append(format.extension);
    for (const Filter& filter : options.filters) {
        if (format_of(filter.extension) == nullptr) list.append(", ").append(filter.extension);
    }
    return list;
}

bool is_format(std::string_view name) { return name == k_by_content || format_of("." + std::string(name)) != nullptr; }

bool may_be_read(const fs::path& name, const SourceOptions& options) {
    return !options.format.empty() || is_known(name, options);
}

std::unique_ptr<FileReader> open_file(const InputFile& file) {
    const SourceOptions none;
    const SourceOptions& options = file.options == nullptr ? none : *file.options;
    const std::string named = extension_of(file.name);
    if (const Filter* filter = filter_of(named, options)) return open_filtered(file, *filter);
    if (options.format.empty()) return is_known(file.name, options) ? format_of(named)->open(file) : nullptr;
    InputFile looked_at = file;
    const Format* const by_name = format_of(named);
    if (options.format == k_by_content) {
        const Format* const found = format_of(format_by_content(looked_at, named));
        return found == nullptr ? nullptr : found->open(looked_at);
    }
    // What is in archives has the format that was said.
    const bool is_archive = by_name != nullptr && (by_name->compressed || by_name->stream == open_archive);
    return (is_archive ? by_name : format_of("." + options.format))->open(file);
}

struct DocumentSource::Impl {
    explicit Impl(SourceOptions options) : walk(std::move(options)) {}

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
                open_file({found.path, found.id, found.size, found.name, &impl_->walk.options, found.bytes});
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
std::uint64_t DocumentSource::bytes_total() const { return impl_->walk.bytes; }
std::uint64_t DocumentSource::bytes_read() const {
    return impl_->bytes_of_finished + (impl_->reader ? impl_->reader->bytes_read() : 0);
}

}  // namespace limier
