#include <string>

#include <catch2/catch.hpp>

#include "tests/indexer/readers/pack.hpp"
#include "tests/indexer/readers/taken.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

Taken taken(const std::string& name, const std::vector<Entry>& parts, const char* options = nullptr) {
    const ScratchFolder scratch;
    pack(scratch.path() / name, k_zip, parts, options);
    return take({scratch.path()}, scratch.path());
}

const std::string k_word = R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">)";

std::string word(const std::string& body) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + k_word + "<w:body>" + body +
           "<w:sectPr><w:pgSz w:w=\"11906\"/></w:sectPr></w:body></w:document>";
}

std::string core(const std::string& properties) {
    return R"(<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">)" +
           properties + "</cp:coreProperties>";
}

const std::string k_odf =
    R"(xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/")";

std::string odf(const std::string& text) {
    return "<office:document-content " + k_odf + "><office:automatic-styles/><office:body><office:text>" + text +
           "</office:text></office:body></office:document-content>";
}

}  // namespace

TEST_CASE("docx: paragraphs, runs, tables and notes") {
    const Taken read = taken(
        "tract.docx",
        {{"[Content_Types].xml", "<Types/>"},
         {"word/document.xml",
          word("<w:p><w:pPr><w:pStyle w:val=\"Titre\"/></w:pPr><w:r><w:t>Le lac se vide</w:t></w:r></w:p>\n"
               "<w:p>\n <w:r><w:t>Dès l’É</w:t></w:r>\n <w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">tat "
               "</w:t></w:r><w:r><w:t>civil</w:t></w:r><w:r><w:br/><w:t>suite.</w:t></w:r>"
               "<w:del><w:r><w:delText>ôté</w:delText></w:r></w:del>"
               "<w:r><w:fldChar/><w:instrText> PAGE </w:instrText></w:r></w:p>"
               "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p>"
               "</w:tc></w:tr></w:tbl>"
               "<w:p><w:r><mc:AlternateContent><mc:Choice><wp:posOffset>123</wp:posOffset><w:txbxContent><w:p><w:r>"
               "<w:t>Encadré</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>Encadré</w:t>"
               "</w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>")},
         {"word/footnotes.xml",
          "<w:footnotes xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
          "<w:footnote><w:p><w:r><w:t>Une note.</w:t></w:r></w:p></w:footnote></w:footnotes>"},
         {"docProps/core.xml", core("<dc:title>Document1</dc:title><dc:creator>Claire Fontanel</dc:creator>"
                                    "<dcterms:created>2025-01-14T10:00:00Z</dcterms:created>")}});
    CHECK(read.refusals == Names());
    REQUIRE(read.documents.size() == 1);
    const Document& document = read.documents.front();
    CHECK(document.id == "tract.docx");
    CHECK(document.title == "Le lac se vide");
    CHECK(document.text == "Le lac se vide\n\nDès l’État civil\nsuite.\n\na | b\n\nEncadré\n\nUne note.");
    CHECK(document.author == "Claire Fontanel");
    CHECK(date_text(document.date) == "2025-01-14");
    CHECK(read.bytes_read == read.bytes_total);
}

TEST_CASE("odt: paragraphs, blanks, notes and what is not the text") {
    const Taken read = taken(
        "note.odt",
        {{"mimetype", "application/vnd.oasis.opendocument.text"},
         {"content.xml",
          odf("<text:tracked-changes><text:p>ôté</text:p></text:tracked-changes>"
              "<text:h>Le lac se vide</text:h>\n<text:p>Dès l’<text:span>É</text:span>tat<text:s text:c=\"2\"/>civil"
              "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Une note.</text:p>"
              "</text:note-body></text:note>,<text:line-break/>suite.<office:annotation><text:p>à revoir</text:p>"
              "</office:annotation></text:p><table:table><table:table-row><table:table-cell><text:p>a</text:p>"
              "</table:table-cell></table:table-row></table:table>")},
         {"meta.xml", "<office:document-meta " + k_odf +
                          "><office:meta><dc:title>Le lac, suite et fin</dc:title><meta:initial-creator>Karim Haddad"
                          "</meta:initial-creator><dc:creator>autre</dc:creator><meta:creation-date>2025-01-14T10:00:00"
                          "</meta:creation-date></office:meta></office:document-meta>"}});
    CHECK(read.refusals == Names());
    REQUIRE(read.documents.size() == 1);
    const Document& document = read.documents.front();
    CHECK(document.title == "Le lac, suite et fin");
    CHECK(document.text == "Le lac se vide\n\nDès l’État civil,\nsuite.\n\nUne note.\n\na");
    CHECK(document.author == "Karim Haddad");
    CHECK(date_text(document.date) == "2025-01-14");
}

