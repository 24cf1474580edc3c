#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "common/text/stemmer.hpp"
#include "common/text/stop_words.hpp"
#include "tests/common/text/analysed.hpp"

using namespace limier;

namespace {

/// The pairs of tests/data/stems.tsv with this verdict that the stemmer gets wrong, a line each.
std::string wrong_pairs(std::string_view wanted) {
    std::ifstream file(LIMIER_SOURCE_DIR "/tests/data/stems.tsv");
    REQUIRE(file);
    Stemmer stemmer;
    std::string wrong;
    std::size_t pairs = 0;
    for (std::string line; std::getline(file, line);) {
        std::string verdict, kind, one, other;
        if (!(std::istringstream(line) >> verdict >> kind >> one >> other) || verdict != wanted) continue;
        ++pairs;
        if ((stemmer.stem(one) == stemmer.stem(other)) != (verdict == "same")) wrong += one + " " + other + "\n";
    }
    CHECK(pairs >= 200);
    return wrong;
}

bool in_order(std::string_view table) {
    std::istringstream lines{std::string(table)};
    std::string before;
    for (std::string line; std::getline(lines, line);) {
        const std::size_t tab = line.find('\t');
        const std::string form = line.substr(0, tab);
        if (tab == std::string::npos || tab + 1 == line.size() || form <= before) {
            UNSCOPED_INFO("the line of " << form << " behind that of " << before);
            return false;
        }
        before = form;
    }
    return table.ends_with('\n');
}

}  // namespace

TEST_CASE("stems: the tables are in order, as they are searched") {
    CHECK(in_order(Stemmer::exceptions()));
    CHECK(in_order(Stemmer::lexicon()));
}

TEST_CASE("stems: of a stemmer that was asked for many forms they are those of one asked for few") {
    Stemmer many;
    std::vector<std::string> forms = {"", "a", "abaissabl", "abaissabless", "zzz", "\xC3\xB4t\xC3\xA9s\tx", "\n"};
    std::string_view lines = Stemmer::lexicon();
    for (std::size_t line = 0; !lines.empty(); ++line) {
        const std::string form(lines.substr(0, lines.find('\t')));
        many.stem(form);
        if (line % 97 == 0) forms.insert(forms.end(), {form, form + "x", form.substr(0, form.size() - 1)});
        lines.remove_prefix(lines.find('\n') + 1);
    }
    for (const std::string& form : forms) {
        INFO(form);
        CHECK(many.stem(form) == Stemmer().stem(form));
    }
}

// `lit` is a bed before it is a form of lire; so are `bout` and `plongeons` nouns.
TEST_CASE("stems: of pairs that belong together three are parted") {
    CHECK(wrong_pairs("same") == "lire lit\nbouillir bout\nplonger plongeons\n");
}

TEST_CASE("stems: of pairs that only look alike none meets") { CHECK(wrong_pairs("apart").empty()); }

TEST_CASE("stems: an unknown word meets the forms that it would have") {
    Stemmer stemmer;
    CHECK(stemmer.stem("macronistes") == stemmer.stem("macroniste"));
    CHECK(stemmer.stem("instagrammeuses") == stemmer.stem("instagrammeuse"));
    CHECK(stemmer.stem("deputes") == stemmer.stem("depute"));
    CHECK(stemmer.stem("").empty());
}

TEST_CASE("stems: an exception takes the stem of the word beside it, or stands alone") {
    Stemmer stemmer;
    CHECK(stemmer.stem("messieurs") == stemmer.stem("monsieur"));
    CHECK(stemmer.stem("retraites") == stemmer.stem("retraite"));
    CHECK(stemmer.stem("paris") != stemmer.stem("pari"));
}

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
