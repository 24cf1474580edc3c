#include <catch2/catch.hpp>

#include "marked.hpp"

using namespace limier;

namespace {

void check(const std::vector<std::string_view>& rows) {
    for (const std::string_view row : rows) CHECK(tagged(row) == row);
}

}  // namespace

TEST_CASE("coreference: Musk, M. Musk and Elon Musk are one person") {
    check({
        "[person Elon Musk] parle. [person Musk=Elon Musk] rit. M. [person Musk=Elon Musk] sort. Et [person Elon=Elon "
        "Musk] revient.",
        "[person Djibril Camara] parle. M. [person Camara=Djibril Camara] rit, puis [person Camara=Djibril Camara] "
        "sort.",
        "M. [person Camara=Djibril Camara] parle, dit-on. Plus tard, [person Djibril Camara] sort.",
    });
}

TEST_CASE("coreference: surnames with particles") {
    check({
        "Avec [person Nadia Ben Salah]. Mme [person Ben Salah=Nadia Ben Salah] sort.",
        "Avec [person Hélène van der Meer]. Mme [person van der Meer=Hélène van der Meer] sort.",
        "Avec [person Yann Le Goff]. Pour [person Le Goff=Yann Le Goff], c'est non.",
        "Avec [person Stéphane d'Ornano]. M. [person d'Ornano=Stéphane d'Ornano] sort.",
        "Avec [person Capucine de Kersauson]. On revoit [person Kersauson=Capucine de Kersauson] demain.",
    });
}

TEST_CASE("coreference: namesakes part by gender") {
    check({
        "[person Thibault Lefebvre] et [person Sophie Lefebvre] sont là. M. [person Lefebvre=Thibault Lefebvre] sort. "
        "Mme [person Lefebvre=Sophie Lefebvre] reste.",
        "[person Bernard Martin] contre [person Clémence Martin]. La ministre [person Martin=Clémence Martin] gagne.",
    });
}

TEST_CASE("coreference: a surname of two that nothing settles is its own value") {
    check({"[person Bernard Martin] contre [person Clémence Martin]. Enfin, ce sera [person Martin]."});
}

TEST_CASE("coreference: a wife is not her husband, nor a family one of it") {
    check({
        "M. [person Hennebeau] dîne. Mme [person Hennebeau=Mme Hennebeau] rit. Et [person Hennebeau] sort.",
        "Avec [person Thibault Lefebvre]. Mme [person Lefebvre=Mme Lefebvre] reste. Pour [person "
        "Lefebvre=Thibault Lefebvre], c'est non.",
        // Nobody else bears the name.
        "Mme [person Rouvière] dîne. Puis [person Rouvière] sort.",
        // She is called by her given name, the surname is her father's.
        "[person Suzanne Grandin] dort. [person Suzanne=Suzanne Grandin] rit. [person Suzanne=Suzanne Grandin] lit. "
        "[person Suzanne=Suzanne Grandin] part. M. [person Grandin] sort. Mme [person Grandin=Mme Grandin] reste.",
        "Avec [person Clémence Martin]. Le Dr [person Martin=Clémence Martin] sort.",
    });
}

TEST_CASE("coreference: families are nobody") { check({"[person Bernard Martin] est là. Chez les Martin, on rit."}); }

TEST_CASE("coreference: initials join the full name") {
    check({
        "[person Ibrahima Sow] et [person Fatou Sow]. But de [person I. Sow=Ibrahima Sow] à la fin.",
        "[person Ibrahima Sow] et [person Issa Sow]. But d'[person I. Sow].",
        "Avec [person Elon Musk]. Un message d'[person E. Musk=Elon Musk] suit.",
    });
}

TEST_CASE("coreference: whom the document names goes before whom only the lexicon knows") {
    check({
        "[person Kimbal Musk] ouvre un restaurant. Puis [person Musk=Kimbal Musk] rentre.",
        "[person Kimbal Musk] et [person Elon Musk] dînent. Puis [person Musk=Elon Musk] rentre.",
        "[person Melania Trump] et [person Donald Trump] dînent. Mme [person Trump=Melania Trump] rentre, [person "
        "Trump=Donald Trump] reste.",
    });
}

