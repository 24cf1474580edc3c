// Web archives (WARC, ISO 28500): each page that was fetched well is a document, read as a file of its type. libarchive
// knows the format but passes over what ends in a slash and leaves the headers of HTTP in.
#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <utility>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/line.hpp"
#include "indexer/readers/media_type.hpp"

namespace limier {
namespace {

constexpr std::size_t k_chunk = std::size_t{256} << 10;
constexpr std::size_t k_longest_head = std::size_t{1} << 20;

/// Lines `name: value`, the first one aside. Names in lower case.
class Headers {
 public:
    explicit Headers(std::string_view block) {
        bool first = true;
        while (!block.empty()) {
            const std::size_t end = std::min(block.find('\n'), block.size());
            const std::string_view line = trimmed(block.substr(0, end));
            block.remove_prefix(std::min(end + 1, block.size()));
            const std::size_t colon = line.find(':');
            if (std::exchange(first, false)) {
                start_ = line;
            } else if (colon != std::string_view::npos) {
                lines_.emplace_back(lower_ascii(std::string(trimmed(line.substr(0, colon)))),
                                    trimmed(line.substr(colon + 1)));
            }
        }
    }

    std::string_view start() const { return start_; }
    std::string_view get(std::string_view name) const {
        const auto found =
            std::find_if(lines_.begin(), lines_.end(), [name](const auto& line) { return line.first == name; });
        return found == lines_.end() ? std::string_view() : found->second;
    }

 private:
    std::string_view start_;
    std::vector<std::pair<std::string, std::string_view>> lines_;
};

/// Where a block of headers ends, an empty line included; npos where it does not.
std::size_t end_of_head(std::string_view bytes) {
    const std::size_t crlf = bytes.find("\r\n\r\n"), lf = bytes.substr(0, crlf).find("\n\n");
    if (lf != std::string_view::npos) return lf + 2;
    return crlf == std::string_view::npos ? crlf : crlf + 4;
}

/// `text/html; charset=utf-8` -> `text/html`.
std::string media_type(std::string_view value) {
    return lower_ascii(std::string(trimmed(value.substr(0, value.find(';')))));
}

/// A body without its chunks (RFC 9112, 7.1); as far as they go.
std::string without_chunks(std::string_view body) {
    std::string out;
    for (;;) {
        std::size_t size = 0;
        const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), size, 16);
        const std::size_t line = body.find('\n');
        if (error != std::errc() || size == 0 || line == std::string_view::npos) return out;
        body.remove_prefix(line + 1);
        out.append(body.substr(0, size));
        body.remove_prefix(std::min(size, body.size()));
        if (body.starts_with("\r")) body.remove_prefix(1);
        if (body.starts_with("\n")) body.remove_prefix(1);
    }
}

/// What was fetched.
struct Page {
    std::string url;
    std::string name;  ///< its extension tells the format; empty: of none that is read
    std::string type;
    std::string body;
};

class WarcReader : public FileReader {
 public:
    explicit WarcReader(InputFile file) : file_(std::move(file)) {}

    Step next() override {
        for (;;) {
            if (reader_) {
                Step step = reader_->next();
                if (step.document) step.document->url = page_.url;
                if (step.refusal) step.refusal->what = place();
                if (step.outside) {
                    step.outside->place = place();
                    step.outside->given.url = page_.url;
                }
                if (!step.is_end()) return step;
                reader_.reset();
            }
            if (done_) return {};
            Step step = next_record();
            if (!step.is_end()) return step;
        }
    }

    std::uint64_t bytes_read() const override { return done_ && !reader_ ? file_.size : bytes_read_; }

 private:
    std::string place() const { return path_text(file_.path) + (page_.url.empty() ? "" : "!/" + page_.url); }

    std::string_view unread() const { return std::string_view(buffer_).substr(at_); }

    /// Reads until there are so many bytes; false where the file ends before. Errors: the stream's.
    Result<bool> fill(std::size_t bytes) {
        while (unread().size() < bytes) {
            buffer_.erase(0, std::exchange(at_, 0));
            const Result<std::size_t> got = stream_->read(buffer_, k_chunk);
            if (!got) return got.error();
            if (*got == 0) return false;
            bytes_read_ = std::min(bytes_read_ + *got, file_.size);
        }
        return true;
    }

