#include "indexer/languages.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <cld2/public/compact_lang_det.h>

#include "common/text/function_words.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

// Shorter sentences are names of works and firms (`The New York Times`) more often than sentences.
constexpr std::uint32_t k_fewest_words = 5;
constexpr std::uint32_t k_fewest_function_words = 2;
constexpr std::uint32_t k_fewest_foreign_script = 3;
// FunctionWordCounts takes 255; CLD2 reads so many bytes.
constexpr std::uint32_t k_most_words = 200;
constexpr std::size_t k_most_bytes = 4096;

/// Tokens of one sentence or quote, and what they tell of its language.
struct Sentence {
    std::size_t first = 0, last = 0;  ///< tokens, exclusive
    std::uint32_t words = 0;
    std::uint32_t foreign_script = 0;
    FunctionWordCounts counts;
};

/// Whether a sentence or a quote ends in what stands between two words.
bool ends_sentence(std::string_view between) {
    // Most are one blank; a stop or bracket alone stands within an address or a piece of code.
    if (between.size() <= 1) return false;
    for (std::size_t at = 0; at < between.size(); ++at) {
        switch (const std::string_view rest = between.substr(at); between[at]) {
            case '.':
            case '!':
            case '?':
            case ';':
            case ':':
            case '"':
            case '(':
            case ')':
                return true;
            case '\n':
                if (rest.starts_with("\n\n")) return true;
                break;
            case '\xC2':
                if (rest.starts_with("«") || rest.starts_with("»")) return true;
                break;
            case '\xE2':
                if (rest.starts_with("“") || rest.starts_with("”") || rest.starts_with("„") || rest.starts_with("…"))
                    return true;
                break;
            default:
                break;
        }
    }
    return false;
}

bool elides(std::string_view between) {
    return between.find('\'') != std::string_view::npos || between.find("’") != std::string_view::npos;
}

/// Cyrillic, Greek, Arabic and what comes behind them: French has no word in it.
bool is_foreign_script(std::string_view word) {
    std::size_t at = 0;
    const char32_t c = next_code_point(word, at);
    return c >= 0x370 && c < 0x1E00 && is_letter(c);
}

bool begins_with_capital(std::string_view word) {
    std::size_t at = 0;
    return is_upper(next_code_point(word, at));
}

class Sentences {
 public:
    Sentences(std::string_view text, std::span<const Token> tokens, const Analyser& analyser)
        : text_(text), tokens_(tokens), analyser_(analyser) {}

    std::vector<Sentence> list() {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const Token& token = tokens_[i];
            if (token.overlay) {
                open_.last = i + 1;
                continue;
            }
            const std::string_view between = text_.substr(end_, token.begin > end_ ? token.begin - end_ : 0);
            if (i == 0 || ends_sentence(between) || open_.words == k_most_words) start(i);
            // `l’été`, `un'idea`: English and German put nothing off before a word.
            if (between.size() > 1 && elides(between)) open_.counts.add(k_eliding);
            add(token);
            open_.last = i + 1;
            end_ = std::max(end_, token.end);
        }
        start(tokens_.size());
        return std::move(sentences_);
    }

 private:
    static constexpr std::uint8_t k_eliding =
        1U << static_cast<unsigned>(Language::fr) | 1U << static_cast<unsigned>(Language::it);

    void start(std::size_t token) {
        if (open_.words > 0) sentences_.push_back(open_);
        open_ = {};
        open_.first = open_.last = token;
    }

    void add(const Token& token) {
        const std::uint8_t languages = analyser_.function_word_of(token.form);
        open_.counts.add(languages);
        // What is no function word of any language may be of another script: none of those begins below this byte.
        constexpr unsigned char k_first_lead = 0xCD;
        if (languages == 0 && static_cast<unsigned char>(text_[token.begin]) >= k_first_lead)
            open_.foreign_script += is_foreign_script(text_.substr(token.begin, token.end - token.begin));
        ++open_.words;
    }

    std::string_view text_;
    std::span<const Token> tokens_;
    const Analyser& analyser_;
    std::uint32_t end_ = 0;
    Sentence open_;
    std::vector<Sentence> sentences_;
};

/// The language CLD2 is sure of; empty where it is not.
std::string_view sure_language(std::string_view text) {
    const std::string_view head = utf8_prefix(text, k_most_bytes);
    CLD2::Language best[3];
    int percent[3], bytes = 0;
    bool reliable = false;
    const CLD2::Language language =
        CLD2::DetectLanguageSummary(head.data(), static_cast<int>(head.size()), true, best, percent, &bytes, &reliable);
    return reliable && best[0] == language ? CLD2::LanguageCode(language) : std::string_view();
}

/// The most function words that a language but French has in the sentence.
std::uint32_t most_foreign(const FunctionWordCounts& counts) {
    std::uint32_t most = 0;
    for (std::size_t language = 1; language < k_languages; ++language)
        most = std::max(most, counts[static_cast<Language>(language)]);
    return most;
}

