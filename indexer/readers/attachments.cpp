// Mails with what is attached to them, which is read as members of an archive are.
#include <algorithm>
#include <filesystem>
#include <utility>

#include "indexer/readers/detect.hpp"
#include "indexer/readers/mail.hpp"
#include "indexer/readers/path_date.hpp"

namespace limier {
namespace {

/// The day that the name of a file tells.
Date date_of_name(const std::string& name) {
    Document named;
    named.id = "!/" + name;
    return date_of_file(named);
}

class LetterReader : public FileReader {
 public:
    LetterReader(InputFile file, std::string place, Mail mail)
        : file_(std::move(file)),
          place_(std::move(place)),
          mail_(std::move(mail)),
          id_(mail_.document.id),
          of_mail_{{}, {}, mail_.document.author, mail_.document.date},
          unpacked_(k_always_unpacked + k_most_ratio * file_.size) {
        if (file_.unpacked == nullptr) file_.unpacked = &unpacked_;
        if (file_.options != nullptr) options_ = *file_.options;
        // What was said of the mail does not hold of what is attached to it.
        if (options_.format != k_by_content) options_.format.clear();
    }

    Step next() override {
        if (!std::exchange(begun_, true) && !(mail_.document.title.empty() && mail_.document.text.empty()))
            return {std::move(mail_.document)};
        for (;;) {
            if (attached_) {
                Step step = completed(attached_->next());
                if (!step.is_end()) return step;
                attached_.reset();
            }
            if (next_ == mail_.attachments.size()) return {};
            if (Step step = open(mail_.attachments[next_++]); !step.is_end()) return step;
        }
    }

    std::uint64_t bytes_read() const override { return next_ == mail_.attachments.size() ? file_.size : 0; }

 private:
    Step open(Attachment& attachment) {
        // Of two of one name the later ones have a number.
        const auto same = std::count_if(mail_.attachments.begin(), mail_.attachments.begin() + next_index(),
                                        [&attachment](const Attachment& one) { return one.name == attachment.name; });
        name_ = attachment.name + (same > 1 ? ":" + std::to_string(same) : "");
        InputFile input = file_;
        input.id = id_ + "!/" + name_;
        input.name = attachment.read_as;
        input.size = attachment.bytes.size();
        input.options = &options_;
        input.descriptor = -1;
        input.begin_part = {};
        ++input.depth;
        input.bytes = bytes_then(std::move(attachment.bytes));
        given_ = of_mail_;
        given_.title = std::filesystem::path(attachment.name).stem().string();
        if (const Date named = date_of_name(attachment.name)) given_.date = named;
        input_id_ = input.id;
        attached_ = open_file(input);
        if (!attached_ || file_.depth < k_most_depth) return {};
        attached_.reset();
        return {{}, Refusal{place_ + "!/" + name_, too_deep().message}};
    }

    std::ptrdiff_t next_index() const { return static_cast<std::ptrdiff_t>(next_); }

    /// A step of what is attached, with what the mail says of it.
    Step completed(Step step) const {
        Given given = given_;
        if (step.document) {
            // Members of an archive that is attached have names of their own.
            if (step.document->id != input_id_) given.title.clear();
            complete(*step.document, given);
        }
        if (step.refusal) step.refusal->what = renamed(step.refusal->what);
        if (step.outside) {
            Outside& outside = *step.outside;
            outside.place = renamed(outside.place);
            if (outside.given.author.empty()) outside.given.author = given.author;
            if (!outside.given.date) outside.given.date = given.date;
            if (outside.given.title.empty() && outside.id == input_id_) outside.given.title = given.title;
        }
        return step;
    }

    /// The reader of what is attached knows the path of the file alone.
    std::string renamed(const std::string& what) const {
        const std::string path = path_text(file_.path);
        return what.starts_with(path) ? place_ + "!/" + name_ + what.substr(path.size()) : what;
    }

    InputFile file_;
    std::string place_;
    Mail mail_;
    std::string id_;
    Given of_mail_;
    std::uint64_t unpacked_;
    SourceOptions options_;
    bool begun_ = false;
    std::size_t next_ = 0;
    std::unique_ptr<FileReader> attached_;
    std::string name_, input_id_;  ///< of what is attached
    Given given_;                  ///< to it
};

/// A mail that is a file.
class MailReader : public FileReader {
 public:
    explicit MailReader(InputFile file) : file_(std::move(file)) {}

    Step next() override {
        if (!std::exchange(begun_, true)) {
            const Result<std::string> bytes = read_bytes(file_);
            if (!bytes) return {{}, Refusal{path_text(file_.path), bytes.error().message}};
            Result<Mail> mail = read_mail(file_, file_.id, *bytes);
            if (!mail) return {{}, Refusal{path_text(file_.path), mail.error().message}};
            letter_ = open_letter(file_, path_text(file_.path), std::move(*mail));
        }
        return letter_ ? letter_->next() : Step{};
    }

    std::uint64_t bytes_read() const override { return letter_ ? letter_->bytes_read() : begun_ ? file_.size : 0; }

 private:
    InputFile file_;
    std::unique_ptr<FileReader> letter_;
    bool begun_ = false;
};

}  // namespace

std::unique_ptr<FileReader> open_letter(const InputFile& file, std::string place, Mail mail) {
    return std::make_unique<LetterReader>(file, std::move(place), std::move(mail));
}

std::unique_ptr<FileReader> open_mail(const InputFile& file) { return std::make_unique<MailReader>(file); }

}  // namespace limier
