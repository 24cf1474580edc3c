#include "indexer/readers/markup.hpp"

#include <algorithm>
#include <array>
#include <climits>
#include <initializer_list>
#include <new>
#include <optional>
#include <unordered_map>
#include <utility>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>

#include "common/output/language.hpp"
#include "common/text/encoding.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/block_writer.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

// What an entity that a file declares may stand for: a character or a name, nothing that grows.
constexpr std::size_t k_longest_entity = 64;

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

const xmlChar* xml_chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

struct FreeChars {
    void operator()(xmlChar* text) const { ::xmlFree(text); }
};
using Chars = std::unique_ptr<xmlChar, FreeChars>;

struct Prefix {
    std::string_view space, prefix;
};
// Namespaces whose elements are looked for in documents of another one.
constexpr auto k_prefixes = std::to_array<Prefix>({
    {"http://purl.org/dc/elements/1.1/", "dc_"},
    {"http://purl.org/dc/terms/", "dcterms_"},
    {"http://purl.org/rss/1.0/modules/content/", "content_"},
    {"http://purl.org/rss/1.0/", ""},
    {"http://www.w3.org/2005/Atom", "atom_"},
    {"http://www.w3.org/1999/xhtml", ""},
    {"http://iptc.org/std/NITF/2006-10-18/", ""},
    {"http://iptc.org/std/nar/2006-10-01/", ""},
    {"http://www.tei-c.org/ns/1.0", ""},
    {"urn:oasis:names:tc:opendocument:xmlns:text:1.0", ""},
    {"urn:oasis:names:tc:opendocument:xmlns:table:1.0", ""},
    {"urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta_"},
    {"http://schemas.openxmlformats.org/drawingml/2006/main", ""},
    {"http://purl.oclc.org/ooxml/drawingml/main", ""},
});

struct Flaw {
    std::string first;  ///< error
    bool no_memory = false;
};

/// Says in `context` what the first error was.
void on_error(void* context, ::xmlErrorPtr error) {
    auto* const flaw = static_cast<Flaw*>(static_cast<::xmlParserCtxtPtr>(context)->_private);
    flaw->no_memory = flaw->no_memory || error->code == XML_ERR_NO_MEMORY;
    if (error->level == XML_ERR_WARNING || !flaw->first.empty()) return;
    flaw->first = std::string(tr("line ", "ligne ")) + std::to_string(error->line) + std::string(tr(": ", " : ")) +
                  std::string(trimmed(clean_utf8(error->message == nullptr ? "?" : error->message).text));
}

struct FreeContext {
    void operator()(::xmlParserCtxtPtr context) const { ::xmlFreeParserCtxt(context); }
};

/// Null where it is not well-formed. Throws std::bad_alloc, as what is not C does.
::xmlDocPtr parse(std::string_view bytes, const char* encoding, int options, std::string& error) {
    const std::unique_ptr<::xmlParserCtxt, FreeContext> context(::xmlNewParserCtxt());
    Flaw flaw;
    context->_private = &flaw;
    context->sax->serror = on_error;
    ::xmlDocPtr const doc =
        ::xmlCtxtReadMemory(context.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, encoding,
                            options | XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
    error = std::move(flaw.first);
    if (!flaw.no_memory) return doc;
    ::xmlFreeDoc(doc);
    throw std::bad_alloc();
}

/// What `&` at `at` stands for where that is not XML: `&amp;` for one that begins no entity, the number of a character
/// that only HTML has a name for. `length`: of what it replaces.
std::string mended_reference(std::string_view bytes, std::size_t at, bool has_own, std::size_t& length) {
    length = 1;
    constexpr auto k_xml = std::to_array<std::string_view>({"amp", "lt", "gt", "quot", "apos"});
    const std::size_t end = bytes.substr(0, at + 40).find(';', at);
    const std::string_view name = end == std::string_view::npos ? "" : bytes.substr(at + 1, end - at - 1);
    const bool is_name = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c | 0x20) >= 'a' ? (c | 0x20) <= 'z' : c == '#' || (c >= '0' && c <= '9');
    });
    if (!is_name) return "&amp;";
    length = name.size() + 2;
    const ::htmlEntityDesc* const html = ::htmlEntityLookup(xml_chars(std::string(name).c_str()));
    const bool is_xml = name.front() == '#' || std::find(k_xml.begin(), k_xml.end(), name) != k_xml.end();
    if (!is_xml && html != nullptr) return "&#" + std::to_string(html->value) + ";";
    if (is_xml || has_own) return std::string(bytes.substr(at, length));
    length = 1;
    return "&amp;";
}

