// Books in EPUB (W3C, EPUB 3): a document for each chapter.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "indexer/readers/archive.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"
#include "indexer/readers/members.hpp"
#include "indexer/readers/package.hpp"

namespace limier {
namespace {

/// Pages of a book that only name or list what is in it. Source: OPF 2.0.1, 2.6; EPUB 3 Structural Semantics.
bool is_furniture(std::string_view type) {
    constexpr std::array<std::string_view, 5> k_types{"cover", "title-page", "titlepage", "toc", "index"};
    return std::find(k_types.begin(), k_types.end(), type) != k_types.end();
}

/// Whether all of a page is that.
bool is_furniture(MarkupTree::Node body) {
    if (is_furniture(attribute(body, "type"))) return true;
    const std::vector<MarkupTree::Node> parts = child_elements(body);
    return !parts.empty() && std::all_of(parts.begin(), parts.end(),
                                         [](MarkupTree::Node part) { return is_furniture(attribute(part, "type")); });
}

/// A book as its package document has it.
struct Book {
    Members members;                    ///< what all chapters have in common
    std::vector<std::string> chapters;  ///< members of the archive, in the order of reading
};

Result<Book> read_package(const Parts& parts) {
    const auto container = parts.find("META-INF/container.xml");
    if (container == parts.end()) return no_text("META-INF/container.xml");
    const Result<MarkupTree> where = MarkupTree::xml(container->second);
    if (!where) return where.error();
    const std::string path = clean_member_path(first(*where, "//rootfile/@full-path"));
    const auto package = parts.find(path);
    if (package == parts.end()) return no_text(path);
    const Result<MarkupTree> tree = MarkupTree::xml(package->second);
    if (!tree) return tree.error();
    Book book;
    book.members[Key::source] = first(*tree, "//metadata/dc_title");
    for (const MarkupTree::Node node : tree->find("//metadata/dc_creator", tree->root()))
        book.members.append(Key::author, one_line(node_string(node)));
    book.members[Key::date] = first(*tree, "//metadata/dc_date");
    book.members[Key::lang] = first(*tree, "//metadata/dc_language");
    // What is no chapter, by EPUB 2; of EPUB 3 the page itself says it.
    std::vector<std::string> others;
    for (const MarkupTree::Node page : tree->find("//guide/reference", tree->root())) {
        if (is_furniture(attribute(page, "type"))) others.push_back(resolved(path, attribute(page, "href")));
    }
    std::map<std::string, std::string> links;
    for (const MarkupTree::Node item : tree->find("//manifest/item", tree->root()))
        links[attribute(item, "id")] = resolved(path, attribute(item, "href"));
    for (const MarkupTree::Node item : tree->find("//spine/itemref", tree->root())) {
        const auto link = links.find(attribute(item, "idref"));
        if (link == links.end()) continue;
        if (std::find(others.begin(), others.end(), link->second) == others.end())
            book.chapters.push_back(link->second);
    }
    return book;
}

Reading read_epub(const InputFile& file) {
    const Result<Parts> parts = read_parts(file, [](const std::string& path) {
        constexpr std::array<std::string_view, 5> k_markup{".xml", ".opf", ".xhtml", ".html", ".htm"};
        const std::string extension = extension_of(path);
        return std::find(k_markup.begin(), k_markup.end(), extension) != k_markup.end();
    });
    if (!parts) return one_document(file, parts.error());
    const Result<Book> book = read_package(*parts);
    if (!book) return one_document(file, book.error());
    Reading reading;
    for (const std::string& path : book->chapters) {
        const auto chapter = parts->find(path);
        if (chapter == parts->end()) continue;  // a picture, say
        const std::string place = "!/" + path;
        const auto refuse = [&](std::string reason) {
            reading.refusals.push_back({path_text(file.path) + place, std::move(reason)});
        };
        const Result<MarkupTree> tree = MarkupTree::xml(chapter->second);
        if (!tree) {
            refuse(tree.error().message);
            continue;
        }
        if (!tree->flaw().empty()) refuse(tree->flaw());
        Members members = book->members;
        members[Key::title] = first(*tree, "//h1 | //h2 | //h3");
        for (const MarkupTree::Node body : tree->find("//body", tree->root()))
            members[Key::body] = is_furniture(body) ? std::string() : block_text(body);
        if (trimmed(members[Key::body]).empty()) continue;  // a cover
        Result<Document> document = std::move(members).document(file.id + place, path_text(file.path));
        if (!document) {
            refuse(document.error().message);
        } else {
            reading.documents.push_back(std::move(*document));
        }
    }
    if (reading.documents.empty() && reading.refusals.empty()) return one_document(file, no_text("EPUB"));
    return reading;
}

}  // namespace

std::unique_ptr<FileReader> open_epub(const InputFile& file) { return open_reading(file, read_epub); }

}  // namespace limier
