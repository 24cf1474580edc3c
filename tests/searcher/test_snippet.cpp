#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "searcher/snippet.hpp"

using namespace limier;

namespace {

HighlightWords wanted(Analyser& analyser, std::string_view query) {
    HighlightWords words;
    std::vector<Token> tokens;
    analyser.analyse(query, tokens);
    for (const Token& token : tokens) words.terms.insert(analyser.form(token.form).term);
    return words;
}

/// The text with the marks in brackets.
std::string marked(std::string_view text, const std::vector<Highlight>& marks) {
    std::string out;
    std::size_t at = 0;
    for (const Highlight& mark : marks) {
        REQUIRE(at <= mark.begin);
        REQUIRE(mark.begin < mark.end);
        REQUIRE(mark.end <= text.size());
        out += std::string(text.substr(at, mark.begin - at)) + "[" +
               std::string(text.substr(mark.begin, mark.end - mark.begin)) + "]";
        at = mark.end;
    }
    return out + std::string(text.substr(at));
}

}  // namespace

TEST_CASE("snippet: the word is marked and not its article") {
    Analyser analyser;
    const auto mark = [&analyser](std::string_view text, std::string_view query) {
        const HighlightWords words = wanted(analyser, query);
        return marked(text, places_of(Highlighter(words, analyser).marks(text)));
    };
    CHECK(mark("C’est l’avocat qui parle.", "avocat") == "C’est l’[avocat] qui parle.");
    CHECK(mark("Les avocats d'Aix.", "avocat") == "Les [avocats] d'Aix.");
    CHECK(mark("L'IA, jusqu'où ? L’IA !", "IA") == "L'[IA], jusqu'où ? L’[IA] !");
    CHECK(mark("Rien ici.", "avocat") == "Rien ici.");
    CHECK(mark("", "avocat").empty());
}

TEST_CASE("snippet: other names of what is asked for are marked as wholes, the longest, without an elided article") {
    Analyser analyser;
    HighlightWords words = wanted(analyser, "marche");
    words.names = {"la republique en marche", "larem", "en marche", "l oreal"};
    const auto mark = [&](std::string_view text) {
        const Highlighter highlighter(words, analyser);
        std::vector<Mark> marks = Highlighter(words, analyser).marks(text);
        highlighter.add_names(text, marks);
        return marked(text, places_of(marks));
    };
    CHECK(mark("À la République en Marche, une marche.") == "À [la République en Marche], une [marche].");
    CHECK(mark("LaREM ; En marche !") == "[LaREM] ; [En marche] !");
    CHECK(mark("C’est L’Oréal, en république") == "C’est L’[Oréal], en république");
    CHECK(mark("la république en") == "la république en");
    CHECK(mark("") == "");
}

TEST_CASE("snippet: the passage with most words of the query is shown, blanks normalised") {
    Analyser analyser;
    std::string text;
    for (int i = 0; i < 60; ++i) text += "Une phrase sans rapport avec la question posée.\n\n   ";
    text += "Le financement   du projet\tStargate reste incertain. ";
    for (int i = 0; i < 60; ++i) text += "Stargate revient souvent dans la presse. ";
    const HighlightWords words = wanted(analyser, "financement projet Stargate");
    const Snippet snippet = make_snippet(text, Highlighter(words, analyser).marks(text));
    CHECK(snippet.text.find("Le financement du projet Stargate reste incertain.") != std::string::npos);
    CHECK(snippet.text.starts_with("… "));
    CHECK(snippet.text.ends_with(" …"));
    CHECK(snippet.text.size() < 400);
    CHECK(marked(snippet.text, snippet.highlights).find("[financement] du [projet] [Stargate]") != std::string::npos);
}

TEST_CASE("snippet: a text whose last letter reaches over the limit is shown whole") {
    CHECK(make_snippet("aaaa bbbbé", {}, 10).text == "aaaa bbbbé");
    CHECK(make_snippet("aaaa bbbbéb", {}, 10).text == "aaaa …");
}

TEST_CASE("snippet: any text gives valid text with marks inside it") {
    Analyser analyser;
    const HighlightWords words = wanted(analyser, "été école");
    const std::string pieces[] = {"été", " ",      "l’école", "\n",           "😀",    "é", "… ", ". ",
                                  "mot", "\u00A0", "«",       "e\u0301cole ", "日本", "-", "'"};
    unsigned state = 5;
    for (int i = 0; i < 500; ++i) {
        std::string text;
        for (unsigned n = state % 200; n > 0; --n) {
            state = state * 1664525 + 1013904223;
            text += pieces[(state >> 16) % std::size(pieces)];
        }
        state = state * 1664525 + 1013904223;
        const Snippet snippet = make_snippet(text, Highlighter(words, analyser).marks(text), 60);
        REQUIRE(is_utf8(snippet.text));
        for (const Highlight& mark : snippet.highlights) {
            REQUIRE(mark.end <= snippet.text.size());
            const std::string word = fold(snippet.text.substr(mark.begin, mark.end - mark.begin));
            REQUIRE((word == "ete" || word == "ecole" || word.find("ete") != std::string::npos ||
                     word.find("ecole") != std::string::npos));
        }
    }
}

TEST_CASE("snippet: words known from the tokens are marked as in a text looked at whole") {
    const std::vector<std::string> pieces{
        "L’avocat",    "avocats",       "AVOCAT,", "d'avocat", "cœur",  "Cœurs !",     "réforme",
        "RÉFORME",     "re\u0301forme", "I.A.",    "l'IA",     "GPT-4", "arc-en-ciel", "arc",
        "ciel\u00A0!", "1 000",         "000",     "(avocat)", "sans",  "rapport",     "«\u00A0réformes\u00A0»",
        "ami(e)s",     "étudiant·es"};
    const std::vector<std::string> queries{"avocat",           "coeur", "réforme",        "IA",       "GPT-4",
                                           "arc-en-ciel ciel", "1000",  "avocat réforme", "étudiant", "amie"};
    Analyser analyser;
    std::mt19937 random(41);
    std::size_t found = 0;
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (std::size_t n = random() % 30; n > 0; --n)
            text += pieces[random() % pieces.size()] + (random() % 6 == 0 ? "\n\n" : " ");
        const HighlightWords words = wanted(analyser, queries[random() % queries.size()]);
        std::vector<Token> tokens;
        analyser.analyse(text, tokens);
        KnownWords known;
        for (const Token& token : tokens) {
            const Form& form = analyser.form(token.form);
            if (!words.terms.contains(form.term)) continue;
            ++known.tokens;
            if (std::find(known.forms.begin(), known.forms.end(), form.text) == known.forms.end())
                known.forms.push_back(form.text);
        }
        Highlighter highlighter(words, analyser);
        const std::vector<Highlight> whole = places_of(highlighter.marks(text));
        INFO(text);
        CHECK(places_of(highlighter.marks(text, known)) == whole);
        found += whole.size();
    }
    CHECK(found > 2000);
}
