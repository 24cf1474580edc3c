// Documents that are an archive of XML: what office files and books have in common. In Office Open XML a part names
// others by relationships (ECMA-376, part 2).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "indexer/document.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/markup.hpp"

namespace limier {

/// Members of an archive by their paths.
using Parts = std::map<std::string, std::string>;

/// The members that are wanted. Errors: no archive, one of an older format, encrypted, damaged, longer than
/// k_most_document_bytes together.
Result<Parts> read_parts(const InputFile& file, bool (*wanted)(const std::string& path));

/// The path of a member that another one links to, by RFC 3986 as far as books use it.
std::string resolved(const std::string& base, const std::string& link);

/// What a part says another one is to it: the last word of the relationship's type (`notesSlide`).
struct Relation {
    std::string id, type, path;
};
/// Those of a part to others of the archive; of the archive itself where the path is empty.
std::vector<Relation> relations_of(const Parts& parts, const std::string& path);

/// The part that the archive is about; `usual` where it names none.
std::string main_part(const Parts& parts, std::string usual);

/// A part as a tree, without flaw. Errors: there is none; what MarkupTree says.
Result<MarkupTree> tree_of_part(const Parts& parts, const std::string& path);

/// The text of all that an expression finds in a part, `within` as of block_text; empty where there is no such part.
Result<std::string> text_of_part(const Parts& parts, const std::string& path, const char* body,
                                 std::string_view within = {});

/// What the first node of a path says.
std::string first(const MarkupTree& tree, const char* path);

/// Adds a paragraph, where it is not empty.
void append_paragraph(std::string& text, std::string_view more);

Error no_text(std::string_view part);

/// The document that the text of a file makes, with the title, author, day, language and keywords that the part at
/// `properties` gives; without it a document is as good as a text. Errors: no text, which `part` was to have.
Result<Document> document_of(const InputFile& file, const std::string& text, std::string_view part, const Parts& parts,
                             const std::string& properties);

}  // namespace limier
