#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "indexer/readers.hpp"
#include "indexer/readers/line.hpp"
#include "tests/common/english.hpp"
#include "tests/indexer/readers/invariants.hpp"

using namespace limier;

namespace {

// A paragraph that nothing can take for a heading.
const std::string k_prose =
    "Le conseil a voté jeudi soir la vente du terrain, malgré l’opposition d’une partie des habitants réunis devant la "
    "mairie. "
    "Les travaux doivent commencer au printemps et durer deux ans, selon le maire.\n";

Document read(const std::string& text, const std::string& path = "/archives/article.txt") {
    Result<Document> document = read_plain_text("article.txt", path, text);
    REQUIRE(document);
    CHECK(broken_invariant(*document) == "");
    return std::move(*document);
}

/// `kind:text` of every zone, joined by ` + `.
std::string zones_of(const Document& document) {
    constexpr const char* k_kinds[] = {"date", "rubric", "byline", "agency", "related", "updated"};
    std::string list;
    for (const Zone& zone : document.zones) {
        if (!list.empty()) list += " + ";
        list += std::string(k_kinds[static_cast<std::size_t>(zone.kind)]) + ":" +
                document.text.substr(zone.begin, zone.end - zone.begin);
    }
    return list;
}

struct Row {
    std::string text;
    std::string title;
    std::string date;
    std::string author;
    std::string source;
    std::string zones;
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const Document document = read(row.text);
        CHECK(document.title == row.title);
        CHECK(date_text(document.date) == row.date);
        CHECK(document.author == row.author);
        CHECK(document.source == row.source);
        CHECK(zones_of(document) == row.zones);
        CHECK_FALSE(document.title_apart);
        CHECK(document.lang.empty());
    }
}

}  // namespace

TEST_CASE("plain text: titles are told from first paragraphs") {
    check({
        {"Le lac se vide\n" + k_prose, "Le lac se vide", "", "", "", ""},
        {"Le lac se vide\n\n" + k_prose, "Le lac se vide", "", "", "", ""},
        {"\n\n  Le lac se vide  \r\n\r\n" + k_prose, "Le lac se vide", "", "", "", ""},
        {"Le lac se vide\r\r" + k_prose, "Le lac se vide", "", "", "", ""},
        {"Qui a vidé le lac ?\n" + k_prose, "Qui a vidé le lac ?", "", "", "", ""},
        {"« On a vidé le lac »\n\n" + k_prose, "« On a vidé le lac »", "", "", "", ""},
        {"Il attendait...\n\n" + k_prose, "Il attendait...", "", "", "", ""},
        {"57 millions de lacs\n\n" + k_prose, "57 millions de lacs", "", "", "", ""},
        {"LE LAC SE VIDE EN UNE NUIT\n" + k_prose, "LE LAC SE VIDE EN UNE NUIT", "", "", "", ""},
        {"Le lac se vide lentement et personne ne sait\npourquoi les sources se taisent\n\n" + k_prose,
         "Le lac se vide lentement et personne ne sait pourquoi les sources se taisent", "", "", "", ""},
        {"iPhone : le lac\nxAI et le lac\n" + k_prose, "iPhone : le lac", "", "", "", ""},
        {"# Le lac se vide\n\n" + k_prose, "Le lac se vide", "", "", "", ""},
        {"#Lac #Musk\n\n" + k_prose, "#Lac #Musk", "", "", "", ""},
        {"Le lac se vide\nun sous-titre sans majuscule\n" + k_prose, "Le lac se vide", "", "", "", ""},
        {"Le lac tue Roger B.\n" + k_prose, "Le lac tue Roger B.", "", "", "", ""},
        {"Robert Martin (FGTB) : \"Le lac se vide\"\n" + k_prose, "Robert Martin (FGTB) : \"Le lac se vide\"", "", "",
         "", ""},
        {k_prose, "", "", "", "", ""},
        {k_prose + "Un intertitre\n" + k_prose, "", "", "", "", ""},
        {"Il faut monter.\n" + k_prose, "", "", "", "", ""},
        {"Sont invités :\n- Jean\n- Marie\n" + k_prose, "", "", "", "", ""},
        {"- un premier point\n- un second\n" + k_prose, "", "", "", "", ""},
        {"• un premier point\n• un second\n" + k_prose, "", "", "", "", ""},
        {"Elon Musk contre Sam Altman", "", "", "", "", ""},
        {"-----\n" + k_prose, "", "", "", "", ""},
        // A paragraph broken at the edge of a screen.
        {"Le conseil a voté jeudi soir la vente du terrain malgré\nl’opposition d’une partie des habitants, "
         "réunis devant la\nmairie. Les travaux doivent commencer au printemps.\n\n" +
             k_prose,
         "", "", "", "", ""},
    });
}

