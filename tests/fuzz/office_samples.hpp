// A document of each kind that office programs write, and a book: the parts that are read, each small.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/indexer/readers/pack.hpp"

namespace limier {

struct OfficeSample {
    const char* name;
    std::vector<Entry> parts;
};

/// The relationships of a part to others, named by their kinds.
inline std::string office_rels(const std::vector<std::pair<std::string, std::string>>& targets) {
    std::string all = R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
    for (const auto& [kind, target] : targets)
        all += "<Relationship Id=\"" + kind + "\" Type=\"http://a/" + kind + "\" Target=\"" + target + "\"/>";
    return all + "</Relationships>";
}

/// An OpenDocument file of a body.
inline std::string opendocument(const std::string& body) {
    std::string spaces;
    for (const std::string name : {"office", "text", "table", "presentation"})
        spaces += " xmlns:" + name + "=\"urn:oasis:names:tc:opendocument:xmlns:" + name + ":1.0\"";
    return "<office:document-content" + spaces +
           " xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"><office:body>" + body +
           "</office:body></office:document-content>";
}

inline const char* const k_slide_spaces =
    R"( xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main")"
    R"( xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main")"
    R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">)";

inline std::vector<OfficeSample> office_samples() {
    const std::string slides = k_slide_spaces;
    return {
        {"a.docx",
         {{"word/document.xml",
           R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>)"
           R"(<w:t>Le lac</w:t></w:r><w:r><w:br/><w:t>suite.</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r>)"
           R"(</w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body>)"
           R"(</w:document>)"},
          {"docProps/core.xml",
           R"(<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" )"
           R"(xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Lac</dc:title><dc:creator>A B</dc:creator>)"
           R"(</cp:coreProperties>)"},
          {"_rels/.rels", office_rels({{"officeDocument", "/word/document.xml"}})}}},
        {"a.odt",
         {{"content.xml", opendocument(R"(<office:text><text:h>Le lac</text:h><text:p>Un<text:s text:c="2"/>deux)"
                                       R"(<text:line-break/>fin</text:p></office:text>)")},
          {"META-INF/manifest.xml", "<manifest/>"}}},
        {"a.epub",
         {{"META-INF/container.xml",
           R"(<container><rootfiles><rootfile full-path="O/c.opf"/></rootfiles></container>)"},
          {"O/c.opf",
           R"(<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>)"
           R"(<dc:title>Lacs</dc:title><dc:date>2019-05-02</dc:date></metadata><manifest><item id="a" )"
           R"(href="t/c%201.xhtml"/><item id="x" href="../../etc/passwd"/></manifest><spine><itemref idref="a"/>)"
           R"(<itemref idref="x"/></spine></package>)"},
          {"O/t/c 1.xhtml",
           R"(<html xmlns="http://www.w3.org/1999/xhtml"><body><h2>Un</h2><p>Le&nbsp;lac.</p></body></html>)"}}},
        {"a.xlsx",
         {{"xl/worksheets/sheet1.xml",
           R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="s">)"
           R"(<v>1</v></c><c t="inlineStr"><is><t>Le lac</t></is></c><c><v>12.5</v></c><c t="b"><v>1</v></c></row>)"
           R"(<row><c t="s"><v>0</v></c><c t="str"><f>A1</f><v>b</v></c></row></sheetData></worksheet>)"},
          {"xl/sharedStrings.xml",
           R"(<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Commune</t></si><si><r>)"
           R"(<t>Bre</t></r><r><t>st</t></r><rPh><t>x</t></rPh></si></sst>)"},
          {"xl/workbook.xml",
           R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
           R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>)"
           R"(<sheet name="Recettes" id="2" r:id="worksheet"/><sheet name="Feuil2" r:id="none"/></sheets></workbook>)"},
          {"xl/_rels/workbook.xml.rels",
           office_rels({{"worksheet", "worksheets/sheet1.xml"}, {"sharedStrings", "sharedStrings.xml"}})}}},
        {"a.pptx",
         {{"ppt/slides/slide1.xml",
           "<p:sld" + slides +
               R"(<p:cSld><p:spTree><p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p>)"
               R"(<a:r><a:t>Le plan</a:t></a:r><a:br/><a:r><a:t>vélo</a:t></a:r></a:p></p:txBody></p:sp><p:sp>)"
               R"(<p:nvSpPr><p:nvPr><p:ph type="sldNum"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:fld><a:t>7</a:t>)"
               R"(</a:fld></a:p></p:txBody></p:sp><p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>c</a:t>)"
               R"(</a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame></p:spTree></p:cSld></p:sld>)"},
          {"ppt/presentation.xml", "<p:presentation" + slides +
                                       R"(<p:sldIdLst><p:sldId id="256" r:id="slide"/></p:sldIdLst></p:presentation>)"},
          {"ppt/_rels/presentation.xml.rels", office_rels({{"slide", "slides/slide1.xml"}})},
          {"ppt/slides/_rels/slide1.xml.rels",
           office_rels({{"notesSlide", "../notesSlides/n.xml"}, {"diagramData", "../diagrams/data1.xml"}})},
          {"ppt/notesSlides/n.xml",
           "<p:notes" + slides +
               "<p:sp><p:txBody><a:p><a:r><a:t>Saluer.</a:t></a:r></a:p></p:txBody></p:sp></p:notes>"},
          {"ppt/diagrams/data1.xml",
           R"(<d:dataModel xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" )"
           R"(xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><d:t><a:p><a:r><a:t>Un</a:t></a:r></a:p>)"
           R"(</d:t></d:dataModel>)"}}},
        {"a.ods",
         {{"content.xml",
           opendocument(R"(<office:spreadsheet><table:table table:name="Recettes"><table:table-row><table:table-cell>)"
                        R"(<text:p>Brest</text:p></table:table-cell><table:table-cell )"
                        R"(table:number-columns-repeated="16383"/><table:table-cell><text:p>12,5</text:p>)"
                        R"(<office:annotation><text:p>x</text:p></office:annotation></table:table-cell>)"
                        R"(</table:table-row></table:table><table:table table:name="Feuille2"><table:table-row>)"
                        R"(<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>)"
                        R"(</office:spreadsheet>)")},
          {"meta.xml",
           R"(<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" )"
           R"(xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">)"
           R"(<office:meta><dc:title>Lac</dc:title><meta:initial-creator>A B</meta:initial-creator><meta:creation-date>)"
           R"(2025-01-14T10:00:00</meta:creation-date><meta:keyword>eau</meta:keyword></office:meta>)"
           R"(</office:document-meta>)"}}},
        {"a.odp",
         {{"content.xml",
           opendocument(R"(<office:presentation><presentation:footer-decl>x</presentation:footer-decl><draw:page>)"
                        R"(<draw:frame><draw:text-box><text:p>Le plan</text:p></draw:text-box></draw:frame>)"
                        R"(<presentation:notes><draw:frame><draw:text-box><text:p>Saluer.</text:p><text:p>)"
                        R"(<text:page-number>1</text:page-number></text:p></draw:text-box></draw:frame>)"
                        R"(</presentation:notes></draw:page></office:presentation>)")}}}};
}

}  // namespace limier
