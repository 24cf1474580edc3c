#include <string>

#include <catch2/catch.hpp>

#include "indexer/readers/detect.hpp"
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

TEST_CASE("docx: of the language the code, cut within no character") {
    const struct {
        const char *said, *lang;
    } rows[] = {{"fr-CA", "fr"}, {"spa", "es"}, {"en-US", ""}, {"", ""}, {"f\u00D0-FR", "f\u00D0"}};
    for (const auto& row : rows) {
        const Taken read =
            taken("a.docx", {{"word/document.xml", word("<w:p><w:r><w:t>Le lac.</w:t></w:r></w:p>")},
                             {"docProps/core.xml", core("<dc:language>" + std::string(row.said) + "</dc:language>")}});
        REQUIRE(read.documents.size() == 1);
        CHECK(read.documents.front().lang == row.lang);
    }
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

namespace {

const std::string k_rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";

/// Relationships rId1, rId2 … to parts.
std::string rels(const std::vector<std::pair<std::string, std::string>>& targets) {
    std::string all = k_rels;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        all += "<Relationship Id=\"rId" + std::to_string(i + 1) +
               "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + targets[i].first +
               "\" Target=\"" + targets[i].second + "\"/>";
    }
    return all + "</Relationships>";
}

const std::string k_sheet_ns =
    "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// A workbook of one sheet.
std::vector<Entry> workbook(const std::string& rows, const std::string& strings,
                            const std::string& sheets = "<sheet name=\"Recettes\" sheetId=\"9\" r:id=\"rId1\"/>") {
    return {
        {"[Content_Types].xml", "<Types/>"},
        {"_rels/.rels", rels({{"officeDocument", "xl/workbook.xml"}})},
        {"xl/workbook.xml", "<workbook " + k_sheet_ns + "><sheets>" + sheets + "</sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels", rels({{"worksheet", "worksheets/sheet1.xml"},
                                             {"worksheet", "/xl/worksheets/sheet2.xml"},
                                             {"sharedStrings", "sharedStrings.xml"},
                                             {"worksheet", "worksheets/none.xml"}})},
        {"xl/sharedStrings.xml", "<sst " + k_sheet_ns + ">" + strings + "</sst>"},
        {"xl/worksheets/sheet1.xml", "<worksheet " + k_sheet_ns + "><sheetData>" + rows + "</sheetData></worksheet>"}};
}

const std::string k_slide_ns =
    "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" "
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

std::string shape(const std::string& kind, const std::string& paragraphs) {
    return "<p:sp><p:nvSpPr><p:nvPr><p:ph type=\"" + kind + "\"/></p:nvPr></p:nvSpPr><p:txBody>" + paragraphs +
           "</p:txBody></p:sp>";
}

std::string said(const std::string& text) { return "<a:p><a:r><a:t>" + text + "</a:t></a:r></a:p>"; }

std::string slide(const std::string& shapes) {
    return "<p:sld " + k_slide_ns + "><p:cSld><p:spTree>" + shapes + "</p:spTree></p:cSld></p:sld>";
}

}  // namespace

TEST_CASE("xlsx: sheets in their order, rows by the line, shared and own texts") {
    std::vector<Entry> parts = workbook(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>"
        "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><r><t xml:space=\"preserve\">Le "
        "</t></r><r><t>lac</t></r></is></c>"
        "<c><f>1+1</f><v>1234.5</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#REF!</v></c><c "
        "t=\"str\"><f>x</f><v>dit</v></c></row>"
        "<row/><row><c t=\"s\"><v>2</v></c><c t=\"s\"><v>-1</v></c><c t=\"s\"><v>99999999999999999999</v></c><c "
        "t=\"s\"><v>z</v></c></row>",
        "<si><t>Commune</t></si><si><r><t>Saint-</t></r><r><rPr><b/></rPr><t>Omer</t></r><rPh><t>ph</t></rPh></si>",
        "<sheet name=\"Feuil2\" sheetId=\"2\" r:id=\"rId2\"/><sheet name=\"Recettes\" sheetId=\"1\" r:id=\"rId1\"/>"
        "<sheet name=\"Absente\" sheetId=\"3\" r:id=\"rId4\"/><sheet name=\"Encore\" sheetId=\"4\" r:id=\"rId1\"/>");
    parts.push_back({"xl/worksheets/sheet2.xml",
                     "<worksheet " + k_sheet_ns +
                         "><sheetData><row><c t=\"inlineStr\"><is><t>Deux</t></is></c></row></sheetData></worksheet>"});
    parts.push_back(
        {"docProps/core.xml",
         core("<dc:title>Budget des écoles</dc:title><dc:creator>Claire "
              "Fontanel</dc:creator><dc:language>fr-CA</dc:language>"
              "<cp:keywords>budget; écoles</cp:keywords><dcterms:created>2025-01-14T10:00:00Z</dcterms:created>")});
    const Taken read = taken("budget.xlsx", parts);
    CHECK(read.refusals == Names());
    REQUIRE(read.documents.size() == 1);
    const Document& document = read.documents.front();
    CHECK(document.text == "Deux\n\nRecettes\n\nCommune | Saint-Omer\nLe lac | 1234.5 | dit");
    CHECK(document.title == "Budget des écoles");
    CHECK(document.author == "Claire Fontanel");
    CHECK(document.lang == "fr");
    CHECK(date_text(document.date) == "2025-01-14");
    CHECK(document.extra == std::vector<std::pair<std::string, std::string>>{{"keywords", "\"budget; écoles\""}});
}

