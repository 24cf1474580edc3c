// Text with its mentions in brackets: `[person Musk=Elon Musk] parle`, the value left out where it is the text itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/tagger/parts.hpp"

namespace limier {

inline const NameTagger& name_tagger() {
    static const NameTagger tagger;
    return tagger;
}

inline std::vector<Mention> mentions_of(const Document& document) {
    Analyser analyser;
    std::vector<Token> title, text;
    analyser.analyse(document.title, title);
    analyser.analyse(document.text, text);
    Annotations out;
    name_tagger().tag({document, title, text, analyser}, out);
    return out.mentions;
}

/// The text without its brackets.
inline std::string unmarked(std::string_view marked) {
    std::string text;
    bool inside = false, value = false;
    for (std::size_t i = 0; i < marked.size(); ++i) {
        if (marked[i] == '[') {
            i = marked.find(' ', i);
            inside = true;
        } else if (marked[i] == ']' && inside) {
            inside = value = false;
        } else if (inside && (value || marked[i] == '=')) {
            value = true;
        } else {
            text += marked[i];
        }
    }
    return text;
}

inline std::string mark(std::string_view text, const std::vector<Mention>& mentions, bool in_title) {
    std::string marked;
    std::size_t at = 0;
    for (const Mention& mention : mentions) {
        if (mention.in_title != in_title) continue;
        const std::string_view surface = text.substr(mention.begin, mention.end - mention.begin);
        marked.append(text.substr(at, mention.begin - at)).append("[").append(info(mention.field).name).append(" ");
        marked.append(surface);
        if (surface != mention.value) marked.append("=").append(mention.value);
        marked += ']';
        at = mention.end;
    }
    return marked.append(text.substr(at));
}

/// The text as the tagger marks it.
inline std::string tagged(std::string_view marked) {
    Document document;
    document.text = unmarked(marked);
    return mark(document.text, mentions_of(document), false);
}

}  // namespace limier