/// The XML with its `&` as they were meant; feeds are full of HTML.
std::string mended(std::string_view bytes) {
    const bool has_own = bytes.find("<!ENTITY") != std::string_view::npos;
    std::string out;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t next = std::min(bytes.find_first_of("&<", at), bytes.size());
        out.append(bytes, at, next - at);
        at = next;
        if (at == bytes.size()) break;
        std::size_t length = 1;
        if (bytes[at] == '&') {
            out += mended_reference(bytes, at, has_own, length);
        } else {
            // What stands in these is no reference.
            constexpr auto k_verbatim = std::to_array<std::pair<std::string_view, std::string_view>>(
                {{"<![CDATA[", "]]>"}, {"<!--", "-->"}, {"<?", "?>"}});
            for (const auto& [begin, end] : k_verbatim) {
                if (bytes.substr(at).starts_with(begin)) length = std::min(bytes.find(end, at), bytes.size()) - at;
            }
            out.append(bytes, at, length);
        }
        at += length;
    }
    return out;
}

/// The encoding that the declaration names, in lower case.
std::string declared_encoding(std::string_view bytes) {
    const std::string head = lower_ascii(std::string(bytes.substr(0, std::min<std::size_t>(bytes.size(), 200))));
    const std::size_t at = head.find("encoding=");
    if (!head.starts_with("<?xml") || at == std::string::npos || at + 10 >= head.size()) return {};
    const std::size_t end = head.find(head[at + 9], at + 10);
    return end == std::string::npos ? std::string() : head.substr(at + 10, end - at - 10);
}

