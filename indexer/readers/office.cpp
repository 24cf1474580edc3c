// Documents of office programs: texts, spreadsheets and slides of Office Open XML (ECMA-376) and OpenDocument (ISO
// 26300).
#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "common/text/utf8.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"
#include "indexer/readers/package.hpp"

namespace limier {
namespace {

using Node = MarkupTree::Node;

constexpr const char* k_core_properties = "docProps/core.xml";

/// What belongs to every file of Office Open XML, and the relationships of its parts.
bool is_core_part(const std::string& path) { return path == k_core_properties || path.ends_with(".rels"); }

Result<Document> read_docx(const InputFile& file) {
    const Result<Parts> parts = read_parts(file, [](const std::string& path) {
        return (path.starts_with("word/") && path.ends_with(".xml") && path.find('/', 5) == std::string::npos) ||
               is_core_part(path);
    });
    if (!parts) return parts.error();
    const std::string main = main_part(*parts, "word/document.xml");
    std::string text;
    for (const std::string& path : {main, resolved(main, "footnotes.xml"), resolved(main, "endnotes.xml")}) {
        const Result<std::string> more = text_of_part(*parts, path, "/*", "t");
        if (!more) return more.error();
        append_paragraph(text, *more);
    }
    return document_of(file, text, main, *parts, k_core_properties);
}

/// Whether programs call a sheet so that nobody has named: `Feuil1`, `Sheet2`.
bool is_unnamed_sheet(const std::string& name) {
    constexpr std::array<std::string_view, 6> k_names{"feuil", "feuille", "sheet", "tabelle", "hoja", "foglio"};
    const std::size_t digits = name.find_last_not_of("0123456789") + 1;
    const std::string word = lower_ascii(name.substr(0, digits));
    return digits < name.size() && std::find(k_names.begin(), k_names.end(), word) != k_names.end();
}

/// Adds a sheet under its name: a row a line, its cells parted as those of other tables. Errors: the text gets too
/// long, as one does that many cells share.
Result<void> append_sheet(std::string& text, const std::string& name, const std::string& rows) {
    if (!rows.empty() && !is_unnamed_sheet(name)) append_paragraph(text, one_line(name));
    append_paragraph(text, rows);
    if (text.size() > k_most_document_bytes) return too_long();
    return {};
}

/// The texts that cells of a workbook share, by their number.
Result<std::vector<std::string>> shared_texts(const Parts& parts, const std::string& path) {
    std::vector<std::string> texts;
    if (!parts.contains(path)) return texts;
    const Result<MarkupTree> tree = tree_of_part(parts, path);
    if (!tree) return tree.error();
    for (const Node item : child_elements(tree->root())) texts.push_back(one_line(block_text(item, "t")));
    return texts;
}

/// What a cell shows; numbers as they are kept, dates among them. Truth values and errors are no text.
std::string text_of_cell(Node cell, const std::vector<std::string>& shared) {
    const std::string type = attribute(cell, "t");
    if (type == "b" || type == "e") return {};
    std::string text;
    for (const Node child : child_elements(cell)) {
        const std::string name = node_name(child);
        if (name == "is") text = one_line(block_text(child, "t"));
        if (name == "v") text = one_line(node_string(child));
    }
    if (type != "s") return text;
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && number < shared.size() ? shared[number] : std::string();
}

Result<std::string> rows_of_sheet(const Parts& parts, const std::string& path, const std::vector<std::string>& shared) {
    const Result<MarkupTree> tree = tree_of_part(parts, path);
    if (!tree) return tree.error();
    std::string rows;
    for (const Node row : tree->find("/worksheet/sheetData/row", tree->root())) {
        std::string line;
        for (const Node cell : child_elements(row)) {
            const std::string text = text_of_cell(cell, shared);
            if (!text.empty()) line.append(line.empty() ? "" : " | ").append(text);
            if (rows.size() + line.size() > k_most_document_bytes) return too_long();
        }
        if (!line.empty()) rows.append(rows.empty() ? "" : "\n").append(line);
    }
    return rows;
}

/// A part that another one lists.
struct Listed {
    Node node;
    std::string path;
};
/// In its order, each once, by their relationships.
std::vector<Listed> listed(const MarkupTree& tree, const char* path, const std::vector<Relation>& relations) {
    std::map<std::string, std::string> paths;
    for (const Relation& relation : relations) paths.emplace(relation.id, relation.path);
    std::vector<Listed> found;
    for (const Node node : tree.find(path, tree.root())) {
        // Its `id` without a namespace is another one.
        for (const Node id : tree.find("@*[local-name()='id' and namespace-uri()!='']", node)) {
            if (auto part = paths.extract(node_string(id))) found.push_back({node, std::move(part.mapped())});
        }
    }
    return found;
}

Result<Document> read_xlsx(const InputFile& file) {
    const Result<Parts> parts = read_parts(file, [](const std::string& path) {
        return is_core_part(path) || (path.ends_with(".xml") && path.starts_with("xl/") &&
                                      (path.find('/', 3) == std::string::npos || path.starts_with("xl/worksheets/")));
    });
    if (!parts) return parts.error();
    const std::string main = main_part(*parts, "xl/workbook.xml");
    const Result<MarkupTree> book = tree_of_part(*parts, main);
    if (!book) return book.error();
    const std::vector<Relation> relations = relations_of(*parts, main);
    std::string strings = resolved(main, "sharedStrings.xml");
    for (const Relation& relation : relations) {
        if (relation.type == "sharedStrings") strings = relation.path;
    }
    const Result<std::vector<std::string>> shared = shared_texts(*parts, strings);
    if (!shared) return shared.error();
    std::string text;
    for (const Listed& sheet : listed(*book, "/workbook/sheets/sheet", relations)) {
        if (!parts->contains(sheet.path)) continue;
        const Result<std::string> rows = rows_of_sheet(*parts, sheet.path, *shared);
        if (!rows) return rows.error();
        if (Result<void> added = append_sheet(text, attribute(sheet.node, "name"), *rows); !added) return added.error();
    }
    return document_of(file, text, main, *parts, k_core_properties);
}

// What a slide says, but for what stands on each: its number, the day, head and foot.
constexpr const char* k_slide_text =
    "//tbl[not(ancestor::tbl)] | //txBody[not(ancestor::tbl) and not(../nvSpPr/nvPr/ph[@type='ftr' or @type='hdr' or "
    "@type='dt' or @type='sldNum'])] | /dataModel";

Result<std::string> text_of_slide(const Parts& parts, const std::string& path) {
    Result<std::string> text = text_of_part(parts, path, k_slide_text, "t");
    if (!text) return text;
    for (const Relation& relation : relations_of(parts, path)) {
        if (relation.type != "notesSlide" && relation.type != "diagramData") continue;
        const Result<std::string> more = text_of_part(parts, relation.path, k_slide_text, "t");
        if (!more) return more;
        append_paragraph(*text, *more);
    }
    return text;
}

Result<Document> read_pptx(const InputFile& file) {
    const Result<Parts> parts = read_parts(file, [](const std::string& path) {
        constexpr std::array<std::string_view, 3> k_folders{"ppt/slides/", "ppt/notesSlides/", "ppt/diagrams/data"};
        return is_core_part(path) || path == "ppt/presentation.xml" ||
               std::any_of(k_folders.begin(), k_folders.end(),
                           [&path](std::string_view folder) { return path.starts_with(folder); });
    });
    if (!parts) return parts.error();
    const std::string main = main_part(*parts, "ppt/presentation.xml");
    const Result<MarkupTree> show = tree_of_part(*parts, main);
    if (!show) return show.error();
    std::string text;
    for (const Listed& slide : listed(*show, "/presentation/sldIdLst/sldId", relations_of(*parts, main))) {
        const Result<std::string> more = text_of_slide(*parts, slide.path);
        if (!more) return more.error();
        append_paragraph(text, *more);
        if (text.size() > k_most_document_bytes) return too_long();
    }
    return document_of(file, text, main, *parts, k_core_properties);
}

Result<Document> read_odf(const InputFile& file) {
    const Result<Parts> parts =
        read_parts(file, [](const std::string& path) { return path == "content.xml" || path == "meta.xml"; });
    if (!parts) return parts.error();
    const Result<MarkupTree> tree = tree_of_part(*parts, "content.xml");
    if (!tree) return tree.error();
    std::string text;
    const std::vector<Node> sheets = tree->find("/document-content/body/spreadsheet/table", tree->root());
    for (const Node sheet : sheets) {
        if (Result<void> added = append_sheet(text, attribute(sheet, "name"), block_text(sheet)); !added)
            return added.error();
    }
    if (sheets.empty()) {
        for (const Node body : tree->find("/document-content/body", tree->root()))
            append_paragraph(text, block_text(body));
    }
    return document_of(file, text, "content.xml", *parts, "meta.xml");
}

}  // namespace

std::unique_ptr<FileReader> open_docx(const InputFile& file) { return open_single(file, read_docx); }
std::unique_ptr<FileReader> open_xlsx(const InputFile& file) { return open_single(file, read_xlsx); }
std::unique_ptr<FileReader> open_pptx(const InputFile& file) { return open_single(file, read_pptx); }
std::unique_ptr<FileReader> open_odf(const InputFile& file) { return open_single(file, read_odf); }

}  // namespace limier