TEST_CASE("plain text: rubrics stand before the title") {
    check({
        {"AI\nLe lac se vide\n" + k_prose, "Le lac se vide", "", "", "", "rubric:AI"},
        {"ÉCONOMIE\n\nLe lac se vide\n\n" + k_prose, "Le lac se vide", "", "", "", "rubric:ÉCONOMIE"},
        {"Économie\nLe lac se vide\n" + k_prose, "Le lac se vide", "", "", "", "rubric:Économie"},
        {"L’ÉDITORIAL\nLe lac se vide\n" + k_prose, "Le lac se vide", "", "", "", "rubric:L’ÉDITORIAL"},
        {"Sport | Football\nLe lac se vide\n" + k_prose, "Le lac se vide", "", "", "", "rubric:Sport | Football"},
        {"FAITS DIVERS\nLe lac se vide\n" + k_prose, "Le lac se vide", "", "", "", "rubric:FAITS DIVERS"},
        {"SAINT-BRIEUC\nLe lac se vide\n" + k_prose, "Le lac se vide", "", "", "", "rubric:SAINT-BRIEUC"},
        {"AI\n" + k_prose, "", "", "", "", "rubric:AI"},
        {"TRUMP\n" + k_prose, "TRUMP", "", "", "", ""},
        {"TRUMP RÉÉLU\nUne nuit à Washington\n\n" + k_prose, "TRUMP RÉÉLU", "", "", "", ""},
    });
}