bool is_ascii(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The encoding to read in, whatever the file says where its bytes say otherwise; null: as it says.
const char* encoding_of(std::string_view bytes, std::string& decoded) {
    if (is_ascii(bytes)) return nullptr;
    if (is_utf8(bytes)) return "UTF-8";
    const std::string declared = declared_encoding(bytes);
    // As in HTML (WHATWG Encoding): who says Latin-1 writes Windows-1252.
    if (declared == "iso-8859-1" || declared == "latin1") return "windows-1252";
    if (!declared.empty() && declared != "utf-8" && declared != "utf8") return nullptr;
    std::optional<DecodedText> found = decode_text(bytes);
    decoded = found ? std::move(found->text) : clean_utf8(bytes).text;
    return "UTF-8";
}

/// Whether an entity that the file declares could make it grow.
bool has_growing_entities(::xmlDocPtr doc) {
    if (doc->intSubset == nullptr) return false;
    for (const ::xmlNode* node = doc->intSubset->children; node != nullptr; node = node->next) {
        if (node->type != XML_ENTITY_DECL) continue;
        const auto* const entity = reinterpret_cast<const ::xmlEntity*>(node);
        if (entity->etype != XML_INTERNAL_GENERAL_ENTITY) continue;
        const std::string_view content = view(entity->content);
        if (content.size() > k_longest_entity || content.find('&') != std::string_view::npos) return true;
    }
    return false;
}

/// The next node of the tree in document order; null at its end.
::xmlNodePtr following(::xmlNodePtr node) {
    const bool is_element = node->type == XML_ELEMENT_NODE;  // what an entity has below it is the entity's
    if (is_element && node->children != nullptr) return node->children;
    while (node != nullptr && node->next == nullptr) node = node->parent;
    return node == nullptr ? nullptr : node->next;
}

/// What stands for an entity of the file's own.
std::string entity_text(const ::xmlNode* reference) {
    const ::xmlEntity* const declared = ::xmlGetDocEntity(reference->doc, reference->name);
    return std::string(declared == nullptr ? std::string_view() : view(declared->content));
}

/// Names the elements as the header says, and puts texts in the place of entities.
void settle(::xmlDocPtr doc) {
    ::xmlNodePtr const root = ::xmlDocGetRootElement(doc);
    const std::string home(root->ns == nullptr ? std::string_view() : view(root->ns->href));
    for (::xmlNodePtr node = root; node != nullptr;) {
        if (node->type == XML_ENTITY_REF_NODE) {
            ::xmlNodePtr const text = ::xmlNewDocText(doc, xml_chars(entity_text(node).c_str()));
            ::xmlReplaceNode(node, text);
            ::xmlFreeNode(node);
            node = text;
        }
        if (node->type == XML_ELEMENT_NODE && node->ns != nullptr) {
            const std::string_view space = view(node->ns->href);
            const auto known = std::find_if(k_prefixes.begin(), k_prefixes.end(),
                                            [space](const Prefix& row) { return row.space == space; });
            const std::string_view prefix = space == home ? "" : known == k_prefixes.end() ? "x_" : known->prefix;
            if (!prefix.empty()) ::xmlNodeSetName(node, xml_chars((std::string(prefix) += view(node->name)).c_str()));
            node->ns = nullptr;
        }
        node = following(node);
    }
}

enum class Role {
    text,
    paragraph,  ///< a blank line around it
    line,       ///< on a line of its own, or the end of one
    cell,
    gap,      ///< a blank
    note,     ///< behind the paragraph that it is a note to
    nothing,  ///< left out, with all within it
    reading   ///< left out where it stands in a choice of readings (TEI)
};

/// What an element is to its text; for HTML, NITF, TEI, OpenDocument and Office Open XML at once.
Role role_of(std::string_view name) {
    static const std::unordered_map<std::string_view, Role> k_roles = [] {
        std::unordered_map<std::string_view, Role> roles;
        const auto add = [&roles](Role role, std::initializer_list<std::string_view> names) {
            for (const std::string_view one : names) roles.emplace(one, role);
        };
        add(Role::paragraph,
            {"p",       "h",       "h1",       "h2",         "h3",       "h4",         "h5",      "h6",
             "div",     "section", "article",  "table",      "tbl",      "ul",         "ol",      "dl",
             "list",    "head",    "lg",       "blockquote", "hl1",      "hl2",        "block",   "body",
             "main",    "pre",     "abstract", "header",     "footer",   "figure",     "caption", "figcaption",
             "form",    "address", "hr",       "sp",         "argument", "epigraph",   "opener",  "closer",
             "trailer", "byline",  "dateline", "aside",      "nav",      "txbxContent"});
        add(Role::line, {"li", "item", "list-item", "tr", "table-row", "row", "l", "dt", "dd", "signed", "salute",
                         "speaker", "br", "lb", "line-break", "cr"});
        add(Role::cell, {"td", "th", "tc", "table-cell", "covered-table-cell", "cell"});
        add(Role::gap, {"tab", "s"});
        add(Role::note, {"note", "fn"});
        add(Role::nothing,
            {"script",      "style",         "noscript",       "template",         "iframe",     "object",
             "svg",         "select",        "button",         "teiHeader",        "fw",         "figDesc",
             "instrText",   "delText",       "x_Fallback",     "tracked-changes",  "annotation", "sectPr",
             "x_posOffset", "note-citation", "media-metadata", "media-reference",  "fld",        "rPh",
             "page-number", "x_footer-decl", "x_header-decl",  "x_date-time-decl", "binary-data"});
        add(Role::reading, {"orig", "sic", "abbr"});
        return roles;
    }();
    const auto found = k_roles.find(name);
    return found == k_roles.end() ? Role::text : found->second;
}

/// Whether an `a` is the mark of a note, or the way back from it: `il faut<sup><a href="#fn1">1</a></sup>`.
bool is_note_mark(const ::xmlNode* node) {
    const std::string role = attribute(node, "role");
    if (role == "doc-noteref" || role == "doc-backlink" || attribute(node, "type") == "noteref") return true;
    const auto is_raised = [](const ::xmlNode* one) { return one != nullptr && view(one->name) == "sup"; };
    return attribute(node, "href").starts_with('#') && (is_raised(node->parent) || is_raised(node->children));
}

Role role_of(const ::xmlNode* node) {
    const std::string_view name = view(node->name);
    if (name == "a") return is_note_mark(node) ? Role::nothing : Role::text;
    const Role role = role_of(name);
    // `<lb break="no"/>` stands within a word; where there is something to strike through, `s` is of HTML.
    if (role == Role::line && attribute(node, "break") == "no") return Role::text;
    if (role == Role::gap && name == "s" && node->children != nullptr) return Role::text;
    if (role != Role::reading) return role;
    return node->parent != nullptr && view(node->parent->name) == "choice" ? Role::nothing : Role::text;
}

/// Walks through a tree and writes its text.
class TextWalk {
 public:
    explicit TextWalk(std::string_view within) : within_(within) {}

    std::string of(const ::xmlNode* top) {
        const ::xmlNode* node = top;
        for (;;) {
            if (enter(node) && node->children != nullptr) {
                node = node->children;
                continue;
            }
            leave(node);
            while (node != top && node->next == nullptr) {
                node = node->parent;
                leave(node);
            }
            if (node == top) break;
            node = node->next;
        }
        write_notes();
        return clean_utf8(out_.back().take()).text;
    }

 private:
    /// Whether what is in it counts.
    bool enter(const ::xmlNode* node) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            if (within_.empty() || counted_ > 0) out_.back().add(view(node->content), preformatted_ > 0);
            return false;
        }
        if (node->type != XML_ELEMENT_NODE) return false;
        const Role role = role_of(node);
        open_.push_back(role);
        separate(role);
        count(node, role, 1);
        return role != Role::nothing;
    }

    void leave(const ::xmlNode* node) {
        if (node->type != XML_ELEMENT_NODE) return;
        const Role role = open_.back();
        open_.pop_back();
        count(node, role, -1);
        separate(role);
        if (role == Role::paragraph && out_.size() == 1 && cells_ == 0) write_notes();
    }

    void count(const ::xmlNode* node, Role role, int one) {
        const std::string_view name = view(node->name);
        if (name == "pre") preformatted_ += one;
        if (name == within_) counted_ += one;
        if (name == "li" || name == "item" || name == "list-item") items_ += one;
        if (role == Role::cell) cells_ += one;
        if (role == Role::note && one > 0) out_.emplace_back();
        if (role == Role::note && one < 0) {
            notes_.push_back(out_.back().take());
            out_.pop_back();
        }
    }

    /// Paragraphs of an item are lines; what is in a cell is of one line.
    void separate(Role role) {
        BlockWriter& out = out_.back();
        if (role == Role::cell) out.cell();
        if (role == Role::gap || (cells_ > 0 && role != Role::text)) out.blank();
        if (cells_ > 0) return;
        if (role == Role::paragraph) out.end_lines(items_ > 0 ? 1 : 2);
        if (role == Role::line) out.end_lines(1);
    }

    void write_notes() {
        for (const std::string& note : std::exchange(notes_, {})) {
            out_.back().end_lines(2);
            out_.back().add(note, true);
            out_.back().end_lines(2);
        }
    }

    std::string_view within_;
    std::vector<Role> open_;           ///< of the elements that are open
    std::vector<BlockWriter> out_{1};  ///< of the text, and of the notes that are open
    std::vector<std::string> notes_;   ///< to the paragraph
    int preformatted_ = 0, counted_ = 0, items_ = 0, cells_ = 0;
};

}  // namespace