TEST_CASE("epub: a document for each chapter, in the order of reading") {
    const std::string head = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>livre</title></head><body>";
    const Taken read = taken(
        "livre.epub",
        {{"mimetype", "application/epub+zip"},
         {"META-INF/container.xml",
          "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile "
          "full-path=\"OEBPS/content.opf\"/></rootfiles></container>"},
         {"OEBPS/content.opf",
          "<package xmlns=\"http://www.idpf.org/2007/opf\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><metadata>"
          "<dc:title>Les lacs</dc:title><dc:creator>Claire Fontanel</dc:creator><dc:creator>Karim Haddad</dc:creator>"
          "<dc:date>2019-05-02</dc:date><dc:language>fr-FR</dc:language></metadata><manifest>"
          "<item id=\"c2\" href=\"text/ch%202.xhtml\"/><item id=\"c1\" href=\"text/ch1.xhtml\"/>"
          "<item id=\"cover\" href=\"cover.xhtml\"/><item id=\"nav\" href=\"nav.xhtml\"/><item id=\"x\" "
          "href=\"../../etc/passwd\"/>"
          "</manifest><spine><itemref idref=\"cover\"/><itemref idref=\"c1\"/><itemref idref=\"c2\"/><itemref "
          "idref=\"x\"/>"
          "<itemref idref=\"gone\"/></spine></package>"},
         {"OEBPS/text/ch 2.xhtml", head + "<h2>Deux</h2><p>Le col.</p></body></html>"},
         {"OEBPS/text/ch1.xhtml", head + "<h2>Un</h2><p>Le&nbsp;lac.</p><p>Fin.</p></body></html>"},
         {"OEBPS/cover.xhtml", head + "<img src=\"c.png\"/></body></html>"},
         {"OEBPS/nav.xhtml", head + "<p>Table</p></body></html>"}});
    CHECK(read.refusals == Names());
    CHECK(read.ids == Names{"livre.epub!/OEBPS/text/ch1.xhtml", "livre.epub!/OEBPS/text/ch 2.xhtml"});
    REQUIRE(read.documents.size() == 2);
    const Document& first = read.documents.front();
    CHECK(first.title == "Un");
    CHECK(first.text == "Un\n\nLe\u00A0lac.\n\nFin.");
    CHECK(first.source == "Les lacs");
    CHECK(first.author == "Claire Fontanel, Karim Haddad");
    CHECK(date_text(first.date) == "2019-05-02");
    CHECK(first.lang == "fr");
}

TEST_CASE("office: what is damaged, encrypted or something else is refused by name") {
    CHECK(taken("a.docx", {{"x.txt", "x"}}).refusals == Names{"a.docx: there is no text in it: word/document.xml"});
    CHECK(taken("a.docx", {{"word/document.xml", "<a"}}).refusals.front().starts_with("a.docx: not well-formed XML"));
    CHECK(taken("a.docx", {{"word/document.xml", word("<w:p/>")}}).refusals ==
          Names{"a.docx: there is no text in it: word/document.xml"});
    CHECK(taken("a.odt", {{"content.xml", odf("<text:p>x</text:p>")}}, "zip:encryption=traditional").refusals ==
          Names{"a.odt: it is encrypted"});
    CHECK(taken("a.epub", {{"x", "x"}}).refusals == Names{"a.epub: there is no text in it: META-INF/container.xml"});
    const ScratchFolder scratch;
    const std::string whole = pack(scratch.path() / "b.docx", k_zip,
                                   {{"word/document.xml", word("<w:p><w:r><w:t>Le lac.</w:t></w:r></w:p>")}});
    for (std::size_t length = 0; length < whole.size(); ++length) {
        std::ofstream(scratch.path() / "b.docx", std::ios::binary) << whole.substr(0, length);
        const Taken cut = take({scratch.path()}, scratch.path());
        CHECK(cut.documents.size() + cut.refusals.size() == 1);
    }
    // 200 MB of blanks in a few hundred kilobytes.
    const std::string bomb = word("<w:p><w:r><w:t>" + std::string(200'000'000, ' ') + "</w:t></w:r></w:p>");
    CHECK(taken("c.docx", {{"word/document.xml", bomb}}).refusals == Names{"c.docx: longer than 128 MiB: no article"});
}
