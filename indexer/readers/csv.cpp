// Tables: the first line names the columns, each other one is a document (RFC 4180, as spreadsheets write it).
#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include <csv.h>

#include "common/output/language.hpp"
#include "common/text/encoding.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/line.hpp"
#include "indexer/readers/line_stream.hpp"
#include "indexer/readers/members.hpp"

namespace limier {
namespace {

constexpr std::size_t k_sample_bytes = std::size_t{1} << 20;

/// How a table is written.
struct Dialect {
    char separator = ',';
    bool quotes = true;
};

using Row = std::vector<std::string>;

/// The first bytes of a file, and all of it where it is not UTF-8.
struct Opened {
    std::string sample;  ///< UTF-8 without a mark
    ReadBytes rest;
};

/// Errors: what the system says; a file that is not UTF-8 and longer than k_most_document_bytes.
Result<Opened> open_text(const InputFile& file) {
    Result<ByteStream> stream = open_bytes(file);
    if (!stream) return stream.error();
    std::string bytes;
    const auto read_to = [&](std::size_t most) -> Result<void> {
        while (bytes.size() < most) {
            const Result<std::size_t> got = stream->read(bytes, most - bytes.size());
            if (!got) return got.error();
            if (*got == 0) break;
        }
        return {};
    };
    if (const Result<void> done = read_to(k_sample_bytes); !done) return done.error();
    if (!decode_text(bytes)) {
        bytes.erase(0, bytes.size() - without_mark(bytes).size());
        const auto rest = std::make_shared<ByteStream>(std::move(*stream));
        return Opened{std::move(bytes), [rest](std::string& out, std::size_t most) { return rest->read(out, most); }};
    }
    if (const Result<void> done = read_to(k_most_document_bytes + 1); !done) return done.error();
    if (bytes.size() > k_most_document_bytes) {
        return Error{Code::input, std::string(tr("it is longer than 128 MiB and not UTF-8; convert it with iconv",
                                                 "plus de 128 Mio et pas en UTF-8 ; à convertir par iconv"))};
    }
    std::optional<DecodedText> decoded = decode_text(bytes);
    return Opened{decoded ? std::move(decoded->text) : std::move(bytes), {}};
}

/// The separator that the line of names has most of.
char separator_of(std::string_view sample) {
    constexpr std::string_view k_separators = ",;\t|";
    std::array<std::size_t, k_separators.size()> counts{};
    bool quoted = false;
    for (const char c : sample) {
        if (c == '"') quoted = !quoted;
        if (!quoted && (c == '\n' || c == '\r')) break;
        const std::size_t found = k_separators.find(c);
        if (!quoted && found != std::string_view::npos) ++counts[found];
    }
    return k_separators[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

/// Whether every quote that opens a cell of a tab-separated table closes at a cell's end: programs that write such
/// tables quote cells or have never heard of it, and headlines begin with quotes.
bool has_quoted_cells(std::string_view sample) {
    bool any = false;
    for (std::size_t at = 0; at < sample.size(); ++at) {
        const bool opens = sample[at] == '"' && (at == 0 || sample[at - 1] == '\t' || sample[at - 1] == '\n');
        if (!opens) continue;
        do {
            at = sample.find('"', at + 1);
            if (at == std::string_view::npos) return any;  // cut off by the sample's end, or never closed
        } while (at + 1 < sample.size() && sample[at + 1] == '"' && ++at > 0);
        if (at + 1 < sample.size() && std::string_view("\t\r\n").find(sample[at + 1]) == std::string_view::npos)
            return false;
        any = true;
    }
    return any;
}

/// Takes the line `sep=;`, in which Excel says the separator, off the sample.
std::optional<char> said_separator(std::string& sample) {
    if (!sample.starts_with("sep=") || sample.size() < 6) return std::nullopt;
    const char separator = sample[4];
    if (sample[5] != '\r' && sample[5] != '\n') return std::nullopt;
    sample.erase(0, sample.compare(5, 2, "\r\n") == 0 ? 7 : 6);
    return separator;
}

/// The rows of bytes that come in pieces; libcsv.
class RowParser {
 public:
    explicit RowParser(Dialect dialect) {
        ::csv_init(&parser_, 0);
        ::csv_set_delim(&parser_, static_cast<unsigned char>(dialect.separator));
        if (!dialect.quotes) ::csv_set_quote(&parser_, '\0');  // of which there are none
    }
    ~RowParser() { ::csv_free(&parser_); }
    RowParser(const RowParser&) = delete;
    RowParser& operator=(const RowParser&) = delete;

    std::deque<Row> rows;  ///< those complete

    void add(std::string_view bytes) {
        open_bytes_ += bytes.size();
        ::csv_parse(&parser_, bytes.data(), bytes.size(), on_cell, on_row, this);
    }
    /// The end of all bytes; false where a quote is still open.
    bool finish() {
        ::csv_set_opts(&parser_, CSV_STRICT | CSV_STRICT_FINI);
        return ::csv_fini(&parser_, on_cell, on_row, this) == 0;
    }

    bool within_row() const { return open_bytes_ > 0; }
    std::size_t row_bytes() const { return open_bytes_; }

 private:
    static void on_cell(void* data, std::size_t size, void* self) {
        static_cast<RowParser*>(self)->row_.emplace_back(static_cast<const char*>(data), size);
    }
    static void on_row(int, void* self) {
        auto& parser = *static_cast<RowParser*>(self);
        parser.rows.push_back(std::exchange(parser.row_, {}));
        parser.open_bytes_ = 0;
    }

    ::csv_parser parser_{};
    Row row_;
    std::size_t open_bytes_ = 0;  ///< since the last row
};

class TableReader : public FileReader {
 public:
    explicit TableReader(InputFile file) : file_(std::move(file)), path_(path_text(file_.path)), map_(file_.map()) {}

    Step next() override {
        while (!done_) {
            if (!rows_) {
                if (std::string reason = open(); !reason.empty()) return refuse_file(std::move(reason));
            }
            const std::optional<Row> row = next_row();
            if (!failure_.empty()) return refuse_rest(std::move(failure_));
            if (!row) return end();
            if (std::all_of(row->begin(), row->end(), [](const std::string& cell) { return trimmed(cell).empty(); }))
                continue;
            any_ = true;
            Result<Document> document = document_of(*row);
            if (!document) return {{}, Refusal{place(), document.error().message}};
            return {std::move(*document), {}};
        }
        return {};
    }

    std::uint64_t bytes_read() const override {
        return std::min<std::uint64_t>(file_.size, lines_ ? lines_->bytes_read() : 0);
    }

 private:
    std::string place() const { return path_ + ":" + std::to_string(line_); }

    /// Opens the file and reads the names of the columns. The reason why not.
    std::string open() {
        Result<Opened> opened = open_text(file_);
        if (!opened) return opened.error().message;
        const std::optional<char> said = said_separator(opened->sample);
        if (trimmed(opened->sample).empty())
            return std::string(opened->sample.empty() ? tr("it is empty", "il est vide")
                                                      : tr("nothing but blanks", "rien que des blancs"));
        Dialect dialect;
        dialect.separator = said ? *said : separator_of(opened->sample);
        if (dialect.separator == '\t') dialect.quotes = has_quoted_cells(opened->sample);
        lines_.emplace(ByteStream(bytes_then(std::move(opened->sample), std::move(opened->rest))));
        rows_.emplace(dialect);
        return read_names();
    }

    std::string read_names() {
        std::optional<Row> names = next_row();
        if (!names) return failure_.empty() ? std::string(tr("nothing in it", "rien dedans")) : failure_;
        std::string list;
        Members probe;
        for (std::string& name : *names) {
            name = clean_utf8(trimmed(name)).text;
            if (name.empty()) name = std::string(tr("column ", "colonne ")) + std::to_string(keys_.size() + 1);
            keys_.push_back(key_of(name, map_));
            if (keys_.back()) {
                probe[*keys_.back()] = "x";
            } else {
                probe.add_other(name, "x");
            }
            list.append(list.empty() ? "" : ", ").append(name);
        }
        names_ = std::move(*names);
        if (probe.says(Key::title) || probe.says(Key::body)) return {};
        return std::string(tr("no column is named title or body; say which with --map body=NAME: ",
                              "aucune colonne ne se nomme title ou body ; dire laquelle par --map body=NOM : ")) +
               std::string(utf8_prefix(list, 200));
    }

    /// The next row; nothing at the end or at a failure.
    std::optional<Row> next_row() {
        while (rows_->rows.empty()) {
            const Result<bool> more = lines_->next();
            if (!more) return failure_ = more.error().message, std::nullopt;
            if (!*more) {
                if (ended_) return std::nullopt;
                ended_ = true;
                const bool closed = rows_->finish();
                if (closed) continue;
                failure_ = tr("a quote is opened and never closed", "un guillemet est ouvert et jamais fermé");
                return std::nullopt;
            }
            if (!rows_->within_row()) {
                if (trimmed(lines_->line()).empty()) continue;
                line_ = lines_->number();
            }
            if (lines_->is_cut() || rows_->row_bytes() + lines_->line().size() > k_most_document_bytes) {
                failure_ = tr("a row longer than 128 MiB: no article", "une ligne de plus de 128 Mio : pas un article");
                return std::nullopt;
            }
            std::string line(lines_->line());
            std::erase(line, '\0');
            rows_->add(line + "\n");
        }
        Row row = std::move(rows_->rows.front());
        rows_->rows.pop_front();
        return row;
    }

    Result<Document> document_of(const Row& row) {
        if (row.size() > names_.size() &&
            std::any_of(row.begin() + static_cast<std::ptrdiff_t>(names_.size()), row.end(),
                        [](const std::string& cell) { return !trimmed(cell).empty(); })) {
            return Error{Code::input, std::string(tr("more cells than columns: ", "plus de cases que de colonnes : ")) +
                                          std::to_string(row.size()) + std::string(tr(" for ", " pour ")) +
                                          std::to_string(names_.size())};
        }
        Members members;
        for (std::size_t i = 0; i < std::min(row.size(), names_.size()); ++i) {
            CleanText cell = clean_utf8(row[i]);
            members.replaced += cell.replaced;
            if (keys_[i]) {
                members[*keys_[i]] = std::move(cell.text);
            } else if (!trimmed(cell.text).empty()) {
                members.add_other(names_[i], cell.text);
            }
        }
        return std::move(members).document(file_.id + ":" + std::to_string(line_), path_);
    }

    Step refuse_file(std::string reason) {
        done_ = true;
        return {{}, Refusal{path_, std::move(reason)}};
    }
    Step refuse_rest(std::string reason) {
        done_ = true;
        return {{}, Refusal{place(), std::move(reason)}};
    }
    Step end() {
        done_ = true;
        if (any_) return {};
        return {{},
                Refusal{path_, std::string(tr("no row under the names of its columns",
                                              "aucune ligne sous les noms des colonnes"))}};
    }

    InputFile file_;
    std::string path_;
    FieldMap map_;
    std::optional<LineStream> lines_;
    std::optional<RowParser> rows_;
    std::vector<std::string> names_;        ///< of the columns
    std::vector<std::optional<Key>> keys_;  ///< of the columns
    std::size_t line_ = 0;                  ///< where the last row begins
    std::string failure_;
    bool ended_ = false, any_ = false, done_ = false;
};

}  // namespace

std::unique_ptr<FileReader> open_table(const InputFile& file) { return std::make_unique<TableReader>(file); }

}  // namespace limier