void MarkupTree::Free::operator()(::xmlDocPtr doc) const { ::xmlFreeDoc(doc); }
void MarkupTree::Free::operator()(::xmlXPathContextPtr context) const { ::xmlXPathFreeContext(context); }

MarkupTree::MarkupTree(::xmlDocPtr doc) : doc_(doc), context_(::xmlXPathNewContext(doc)) {}

Result<MarkupTree> MarkupTree::xml(std::string_view bytes) {
    if (bytes.size() > INT_MAX / 2) return Error{Code::input, std::string(tr("too long", "trop long"))};
    std::string decoded;
    const char* const encoding = encoding_of(bytes, decoded);
    if (!decoded.empty()) bytes = decoded;
    while (!bytes.empty() && (bytes.front() == '\n' || bytes.front() == '\r' || bytes.front() == ' '))
        bytes.remove_prefix(1);
    std::string error;
    ::xmlDocPtr doc = parse(bytes, encoding, 0, error);
    if (doc == nullptr) {
        const bool is_wide = bytes.find('\0') != std::string_view::npos;  // UTF-16
        const std::string better = is_wide ? std::string(bytes) : mended(bytes);
        doc = parse(better, encoding, 0, error);
        std::string ignored;
        if (doc == nullptr) doc = parse(better, encoding, XML_PARSE_RECOVER, ignored);
    }
    const std::string flaw =
        error.empty() ? std::string() : std::string(tr("not well-formed XML, ", "XML mal formé, ")) + error;
    MarkupTree tree(doc);
    tree.flaw_ = flaw;
    if (doc == nullptr || ::xmlDocGetRootElement(doc) == nullptr)
        return Error{Code::input, flaw.empty() ? std::string(tr("no XML", "pas du XML")) : flaw};
    if (has_growing_entities(doc)) {
        return Error{Code::input, std::string(tr("it declares entities that stand for long texts: refused",
                                                 "il déclare des entités qui valent de longs textes : refusé"))};
    }
    settle(doc);
    return tree;
}

