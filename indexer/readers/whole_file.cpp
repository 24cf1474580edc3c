// Files that are read whole or are one document.
#include <algorithm>
#include <utility>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/bytes.hpp"
#include "indexer/readers/format.hpp"

namespace limier {
namespace {

class ReadingReader : public FileReader {
 public:
    using Make = std::function<Reading(const InputFile& file)>;
    ReadingReader(InputFile file, Make make) : file_(std::move(file)), make_(std::move(make)) {}

    Step next() override {
        if (!std::exchange(made_, true)) reading_ = make_(file_);
        if (next_refusal_ < reading_.refusals.size()) return {{}, std::move(reading_.refusals[next_refusal_++])};
        if (next_document_ < reading_.documents.size()) return {std::move(reading_.documents[next_document_++]), {}};
        return {};
    }

    std::uint64_t bytes_read() const override { return made_ ? file_.size : 0; }

 private:
    InputFile file_;
    Make make_;
    bool made_ = false;
    Reading reading_;
    std::size_t next_document_ = 0, next_refusal_ = 0;
};

}  // namespace

std::unique_ptr<FileReader> open_reading(const InputFile& file, std::function<Reading(const InputFile& file)> make) {
    return std::make_unique<ReadingReader>(file, std::move(make));
}

std::unique_ptr<FileReader> open_single(const InputFile& file,
                                        std::function<Result<Document>(const InputFile& file)> make) {
    return open_reading(file, [make = std::move(make)](const InputFile& one) { return one_document(one, make(one)); });
}

std::unique_ptr<FileReader> open_whole_file(const InputFile& file, ReadWhole read) {
    return open_reading(file, [read](const InputFile& one) {
        const Result<std::string> bytes = read_bytes(one);
        return bytes ? read(one, *bytes) : one_document(one, bytes.error());
    });
}

Result<ByteStream> open_bytes(const InputFile& file) {
    if (file.bytes) return ByteStream(file.bytes);
    return file.descriptor >= 0 ? ByteStream::again(file.descriptor) : ByteStream::open(file.path);
}

Result<std::string> read_bytes(const InputFile& file) {
    Result<ByteStream> stream = open_bytes(file);
    if (!stream) return stream.error();
    std::string bytes;
    for (;;) {
        // One byte more than the size, so that the end is met without growing the buffer again.
        const std::size_t wanted = bytes.size() < file.size ? file.size - bytes.size() + 1 : std::size_t{1} << 16;
        const Result<std::size_t> got = stream->read(bytes, std::min<std::size_t>(wanted, k_most_document_bytes + 1));
        if (!got) return got.error();
        if (*got == 0) return bytes;
        if (bytes.size() > k_most_document_bytes) return too_long();
    }
}

Error too_long() {
    return {Code::input, std::string(tr("longer than 128 MiB: no article", "plus de 128 Mio : pas un article"))};
}

Error too_deep() {
    return {Code::input, std::string(tr("archives in archives in archives are not opened",
                                        "les archives d’archives d’archives ne sont pas ouvertes"))};
}

void complete(Document& document, const Given& given) {
    if (!given.url.empty()) document.url = given.url;
    if (document.author.empty()) document.author = given.author;
    if (!document.date) document.date = given.date;
    if (!document.title.empty() || given.title.empty()) return;
    document.title = given.title;
    document.title_apart = true;
    document.title_begin = document.title_end = 0;
}

Reading one_document(const InputFile& file, Result<Document> document) {
    Reading reading;
    if (document) {
        reading.documents.push_back(std::move(*document));
    } else {
        reading.refusals.push_back({path_text(file.path), document.error().message});
    }
    return reading;
}

std::string path_text(const std::filesystem::path& path) {
    return is_utf8(path.native()) ? path.native() : clean_utf8(path.native()).text;
}

}  // namespace limier
