// What the analyser makes of a text, as one line to compare.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/text/french.hpp"

namespace limier {

/// Forms in order; an overlay is written `^form`, with `/span` where it stands over several: `week ^weekend/2 end`.
inline std::string analysed(std::string_view text) {
    static Analyser analyser;
    std::vector<Token> tokens;
    analyser.analyse(text, tokens);
    std::string line;
    for (const Token& token : tokens) {
        if (!line.empty()) line += ' ';
        if (token.overlay) line += '^';
        line += analyser.form(token.form).text;
        if (token.span > 1) line += "/" + std::to_string(token.span);
    }
    return line;
}

/// The pieces of text under the primary tokens, between bars.
inline std::string spans(std::string_view text) {
    Analyser analyser;
    std::vector<Token> tokens;
    analyser.analyse(text, tokens);
    std::string line;
    for (const Token& token : tokens) {
        if (token.overlay) continue;
        if (!line.empty()) line += '|';
        line += text.substr(token.begin, token.end - token.begin);
    }
    return line;
}

}  // namespace limier