    Step next_record() {
        page_ = {};
        if (!stream_) {
            Result<ByteStream> opened = open_bytes(file_);
            if (!opened) return refuse_rest(opened.error().message);
            stream_.emplace(std::move(*opened));
        }
        std::size_t head_end = std::string::npos;
        for (;;) {
            // Empty lines stand between records.
            at_ = std::min(buffer_.find_first_not_of("\r\n", at_), buffer_.size());
            head_end = end_of_head(unread());
            if (head_end != std::string::npos) break;
            if (unread().size() > k_longest_head) return refuse_rest(no_warc());
            const Result<bool> more = fill(unread().size() + 1);
            if (!more) return refuse_rest(more.error().message);
            if (!*more) return end();
        }
        const std::string head(unread().substr(0, head_end));
        at_ += head_end;
        return take_record(Headers(head));
    }

    Step take_record(const Headers& record) {
        std::uint64_t length = 0;
        const std::string_view written = record.get("content-length");
        const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), length);
        if (!record.start().starts_with("WARC/") || error != std::errc()) return refuse_rest(no_warc());
        any_ = true;
        page_.url = clean_utf8(record.get("warc-target-uri")).text;
        if (page_.url.starts_with('<') && page_.url.ends_with('>'))
            page_.url = page_.url.substr(1, page_.url.size() - 2);
        const std::string type = lower_ascii(std::string(record.get("warc-type")));
        const bool wanted = (type == "response" || type == "resource" || type == "conversion") && !page_.url.empty() &&
                            (!file_.begin_part || file_.begin_part(place()));
        if (!wanted || length > k_most_document_bytes) {
            Step step = pass(length);
            return wanted && !step.refusal ? Step{{}, Refusal{place(), too_long().message}} : std::move(step);
        }
        const Result<bool> whole = fill(length);
        if (!whole) return refuse_rest(whole.error().message);
        if (!*whole) return refuse_rest(cut_off());
        page_.body = unread().substr(0, length);
        at_ += length;
        page_.type = media_type(record.get("content-type"));
        return open_page(type == "response");
    }

    /// Passes over the content of a record.
    Step pass(std::uint64_t length) {
        while (length > 0) {
            const Result<bool> more = fill(1);
            if (!more) return refuse_rest(more.error().message);
            if (!*more) return refuse_rest(cut_off());
            const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(length, unread().size()));
            at_ += taken;
            length -= taken;
        }
        return {};
    }

    Step open_page(bool is_response) {
        std::string coding;
        if (is_response && page_.body.starts_with("HTTP/")) {
            const std::size_t head_end = std::min(end_of_head(page_.body), page_.body.size());
            const std::string head = page_.body.substr(0, head_end);
            const Headers http(head);
            const std::size_t blank = http.start().find(' ');
            const bool is_well = blank != std::string_view::npos && http.start().substr(blank + 1).starts_with("200");
            if (!is_well) return {};
            page_.type = media_type(http.get("content-type"));
            coding = lower_ascii(std::string(http.get("content-encoding")));
            page_.body.erase(0, head_end);
            if (lower_ascii(std::string(http.get("transfer-encoding"))).find("chunked") != std::string::npos)
                page_.body = without_chunks(page_.body);
        }
        const std::string_view extension = extension_of_type(page_.type);
        if (extension.empty()) return {{}, {}, page_.type};
        // Not all who say so have compressed it.
        const bool is_gzip = (coding == "gzip" || coding == "x-gzip") && page_.body.starts_with("\x1F\x8B");
        page_.name = "page" + std::string(extension) + (is_gzip ? ".gz" : "");
        InputFile input = file_;
        input.id = file_.id + "!/" + page_.url;
        input.size = page_.body.size();
        input.name = page_.name;
        input.descriptor = -1;
        input.begin_part = {};
        input.bytes = bytes_then(std::move(page_.body));
        reader_ = open_file(input);
        if (!reader_) return {{}, {}, std::string(extension)};
        return {};
    }

    static std::string no_warc() {
        return std::string(tr("it is no WARC from here on", "ce n’est pas du WARC à partir d’ici"));
    }
    static std::string cut_off() {
        return std::string(tr("it ends within a record: the file is cut off",
                              "il finit au milieu d’un enregistrement : le fichier est coupé"));
    }

    Step refuse_rest(std::string reason) {
        done_ = true;
        return {{}, Refusal{place(), std::move(reason)}};
    }

    Step end() {
        done_ = true;
        if (!unread().empty()) return refuse_rest(any_ ? cut_off() : no_warc());
        if (any_) return {};
        return {{}, Refusal{place(), std::string(tr("it is empty", "il est vide"))}};
    }

    InputFile file_;
    std::optional<ByteStream> stream_;
    std::string buffer_;
    std::size_t at_ = 0;  ///< in buffer_
    std::uint64_t bytes_read_ = 0;
    Page page_;
    std::unique_ptr<FileReader> reader_;
    bool any_ = false, done_ = false;
};

}  // namespace

std::unique_ptr<FileReader> open_warc(const InputFile& file) { return std::make_unique<WarcReader>(file); }

}  // namespace limier
