#include "indexer/readers/package.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/archive.hpp"
#include "indexer/readers/detect.hpp"
#include "indexer/readers/file_properties.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"
#include "indexer/readers/members.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

Error encrypted() { return {Code::input, std::string(tr("it is encrypted", "il est chiffré"))}; }

/// Encrypted files of Office Open XML, and its forerunners, are not an archive but a compound file (MS-CFB), whose
/// streams have their names in UTF-16. Nothing where the file is another.
std::optional<Error> compound_file(InputFile& file) {
    std::string head;
    Result<ByteStream> stream = open_bytes(file);
    while (stream && head.size() < k_compound_file.size()) {
        const Result<std::size_t> got = stream->read(head, k_compound_file.size() - head.size());
        if (!got || *got == 0) break;
    }
    if (file.bytes) file.bytes = bytes_then(head, file.bytes);
    if (head != k_compound_file) return std::nullopt;
    const Result<std::string> bytes = read_bytes(file);
    if (!bytes) return bytes.error();
    if (bytes->find(utf16_name("EncryptedPackage")) != std::string::npos) return encrypted();
    return Error{Code::input, std::string(tr("it is of an older format than its name says (.doc, .xls, .ppt)",
                                             "son format est plus ancien que son nom (.doc, .xls, .ppt)"))};
}

/// Of OpenDocument the members are encrypted one by one, as the manifest says (ISO 26300, part 3).
bool is_encrypted(const Parts& parts) {
    const auto manifest = parts.find("META-INF/manifest.xml");
    return manifest != parts.end() && manifest->second.find("encryption-data") != std::string::npos;
}

std::string keywords_of(const MarkupTree& tree) {
    std::string keywords;
    for (const MarkupTree::Node node : tree.find("//keywords | //meta_keyword", tree.root()))
        append_listed(keywords, one_line(node_string(node)));
    return keywords;
}

void add_part_properties(const MarkupTree& tree, const InputFile& file, Document& document) {
    std::string author = first(tree, "//meta_initial-creator");
    if (author.empty()) author = first(tree, "//dc_creator");
    add_properties({first(tree, "//dc_title"), author, first(tree, "//dcterms_created | //meta_creation-date"),
                    keywords_of(tree), first(tree, "//dc_language")},
                   file, document);
}

}  // namespace

Result<Parts> read_parts(const InputFile& file, bool (*wanted)(const std::string& path)) {
    InputFile input = file;
    if (const std::optional<Error> refused = compound_file(input)) return *refused;
    Result<Archive> archive = Archive::open(input, Archive::Kind::members);
    if (!archive) return archive.error();
    Parts parts;
    std::uint64_t total = 0;
    for (;;) {
        const Result<std::optional<Member>> member = archive->next();
        if (!member) return member.error();
        if (!*member) break;
        if (!(*member)->regular || (!wanted((*member)->path) && (*member)->path != "META-INF/manifest.xml")) continue;
        if ((*member)->encrypted) return encrypted();
        std::string& part = parts[(*member)->path];
        for (;;) {
            const Result<std::size_t> got = archive->read(part, std::size_t{1} << 20);
            if (!got) return got.error();
            if (*got == 0) break;
            total += *got;
            if (total > k_most_document_bytes) return too_long();
        }
    }
    if (is_encrypted(parts)) return encrypted();
    return parts;
}

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

std::vector<Relation> relations_of(const Parts& parts, const std::string& path) {
    const fs::path place(path);
    const auto part = parts.find((place.parent_path() / "_rels" / (place.filename().string() + ".rels")).string());
    if (part == parts.end()) return {};
    const Result<MarkupTree> tree = MarkupTree::xml(part->second);
    if (!tree) return {};
    std::vector<Relation> relations;
    for (const MarkupTree::Node node : tree->find("/Relationships/Relationship", tree->root())) {
        if (attribute(node, "TargetMode") == "External") continue;
        const std::string type = attribute(node, "Type");
        relations.push_back(
            {attribute(node, "Id"), type.substr(type.rfind('/') + 1), resolved(path, attribute(node, "Target"))});
    }
    return relations;
}

std::string main_part(const Parts& parts, std::string usual) {
    for (Relation& relation : relations_of(parts, {})) {
        if (relation.type == "officeDocument" && parts.contains(relation.path)) return std::move(relation.path);
    }
    return usual;
}

Result<MarkupTree> tree_of_part(const Parts& parts, const std::string& path) {
    const auto part = parts.find(path);
    if (part == parts.end()) return no_text(path);
    Result<MarkupTree> tree = MarkupTree::xml(part->second);
    if (tree && !tree->flaw().empty()) return Error{Code::input, tree->flaw()};
    return tree;
}

Result<std::string> text_of_part(const Parts& parts, const std::string& path, const char* body,
                                 std::string_view within) {
    if (!parts.contains(path)) return std::string();
    const Result<MarkupTree> tree = tree_of_part(parts, path);
    if (!tree) return tree.error();
    std::string text;
    for (const MarkupTree::Node node : tree->find(body, tree->root())) append_paragraph(text, block_text(node, within));
    return text;
}

std::string first(const MarkupTree& tree, const char* path) {
    for (const MarkupTree::Node node : tree.find(path, tree.root())) {
        if (std::string text = one_line(node_string(node)); !text.empty()) return text;
    }
    return {};
}

void append_paragraph(std::string& text, std::string_view more) {
    if (!more.empty()) text.append(text.empty() ? "" : "\n\n").append(more);
}

Error no_text(std::string_view part) {
    return {Code::input,
            std::string(tr("there is no text in it: ", "il n’y a pas de texte dedans : ")) + std::string(part)};
}

Result<Document> document_of(const InputFile& file, const std::string& text, std::string_view part, const Parts& parts,
                             const std::string& properties) {
    if (text.empty()) return no_text(part);
    Result<Document> document = read_plain_text(file.id, path_text(file.path), text);
    const auto said = parts.find(properties);
    if (!document || said == parts.end()) return document;
    if (const Result<MarkupTree> tree = MarkupTree::xml(said->second)) add_part_properties(*tree, file, *document);
    return document;
}

}  // namespace limier
