#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "tests/indexer/readers/taken.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

Taken taken(const std::string& table, const std::string& name = "a.csv", SourceOptions options = {}) {
    const ScratchFolder scratch;
    std::ofstream(scratch.path() / name, std::ios::binary) << table;
    return take({scratch.path()}, scratch.path(), std::move(options));
}

/// `title/text` of each document.
std::string articles(const Taken& taken) {
    std::string all;
    for (const Document& document : taken.documents)
        all += (all.empty() ? "" : "|") + document.title + "/" + document.text;
    return all;
}

}  // namespace

TEST_CASE("csv: a row is a document") {
    const Taken read = taken(
        "id,titre,texte,date,source,auteur,url,langue,rubrique\r\n"
        "a-1,Le lac,\"Il se vide, dit-on : « \"\"vite\"\" ».\",14/01/2019,ALP,Par Claire "
        "Fontanel,https://x.fr,fr,Eau\r\n"
        ",Le col,\"Deux\r\nlignes\",,,,,,\r\n"
        "\r\n"
        ",La crue,x,,,,,,\r\n");
    CHECK(read.refusals == Names());
    CHECK(read.ids == Names{"a-1", "a.csv:3", "a.csv:6"});
    REQUIRE(read.documents.size() == 3);
    const Document& first = read.documents.front();
    CHECK(first.title == "Le lac");
    CHECK(first.title_apart);
    CHECK(first.text == "Il se vide, dit-on : « \"vite\" ».");
    CHECK(date_text(first.date) == "2019-01-14");
    CHECK(first.source == "ALP");
    CHECK(first.author == "Claire Fontanel");
    CHECK(first.url == "https://x.fr");
    CHECK(first.lang == "fr");
    CHECK(first.extra == std::vector<std::pair<std::string, std::string>>{{"rubrique", "\"Eau\""}});
    CHECK(read.documents[1].text == "Deux\r\nlignes");
    CHECK(read.documents[1].extra.empty());
    CHECK(read.bytes_read == read.bytes_total);
}

TEST_CASE("csv: separators, quotes and encodings are those of the file") {
    const struct {
        const char* name;
        std::string table;
        const char* articles;
    } rows[] = {
        {"a.csv", "title;body\nLe lac;un, deux\n", "Le lac/un, deux"},
        {"a.csv", "title|body\nLe lac|un, deux;\n", "Le lac/un, deux;"},
        {"a.csv", "\"title, or so\";title;body\n1;Le lac;x", "Le lac/x"},
        {"a.csv", "sep=|\r\ntitle,or|title|body\r\n1|Le lac|x", "Le lac/x"},
        {"a.csv", "\xEF\xBB\xBFtitle,body\nÉtat,été", "État/été"},
        {"a.csv", "title;body\n\xC9tat d\x92urgence;\xE9t\xE9, h\xF4tel, for\xEAt", "État d’urgence/été, hôtel, forêt"},
        {"a.csv", std::string("\xFF\xFEt\0i\0t\0l\0e\0\t\0b\0o\0d\0y\0\n\0\xC9\0t\0\t\0x\0", 32), "Ét/x"},
        {"a.csv", std::string("title,body\nLe l\0ac,x", 20), "Le lac/x"},
        {"a.csv", "TITLE , Body\rLe lac , x\rLe col,y\r", "Le lac/x|Le col/y"},
        // Quotes that quote nothing, where tabs separate.
        {"a.tsv", "title\tbody\n\"Le lac\" se vide\tx\n\"Le col\"\ty\n", "\"Le lac\" se vide/x|\"Le col\"/y"},
        {"a.tsv", "title\tbody\n\"Le \"\"lac\"\"\"\t\"x\n\ty\"\n", "Le \"lac\"/x\n\ty"},
        {"a.tsv", "title\tbody\nLe lac\tun,deux;trois,quatre\n", "Le lac/un,deux;trois,quatre"},
        {"a.csv", "title,body\nLe \"lac\",x", "Le \"lac\"/x"},
        // Cells that are missing, and separators too many.
        {"a.csv", "title,body,x\nLe lac\nLe col,y,z,,\n,,\n", "Le lac/|Le col/y"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.table);
        const Taken read = taken(row.table, row.name);
        CHECK(articles(read) == row.articles);
        CHECK(read.refusals == Names());
    }
}

TEST_CASE("csv: what cannot be taken is named with its line, and the rest is taken") {
    const struct {
        const char* table;
        const char* articles;
        Names refusals;
    } rows[] = {
        {"", "", {"a.csv: it is empty"}},
        {"\n \n", "", {"a.csv: nothing but blanks"}},
        {"title,body\n", "", {"a.csv: no row under the names of its columns"}},
        {"nom,contenus\nx,y\n",
         "",
         {"a.csv: no column is named title or body; say which with --map body=NAME: nom, contenus"}},
        {"title,body\n\"Le lac\",\"un\ndeux\"\nLe col,un, deux\nLa crue,x\n",
         "Le lac/un\ndeux|La crue/x",
         {"a.csv:4: more cells than columns: 3 for 2"}},
        {"title,url\nLe lac,a\n,b\n", "Le lac/", {"a.csv:3: neither title nor body"}},
        {"title,body\nLe lac,x\nLe col,\"y\nLa crue,z\n", "Le lac/x", {"a.csv:3: a quote is opened and never closed"}},
    };
    for (const auto& row : rows) {
        CAPTURE(row.table);
        const Taken read = taken(row.table);
        CHECK(articles(read) == row.articles);
        CHECK(read.refusals == row.refusals);
    }
}

TEST_CASE("csv: the user's map names the columns") {
    SourceOptions options;
    options.map = {{"h1", Key::title}, {"contenu complet", Key::body}};
    const Taken read = taken("h1,title,contenu complet\nLe lac,surtitre,x\n", "a.csv", options);
    CHECK(articles(read) == "Le lac/x");
    CHECK(read.documents.front().extra == std::vector<std::pair<std::string, std::string>>{{"title", "\"surtitre\""}});
}

TEST_CASE("csv: large tables are read as they come") {
    std::string table = "title,body\n";
    for (int i = 0; i < 60'000; ++i) table += "Un titre,\"Un texte, assez court,\net une seconde ligne\"\n";
    table += "É,è\n";
    const Taken read = taken(table);
    CHECK(read.documents.size() == 60'001);
    CHECK(read.ids.back() == "a.csv:120002");
    CHECK(read.bytes_read == read.bytes_total);
}
