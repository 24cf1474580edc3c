#include <algorithm>
#include <chrono>
#include <random>

#include <catch2/catch.hpp>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "common/text/fold.hpp"
#include "common/text/french.hpp"
#include "common/text/utf8.hpp"

using namespace limier;

namespace {

std::string decomposed(const std::string& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const nfd = icu::Normalizer2::getNFDInstance(status);
    std::string out;
    nfd->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(out);
    return out;
}

/// Text of one of three kinds: any bytes cleaned, any characters, pieces of French with all that joins and parts them.
std::string random_text(std::mt19937& random) {
    static const char* const pieces[] = {
        "l",        "d",      "qu",  "jusqu", "aujourd", "hui", "école", "été",    "week",   "end",
        "étudiant", "e",      "s",   "IA",    "x",       "AI",  "C",     "500",    "000",    "3",
        "12",       "XXIe",   "1er", "œuvre", "Cet",     "ne",  "東京",  "한국",   "ไทย",    "ﬁ",
        "ß",        "A",      "o",   "Brien", "😀",       " ",   " ",     " ",      "\u00A0", "\u202F",
        "\n",       "'",      "’",   "-",     ".",       ",",   "·",     "(",      ")",      "&",
        "@",        "_",      "+",   "++",    "#",       "«",   "»",     "\u00AD", "\u200B", "\u0301",
        "\uFEFF",   "\uFFFD", "%",   "€",     "/",       ":",   "\"",    "…"};
    std::string text;
    const std::size_t size = random() % 60;
    switch (random() % 3) {
        case 0:
            for (std::size_t i = 0; i < size; ++i) text.push_back(static_cast<char>(random()));
            break;
        case 1:
            for (std::size_t i = 0; i < size; ++i) {
                const std::uint32_t ranges[] = {0x80, 0x250, 0x3000, 0x11000, 0x110000};
                const auto c = static_cast<char32_t>(random() % ranges[random() % std::size(ranges)]);
                if (c < 0xD800 || c > 0xDFFF) append_utf8(text, c);
            }
            break;
        default:
            for (std::size_t i = 0; i < size; ++i) text += pieces[random() % std::size(pieces)];
    }
    return clean_utf8(text).text;
}

bool on_border(std::string_view text, std::size_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

void check_shape(const Analyser& analyser, std::string_view text, const std::vector<Token>& tokens) {
    std::uint32_t next = 0;  // the position after the primary token before
    std::uint32_t end = 0;   // where that ended
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        REQUIRE(token.begin < token.end);
        REQUIRE(token.end <= text.size());
        REQUIRE(on_border(text, token.begin));
        REQUIRE(on_border(text, token.end));
        const Form& form = analyser.form(token.form);
        REQUIRE_FALSE(form.text.empty());
        REQUIRE(is_utf8(form.text));
        REQUIRE_FALSE(form.term.empty());
        REQUIRE(form.term.size() <= 200);
        REQUIRE(is_utf8(form.term));
        REQUIRE(token.span >= 1);
        if (token.overlay) {
            REQUIRE(i > 0);
            REQUIRE(token.position + 1 == next);
            const auto last =
                std::find_if(tokens.rbegin(), tokens.rend(), [](const Token& other) { return !other.overlay; });
            REQUIRE(token.position + token.span <= last->position + 1);
            continue;
        }
        REQUIRE(token.span == 1);
        REQUIRE(token.position == next);
        REQUIRE(token.begin >= end);
        end = token.end;
        ++next;
    }
}

std::vector<std::string> forms_of(Analyser& analyser, std::string_view text) {
    std::vector<Token> tokens;
    analyser.analyse(text, tokens);
    std::vector<std::string> forms;
    for (const Token& token : tokens)
        forms.push_back((token.overlay ? "^" : "") + analyser.form(token.form).text + "/" +
                        std::to_string(token.position));
    return forms;
}

}  // namespace

TEST_CASE("analysis: any text gives tokens of the promised shape, the same each time and by any analyser") {
    std::mt19937 random(2);
    Analyser worn;
    std::vector<Token> tokens, again;
    for (int round = 0; round < 20000; ++round) {
        const std::string text = random_text(random);
        CAPTURE(text, round);
        worn.analyse(text, tokens);
        check_shape(worn, text, tokens);
        worn.analyse(text, again);
        REQUIRE(
            std::equal(tokens.begin(), tokens.end(), again.begin(), again.end(), [](const Token& a, const Token& b) {
                return a.begin == b.begin && a.end == b.end && a.form == b.form && a.position == b.position &&
                       a.span == b.span && a.overlay == b.overlay;
            }));
        if (round % 20 != 0) continue;
        Analyser fresh;
        REQUIRE(forms_of(fresh, text) == forms_of(worn, text));
    }
}

TEST_CASE("analysis: composed and decomposed text give the same forms") {
    std::mt19937 random(3);
    Analyser analyser;
    for (int round = 0; round < 20000; ++round) {
        const std::string text = random_text(random);
        CAPTURE(text, round);
        REQUIRE(forms_of(analyser, text) == forms_of(analyser, decomposed(text)));
    }
}

TEST_CASE("analysis: the words between blanks do not depend on what stands about them") {
    std::mt19937 random(4);
    Analyser analyser;
    for (int round = 0; round < 5000; ++round) {
        const std::string left = random_text(random), right = random_text(random);
        CAPTURE(left, right, round);
        std::vector<Token> a, b, both;
        analyser.analyse(left, a);
        analyser.analyse(right, b);
        analyser.analyse(left + "\n" + right, both);
        REQUIRE(both.size() == a.size() + b.size());
        for (std::size_t i = 0; i < both.size(); ++i) {
            const Token& part = i < a.size() ? a[i] : b[i - a.size()];
            REQUIRE(both[i].form == part.form);
            REQUIRE(both[i].begin == part.begin + (i < a.size() ? 0 : left.size() + 1));
        }
    }
}

TEST_CASE("analysis: ten million bytes without a blank are analysed, in pieces") {
    Analyser analyser;
    std::vector<Token> tokens;
    for (const std::string unit : {"a", "é", "a-", "a.", "l'", "東", "1", "étudiant(e", "&", "e\u0301"}) {
        std::string text;
        const std::size_t size = unit == "a" ? 10'000'000 : 200'000;
        while (text.size() < size) text += unit;
        analyser.analyse(text, tokens);
        CAPTURE(unit);
        std::uint32_t end = 0;
        for (const Token& token : tokens) {
            if (token.overlay) continue;
            CHECK((token.begin >= end && on_border(text, token.begin) && on_border(text, token.end)));
            end = token.end;
            if (token.begin < end && end <= text.size()) continue;
            FAIL("a span out of the text");
        }
        CHECK(analyser.forms() < 100'000);
    }
}

TEST_CASE("properties: a letter of Latin-1 folds as its decomposition does") {
    for (char32_t c = 0xC0; c < 0x100; ++c) {
        std::string letter;
        append_utf8(letter, c);
        CAPTURE(letter);
        CHECK(fold(letter) == fold(decomposed(letter)));
    }
}
