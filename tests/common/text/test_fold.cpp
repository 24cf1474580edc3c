#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "common/text/accents.hpp"
#include "common/text/fold.hpp"

using namespace limier;

TEST_CASE("fold: case and accents go, other characters stay") {
    const struct {
        const char *text, *folded;
    } rows[] = {
        {"École", "ecole"},
        {"Œuvre", "oeuvre"},
        {"Lætitia", "laetitia"},
        {"STRASSE straße", "strasse strasse"},
        {"ça", "ca"},
        {"e\u0301te\u0301", "ete"},
        {"Łódź Ørsted", "lodz orsted"},
        {"ﬁn", "fin"},
        {"x.AI, 100 %", "x.ai, 100 %"},
        {"", ""},
        {"ΑΘΉΝΑ", "αθηνα"},
        {"STRAẞE", "strasse"},
        {"Ǿ ǽ", "o ae"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(fold(row.text) == row.folded);
        CHECK(fold(row.folded) == row.folded);
    }
}

TEST_CASE("fold: a text compares to a folded one as its own folded form does") {
    const std::vector<std::string> letters{"a", "A", "e", "é", "É",      "œ", "o", "ß",
                                           "s", "ﬁ", "f", "Ǿ", "\u0301", "z", "-", "Θ"};
    std::mt19937 random(11);
    const auto drawn = [&] {
        std::string text;
        for (auto n = random() % 5; n > 0; --n) text += letters[random() % letters.size()];
        return text;
    };
    const auto sign = [](int order) { return (order > 0) - (order < 0); };
    for (int round = 0; round < 20'000; ++round) {
        const std::string text = drawn(), folded = fold(drawn()), own = fold(text);
        CAPTURE(text, folded);
        const FoldedOrder found = compare_folded(text, folded);
        CHECK(sign(found.order) == sign(own.compare(folded)));
        CHECK(found.begins == own.starts_with(folded));
    }
}

TEST_CASE("fold: an accent is what folding takes away beside case") {
    for (const char* with : {"école", "ÉCOLE", "cœur", "naïf", "e\u0301", "straße"}) {
        CAPTURE(with);
        CHECK(has_accent(with));
    }
    for (const char* without : {"ecole", "ECOLE", "l’eau", "10 €", "", "«»"}) {
        CAPTURE(without);
        CHECK_FALSE(has_accent(without));
    }
}

TEST_CASE("fold: a key ignores case, accents, hyphens, apostrophes, blanks, and dots inside a word") {
    const struct {
        const char *text, *key;
    } rows[] = {
        {"½ a½b", "1 2 a1 2b"},
        {"États-Unis", "etats unis"},
        {"états  unis ", "etats unis"},
        {"x.AI", "xai"},
        {"L'Oréal", "l oreal"},
        {"L’Oréal", "l oreal"},
        {"L‘Oréal", "l oreal"},
        {"LʼOréal", "l oreal"},
        {"LʻOréal", "l oreal"},
        {"L＇Oréal", "l oreal"},
        {"L´Oréal", "l oreal"},
        {"L`Oréal", "l oreal"},
        {"I.A.", "ia"},
        {"U.S.A", "usa"},
        {"J. K. Rowling", "j k rowling"},
        {"M. Macron", "m macron"},
        {"Saint-Étienne\u00A0!", "saint etienne"},
        {"AT&T", "at&t"},
        {"C++", "c++"},
        {"C#", "c#"},
        {"Marks & Spencer", "marks & spencer"},
        {"500 000", "500 000"},
        {"…", ""},
        {"  ", ""},
        {"Œuvre", "oeuvre"},
        {"« Le Monde »", "le monde"},
        {"Coca\u00ADCola", "cocacola"},
        {"a\u200Bb", "ab"},
        {"New\u202FYork", "new york"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(fold_key(row.text) == row.key);
        CHECK(fold_key(row.key) == row.key);
    }
}

TEST_CASE("accents: an unaccented spelling is a word of its own, or an accent left out") {
    for (const char* word : {"ou",      "la",        "a",        "du",     "sur",      "the",  "marche", "cote",
                             "interne", "cure",      "tache",    "mais",   "des",      "juge", "forme",  "engage",
                             "police",  "politique", "explique", "ajoute", "affaires", "fut",  "mat"}) {
        CAPTURE(word);
        CHECK(unaccented_word(word));
    }
    for (const char* left_out : {"ecole", "eleve", "etat", "president", "societe", "election", "ecoles", "reelu",
                                 "controle", "presente", "arrete", "interesse"}) {
        CAPTURE(left_out);
        CHECK_FALSE(unaccented_word(left_out));
    }
}

TEST_CASE("accents: they count when typed and not when they are not") {
    const struct {
        const char *typed, *form;
        bool stands;
    } rows[] = {
        {"ecole", "école", true},    {"école", "ecole", true},     {"marche", "marché", true},
        {"marché", "marche", false}, {"thé", "the", false},        {"the", "thé", false},
        {"the", "the", true},        {"où", "ou", false},          {"ou", "où", true},
        {"pêche", "péché", false},   {"élève", "élevé", false},    {"élysée", "elysée", true},
        {"elysée", "élysée", true},  {"égalité", "egalité", true}, {"évaluée", "évalue", false},
        {"à", "a", false},           {"eleve", "élevé", true},     {"président", "president", true},
    };
    for (const auto& row : rows) {
        CAPTURE(row.typed, row.form);
        CHECK(accents_allow(row.typed, row.form) == row.stands);
    }
}
