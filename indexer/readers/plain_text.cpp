#include <algorithm>
#include <array>
#include <utility>

#include "common/dates.hpp"
#include "common/output/language.hpp"
#include "common/text/encoding.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/bytes.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

std::optional<unsigned> number_of(std::string_view name, std::size_t digits) {
    if (name.size() != digits) return std::nullopt;
    unsigned value = 0;
    for (const char c : name) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

/// A date in a file's name: at its beginning to the month (`2025-01-titre`), to the day anywhere (`titre_2025-01-14`).
/// A year alone is the subject as often as the date.
std::optional<Date> date_in_name(std::string_view stem) {
    for (std::size_t at = 0; at < stem.size(); ++at) {
        const auto is_digit_at = [stem](std::size_t i) { return stem[i] >= '0' && stem[i] <= '9'; };
        if (!is_digit_at(at)) continue;
        const bool word_start = at == 0 || std::string_view("-_. ").find(stem[at - 1]) != std::string_view::npos;
        std::size_t end = at;
        if (word_start) {
            const auto date = read_date(stem, end);
            if (date && (date->day != 0 || (at == 0 && date->month != 0))) return date;
        }
        while (at + 1 < stem.size() && is_digit_at(at + 1)) ++at;
    }
    return std::nullopt;
}

/// The date that the file's name or its nearest folders tell: `2024/03/titre.txt`, `2024/03/14/titre.txt`.
Date date_of_path(const std::string& path) {
    const fs::path place(path);
    if (const auto date = date_in_name(place.stem().string())) return *date;
    std::array<std::string, 3> folders;
    fs::path folder = place.parent_path();
    for (std::string& name : folders) {
        name = folder.filename().string();
        folder = folder.parent_path();
    }
    std::string written = folders[1] + "-" + folders[0];
    if (!number_of(folders[1], 4)) written = folders[2] + "-" + written;
    if (!number_of(folders[0], 2)) written = folders[0];
    const auto date = parse_date(written);
    return date && date->month != 0 ? *date : Date{};
}

class PlainTextReader : public FileReader {
 public:
    explicit PlainTextReader(InputFile file) : file_(std::move(file)) {}

    Step next() override {
        if (std::exchange(done_, true)) return {};
        Result<std::string> bytes = read_file();
        if (!bytes) return refused(bytes.error());
        bytes_read_ = bytes->size();
        Result<Document> document = read_plain_text(file_.id, path_text(file_.path), *bytes);
        if (!document) return refused(document.error());
        return {std::move(*document), {}};
    }

    std::uint64_t bytes_read() const override { return bytes_read_; }

 private:
    Step refused(const Error& error) const { return {{}, Refusal{path_text(file_.path), error.message}}; }

    Result<std::string> read_file() const {
        Result<ByteStream> stream = ByteStream::open(file_.path);
        if (!stream) return stream.error();
        std::string bytes;
        for (;;) {
            // One byte more than the size, so that the end is met without growing the buffer again.
            const std::size_t wanted = bytes.size() < file_.size ? file_.size - bytes.size() + 1 : std::size_t{1} << 16;
            const Result<std::size_t> got =
                stream->read(bytes, std::min<std::size_t>(wanted, k_most_document_bytes + 1));
            if (!got) return got.error();
            // read_plain_text refuses it by its length.
            if (*got == 0 || bytes.size() > k_most_document_bytes) return bytes;
        }
    }

    InputFile file_;
    bool done_ = false;
    std::uint64_t bytes_read_ = 0;
};

}  // namespace

std::unique_ptr<FileReader> open_plain_text(const InputFile& file) { return std::make_unique<PlainTextReader>(file); }

std::string path_text(const fs::path& path) {
    return is_utf8(path.native()) ? path.native() : clean_utf8(path.native()).text;
}

Result<Document> read_plain_text(std::string id, std::string path, std::string_view bytes) {
    if (bytes.size() > k_most_document_bytes) {
        return Error{Code::input,
                     std::string(tr("longer than 128 MiB: no article", "plus de 128 Mio : pas un article"))};
    }
    const std::optional<DecodedText> decoded = decode_text(bytes);
    CleanText clean = clean_utf8(decoded ? std::string_view(decoded->text) : bytes);
    if (trimmed(clean.text).empty()) {
        return Error{Code::input, std::string(bytes.empty() ? tr("it is empty", "il est vide")
                                                            : tr("nothing but blanks", "rien que des blancs"))};
    }
    Document document;
    document.id = std::move(id);
    document.path = std::move(path);
    document.text = std::move(clean.text);
    document.replaced = static_cast<std::uint32_t>(clean.replaced);
    apply_layout(read_layout(document.text, true), document);
    if (!document.date) document.date = date_of_path(document.path);
    return document;
}

}  // namespace limier
