#include "indexer/tagger/topic_cues.hpp"

#include <algorithm>

#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr std::size_t k_acronym = 5;  ///< letters up to which a cue in capitals is matched in capitals only

Case case_of(std::string_view word) {
    std::size_t letters = 0, upper = 0, at = 0;
    if (!is_upper(next_code_point(word, at))) return Case::any;
    for (at = 0; at < word.size();) {
        const char32_t c = next_code_point(word, at);
        letters += is_letter(c);
        upper += is_upper(c);
    }
    return upper == letters && letters > 1 && letters <= k_acronym ? Case::capitals : Case::capital;
}

/// Cuts off what stands before the next tab.
std::string_view next_cell(std::string_view& line) {
    const std::size_t tab = std::min(line.find('\t'), line.size());
    const std::string_view cell = line.substr(0, tab);
    line.remove_prefix(std::min(tab + 1, line.size()));
    return cell;
}

}  // namespace

std::string_view cue_text(std::string_view cue) { return cue.substr(0, cue.find('^')); }

std::string cue_line(std::string_view text, Analyser& analyser) {
    std::vector<Token> tokens;
    analyser.analyse(text, tokens);
    std::string line;
    for (const Token& token : tokens) {
        if (token.overlay) continue;
        const Form& form = analyser.form(token.form);
        const Case letters = case_of(text.substr(token.begin, token.end - token.begin));
        line.append(line.empty() ? "" : "\t").append(form.text).append("\t").append(form.term).append("\t");
        line += static_cast<char>('0' + static_cast<int>(letters));
        if (form.stop) line += 's';
    }
    return line;
}

void cue_words(std::string_view line, std::vector<CueWord>& words) {
    while (!line.empty()) {
        CueWord word;
        word.text = next_cell(line);
        word.term = next_cell(line);
        const std::string_view marks = next_cell(line);
        word.letters = static_cast<Case>(marks[0] - '0');
        word.stop = marks.ends_with('s');
        words.push_back(word);
    }
}

}  // namespace limier