TEST_CASE("plain text: the date stands in a header, not in the prose") {
    const std::string title = "Le lac se vide";
    check({
        {" date 2025-01 " + k_prose, "", "2025-01", "", "", "date:date 2025-01"},
        {" date 2025-01-14 Le lac se vide\n" + k_prose, title, "2025-01-14", "", "", "date:date 2025-01-14"},
        {"Date : 14/01/2025\nLe lac se vide\n" + k_prose, title, "2025-01-14", "", "", "date:Date : 14/01/2025"},
        {"Date de publication : 14/01/2025\nLe lac se vide\n" + k_prose, title, "2025-01-14", "", "",
         "date:Date de publication : 14/01/2025"},
        {"2025-01-14\nLe lac se vide\n" + k_prose, title, "2025-01-14", "", "", "date:2025-01-14"},
        {"Le lac se vide\n14-1-2019\n\n" + k_prose, title, "2019-01-14", "", "", "date:14-1-2019"},
        {"Le lac se vide\nmardi 14 janvier 2019\n\n" + k_prose, title, "2019-01-14", "", "",
         "date:mardi 14 janvier 2019"},
        {"Le lac se vide\nJanvier 2019\n\n" + k_prose, title, "2019-01", "", "", "date:Janvier 2019"},
        {"Le lac se vide\nUn sous-titre sans point\nLe 1er mai 2020\n\n" + k_prose, title, "2020-05-01", "", "",
         "date:Le 1er mai 2020"},
        {"Publié le 14 janvier 2019 à 18h32\nLe lac se vide\n" + k_prose, title, "2019-01-14", "", "",
         "date:Publié le 14 janvier 2019 à 18h32"},
        {"Le lac se vide\nMis à jour le 15/01/2019 à 8h\nPublié le 14/01/2019\n" + k_prose, title, "2019-01-14", "", "",
         "updated:Mis à jour le 15/01/2019 à 8h + date:Publié le 14/01/2019"},
        {"Le lac se vide\nMis à jour le 15/01/2019\n" + k_prose, title, "2019-01-15", "", "",
         "updated:Mis à jour le 15/01/2019"},
        {"Le lac se vide\nPublié le 14/01/2019, mis à jour le 15/01/2019\n" + k_prose, title, "2019-01-14", "", "",
         "date:Publié le 14/01/2019, mis à jour le 15/01/2019"},
        {"Le lac se vide\nKourou, 10 juillet 2024\n\n" + k_prose, title, "2024-07-10", "", "",
         "date:Kourou, 10 juillet 2024"},
        {"Le lac se vide\nParis, le 14 janvier 2019\n\n" + k_prose, title, "2019-01-14", "", "",
         "date:Paris, le 14 janvier 2019"},
        {"Le lac se vide\nLe Monde, 14 janvier 2019\n\n" + k_prose, title, "2019-01-14", "", "Le Monde",
         "date:Le Monde, 14 janvier 2019"},
        {"Le lac se vide\n14 janvier 2019 – Le Monde\n\n" + k_prose, title, "2019-01-14", "", "Le Monde",
         "date:14 janvier 2019 – Le Monde"},
        {k_prose + "\nPublié le 14 janvier 2019\n", "", "2019-01-14", "", "", "date:Publié le 14 janvier 2019"},
        {k_prose + "07/12/2018 13:39:31 -\nParis (AFP) -\n© 2018 AFP", "", "2018-12-07", "", "AFP",
         "date:07/12/2018 13:39:31 - + agency:Paris (AFP) - + agency:© 2018 AFP"},
        {"Le lac se vide\n\n" + k_prose + "\nPar Claire Fontanel\nPublié le 14 janvier 2019\n\n" + k_prose, title,
         "2019-01-14", "Claire Fontanel", "", "byline:Par Claire Fontanel + date:Publié le 14 janvier 2019"},
        // Dates of the story.
        {"Le lac se vide\n\nLe 14 janvier 2019, le lac était plein. " + k_prose, title, "", "", "", ""},
        {"Lundi 14 janvier 2019, le lac était plein. " + k_prose, "", "", "", "", ""},
        {"Le 14 janvier 2019 – jour de grève –, le lac était plein. " + k_prose, "", "", "", "", ""},
        {"Le lac se vide\n\n" + k_prose + "Paris, le 9 décembre.\n" + k_prose, title, "", "", "", ""},
        {"Le lac se vide\n\n" + k_prose + "Prochaine séance :\n15 mars 2026\n", title, "", "", "", ""},
        {"2019\nLe lac se vide\n" + k_prose, title, "", "", "", ""},
        {"30 février 2019\nLe lac se vide\n" + k_prose, "30 février 2019", "", "", "", ""},
    });
}

