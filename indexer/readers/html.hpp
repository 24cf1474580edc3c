// HTML and XHTML, by libxml2's HTML parser: pages of papers, pieces of markup.
#pragma once

#include <string>
#include <string_view>

#include "common/result.hpp"
#include "indexer/document.hpp"
#include "indexer/readers/format.hpp"

namespace limier {

/// The text of bytes that are HTML, in UTF-8 and NFC: by a byte order mark; as UTF-8 where that is what the bytes are,
/// whatever they call themselves; by the encoding that `meta` or the XML declaration names; else found out.
/// Markup stays.
std::string decode_html(std::string_view bytes);

/// Makes a document of a page: its article, without navigation, comments and other furniture, and what it says of it
/// (html_head.hpp). Errors: no text; more elements than an article has.
Result<Document> read_html(const InputFile& file, std::string_view bytes);

/// All text of a piece of HTML in clean UTF-8, in paragraphs: a chapter, a mail, an entry of a feed. Hidden parts are
/// left out. Errors: more elements than a text has.
Result<std::string> text_of_html(std::string_view utf8);

}  // namespace limier
