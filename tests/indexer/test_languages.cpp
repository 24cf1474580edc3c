#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "indexer/languages.hpp"

namespace limier {
namespace {

struct Read {
    Document document;
    std::vector<Token> title, text;
    std::vector<ForeignStretch> foreign;

    std::string stretch(std::size_t i) const {
        const ForeignStretch& at = foreign.at(i);
        return at.lang + ": " + (at.in_title ? document.title : document.text).substr(at.begin, at.end - at.begin);
    }
};

Read read(std::string text, Analyser& analyser, std::string title = {}, std::string lang = {}) {
    Read read;
    read.document.title = std::move(title);
    read.document.title_apart = !read.document.title.empty();
    read.document.text = std::move(text);
    read.document.lang = std::move(lang);
    analyser.analyse(read.document.title, read.title);
    analyser.analyse(read.document.text, read.text);
    read.foreign = find_languages(read.document, read.title, read.text, analyser);
    return read;
}

TEST_CASE("languages: a sentence or quote in another language is found among French ones") {
    Analyser analyser;
    const std::pair<std::string, std::string> rows[] = {
        {"Le maire a lu la lettre. Wir werden im Herbst nicht mehr nach Hause kommen. Puis il s’est assis.",
         "de: Wir werden im Herbst nicht mehr nach Hause kommen"},
        {"Il a répondu : « We are not going to close this factory before the summer », avant de quitter la salle.",
         "en: We are not going to close this factory before the summer"},
        {"La pancarte disait “No vamos a pagar esta deuda por los bancos”, en lettres rouges.",
         "es: No vamos a pagar esta deuda por los bancos"},
        {"Elle chante toujours la même chose.\n\nNon ho più voglia di andare al mare con te\n\nLe public reprend en "
         "chœur.",
         "it: Non ho più voglia di andare al mare con te"},
        {"Le président a conclu ainsi : « Nós não vamos esquecer o que foi feito aqui. » Puis il est parti.",
         "pt: Nós não vamos esquecer o que foi feito aqui"},
        {"Sur la banderole : « Wij willen dat deze school niet wordt gesloten ». Personne n’a répondu.",
         "nl: Wij willen dat deze school niet wordt gesloten"},
        {"Le message tenait en une ligne. Мы не будем закрывать эту школу летом. Nul ne l’a traduit.",
         "ru: Мы не будем закрывать эту школу летом"},
    };
    for (const auto& [text, expected] : rows) {
        const Read got = read(text, analyser);
        INFO(text);
        REQUIRE(got.foreign.size() == 1);
        CHECK(got.stretch(0) == expected);
        CHECK(got.document.lang == "fr");
    }
}

TEST_CASE("languages: French with foreign words, names and titles of works is French") {
    Analyser analyser;
    const char* const rows[] = {
        "Donald Trump : la bataille de l’IA commence à la Silicon Valley.",
        "La start-up lance son big data cloud et une task force marketing au meeting de Londres.",
        "Il écoute The Dark Side of the Moon et relit The Catcher in the Rye en version originale.",
        "Le « New York Times » et le « Wall Street Journal » l’annoncent, selon Agnès von der Mühll.",
        "« a ajouté Ursula von der Leyen »",
        "Le « Zeitgeist » n’attend pas.",
        "On me dit de me taire, on a tort.",
        "PSG, OM, OL, ASSE : la liste des clubs.",
        "Non, ma non troppo.",
        "Un tour en Algarve, via Porto, par la mer.",
    };
    for (const char* const text : rows) {
        const Read got = read(text, analyser);
        INFO(text);
        CHECK(got.foreign.empty());
        CHECK(got.document.lang == "fr");
    }
}

TEST_CASE("languages: a title is never judged on its own") {
    Analyser analyser;
    const std::string title = "We are not going to close this factory before the summer";
    const std::string body = "Le maire a lu la lettre des ouvriers devant le conseil.";
    CHECK(read(body, analyser, title).foreign.empty());
    Read within;
    within.document.text = title + ".\n\n" + body;
    within.document.title_end = static_cast<std::uint32_t>(title.size());
    analyser.analyse(within.document.text, within.text);
    CHECK(find_languages(within.document, within.title, within.text, analyser).empty());
}

TEST_CASE("languages: where most of a text is in another language, the rest and the title are too") {
    Analyser analyser;
    const Read got = read(
        "The council will not vote on the budget this week. Talks failed. The mayor said that she would try again "
        "before the end of the month. « Nous ne céderons pas sur les écoles », dit-elle.",
        analyser, "Budget talks fail");
    CHECK(got.document.lang == "en");
    REQUIRE(got.foreign.size() == 4);
    CHECK(got.stretch(0) == "en: Budget talks fail");
    CHECK(got.foreign[0].in_title);
    CHECK(got.stretch(2) == "en: Talks failed");
    for (const ForeignStretch& stretch : got.foreign) CHECK(stretch.lang == "en");
    CHECK(got.document.text.substr(got.foreign[3].end).find("Nous ne") != std::string::npos);
}

TEST_CASE("languages: what the input says is kept") {
    Analyser analyser;
    CHECK(read("The council will not vote on the budget this week.", analyser, "", "oc").document.lang == "oc");
    CHECK(read("The council will not vote on the budget this week.", analyser).document.lang == "en");
    CHECK(read("", analyser).document.lang == "fr");
}

TEST_CASE("languages: foreign words have themselves for term, French ones their stem") {
    Analyser analyser;
    const Read got = read(
        "Des nations libres ont signé hier à Genève un accord sur les frontières de la région. There are no nations "
        "and no borders in the song.",
        analyser);
    REQUIRE(got.foreign.size() == 1);
    std::vector<std::string> terms;
    for (const Token& token : got.text)
        if (analyser.form(token.form).text == "nations") terms.push_back(analyser.form(token.form).term);
    CHECK(terms == std::vector<std::string>{analyser.stem("nations"), "nations"});
    CHECK(analyser.stem("nations") != "nations");
}

}  // namespace
}  // namespace limier
