#include "searcher/query/capitals.hpp"

#include <string>

#include "common/output/language.hpp"
#include "common/text/fold.hpp"
#include "common/text/stop_words.hpp"
#include "common/text/utf8.hpp"
#include "searcher/query/word.hpp"

namespace limier {
namespace {

bool in_capitals(const Lexeme& lexeme) {
    return lexeme.kind == Lexeme::Kind::leaf && lexeme.node.kind == NodeKind::words && !has_lower(lexeme.node.value);
}

/// `LA`, `L’ÉTAT`, `QU’ON`.
bool shows_sentence(std::string_view word) {
    std::string start;
    std::size_t at = 0;
    for (std::size_t letters = 0; at < word.size() && letters < 3; ++letters) {
        const char32_t c = next_code_point(word, at);
        if (is_apostrophe(c)) return letters > 0;
    }
    return word.size() > 1 && word.size() < 20 && is_stop_word(fold(word));
}

bool is_operator(const Lexeme& lexeme) { return lexeme.kind == Lexeme::Kind::op && lexeme.distance == 0; }

}  // namespace

void capitals_as_text(std::string_view query, std::vector<Lexeme>& lexemes, Problems& problems) {
    for (std::size_t begin = 0; begin < lexemes.size();) {
        std::size_t end = begin, pairs = 0;
        bool sentence = false;
        for (; end < lexemes.size() && (in_capitals(lexemes[end]) || is_operator(lexemes[end])); ++end) {
            if (is_operator(lexemes[end])) continue;
            sentence = sentence || shows_sentence(lexemes[end].node.value);
            pairs += end > begin && in_capitals(lexemes[end - 1]) ? 1 : 0;
        }
        for (std::size_t i = begin + 1; i + 1 < end && (sentence || pairs > 1); ++i) {
            Lexeme& word = lexemes[i];
            if (!is_operator(word) || is_operator(lexemes[i - 1]) || is_operator(lexemes[i + 1])) continue;
            word.kind = Lexeme::Kind::leaf;
            word.node.kind = NodeKind::words;
            word.node.value = query.substr(word.begin, word.end - word.begin);
            word.node.begin = word.begin;
            word.node.end = word.end;
            problems.note(word.begin, word.end,
                          word.node.value + std::string(tr(" stands in a text in capitals: read as a word",
                                                           " est dans un texte en capitales : lu comme un mot")));
        }
        begin = end + (end == begin ? 1 : 0);
    }
}

}  // namespace limier
