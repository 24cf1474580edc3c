// What the analyser makes of text: tokens with byte spans, over a table of forms.
#pragma once

#include <cstdint>
#include <string>

namespace limier {

/// A normalised surface form: lower case, NFKC, without elided article; accents kept, œ written oe, æ ae, ß ss.
struct Form {
    std::string text;  ///< `école`, `10000`, `xai`, `gpt4`
    std::string term;  ///< the posting: the stem, or the word itself for a stop word, number or code; at most 200 bytes
    bool stop = false;  ///< a stop word: indexed and findable, but not required by a query that has other words
};

/// One token of a text. Shape: tokens come in order of `position`; an overlay follows the token it stands over.
struct Token {
    std::uint32_t begin = 0;     ///< bytes, into the text as given (not normalised)
    std::uint32_t end = 0;       ///< bytes, exclusive; an elided article stands outside
    std::uint32_t form = 0;      ///< id in the analyser's table of forms
    std::uint32_t position = 0;  ///< from 0; overlays share the position of the first token they stand over
    std::uint8_t span =
        1;  ///< positions covered: 1, or the number of parts of a joined form (`weekend` over week, end)
    bool overlay =
        false;  ///< an alternative to the primary tokens: a joined form, the other gender of inclusive writing
};

}  // namespace limier