TEST_CASE("plain text: datelines open the first paragraph") {
    const std::string title = "Le lac se vide\n\n";
    check({
        {title + "PARIS, 12 août 2024 (AFP) – " + k_prose, "Le lac se vide", "2024-08-12", "", "AFP",
         "agency:PARIS, 12 août 2024 (AFP) –"},
        {"TOKYO, 23 janvier 2025 (ALP) – " + k_prose, "", "2025-01-23", "", "ALP",
         "agency:TOKYO, 23 janvier 2025 (ALP) –"},
        {title + "PARIS (AFP) - " + k_prose, "Le lac se vide", "", "", "AFP", "agency:PARIS (AFP) -"},
        {title + "PARIS, 14 janvier (AFP) - " + k_prose, "Le lac se vide", "", "", "AFP",
         "agency:PARIS, 14 janvier (AFP) -"},
        {title + "PARIS, 1er janv. (AFP) - " + k_prose, "Le lac se vide", "", "", "AFP",
         "agency:PARIS, 1er janv. (AFP) -"},
        {title + "(ALP) – " + k_prose, "Le lac se vide", "", "", "ALP", "agency:(ALP) –"},
        {title + "COLOGNE (Allemagne), 28 janvier 2024 (ALP) – " + k_prose, "Le lac se vide", "2024-01-28", "", "ALP",
         "agency:COLOGNE (Allemagne), 28 janvier 2024 (ALP) –"},
        {title + "10 janvier 2025 – " + k_prose, "Le lac se vide", "2025-01-10", "", "", "date:10 janvier 2025 –"},
        {title + "Strasbourg, jeudi 16 mai 2024. " + k_prose, "Le lac se vide", "2024-05-16", "", "",
         "date:Strasbourg, jeudi 16 mai 2024."},
        {title + "Paris, le 14 janvier 2019 – " + k_prose, "Le lac se vide", "2019-01-14", "", "",
         "date:Paris, le 14 janvier 2019 –"},
        {title + "FORT-DE-FRANCE – " + k_prose, "Le lac se vide", "", "", "", "agency:FORT-DE-FRANCE –"},
        {title + "STRASBOURG | " + k_prose, "Le lac se vide", "", "", "", "agency:STRASBOURG |"},
        {title + "(Paris) " + k_prose, "Le lac se vide", "", "", "", "agency:(Paris)"},
        {"Rugby – Le lac se vide\n\n" + k_prose, "Rugby – Le lac se vide", "", "", "", ""},
        {title + "Rugby – " + k_prose, "Le lac se vide", "", "", "", ""},
        {title + "Paris, le 14 janvier 2019, des manifestants marchaient. " + k_prose, "Le lac se vide", "", "", "",
         ""},
    });
}

TEST_CASE("plain text: bylines become the author") {
    const auto with = [](const std::string& byline, const std::string& author, const std::string& source = "",
                         const std::string& date = "") {
        return Row{
            "Le lac se vide\n" + byline + "\n\n" + k_prose, "Le lac se vide", date, author, source, "byline:" + byline};
    };
    check({
        with("Par Claire Fontanel", "Claire Fontanel"),
        with("par Claire Fontanel", "Claire Fontanel"),
        with("PAR CLAIRE FONTANEL", "CLAIRE FONTANEL"),
        with("Par : Claire Fontanel", "Claire Fontanel"),
        with("Par Claire Fontanel.", "Claire Fontanel"),
        with("Par Claire Fontanel et Karim Haddad", "Claire Fontanel, Karim Haddad"),
        with("Par Claire Fontanel, Karim Haddad et Jean-Luc d’Ornano",
             "Claire Fontanel, Karim Haddad, Jean-Luc d’Ornano"),
        with("Par Claire Fontanel avec AFP", "Claire Fontanel", "AFP"),
        with("Par l’AFP", "", "AFP"),
        with("Par Claire Fontanel, service politique", "Claire Fontanel"),
        with("Par Claire Fontanel (à Bruxelles)", "Claire Fontanel"),
        with("Par Claire Fontanel à Bruxelles", "Claire Fontanel"),
        with("Par J.-L. de La Tour", "J.-L. de La Tour"),
        with("Par Plantu", "Plantu"),
        with("Par Claire Fontanel, publié le 14 janvier 2019", "Claire Fontanel", "", "2019-01-14"),
        with("Par Claire Fontanel | 14/01/2019", "Claire Fontanel", "", "2019-01-14"),
        with("Par notre envoyé spécial Karim Haddad", "Karim Haddad"),
        with("Propos recueillis par Antoine Dalmasso", "Antoine Dalmasso"),
        with("L'éditorial de Claire Fontanel", "Claire Fontanel"),
        with("Le billet de Claire Fontanel", "Claire Fontanel"),
        with("De notre correspondant à Alger", ""),
        with("De notre correspondant à Bruxelles, Karim Haddad", "Karim Haddad"),
        with("De notre correspondante en Suisse, Élodie Python", "Élodie Python"),
        with("De notre envoyée spéciale Iris Kermarrec", "Iris Kermarrec"),
        with("NICE, de notre envoyée spéciale Iris Kermarrec", "Iris Kermarrec"),
        with("Karim Haddad, correspondant à Bruxelles", "Karim Haddad"),
        {"Le lac se vide\nClaire Fontanel\n14 janvier 2019\n" + k_prose, "Le lac se vide", "2019-01-14",
         "Claire Fontanel", "", "byline:Claire Fontanel + date:14 janvier 2019"},
        {"Le lac se vide\nPublié le 14 janvier 2019 par Claire Fontanel\n" + k_prose, "Le lac se vide", "2019-01-14",
         "Claire Fontanel", "", "date:Publié le 14 janvier 2019 par Claire Fontanel"},
        {k_prose + "\nRecueilli par Maïté Lassalle", "", "", "Maïté Lassalle", "",
         "byline:Recueilli par Maïté Lassalle"},
        {k_prose + "KARIM HADDAD\n", "", "", "KARIM HADDAD", "", "byline:KARIM HADDAD"},
        {k_prose + "R. I./Agences", "", "", "R. I.", "agences", "byline:R. I./Agences"},
    });
}