TEST_CASE("pptx: slides in the order of the presentation, with their notes, without head and foot") {
    const Taken read = taken(
        "plan.pptx",
        {{"[Content_Types].xml", "<Types/>"},
         {"ppt/presentation.xml", "<p:presentation " + k_slide_ns +
                                      "><p:sldIdLst><p:sldId id=\"256\" r:id=\"rId2\"/><p:sldId id=\"257\" "
                                      "r:id=\"rId1\"/></p:sldIdLst></p:presentation>"},
         {"ppt/_rels/presentation.xml.rels", rels({{"slide", "slides/slide1.xml"}, {"slide", "slides/slide2.xml"}})},
         {"ppt/slides/slide1.xml",
          slide(shape("title", said("Deuxième page")) + shape("ftr", said("Confidentiel")) +
                "<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody>" + said("a") + "</a:txBody></a:tc><a:tc><a:txBody>" +
                said("b") + "</a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>")},
         {"ppt/slides/slide2.xml",
          slide(shape("ctrTitle",
                      "<a:p><a:r><a:t>Le plan </a:t></a:r><a:r><a:t>vélo</a:t></a:r><a:br/><a:r><a:t>à "
                      "Lyon</a:t></a:r></a:p>") +
                shape("x", "<a:p><a:fld type=\"slidenum\"><a:t>7</a:t></a:fld></a:p>"))},
         {"ppt/slides/_rels/slide2.xml.rels",
          rels({{"notesSlide", "../notesSlides/notesSlide1.xml"}, {"diagramData", "../diagrams/data1.xml"}})},
         {"ppt/notesSlides/notesSlide1.xml",
          "<p:notes " + k_slide_ns + ">" + shape("body", said("Saluer le maire.")) + "</p:notes>"},
         {"ppt/diagrams/data1.xml",
          "<d:dataModel xmlns:d=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" "
          "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><d:ptLst><d:pt><d:t>" +
              said("Étape") + "</d:t></d:pt></d:ptLst></d:dataModel>"}});
    CHECK(read.refusals == Names());
    REQUIRE(read.documents.size() == 1);
    CHECK(read.documents.front().text == "Le plan vélo\nà Lyon\n\nSaluer le maire.\n\nÉtape\n\nDeuxième page\n\na | b");
    CHECK(read.documents.front().title == "Le plan vélo à Lyon");
}

TEST_CASE("docx: a main part of another name is found by its relationship") {
    const Taken read = taken("a.docx", {{"_rels/.rels", rels({{"officeDocument", "/word/document2.xml"}})},
                                        {"word/document2.xml", word("<w:p><w:r><w:t>Le lac.</w:t></w:r></w:p>")}});
    REQUIRE(read.documents.size() == 1);
    CHECK(read.documents.front().text == "Le lac.");
}

TEST_CASE("ods, odp: sheets under their names, slides with their notes") {
    const auto content = [](const std::string& body) {
        return "<office:document-content " + k_odf +
               " xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
               "xmlns:presentation=\"urn:oasis:names:tc:opendocument:xmlns:presentation:1.0\"><office:body>" +
               body + "</office:body></office:document-content>";
    };
    const Taken sheet = taken(
        "a.ods",
        {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
         {"content.xml",
          content(
              "<office:spreadsheet><table:table "
              "table:name=\"Recettes\"><table:table-row><table:table-cell><text:p>Commune</text:p>"
              "</table:table-cell><table:table-cell "
              "table:number-columns-repeated=\"16383\"/><table:table-cell><text:p>12,5</text:p>"
              "<office:annotation><text:p>à revoir</text:p></office:annotation></table:table-cell></table:table-row>"
              "<table:table-row "
              "table:number-rows-repeated=\"1048576\"><table:table-cell><text:p>Brest</text:p></table:table-cell></"
              "table:table-row></table:table>"
              "<table:table "
              "table:name=\"Feuille2\"><table:table-row><table:table-cell><text:p>Deux</text:p></table:table-cell></"
              "table:table-row></table:table>"
              "</office:spreadsheet>")}});
    CHECK(sheet.refusals == Names());
    REQUIRE(sheet.documents.size() == 1);
    CHECK(sheet.documents.front().text == "Recettes\n\nCommune | 12,5\nBrest\n\nDeux");
    const Taken show = taken(
        "a.odp",
        {{"content.xml", content("<office:presentation><presentation:footer-decl>Confidentiel</"
                                 "presentation:footer-decl><draw:page><draw:frame><draw:text-box>"
                                 "<text:p>Le plan "
                                 "vélo</text:p></draw:text-box></"
                                 "draw:frame><presentation:notes><draw:frame><draw:text-box><text:p>Saluer le maire."
                                 "</text:p><text:p><text:page-number>&lt;numéro&gt;</text:page-number></text:p></"
                                 "draw:text-box></draw:frame></presentation:notes>"
                                 "</draw:page></office:presentation>")}});
    REQUIRE(show.documents.size() == 1);
    CHECK(show.documents.front().text == "Le plan vélo\n\nSaluer le maire.");
}

