// What of a document is not French: whole sentences and quotes in another language, which are not to be stemmed as
// French.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/text/french.hpp"
#include "indexer/document.hpp"

namespace limier {

/// A stretch of text in another language. Units: bytes of the title or text, end exclusive.
struct ForeignStretch {
    std::uint32_t begin = 0, end = 0;
    bool in_title = false;
    std::string lang;  ///< ISO 639-1
};

/// Finds the sentences in another language, gives their tokens forms that are not stemmed, and fills in Document::lang
/// where the input does not say it. A sentence is taken for foreign where it is long enough, has more function words of
/// its language than French ones, is no list of names or title of a work, and CLD2 is sure of it; a title never on its
/// own. Where two thirds of a text are in another language, what is not plainly French is too, the title included.
/// `title` and `text` are the tokens of Document::title and Document::text. Returns the stretches in order of place.
std::vector<ForeignStretch> find_languages(Document& document, std::vector<Token>& title, std::vector<Token>& text,
                                           Analyser& analyser);

}  // namespace limier
