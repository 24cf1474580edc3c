// One mail as a document, and what is attached to it as others.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/readers/format.hpp"

namespace limier {

struct Attachment {
    std::string name;     ///< as of a member of an archive: clean_member_path
    std::string read_as;  ///< its extension tells the format
    std::string bytes;
};

struct Mail {
    Document document;  ///< without title and text where a mail holds attachments alone
    std::vector<Attachment> attachments;
};

/// Reads a mail: subject, sender, date, and the text of its parts, transfer encodings and charsets undone; attached to
/// it is what has a format that is read. Errors: no mail; neither subject, text nor such attachments; addresses nested
/// deep; only HTML where no reader of HTML is there.
Result<Mail> read_mail(const InputFile& file, std::string id, std::string_view bytes);

/// A reader of a mail that was read: the mail, then its attachments, each as a file of its name, with the mail's author
/// and date where it has none, and its own name as title. `place`: of the mail, as in a refusal.
std::unique_ptr<FileReader> open_letter(const InputFile& file, std::string place, Mail mail);

/// Loads what GMime and the encodings of mail ask the system for when they are first used.
void prepare_mail();

}  // namespace limier