/// Judges sentences that may be in another language.
class Judge {
 public:
    Judge(std::string_view text, std::span<const Token> tokens, const Analyser& analyser)
        : text_(text), tokens_(tokens), analyser_(analyser) {}

    /// The language of a sentence in another than French; empty where it is French, or nothing is sure.
    std::string_view foreign_language(const Sentence& sentence) const {
        if (2 * sentence.foreign_script > sentence.words && sentence.words >= k_fewest_foreign_script) {
            const std::string_view language = sure_language(text_of(sentence));
            return language == "fr" ? std::string_view() : language;
        }
        const std::uint32_t most = most_foreign(sentence.counts);
        if (sentence.words < k_fewest_words || most < k_fewest_function_words || most < sentence.counts[Language::fr])
            return {};
        const std::string_view language = sure_language(text_of(sentence));
        for (std::size_t other = 1; other < k_languages; ++other) {
            if (language != language_code(static_cast<Language>(other))) continue;
            return agrees(sentence, static_cast<Language>(other)) && !is_title_of_work(sentence, language)
                       ? language
                       : std::string_view();
        }
        return {};
    }

 private:
    std::string_view text_of(const Sentence& sentence) const {
        const std::uint32_t begin = tokens_[sentence.first].begin;
        return text_.substr(begin, tokens_[sentence.last - 1].end - begin);
    }

    /// Whether the function words are those of the language, what it shares with French aside.
    bool agrees(const Sentence& sentence, Language language) const {
        const unsigned own = 1U << static_cast<unsigned>(language), french = 1U << static_cast<unsigned>(Language::fr);
        std::uint32_t own_words = 0, french_words = 0;
        for (const Token& token : tokens_.subspan(sentence.first, sentence.last - sentence.first)) {
            const unsigned languages = analyser_.function_word_of(token.form);
            own_words += (languages & own) != 0 && (languages & french) == 0;
            french_words += (languages & own) == 0 && (languages & french) != 0;
        }
        return own_words >= k_fewest_function_words && own_words > 2 * french_words;
    }

    /// Most words but the first and the function words begin with a capital. In German nouns do.
    bool is_title_of_work(const Sentence& sentence, std::string_view language) const {
        if (language == "de") return false;
        std::uint32_t capitals = 0, others = 0;
        for (const Token& token : tokens_.subspan(sentence.first + 1, sentence.last - sentence.first - 1)) {
            if (token.overlay || analyser_.function_word_of(token.form) != 0) continue;
            ++others;
            capitals += begins_with_capital(text_.substr(token.begin, token.end - token.begin));
        }
        return 3 * capitals > 2 * others;
    }

    std::string_view text_;
    std::span<const Token> tokens_;
    const Analyser& analyser_;
};

bool plainly_french(const Sentence& sentence) {
    const std::uint32_t french = sentence.counts[Language::fr];
    return french >= k_fewest_function_words && french > most_foreign(sentence.counts);
}

void unstem(std::span<Token> tokens, Analyser& analyser) {
    for (Token& token : tokens) token.form = analyser.unstemmed(token.form);
}

}  // namespace

std::vector<ForeignStretch> find_languages(Document& document, std::vector<Token>& title, std::vector<Token>& text,
                                           Analyser& analyser) {
    const std::vector<Sentence> sentences = Sentences(document.text, text, analyser).list();
    const Judge judge(document.text, text, analyser);
    std::vector<std::string_view> languages;
    std::map<std::string_view, std::uint64_t> words;
    std::uint64_t all = 0;
    for (const Sentence& sentence : sentences) {
        const bool is_title =
            text[sentence.first].begin < document.title_end && text[sentence.last - 1].end > document.title_begin;
        languages.push_back(is_title ? std::string_view() : judge.foreign_language(sentence));
        if (is_title) continue;
        all += sentence.words;
        if (!languages.back().empty()) words[languages.back()] += sentence.words;
    }
    const auto most =
        std::max_element(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    // A short French text may quote more than it says.
    const bool foreign = most != words.end() && 3 * most->second > 2 * all;
    const std::string_view main = foreign ? most->first : std::string_view();
    std::vector<ForeignStretch> stretches;
    if (!main.empty() && !title.empty()) {
        unstem(title, analyser);
        stretches.push_back({title.front().begin, title.back().end, true, std::string(main)});
    }
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const Sentence& sentence = sentences[i];
        const std::string_view language =
            languages[i].empty() && !main.empty() && !plainly_french(sentence) ? main : languages[i];
        if (language.empty()) continue;
        const std::span<Token> tokens = std::span(text).subspan(sentence.first, sentence.last - sentence.first);
        unstem(tokens, analyser);
        stretches.push_back({tokens.front().begin, tokens.back().end, false, std::string(language)});
    }
    if (document.lang.empty()) document.lang = main.empty() ? "fr" : std::string(main);
    return stretches;
}

}  // namespace limier
