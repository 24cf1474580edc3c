// The keywords that a document brings along.
#pragma once

#include <string>
#include <vector>

#include "common/text/french.hpp"
#include "indexer/document.hpp"
#include "indexer/tagger.hpp"

namespace limier {

/// What the members `keywords`, `tags`, `mots-clés` and their like of Document::extra hold, in order, each once: the
/// strings of a list, the names of its objects, the parts of one string between commas, semicolons or bars.
std::vector<std::string> given_keywords(const Document& document);

/// Puts a document's keywords before the phrases found in its text. Of these stay as many as make ten with them.
void add_given_keywords(const Document& document, Analyser& analyser, std::vector<KeyPhrase>& phrases);

}  // namespace limier