TEST_CASE("fodt: OpenDocument in one file, without its pictures") {
    const ScratchFolder scratch;
    std::ofstream(scratch.path() / "a.fodt")
        << "<?xml version=\"1.0\"?><office:document " << k_odf
        << " office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:meta><dc:title>Le lac, "
           "suite</dc:title>"
           "<meta:initial-creator>Karim "
           "Haddad</meta:initial-creator><dc:language>en-US</dc:language><meta:creation-date>2025-01-14T10:00:00</"
           "meta:creation-date>"
           "<meta:keyword>lac</meta:keyword><meta:keyword>eau</meta:keyword></"
           "office:meta><office:body><office:text><text:p>Un <text:span>texte"
           "</text:span>.<office:binary-data>iVBORw0KGgo=</office:binary-data></text:p></office:text></office:body></"
           "office:document>";
    const Taken read = take({scratch.path()}, scratch.path());
    CHECK(read.refusals == Names());
    REQUIRE(read.documents.size() == 1);
    const Document& document = read.documents.front();
    CHECK(document.title == "Le lac, suite");
    CHECK(document.text == "Un texte.");
    CHECK(document.author == "Karim Haddad");
    CHECK(document.lang.empty());
    CHECK(date_text(document.date) == "2025-01-14");
    CHECK(document.extra == std::vector<std::pair<std::string, std::string>>{{"keywords", "[\"lac\",\"eau\"]"}});
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
    CHECK(
        taken("a.ods", {{"META-INF/manifest.xml", "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"},
                        {"content.xml", "\x01\x02"}})
            .refusals == Names{"a.ods: it is encrypted"});
    CHECK(taken("a.xlsx", workbook("<row><c t=\"s\"><v>5</v></c></row>", "")).refusals ==
          Names{"a.xlsx: there is no text in it: xl/workbook.xml"});
    CHECK(taken("a.xlsx", {{"xl/sharedStrings.xml", "<sst/>"}}).refusals ==
          Names{"a.xlsx: there is no text in it: xl/workbook.xml"});
    CHECK(
        taken("a.xlsx", workbook("<row><c><v>1</v>", "")).refusals.front().starts_with("a.xlsx: not well-formed XML"));
    CHECK(taken("a.pptx", {{"word/document.xml", "<x/>"}}).refusals ==
          Names{"a.pptx: there is no text in it: ppt/presentation.xml"});
    CHECK(taken("a.xlsx", workbook("<row><c t=\"s\"><v>0</v></c></row>", "<!DOCTYPE a><si><t>x</t></si>"))
              .refusals.size() == 1);
    // A text of a megabyte that a thousand cells share.
    std::string cells;
    for (int i = 0; i < 1000; ++i) cells += "<c t=\"s\"><v>0</v></c>";
    CHECK(taken("a.xlsx", workbook("<row>" + cells + "</row>", "<si><t>" + std::string(1'000'000, 'x') + "</t></si>"))
              .refusals == Names{"a.xlsx: longer than 128 MiB: no article"});
    const ScratchFolder scratch;
    const std::string whole = pack(scratch.path() / "b.docx", k_zip,
                                   {{"word/document.xml", word("<w:p><w:r><w:t>Le lac.</w:t></w:r></w:p>")}});
    for (std::size_t length = 0; length < whole.size(); ++length) {
        std::ofstream(scratch.path() / "b.docx", std::ios::binary) << whole.substr(0, length);
        const Taken cut = take({scratch.path()}, scratch.path());
        CHECK(cut.documents.size() + cut.refusals.size() == 1);
    }
    const std::string compound = std::string(k_compound_file) + std::string(600, '\0');
    std::ofstream(scratch.path() / "b.docx", std::ios::binary) << compound << utf16_name("EncryptedPackage");
    CHECK(take({scratch.path()}, scratch.path()).refusals == Names{"b.docx: it is encrypted"});
    std::ofstream(scratch.path() / "b.docx", std::ios::binary) << compound << utf16_name("WordDocument");
    CHECK(take({scratch.path()}, scratch.path()).refusals ==
          Names{"b.docx: it is of an older format than its name says (.doc, .xls, .ppt)"});
    // 200 MB of blanks in a few hundred kilobytes.
    const std::string bomb = word("<w:p><w:r><w:t>" + std::string(200'000'000, ' ') + "</w:t></w:r></w:p>");
    CHECK(taken("c.docx", {{"word/document.xml", bomb}}).refusals == Names{"c.docx: longer than 128 MiB: no article"});
}
