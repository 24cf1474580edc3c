// Documents that are an archive of XML: Word (ECMA-376), OpenDocument (ISO 26300), books in EPUB (W3C, EPUB 3).
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/archive.hpp"
#include "indexer/readers/file_properties.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"
#include "indexer/readers/markup.hpp"
#include "indexer/readers/members.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

/// Members of an archive by their paths.
using Parts = std::map<std::string, std::string>;

/// The members that are wanted. Errors: no archive, encrypted, damaged, longer than k_most_document_bytes together.
Result<Parts> read_parts(const InputFile& file, bool (*wanted)(const std::string& path)) {
    Result<Archive> archive = Archive::open(file, Archive::Kind::members);
    if (!archive) return archive.error();
    Parts parts;
    std::uint64_t total = 0;
    for (;;) {
        const Result<std::optional<Member>> member = archive->next();
        if (!member) return member.error();
        if (!*member) return parts;
        if (!(*member)->regular || !wanted((*member)->path)) continue;
        if ((*member)->encrypted) return Error{Code::input, std::string(tr("it is encrypted", "il est chiffré"))};
        std::string& part = parts[(*member)->path];
        for (;;) {
            const Result<std::size_t> got = archive->read(part, std::size_t{1} << 20);
            if (!got) return got.error();
            if (*got == 0) break;
            total += *got;
            if (total > k_most_document_bytes) return too_long();
        }
    }
}

/// What the first node of a path says.
std::string first(const MarkupTree& tree, const char* path) {
    for (const MarkupTree::Node node : tree.find(path, tree.root())) {
        if (std::string text = one_line(node_string(node)); !text.empty()) return text;
    }
    return {};
}

/// The text of a part; empty where there is none.
Result<std::string> text_of_part(const Parts& parts, const std::string& path, const char* body,
                                 std::string_view within = {}) {
    const auto part = parts.find(path);
    if (part == parts.end()) return std::string();
    const Result<MarkupTree> tree = MarkupTree::xml(part->second);
    if (!tree) return tree.error();
    if (!tree->flaw().empty()) return Error{Code::input, tree->flaw()};
    std::string text;
    for (const MarkupTree::Node node : tree->find(body, tree->root())) {
        const std::string more = block_text(node, within);
        if (!more.empty()) text.append(text.empty() ? "" : "\n\n").append(more);
    }
    return text;
}

Error no_text(std::string_view part) {
    return {Code::input,
            std::string(tr("there is no text in it: ", "il n’y a pas de texte dedans : ")) + std::string(part)};
}

/// A document without properties is as good as a text.
void add_part_properties(const Parts& parts, const std::string& path, const InputFile& file, Document& document) {
    const auto part = parts.find(path);
    if (part == parts.end()) return;
    const Result<MarkupTree> tree = MarkupTree::xml(part->second);
    if (!tree) return;
    std::string author = first(*tree, "//meta_initial-creator");
    if (author.empty()) author = first(*tree, "//dc_creator");
    add_properties({first(*tree, "//dc_title"), author, first(*tree, "//dcterms_created | //meta_creation-date")}, file,
                   document);
}

Result<Document> read_docx(const InputFile& file) {
    const Result<Parts> parts = read_parts(file, [](const std::string& path) {
        return (path.starts_with("word/") && path.ends_with(".xml") && path.find('/', 5) == std::string::npos) ||
               path == "docProps/core.xml";
    });
    if (!parts) return parts.error();
    std::string text;
    for (const char* path : {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"}) {
        const Result<std::string> more = text_of_part(*parts, path, "/*", "t");
        if (!more) return more.error();
        if (!more->empty()) text.append(text.empty() ? "" : "\n\n").append(*more);
    }
    if (text.empty()) return no_text("word/document.xml");
    Result<Document> document = read_plain_text(file.id, path_text(file.path), text);
    if (document) add_part_properties(*parts, "docProps/core.xml", file, *document);
    return document;
}

Result<Document> read_odt(const InputFile& file) {
    const Result<Parts> parts =
        read_parts(file, [](const std::string& path) { return path == "content.xml" || path == "meta.xml"; });
    if (!parts) return parts.error();
    const Result<std::string> text = text_of_part(*parts, "content.xml", "/document-content/body");
    if (!text) return text.error();
    if (text->empty()) return no_text("content.xml");
    Result<Document> document = read_plain_text(file.id, path_text(file.path), *text);
    if (document) add_part_properties(*parts, "meta.xml", file, *document);
    return document;
}

/// The path of a member that another one links to, by RFC 3986 as far as books use it.
std::string resolved(const std::string& base, const std::string& link) {
    std::string path;
    const std::string_view target = std::string_view(link).substr(0, link.find('#'));
    for (std::size_t at = 0; at < target.size(); ++at) {
        constexpr std::string_view k_digits = "0123456789abcdef";
        if (target[at] == '%' && at + 2 < target.size()) {
            const std::string digits = lower_ascii(std::string(target.substr(at + 1, 2)));
            const std::size_t high = k_digits.find(digits[0]), low = k_digits.find(digits[1]);
            if (high != std::string::npos && low != std::string::npos) {
                path += static_cast<char>(high * 16 + low);
                at += 2;
                continue;
            }
        }
        path += target[at];
    }
    return clean_member_path((fs::path(base).parent_path() / path).lexically_normal().string());
}

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

std::unique_ptr<FileReader> open_docx(const InputFile& file) { return open_single(file, read_docx); }
std::unique_ptr<FileReader> open_odt(const InputFile& file) { return open_single(file, read_odt); }
std::unique_ptr<FileReader> open_epub(const InputFile& file) { return open_reading(file, read_epub); }

}  // namespace limier
