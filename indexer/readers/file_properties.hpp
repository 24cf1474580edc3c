// What a file of an office program says of itself.
#pragma once

#include <string>

#include "indexer/document.hpp"
#include "indexer/readers/format.hpp"

namespace limier {

struct FileProperties {
    std::string title, author, created;    ///< as the file has them
    std::string keywords = {}, lang = {};  ///< the first with a comma or the like between them
};

/// Adds them to what was found in the text. A title that programs give is none, nor is an account's name an author; the
/// day of the file stands in where the text has no date. Templates have `en` by default, as on the web: it tells
/// nothing.
void add_properties(const FileProperties& properties, const InputFile& file, Document& document);

}  // namespace limier
