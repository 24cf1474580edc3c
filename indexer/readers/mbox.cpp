// Mails one behind the other, as mail programs and archives of lists keep them (RFC 4155).
#include <algorithm>
#include <optional>
#include <utility>

#include "common/output/language.hpp"
#include "indexer/readers/line_stream.hpp"
#include "indexer/readers/mail.hpp"

namespace limier {
namespace {

bool is_digit_at(std::string_view line, std::size_t at) {
    return at < line.size() && line[at] >= '0' && line[at] <= '9';
}

/// `From sender Fri Jul  8 12:08:34 2011`. Not every program quotes a line of a letter that begins so: a time of day
/// tells them apart.
bool begins_mail(std::string_view line) {
    if (!line.starts_with("From ")) return false;
    for (std::size_t colon = line.find(':'); colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
        if (is_digit_at(line, colon - 1) && is_digit_at(line, colon + 1) && is_digit_at(line, colon + 2)) return true;
    }
    return false;
}

/// `>From`, `>>From`: quoted, so as not to begin a mail.
bool is_quoted_from(std::string_view line) {
    const std::size_t at = line.find_first_not_of('>');
    return at != 0 && at != std::string_view::npos && line.substr(at).starts_with("From ");
}

class MboxReader : public FileReader {
 public:
    explicit MboxReader(InputFile file) : file_(std::move(file)) {}

    Step next() override {
        if (!lines_) {
            if (Step refused = begin(); refused.refusal) return refused;
        }
        for (;;) {
            if (letter_) {
                if (Step step = letter_->next(); !step.is_end()) return step;
                letter_.reset();
            }
            if (done_) return {};
            if (Result<void> read = read_mail_bytes(); !read) return refuse_rest(read.error().message);
            ++number_;
            if (file_.begin_part && !file_.begin_part(place())) continue;
            if (too_long_) return refuse(too_long().message);
            Result<Mail> mail = read_mail(file_, file_.id + ":" + std::to_string(number_), mail_);
            if (!mail) return refuse(mail.error().message);
            letter_ = open_letter(file_, place(), std::move(*mail));
        }
    }

    std::uint64_t bytes_read() const override { return lines_ ? lines_->bytes_read() : 0; }

 private:
    /// Opens the file and goes behind the line that begins the first mail.
    Step begin() {
        Result<ByteStream> opened = open_bytes(file_);
        if (!opened) return refuse_rest(opened.error().message);
        lines_.emplace(std::move(*opened));
        for (;;) {
            const Result<bool> more = lines_->next();
            if (!more) return refuse_rest(more.error().message);
            if (!*more) return refuse_rest(std::string(tr("it is empty", "il est vide")));
            if (begins_mail(lines_->line())) return {};
            if (lines_->is_cut() || lines_->line().find_first_not_of(" \t\r") != std::string_view::npos)
                return refuse_rest(std::string(tr("it is no mbox: it does not begin with From",
                                                  "ce n’est pas un mbox : il ne commence pas par From")));
        }
    }

    /// Reads up to the line that begins the next mail, or the end of the file.
    Result<void> read_mail_bytes() {
        mail_.clear();
        too_long_ = false;
        bool after_blank = false;
        for (;;) {
            const Result<bool> more = lines_->next();
            if (!more) return more.error();
            done_ = !*more;
            std::string_view line = lines_->line();
            if (done_ || (after_blank && begins_mail(line))) return {};
            after_blank = line.empty() || line == "\r";
            if (is_quoted_from(line)) line.remove_prefix(1);
            too_long_ = too_long_ || lines_->is_cut() || mail_.size() + line.size() >= k_most_document_bytes;
            if (too_long_) {
                mail_ = std::string();
            } else {
                mail_.append(line).append("\n");
            }
        }
    }

    std::string place() const { return path_text(file_.path) + (number_ == 0 ? "" : ":" + std::to_string(number_)); }

    Step refuse(std::string reason) const { return {{}, Refusal{place(), std::move(reason)}}; }

    Step refuse_rest(std::string reason) {
        done_ = true;
        return refuse(std::move(reason));
    }

    InputFile file_;
    std::optional<LineStream> lines_;
    std::string mail_;
    std::unique_ptr<FileReader> letter_;
    bool too_long_ = false;
    bool done_ = false;
    std::size_t number_ = 0;
};

}  // namespace

std::unique_ptr<FileReader> open_mbox(const InputFile& file) { return std::make_unique<MboxReader>(file); }

}  // namespace limier