TEST_CASE("coreference: a given name alone wants its only bearer") {
    check({
        "Avec [person Léa Rimbert] et [person Margaux Rimbert]. Puis [person Léa=Léa Rimbert] part.",
        "Les oncles de [person Pierre Delattre] arrivent. Une pierre tombe. Pierre qui roule n'amasse pas mousse.",
    });
}

TEST_CASE("coreference: surnames in capitals are taken back") {
    check({
        "Présents : [person Jean DUPONT=Jean Dupont] et [person Marie LÉVÊQUE=Marie Lévêque].",
        "Avec [person Jean DUPONT=Jean Dupont]. M. [person Dupont=Jean Dupont] sort. Puis [person Jean Dupont] rentre.",
    });
}

TEST_CASE("coreference: a name read once is read again") {
    check({
        "La société [org Verdania] recrute. Chez [org Verdania], on rit.",
        "La ville de [place Pontarmel] dort. Dans [place Pontarmel], rien ne bouge.",
    });
}

TEST_CASE("coreference: hyphened given names that begin alike are two people") {
    check({"Avec [person Jean-Luc Faure] et [person Jean-Marc Faure], on rit."});
}

TEST_CASE("zones: furniture holds no names, but an agency's line its town") {
    Document document;
    document.text =
        "Rennes (AFP) - Le maire de Rennes parle.\nPar Djibril Camara\nLire aussi : Tesla recule\nDjibril Camara sort.";
    const auto zone = [&](Zone::Kind kind, std::string_view words) {
        const auto begin = static_cast<std::uint32_t>(document.text.find(words));
        document.zones.push_back({kind, begin, begin + static_cast<std::uint32_t>(words.size())});
    };
    zone(Zone::Kind::agency, "Rennes (AFP)");
    zone(Zone::Kind::byline, "Par Djibril Camara");
    zone(Zone::Kind::related, "Lire aussi : Tesla recule");
    CHECK(mark(document.text, mentions_of(document), false) ==
          "[place Rennes] (AFP) - Le maire de [place Rennes] parle.\nPar Djibril Camara\nLire aussi : Tesla recule\n"
          "[person Djibril Camara] sort.");
}

TEST_CASE("titles: a title kept apart is tagged first, one inside the text only there") {
    Document document;
    document.title = "Camara ferme boutique";
    document.text = "Hier, Djibril Camara a fermé.";
    document.title_apart = true;
    const std::vector<Mention> apart = mentions_of(document);
    CHECK(mark(document.title, apart, true) == "[person Camara=Djibril Camara] ferme boutique");
    CHECK(mark(document.text, apart, false) == "Hier, [person Djibril Camara] a fermé.");
    REQUIRE(apart.size() == 2);
    CHECK(apart.front().in_title);
    document.title_apart = false;
    CHECK(mentions_of(document).size() == 1);
}

TEST_CASE("mentions: known is what the lexicon names, why is a rule's name") {
    Document document;
    document.text = "Elon Musk et Djibril Camara parlent. Musk rit.";
    const std::vector<Mention> mentions = mentions_of(document);
    REQUIRE(mentions.size() == 3);
    CHECK(mentions[0].known);
    CHECK(mentions[0].why == "lexicon");
    CHECK_FALSE(mentions[1].known);
    CHECK(mentions[1].why == "first name");
    CHECK(mentions[2].known);
}

TEST_CASE("aliases: the lexicon's, of that field only, without the mark of ambiguity") {
    const std::vector<Alias> aliases = name_tagger().aliases(Field::place, "Royaume-Uni");
    REQUIRE_FALSE(aliases.empty());
    CHECK(aliases.front().alias == "Grande-Bretagne");
    CHECK(aliases.front().value == "Royaume-Uni");
    CHECK(name_tagger().aliases(Field::person, "Royaume-Uni").empty());
    CHECK(name_tagger().aliases(Field::person, "Personne du Tout").empty());
    for (const Alias& alias : name_tagger().aliases(Field::org, "TotalEnergies")) CHECK(alias.alias.front() != '?');
}
