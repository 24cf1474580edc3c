// A text run through one tagger.
#pragma once

#include <string>

#include "indexer/tagger/parts.hpp"

namespace limier {

struct Tagged {
    template <class Tag>
    Tagged(const std::string& text, Date date, const Tag& tag, std::vector<Zone> zones = {}) {
        document.text = text;
        document.date = date;
        document.zones = std::move(zones);
        analyser.analyse(document.text, tokens);
        tag(TagInput{document, {}, tokens, analyser}, annotations);
    }
    Document document;
    Analyser analyser;
    std::vector<Token> tokens;
    Annotations annotations;
};

}  // namespace limier
