#include <catch2/catch.hpp>

#include "common/text/stemmer.hpp"
#include "common/text/stop_words.hpp"
#include "tests/common/text/analysed.hpp"

using namespace limier;

TEST_CASE("stems: the inflections of a word are one term") {
    const std::vector<std::string> families[] = {
        {"cheval", "chevaux"},
        {"travail", "travaux"},
        {"nouveau", "nouvelle", "nouveaux", "nouvelles", "nouvel"},
        {"beau", "belle", "beaux", "bel"},
        {"oeil", "yeux"},
        {"directeur", "directrices", "directrice"},
        {"acteur", "actrices"},
        {"chanteur", "chanteuse", "chanteuses"},
        {"français", "française", "françaises"},
        {"loi", "lois"},
        {"emploi", "emplois"},
        {"public", "publique", "publiques", "publics"},
        {"petit", "petite", "petits", "petites"},
        {"élu", "élus", "élue", "élues"},
        {"revenu", "revenus"},
        {"photo", "photos"},
        {"euro", "euros"},
        {"lieu", "lieux"},
        {"enjeu", "enjeux"},
        {"long", "longue", "longues"},
        {"étranger", "étrangère", "étrangers"},
        {"crédit", "crédits"},
        {"foyer", "foyers"},
        {"insoumis", "insoumise", "insoumises"},
        {"commission", "commissions"},
        {"actif", "active", "actifs", "actives"},
        {"vif", "vive", "vives"},
        {"ami", "amis", "amie", "amies"},
        {"faux", "fausse"},
        {"désir", "désirs"},
        {"démission", "démissions"},
        {"ambassadeur", "ambassadrice"},
        {"auteur", "autrices"},
        {"chef", "cheffe"},
        {"financement", "financements"},
    };
    Stemmer stemmer;
    for (const auto& family : families) {
        for (const std::string& word : family) {
            CAPTURE(word, family.front());
            CHECK(stemmer.stem(word) == stemmer.stem(family.front()));
        }
    }
}

TEST_CASE("stems: words that only look alike stay apart") {
    const struct {
        const char *one, *other;
    } rows[] = {
        {"chat", "châtiment"},   {"université", "univers"}, {"organe", "organisation"},
        {"police", "poli"},      {"port", "porte"},         {"générique", "général"},
        {"marché", "marche"},    {"loi", "loyer"},          {"foi", "foyer"},
        {"retraite", "retrait"}, {"open", "openai"},        {"plus", "plu"},
        {"sous", "sou"},         {"vénus", "venu"},         {"roi", "roux"},
        {"bail", "bal"},
    };
    Stemmer stemmer;
    for (const auto& row : rows) {
        CAPTURE(row.one, row.other);
        CHECK(stemmer.stem(row.one) != stemmer.stem(row.other));
    }
}

TEST_CASE("stems: a word keeps the term it has by itself, whatever came before") {
    Analyser one, other;
    CHECK(one.stem("marchés") == other.stem("marchés"));
    static_cast<void>(one.stem("aurait"));
    CHECK(one.stem("marchés") == other.stem("marchés"));
    CHECK(one.stem("les") == "les");
    CHECK(one.stem("gpt4") == "gpt4");
}

TEST_CASE("stop words: function words, and none that people look for") {
    for (const char* word :
         {"le", "la", "les", "de", "des", "et", "ou", "à", "que", "ne", "pas", "même", "mêmes", "quelle"}) {
        CAPTURE(word);
        CHECK(is_stop_word(word));
    }
    for (const char* word :
         {"ai", "où", "été", "or", "ia", "est", "as", "aura", "car", "sous", "sans", "sommes", "guerre", ""}) {
        CAPTURE(word);
        CHECK_FALSE(is_stop_word(word));
    }
}

TEST_CASE("stop words: of Snowball's French list all are ours but those with another meaning") {
    // The list of snowballstem.org/algorithms/french/stop.txt without its forms of être and avoir.
    for (const char* word :
         {"au",    "aux",  "avec",  "ce",   "ces",  "dans",  "de",   "des",   "du",     "elle",    "en",  "et",  "eux",
          "il",    "je",   "la",    "le",   "leur", "lui",   "ma",   "mais",  "me",     "même",    "mes", "moi", "mon",
          "ne",    "nos",  "notre", "nous", "on",   "ou",    "par",  "pas",   "pour",   "qu",      "que", "qui", "sa",
          "se",    "ses",  "son",   "sur",  "ta",   "te",    "tes",  "toi",   "ton",    "tu",      "un",  "une", "vos",
          "votre", "vous", "c",     "d",    "j",    "l",     "à",    "m",     "n",      "s",       "t",   "y",   "ceci",
          "cela",  "cet",  "cette", "ils",  "les",  "leurs", "quel", "quels", "quelle", "quelles", "soi"}) {
        CAPTURE(word);
        CHECK(is_stop_word(word));
    }
}

TEST_CASE("stop words: they are tokens like others, in their place") {
    CHECK(analysed("Être ou ne pas être") == "être ou ne pas être");
    CHECK(analysed("AI, où, été, or, IA, pas") == "ai où été or ia pas");
    Analyser analyser;
    std::vector<Token> tokens;
    analyser.analyse("la porte", tokens);
    REQUIRE(tokens.size() == 2);
    CHECK(analyser.form(tokens[0].form).stop);
    CHECK(analyser.form(tokens[0].form).term == "la");
    CHECK_FALSE(analyser.form(tokens[1].form).stop);
}
