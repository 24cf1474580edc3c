// The elements and texts of an HTML page in their order, as libxml2's parser mends it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"

namespace limier {

/// What an element is to a reader of text. Elements of like meaning share a tag: `td` and `th` are cells.
enum class Tag : std::uint8_t {
    span,  ///< in the line: all that is not known
    text,  ///< no element but a stretch of text
    line_break,
    block,
    html,
    body,
    title,
    meta,
    link,
    base,
    script,
    unread,  ///< no text of the page: style, template, controls, drawings
    noscript,
    article,
    main,
    navigation,
    aside,
    header,
    footer,
    form,
    h1,
    heading,
    paragraph,
    list,
    item,
    table,
    row,
    cell,
    preformatted,
    figure,
    caption,
    anchor,
    time,
};

/// Attributes that are kept.
enum class Attribute : std::uint8_t {
    aria_hidden,
    css_class,
    content,
    datetime,
    hidden,
    href,
    http_equiv,
    id,
    itemprop,
    lang,
    name,
    property,
    pubdate,
    rel,
    role,
    style,
    type,
};

/// A place of the tree. What is in an element are the nodes behind it, up to `end`.
struct HtmlNode {
    Tag tag = Tag::span;
    std::uint32_t parent = 0;  ///< that of the first node is itself
    std::uint32_t end = 0;     ///< exclusive
    std::uint32_t text_begin = 0, text_end = 0;
    std::uint32_t attributes_begin = 0, attributes_end = 0;
};

/// A page. The first node stands for all of it. A parent comes before what is in it, so that what holds of a node is
/// found by one walk forwards or backwards, without recursion, however deep the elements are.
class HtmlTree {
 public:
    /// Reads a page or a piece of one: clean UTF-8, broken markup as it comes. Nothing is fetched from anywhere.
    /// Errors: more than four million elements, or end tags so wrong that to match them would take minutes.
    static Result<HtmlTree> parse(std::string_view utf8);

    const std::vector<HtmlNode>& nodes() const { return nodes_; }

    /// All the text in an element as it was written, entities resolved; a view of this tree.
    std::string_view text(const HtmlNode& node) const {
        return std::string_view(text_).substr(node.text_begin, node.text_end - node.text_begin);
    }

    /// What an attribute says; empty where there is none. A view of this tree.
    std::string_view get(const HtmlNode& node, Attribute name) const;
    bool has(const HtmlNode& node, Attribute name) const;

 private:
    friend class TreeBuilder;
    struct Value {
        Attribute name;
        std::uint32_t begin, end;
    };
    std::vector<HtmlNode> nodes_;
    std::string text_;
    std::vector<Value> attributes_;
    std::string values_;
};

/// Whether an element begins and ends lines.
bool is_block(Tag tag);

}  // namespace limier
