// The words of French prose against those of UAX #29, as ICU segments them.
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include <catch2/catch.hpp>
#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include "common/text/french.hpp"
#include "common/text/utf8.hpp"

using namespace limier;

namespace {

using Span = std::pair<std::size_t, std::size_t>;

std::vector<Span> by_icu(const std::string& text) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> words(
        icu::BreakIterator::createWordInstance(icu::Locale::getFrench(), status));
    const std::unique_ptr<UText, UText* (*)(UText*)> source(
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status), utext_close);
    words->setText(source.get(), status);
    REQUIRE(U_SUCCESS(status));
    std::vector<Span> spans;
    for (std::int32_t begin = words->first(), end = words->next(); end != icu::BreakIterator::DONE;
         begin = end, end = words->next()) {
        if (words->getRuleStatus() >= UBRK_WORD_NONE_LIMIT) spans.emplace_back(begin, end);
    }
    return spans;
}

std::vector<Span> by_limier(Analyser& analyser, const std::string& text) {
    std::vector<Token> tokens;
    analyser.analyse(text, tokens);
    std::vector<Span> spans;
    for (const Token& token : tokens)
        if (!token.overlay) spans.emplace_back(token.begin, token.end);
    return spans;
}

/// The rule of ours that explains a difference; empty where none does.
std::string_view rule_of(std::string_view text) {
    const auto has = [text](auto... marks) { return ((text.find(marks) != std::string_view::npos) || ...); };
    if (has("'", "’")) return "apostrophe";  // elision, aujourd'hui, jusqu'à
    if (has("@", "_")) return "address";
    if (has("\u202F")) return "blank";  // UAX #29 joins words about a narrow no-break space (ExtendNumLet)
    bool digits = true, blank = false, any_digit = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        blank = blank || is_space(c);
        any_digit = any_digit || is_digit(c);
        digits = digits && (is_digit(c) || is_space(c) || c == U'.' || c == U',');
    }
    if (digits && any_digit) return "number";
    if (has(".")) return "dot";  // glued sentences, hosts, x.AI
    if (has("·", "(", "-", "&", "+", "#", "²", "°", "\u00AD")) return "sign";
    return {};
}

}  // namespace

TEST_CASE("analysis: on French prose, words are those of UAX #29 but where a rule of ours differs") {
    Analyser analyser;
    std::size_t words = 0;
    std::map<std::string_view, std::size_t> differences;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(LIMIER_SOURCE_DIR "/corpus")) {
        // The judgements are no prose.
        if (entry.path().extension() != ".txt" || entry.path().filename() == "qrels.txt") continue;
        std::ifstream file(entry.path());
        std::stringstream bytes;
        bytes << file.rdbuf();
        const std::string text = clean_utf8(bytes.str()).text;
        const std::vector<Span> expected = by_icu(text), found = by_limier(analyser, text);
        words += expected.size();
        for (std::size_t i = 0, j = 0; i < expected.size() || j < found.size();) {
            if (i < expected.size() && j < found.size() && expected[i] == found[j]) {
                ++i, ++j;
                continue;
            }
            // What overlaps is one difference.
            std::size_t begin = text.size(), end = 0;
            const auto take = [&](const std::vector<Span>& spans, std::size_t& at) {
                const bool overlaps = at < spans.size() && (end == 0 || spans[at].first < end);
                if (!overlaps) return false;
                begin = std::min(begin, spans[at].first);
                end = std::max(end, spans[at++].second);
                return true;
            };
            const bool icu_first = j >= found.size() || (i < expected.size() && expected[i].first <= found[j].first);
            icu_first ? take(expected, i) : take(found, j);
            while (take(expected, i) || take(found, j)) continue;
            const std::string_view differs = std::string_view(text).substr(begin, end - begin);
            // An apostrophe after the words counts: of `l’« idée »` only ICU takes the l.
            const std::string_view after = std::string_view(text).substr(end, 3);
            const std::string_view rule =
                after.starts_with('\'') || after == "’" ? std::string_view("apostrophe") : rule_of(differs);
            CAPTURE(differs, entry.path());
            CHECK_FALSE(rule.empty());
            ++differences[rule];
        }
    }
    REQUIRE(words > 1000);
    for (const auto& [rule, count] : differences) UNSCOPED_INFO(rule << " " << count << " of " << words);
    // Bounds of the kinds beside elision: on 11 MB of press they were 0.1 % each.
    CHECK(differences["apostrophe"] * 10 < words);
    CHECK((differences["dot"] + differences["sign"] + differences["address"]) * 100 < words);
    CHECK(differences["number"] * 50 < words);
}