MarkupTree::Node MarkupTree::root() const { return ::xmlDocGetRootElement(doc_.get()); }

std::vector<MarkupTree::Node> MarkupTree::find(const char* path, Node from) const {
    if (*path != '/') return evaluated(path, from);
    const auto known = from_root_.find(std::string_view(path));
    return known != from_root_.end() ? known->second : from_root_[path] = evaluated(path, from);
}

std::vector<MarkupTree::Node> MarkupTree::evaluated(const char* path, Node from) const {
    context_->node = const_cast<::xmlNodePtr>(from);
    const std::unique_ptr<::xmlXPathObject, void (*)(::xmlXPathObjectPtr)> found(
        ::xmlXPathEvalExpression(xml_chars(path), context_.get()), ::xmlXPathFreeObject);
    if (!found || found->type != XPATH_NODESET || found->nodesetval == nullptr) return {};
    const ::xmlNodeSet& nodes = *found->nodesetval;
    return {nodes.nodeTab, nodes.nodeTab + nodes.nodeNr};
}

std::string node_name(MarkupTree::Node node) { return std::string(view(node->name)); }

std::vector<MarkupTree::Node> child_elements(MarkupTree::Node node) {
    std::vector<MarkupTree::Node> elements;
    for (const ::xmlNode* child = node->children; child != nullptr; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) elements.push_back(child);
    }
    return elements;
}

std::string attribute(MarkupTree::Node node, const char* name) {
    if (node->type != XML_ELEMENT_NODE) return {};
    const Chars value(::xmlGetProp(node, xml_chars(name)));
    return std::string(view(value.get()));
}

std::string node_string(MarkupTree::Node node) {
    const Chars text(::xmlNodeGetContent(node));
    return clean_utf8(view(text.get())).text;
}

std::string block_text(MarkupTree::Node node, std::string_view within) {
    return node->type == XML_ELEMENT_NODE ? TextWalk(within).of(node) : node_string(node);
}

}  // namespace limier
