// Annotated text that a model is trained on or measured by.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "indexer/tagger/names/labels.hpp"

namespace limier {

struct AnnotatedName {
    std::uint32_t begin = 0;  ///< bytes
    std::uint32_t end = 0;    ///< exclusive
    NameKind kind = NameKind::person;
};

struct AnnotatedDocument {
    std::string id;
    std::string text;
    std::vector<AnnotatedName> names;  ///< in order of place
};

struct Corpus {
    std::string name;          ///< of the file
    std::uint64_t digest = 0;  ///< XXH3 of its bytes
    std::vector<AnnotatedDocument> documents;
};

/// Reads `.conll` (`token<TAB>B-PER` a line, a sentence is a document) or else `.ann` (a sentence a line with
/// `[PER …]` in it, `# doc ID` before each document). Errors: a file that cannot be read, a bracket that does not
/// close.
Result<Corpus> read_corpus(const std::filesystem::path& path);

/// The same of `.ann` text; errors call it `name`.
Result<std::vector<AnnotatedDocument>> read_bracketed(std::string_view text, const std::string& name);

}  // namespace limier
