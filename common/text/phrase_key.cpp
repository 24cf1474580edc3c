#include "common/text/phrase_key.hpp"

#include <vector>

namespace limier {

bool is_small_word(const Form& form) {
    // No stop words, although they join nouns: people look for them.
    return form.stop || form.text == "contre" || form.text == "sans" || form.text == "sous";
}

std::string phrase_key(std::span<const Token> tokens, const Analyser& analyser) {
    std::string key, small;
    for (const Token& token : tokens) {
        if (token.overlay) continue;
        const Form& form = analyser.form(token.form);
        std::string& part = is_small_word(form) ? small : key;
        if (!part.empty()) part += ' ';
        part += form.term;
    }
    return key.empty() ? small : key;
}

std::string phrase_key(std::string_view phrase, Analyser& analyser) {
    std::vector<Token> tokens;
    analyser.analyse(phrase, tokens);
    return phrase_key(tokens, analyser);
}

}  // namespace limier