TEST_CASE("plain text: prose that begins like a byline stays prose") {
    for (const std::string line :
         {"Par ailleurs, le lac se vide", "Par Elon Musk interposé, le lac se vide", "Par temps froid, le lac gèle",
          "De notre lac, on voit la mer", "Par", "Par 3 voix contre 2", "Miss France.", "Elon Musk est parti"}) {
        CAPTURE(line);
        const Document document = read("Le lac se vide\n\n" + k_prose + line + "\n");
        CHECK(document.author == "");
        CHECK(document.zones.empty());
    }
}

TEST_CASE("plain text: agencies, sources and links to other articles") {
    check({
        {k_prose + "Le lac (AFP) se vide.", "", "", "", "AFP", "agency:(AFP)"},
        {k_prose + "Il ne reviendra pas. (ats/nxp)", "", "", "", "ATS", "agency:(ats/nxp)"},
        {k_prose + "Il ne reviendra pas. (avec Reuters)", "", "", "", "Reuters", "agency:(avec Reuters)"},
        {k_prose + "L’hôpital (AP-HP) le dit (IA). Le (CNC) aussi (mardi).", "", "", "", "", ""},
        {"Le lac se vide\n14-1-2024\nAgence Limousine de Presse (ALP)\n\n" + k_prose, "Le lac se vide", "2024-01-14",
         "", "Agence Limousine de Presse (ALP)", "date:14-1-2024 + agency:Agence Limousine de Presse (ALP)"},
        {"Titre : Le lac\nAuteur : Claire Fontanel\nSource : Le Courrier\nDate : 2024-05\n\n" + k_prose, "Le lac",
         "2024-05", "Claire Fontanel", "Le Courrier",
         "rubric:Titre :  + byline:Auteur : Claire Fontanel + agency:Source : Le Courrier + "
         "date:Date : 2024-05"},
        {k_prose + "Source : lepoint.fr", "", "", "", "lepoint.fr", "agency:Source : lepoint.fr"},
        {k_prose + "dchauvet@exemple.fr", "", "", "", "", ""},
        {k_prose + "Lire aussi : Les lacs d’Elon Musk\n" + k_prose, "", "", "", "",
         "related:Lire aussi : Les lacs d’Elon Musk"},
        {k_prose + "À LIRE AUSSI > Les lacs\n", "", "", "", "", "related:À LIRE AUSSI > Les lacs"},
        {k_prose + "Lire aussi\u00A0Les lacs\n", "", "", "", "", "related:Lire aussi\u00A0Les lacs"},
        {k_prose + "Lire aussi :\n- Les lacs\n- Les mers\n\n- Une liste\n" + k_prose, "", "", "", "",
         "related:Lire aussi : + related:- Les lacs + related:- Les mers"},
        {k_prose + "Lire aussi les classiques fait du bien.\n", "", "", "", "", ""},
        {k_prose + "À lire les journaux, le lac se vide.\n", "", "", "", "", ""},
    });
}

