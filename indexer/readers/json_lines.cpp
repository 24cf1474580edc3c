#include <utility>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/bytes.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/json_object.hpp"
#include "indexer/readers/line_stream.hpp"

namespace limier {
namespace {

/// Errors: the reason alone, without the place.
Result<Document> document_of(std::string json, const FieldMap& map, std::string id, std::string path) {
    Result<Members> members = read_members(std::move(json), map);
    if (!members) return members.error();
    return std::move(*members).document(std::move(id), std::move(path));
}

Error line_too_long() {
    return {Code::input,
            std::string(tr("a line longer than 128 MiB: no article", "une ligne de plus de 128 Mio : pas un article"))};
}

class JsonLinesReader : public FileReader {
 public:
    explicit JsonLinesReader(InputFile file)
        : file_(std::move(file)), path_(path_text(file_.path)), map_(file_.map()) {}

    Step next() override {
        if (done_) return {};
        if (!lines_) {
            Result<ByteStream> opened = open_bytes(file_);
            if (!opened) return refuse_rest(opened.error().message);
            lines_.emplace(std::move(*opened));
        }
        for (;;) {
            const Result<bool> more = lines_->next();
            if (!more) return refuse_rest(more.error().message);
            if (!*more) return end();
            if (lines_->is_cut()) return {{}, Refusal{place(), line_too_long().message}};
            const std::size_t number = lines_->number();
            const std::string_view line = number == 1 ? without_mark(lines_->line()) : lines_->line();
            if (number == 1 && (line.starts_with("\xFF\xFE") || line.starts_with("\xFE\xFF")))
                return refuse_rest(utf16_reason());
            if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
            any_ = true;
            Result<Document> document =
                document_of(std::string(line), map_, file_.id + ":" + std::to_string(number), path_);
            if (!document) return {{}, Refusal{place(), document.error().message}};
            return {std::move(*document), {}};
        }
    }

    std::uint64_t bytes_read() const override { return lines_ ? lines_->bytes_read() : 0; }

 private:
    std::string place() const { return path_ + ":" + std::to_string(lines_->number()); }

    Step refuse_rest(std::string reason) {
        done_ = true;
        return {{}, Refusal{!lines_ || lines_->number() == 0 ? path_ : place(), std::move(reason)}};
    }

    Step end() {
        done_ = true;
        if (any_) return {};
        return {{},
                Refusal{path_, std::string(bytes_read() == 0
                                               ? tr("it is empty", "il est vide")
                                               : tr("no line holds an object", "aucune ligne ne porte d’objet"))}};
    }

    InputFile file_;
    std::string path_;
    FieldMap map_;
    std::optional<LineStream> lines_;
    bool any_ = false;
    bool done_ = false;
};

}  // namespace

std::unique_ptr<FileReader> open_json_lines(const InputFile& file) { return std::make_unique<JsonLinesReader>(file); }

Result<Document> read_json_object(std::string_view json, const std::string& path, std::size_t line) {
    const std::string place = path + ":" + std::to_string(line);
    if (json.size() > k_most_document_bytes) return Error{Code::input, place + ": " + line_too_long().message};
    Result<Document> document = document_of(std::string(without_mark(json)), {}, place, path);
    if (!document) return Error{Code::input, place + ": " + document.error().message, document.error().hint};
    return document;
}

}  // namespace limier
