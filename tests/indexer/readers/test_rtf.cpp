#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "tests/indexer/readers/taken.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

Taken taken(const std::string& bytes) {
    const ScratchFolder scratch;
    std::ofstream(scratch.path() / "a.rtf", std::ios::binary) << bytes;
    return take({scratch.path()}, scratch.path());
}

std::string text_of(const std::string& body) {
    INFO(body);
    const Taken read = taken(
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset238 Arial CE;}}" + body + "}");
    CHECK(read.refusals == Names());
    REQUIRE(read.documents.size() == 1);
    return read.documents.front().text;
}

}  // namespace

TEST_CASE("rtf: characters, whichever way they are written") {
    const struct {
        const char *body, *text;
    } rows[] = {
        {"D\\'e8s l\\rquote\\'c9tat", "Dès l’État"},
        // As Word, pandoc and others write what the code page has not or has.
        {"l\\u8217\\'92\\u233\\'e9t\\u233\\'e9", "l’été"},
        {"l\\u8217?\\u233?t\\u233? \\u339?uvre", "l’été œuvre"},
        {"\\uc0 l\\u8217\\u233 t\\u233", "l’été"},
        {"\\uc2 \\u233\\'c3\\'a9t\\u233\\'c3\\'a9", "été"},
        {"\\u233\\b t\\u233\\b0  fin", "été fin"},
        {"\\u-10179?\\u-8704? \\u-3913\\'b7 x", "😀 x"},
        {"\\f1 \\'b3\\f0 \\'b3 \\{\\}\\\\ \\~a\\_b \\-c\\emdash d", "ł³ {}\\ \u00A0a\u2011b c—d"},
        {"\\ansicpg0 \\'e9", "é"},
        {"un\r\ndeux \\bin5 {{{{{trois", "undeux trois"},
        {"\\u0 x\\u99999999999? y\\'zz z\\'e", "yzz ze"},
    };
    for (const auto& row : rows) CHECK(text_of(row.body) == row.text);
}

TEST_CASE("rtf: paragraphs, tables and notes; what is not the text is left out") {
    const struct {
        const char *body, *text;
    } rows[] = {
        {"Un.\\par Deux\\line suite.\\par\\pard Trois.\\\nQuatre.", "Un.\n\nDeux\nsuite.\n\nTrois.\n\nQuatre."},
        {"Avant.\\par\\trowd\\cellx1\\cellx2\\pard\\intbl a\\par b\\cell c\\cell\\row\\trowd\\intbl d\\cell\\cell "
         "e\\cell\\row"
         "\\pard Fin.",
         "Avant.\n\na b | c\nd | e\n\nFin."},
        {"\\trowd\\cellx1 a\\cell b\\cell\\row\\pard Fin.", "a | b\n\nFin."},
        {"Un{\\super\\chftn{\\footnote\\pard\\chftn  Une note.}} mot.\\par Fin.", "Un mot.\n\nUne note.\n\nFin."},
        {"Un{\\footnote Une note.} mot.", "Un mot.\n\nUne note."},
        {"{\\header En-t\\'eate}{\\footer {\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}}{\\stylesheet{\\s0 Normal;}}Un "
         "{\\v cach\\'e9}"
         "{\\deleted \\'f4t\\'e9}mot{\\*\\bkmkstart x}{\\*\\inconnu y}.{\\pict\\pngblip 8950{\\footnote z}}",
         "Un mot."},
        {"{\\field{\\*\\fldinst HYPERLINK \"http://a.fr/\"}{\\fldrslt lien}}", "lien"},
        {"{\\listtext 1.\\tab}Un{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv b}}{\\shptxt Encadr\\'e9}}{\\shprslt "
         "Encadr\\'e9}}",
         "UnEncadré"},
    };
    for (const auto& row : rows) CHECK(text_of(row.body) == row.text);
}

TEST_CASE("rtf: title, author, day and keywords of the file") {
    const Taken read = taken(
        "{\\rtf1{\\info{\\title Le lac, \\u233\\'e9t\\'e9}{\\author Claire Fontanel}{\\keywords lac, eau}{\\company x}"
        "{\\creatim\\yr2025\\mo1\\dy14\\hr10}{\\revtim\\yr2026\\mo2\\dy3}}Le lac se vide.}\0 queue");
    REQUIRE(read.documents.size() == 1);
    const Document& document = read.documents.front();
    CHECK(document.title == "Le lac, été");
    CHECK(document.author == "Claire Fontanel");
    CHECK(date_text(document.date) == "2025-01-14");
    CHECK(document.text == "Le lac se vide.");
    CHECK(document.extra == std::vector<std::pair<std::string, std::string>>{{"keywords", "\"lac, eau\""}});
}

TEST_CASE(
    "rtf: what is none, says nothing or is nested without end is refused by name, what is cut off read as far as it "
    "goes") {
    CHECK(taken("Le lac.").refusals == Names{"a.rtf: it is no RTF"});
    CHECK(taken("{\\rtf1{\\fonttbl}}").refusals == Names{"a.rtf: it is empty"});
    CHECK(taken("{\\rtf1 " + std::string(1'000'000, '{')).refusals ==
          Names{"a.rtf: its groups are nested too deep: no text"});
    const std::string whole = "{\\rtf1{\\info{\\title T}}Le lac \\u233\\'e9 se{\\b  vide}\\bin3 }}}.}";
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const Taken cut = taken(whole.substr(0, length));
        CHECK(!cut.refusals.empty());
        CHECK(cut.documents.size() == (length > 23 ? 1 : 0));
    }
    CHECK(taken(whole.substr(0, 30)).refusals ==
          Names{"a.rtf: it ends within a group: the file is cut off; what could be read of it is taken"});
}