TEST_CASE("plain text: lists, quotes and a German sentence are text like the rest") {
    const std::string text = "Le lac se vide\n" + k_prose +
                             "• un point\n- un autre\n\"Mixte\" et « mixte » et „gemischt“.\nDie nächste Runde wird "
                             "entscheidend. Et la suite.\n";
    const Document document = read(text);
    CHECK(document.text == text);
    CHECK(document.title == "Le lac se vide");
    CHECK(document.zones.empty());
}

TEST_CASE("plain text: a file's name or folders give a date where the text has none") {
    const struct {
        const char* path;
        const char* date;
    } rows[] = {
        {"/a/2025-01-14-titre.txt", "2025-01-14"},
        {"/a/20250114_titre.txt", "2025-01-14"},
        {"/a/titre_2025-01-14.txt", "2025-01-14"},
        {"/a/14-01-2019-titre.txt", "2019-01-14"},
        {"/a/2025-01-titre.txt", "2025-01"},
        {"/a/2024/03/titre.txt", "2024-03"},
        {"/a/2024/03/14/titre.txt", "2024-03-14"},
        {"/a/2024-03/titre.txt", "2024-03"},
        {"/a/2024-annee-la-plus-chaude.txt", ""},
        {"/a/paris-2024-bilan.txt", ""},
        {"/a/rapport-2024-12-propositions.txt", ""},
        {"/a/2024/titre.txt", ""},
        {"/a/000_4fa32a16ee562033.txt", ""},
        {"/a/id20250114x.txt", ""},
        {"/a/12345678901.txt", ""},
        {"/a/2024/13/titre.txt", ""},
        {"-", ""},
        {"", ""},
    };
    for (const auto& row : rows) {
        CAPTURE(row.path);
        CHECK(date_text(read(k_prose, row.path).date) == row.date);
        CHECK(date_text(read("2011-11-11\n" + k_prose, row.path).date) == "2011-11-11");
    }
}

TEST_CASE("plain text: bytes are made clean once") {
    CHECK(read("\xEF\xBB\xBFLe lac se vide\n" + k_prose).title == "Le lac se vide");
    CHECK(read("Le lac d'E\u0301vian\n" + k_prose).title == "Le lac d'Évian");
    const Document latin = read("Le pr\xE9sident et l'\xE9t\xE9\n" + k_prose);
    CHECK(latin.replaced == 3);
    CHECK(latin.title == "Le pr\uFFFDsident et l'\uFFFDt\uFFFD");
    CHECK(read(std::string("Le l\0ac\n", 8) + k_prose).title == "Le lac");
    CHECK(read("Le lac\r\n\r\nPar Claire Fontanel\r\n" + k_prose).author == "Claire Fontanel");
}

TEST_CASE("plain text: what holds no text is refused with its reason") {
    const struct {
        std::string bytes;
        const char* reason;
    } rows[] = {
        {"", "it is empty"},
        {" \r\n\t\n", "nothing but blanks"},
        {"\xEF\xBB\xBF\n", "nothing but blanks"},
        {"\u00A0\u2003", "nothing but blanks"},
        {std::string("\xFF\xFE \0\n\0", 6), "nothing but blanks"},
    };
    for (const auto& row : rows) {
        const Result<Document> document = read_plain_text("x", "/x", row.bytes);
        REQUIRE_FALSE(document);
        CHECK(document.error().message == row.reason);
        CHECK(document.error().code == Code::input);
    }
}

