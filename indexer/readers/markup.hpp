// XML as trees, for the formats that are made of it. The only user of libxml2's XML and XPath.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"

struct _xmlDoc;
struct _xmlNode;
struct _xmlXPathContext;

namespace limier {

/// A parsed document. Elements are named by their local names; those of another namespace than the root's have a prefix
/// (`dc_date`, `content_encoded`; `x_` where the namespace is none of those known), whatever the file calls it. Nothing
/// is fetched or read from elsewhere; entities stand for a few characters or the file is refused. Not thread-safe.
class MarkupTree {
 public:
    /// An element or attribute; lives as long as the tree.
    using Node = const _xmlNode*;

    /// Errors: no XML at all; entities that could grow. What is XML but for some places is read, and `flaw` says the
    /// first; names of HTML entities are no flaw.
    static Result<MarkupTree> xml(std::string_view bytes);

    /// The root element; never null.
    Node root() const;

    /// What an XPath expression finds from a node, in the order of the document; one that begins with `/` is evaluated
    /// once, for what all documents of a file share. Precondition: a valid expression.
    std::vector<Node> find(const char* path, Node from) const;

    const std::string& flaw() const { return flaw_; }

 private:
    struct Free {
        void operator()(::_xmlDoc* doc) const;
        void operator()(::_xmlXPathContext* context) const;
    };
    explicit MarkupTree(::_xmlDoc* doc);
    std::vector<Node> evaluated(const char* path, Node from) const;

    std::unique_ptr<::_xmlDoc, Free> doc_;
    std::unique_ptr<::_xmlXPathContext, Free> context_;  ///< of doc_
    mutable std::map<std::string, std::vector<Node>, std::less<>> from_root_;
    std::string flaw_;
};

/// The name of an element, as MarkupTree has it; its children that are elements; the value of an attribute,
/// whatever its namespace, or empty.
std::string node_name(MarkupTree::Node node);
std::vector<MarkupTree::Node> child_elements(MarkupTree::Node node);
std::string attribute(MarkupTree::Node node, const char* name);

/// The characters of a node as they stand, markup aside.
std::string node_string(MarkupTree::Node node);

/// The text as it is meant to be read: paragraphs by a blank line, list items and table rows by the line, notes behind
/// their paragraph, blanks as in HTML. The block and line elements of HTML, TEI, NITF, OpenDocument and Office Open XML
/// are known; scripts, styles, running heads, deletions and other readings are left out. `within`: text counts only in
/// elements of this name.
std::string block_text(MarkupTree::Node node, std::string_view within = {});

}  // namespace limier
