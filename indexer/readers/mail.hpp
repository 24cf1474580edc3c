// One mail as a document.
#pragma once

#include <string>
#include <string_view>

#include "indexer/readers/format.hpp"

namespace limier {

/// Makes a document of a mail: subject, sender, date, and the text of its parts but attachments, transfer encodings and
/// charsets undone. Errors: no mail; neither subject nor text; addresses nested deep; only HTML where no reader of HTML
/// is there.
Result<Document> read_mail(const InputFile& file, std::string id, std::string_view bytes);

/// Loads what GMime and the encodings of mail ask the system for when they are first used.
void prepare_mail();

}  // namespace limier