TEST_CASE("plain text: in other encodings it is the same") {
    const std::string utf8 = "L’été à Noël\n\nPar Élodie Ferré\n\nUn cœur « brisé ».";
    const std::string latin = "L\x92\xE9t\xE9 \xE0 No\xEBl\n\nPar \xC9lodie Ferr\xE9\n\nUn c\x9Cur \xAB bris\xE9 \xBB.";
    const Result<Document> one = read_plain_text("x", "/x", utf8), other = read_plain_text("x", "/x", latin);
    REQUIRE(one);
    REQUIRE(other);
    CHECK(other->text == one->text);
    CHECK(other->title == "L’été à Noël");
    CHECK(other->author == one->author);
    CHECK(other->replaced == 0);
}

TEST_CASE("lines: read forwards and backwards they are those between line ends") {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        std::string text;
        for (auto parts = random() % 6; parts > 0; --parts) {
            text += std::string(random() % 3 == 0 ? random() % 1100 : random() % 4, 'x');
            text += std::vector<std::string>{"\n", "\r", "\r\n", "\n\n", " \n", ""}[random() % 6];
        }
        std::vector<std::string> expected;
        for (std::size_t begin = 0; begin <= text.size();) {
            const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
            const std::string_view line = trimmed(std::string_view(text).substr(begin, end - begin));
            if (!line.empty()) expected.emplace_back(line);
            begin = end + 1;
        }
        CAPTURE(text);
        std::vector<std::string> forwards, backwards;
        for (std::size_t at = 0; const auto line = next_line(text, at);) forwards.emplace_back(line->in(text));
        for (std::size_t at = text.size(); const auto line = previous_line(text, at);)
            backwards.emplace_back(line->in(text));
        std::reverse(backwards.begin(), backwards.end());
        CHECK(forwards == expected);
        CHECK(backwards == expected);
    }
}

TEST_CASE("lines: a prefix stands for its letters with accents, in capitals, with any blanks, up to a word's end") {
    const struct {
        const char *text, *prefix;
        std::size_t behind;  ///< 0: it does not stand there
    } rows[] = {
        {"À  lire aussi", "a lire", 8},
        {"PUBLIÉ le 3", "publie", 7},
        {"publier", "publie", 0},
        {"l’édito de", "l'edito", 10},
        {"L'avis", "l'", 2},
        {"œuvre", "oeuvre", 6},
        {"œuf", "o", 0},
        {"", "par", 0},
        {"[par", "par", 0},
        {"@", "a", 0},
        {"pa", "par", 0},
        {"à", "a", 2},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text, row.prefix);
        std::size_t at = 0;
        CHECK(skip_prefix(row.text, at, row.prefix) == (row.behind != 0));
        CHECK(at == row.behind);
    }
}

TEST_CASE("plain text: whatever the text, the document is sound") {
    const std::vector<std::string> pieces = {" date 2025-01 ",
                                             "(AFP)",
                                             "PARIS",
                                             " – ",
                                             "\n",
                                             "\n\n",
                                             "\r\n",
                                             "\r",
                                             "Par ",
                                             "Claire Fontanel",
                                             "é",
                                             "e\u0301",
                                             "\u00A0",
                                             "Lire aussi :",
                                             "• ",
                                             ",",
                                             ".",
                                             "© ",
                                             "\xE9",
                                             "\xF0\x9F",
                                             "De notre ",
                                             "correspondant",
                                             " à ",
                                             "2025-01-14",
                                             "14 janvier 2019",
                                             "AI",
                                             "ÉCONOMIE",
                                             "Publié le ",
                                             "Mis à jour le ",
                                             "Titre : ",
                                             "(",
                                             ")",
                                             "😀",
                                             "le lac se vide",
                                             "« ",
                                             " »",
                                             "/",
                                             "et ",
                                             "l’",
                                             "\u2028",
                                             "D",
                                             "’",
                                             "Source : "};
    std::mt19937 random(7);
    for (int i = 0; i < 20000; ++i) {
        std::string text;
        for (std::size_t n = random() % 24; n > 0; --n) text += pieces[random() % pieces.size()];
        const Result<Document> document = read_plain_text("x", "/x", text);
        if (!document) continue;
        CAPTURE(text);
        REQUIRE(broken_invariant(*document) == "");
    }
}
