#include "indexer/readers/html_tree.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "common/output/language.hpp"

namespace limier {
namespace {

// A page of 128 MiB with an element every 32 bytes; an article has thousands.
constexpr std::size_t k_most_elements = std::size_t{4} << 20;

// libxml2 compares an end tag with all open elements, and each attribute of a tag with all before it. Of the first it
// tells when nothing matches; the second is bounded by the room for different names.
constexpr std::size_t k_most_comparisons = 200'000'000;
constexpr std::size_t k_most_name_bytes = 20'000;

const std::unordered_map<std::string_view, Tag>& tags() {
    static const std::unordered_map<std::string_view, Tag> table{
        {"br", Tag::line_break},
        {"address", Tag::block},
        {"blockquote", Tag::block},
        {"center", Tag::block},
        {"details", Tag::block},
        {"div", Tag::block},
        {"fieldset", Tag::block},
        {"frameset", Tag::block},
        {"hgroup", Tag::block},
        {"hr", Tag::block},
        {"legend", Tag::block},
        {"noframes", Tag::block},
        {"section", Tag::block},
        {"summary", Tag::block},
        {"tbody", Tag::block},
        {"tfoot", Tag::block},
        {"thead", Tag::block},
        {"html", Tag::html},
        {"body", Tag::body},
        {"title", Tag::title},
        {"meta", Tag::meta},
        {"link", Tag::link},
        {"base", Tag::base},
        {"script", Tag::script},
        {"amp-ad", Tag::unread},
        {"amp-consent", Tag::unread},
        {"amp-embed", Tag::unread},
        {"amp-sidebar", Tag::unread},
        {"amp-social-share", Tag::unread},
        {"applet", Tag::unread},
        {"audio", Tag::unread},
        {"button", Tag::unread},
        {"canvas", Tag::unread},
        {"datalist", Tag::unread},
        {"dialog", Tag::unread},
        {"embed", Tag::unread},
        {"iframe", Tag::unread},
        {"input", Tag::unread},
        {"label", Tag::unread},
        {"map", Tag::unread},
        {"math", Tag::unread},
        {"menu", Tag::unread},
        {"object", Tag::unread},
        {"option", Tag::unread},
        {"progress", Tag::unread},
        {"select", Tag::unread},
        {"style", Tag::unread},
        {"svg", Tag::unread},
        {"template", Tag::unread},
        {"textarea", Tag::unread},
        {"video", Tag::unread},
        {"noscript", Tag::noscript},
        {"article", Tag::article},
        {"main", Tag::main},
        {"nav", Tag::navigation},
        {"aside", Tag::aside},
        {"header", Tag::header},
        {"footer", Tag::footer},
        {"form", Tag::form},
        {"h1", Tag::h1},
        {"h2", Tag::heading},
        {"h3", Tag::heading},
        {"h4", Tag::heading},
        {"h5", Tag::heading},
        {"h6", Tag::heading},
        {"p", Tag::paragraph},
        {"dir", Tag::list},
        {"dl", Tag::list},
        {"ol", Tag::list},
        {"ul", Tag::list},
        {"dd", Tag::item},
        {"dt", Tag::item},
        {"li", Tag::item},
        {"table", Tag::table},
        {"tr", Tag::row},
        {"td", Tag::cell},
        {"th", Tag::cell},
        {"listing", Tag::preformatted},
        {"pre", Tag::preformatted},
        {"xmp", Tag::preformatted},
        {"figure", Tag::figure},
        {"caption", Tag::caption},
        {"figcaption", Tag::caption},
        {"a", Tag::anchor},
        {"time", Tag::time},
    };
    return table;
}

const std::unordered_map<std::string_view, Attribute>& attributes() {
    static const std::unordered_map<std::string_view, Attribute> table{
        {"aria-hidden", Attribute::aria_hidden},
        {"class", Attribute::css_class},
        {"content", Attribute::content},
        {"datetime", Attribute::datetime},
        {"hidden", Attribute::hidden},
        {"href", Attribute::href},
        {"http-equiv", Attribute::http_equiv},
        {"id", Attribute::id},
        {"itemprop", Attribute::itemprop},
        {"lang", Attribute::lang},
        {"name", Attribute::name},
        {"property", Attribute::property},
        {"pubdate", Attribute::pubdate},
        {"rel", Attribute::rel},
        {"role", Attribute::role},
        {"style", Attribute::style},
        {"type", Attribute::type},
        {"xml:lang", Attribute::lang},
    };
    return table;
}

constexpr std::pair<std::string_view, std::string_view> k_wrapper{"<![CDATA[", "]]>"};

std::string without(std::string_view text, std::string_view what) {
    std::string out;
    for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what)) {
        out += text.substr(0, at);
        text.remove_prefix(at + what.size());
    }
    return out.append(text);
}

std::string_view view(const xmlChar* text) { return reinterpret_cast<const char*>(text); }

/// Leaves room for so many names that no element or attribute has; those that are read are always known.
void limit_names(xmlDictPtr names) {
    const auto add = [names](const auto& table) {
        for (const auto& row : table)
            ::xmlDictLookup(names, reinterpret_cast<const xmlChar*>(row.first.data()),
                            static_cast<int>(row.first.size()));
    };
    add(tags());
    add(attributes());
    ::xmlDictSetLimit(names, k_most_name_bytes);
}

struct FreeContext {
    void operator()(htmlParserCtxtPtr context) const { ::htmlFreeParserCtxt(context); }
};

}  // namespace

/// Takes what the parser meets. The parser's own tree is not made: it is several times larger, and ends at 256 levels.
class TreeBuilder {
 public:
    explicit TreeBuilder(htmlParserCtxtPtr context) : context_(context) {
        tree_.nodes_.emplace_back().tag = Tag::block;
        open_.push_back(0);
        ::htmlCtxtUseOptions(context, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                          HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD);
        *context->sax = xmlSAXHandler{};
        context->sax->initialized = XML_SAX2_MAGIC;
        context->sax->startElement = [](void* builder, const xmlChar* name, const xmlChar** said) {
            static_cast<TreeBuilder*>(builder)->start(view(name), said);
        };
        context->sax->endElement = [](void* builder, const xmlChar*) { static_cast<TreeBuilder*>(builder)->end(); };
        context->sax->characters = context->sax->ignorableWhitespace = context->sax->cdataBlock = take_text;
        context->sax->serror = [](void* builder, xmlErrorPtr) { static_cast<TreeBuilder*>(builder)->mismatch(); };
        context->userData = this;
    }

    Result<HtmlTree> take() {
        if (!broken_off_.empty()) return Error{Code::input, std::string(broken_off_)};
        while (!open_.empty()) end();
        return std::move(tree_);
    }

 private:
    static void take_text(void* builder, const xmlChar* text, int length) {
        static_cast<TreeBuilder*>(builder)->characters(
            {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
    }

    std::uint32_t place() const { return static_cast<std::uint32_t>(tree_.nodes_.size()); }
    std::uint32_t text_place() const { return static_cast<std::uint32_t>(tree_.text_.size()); }

    HtmlNode& add(Tag tag) {
        HtmlNode node;
        node.tag = tag;
        node.parent = open_.back();
        node.text_begin = node.text_end = text_place();
        node.attributes_begin = node.attributes_end = static_cast<std::uint32_t>(tree_.attributes_.size());
        node.end = place() + 1;
        return tree_.nodes_.emplace_back(node);
    }

    void start(std::string_view name, const xmlChar** said) {
        if (!broken_off_.empty()) return;
        if (++elements_ > k_most_elements)
            break_off(tr("more than four million elements: no article",
                         "plus de quatre millions d’éléments : pas un article"));
        const auto tag = tags().find(name);
        HtmlNode& node = add(tag == tags().end() ? Tag::span : tag->second);
        for (; said != nullptr && *said != nullptr; said += 2) {
            const auto known = attributes().find(view(said[0]));
            if (known == attributes().end()) continue;
            const auto begin = static_cast<std::uint32_t>(tree_.values_.size());
            if (said[1] != nullptr) tree_.values_ += view(said[1]);
            tree_.attributes_.push_back({known->second, begin, static_cast<std::uint32_t>(tree_.values_.size())});
        }
        node.attributes_end = static_cast<std::uint32_t>(tree_.attributes_.size());
        open_.push_back(place() - 1);
    }

    void end() {
        if (open_.empty()) return;
        HtmlNode& node = tree_.nodes_[open_.back()];
        node.end = place();
        node.text_end = text_place();
        open_.pop_back();
    }

    void characters(std::string_view text) {
        if (!broken_off_.empty() || open_.empty()) return;
        const HtmlNode& last = tree_.nodes_.back();
        if (last.tag != Tag::text || last.parent != open_.back()) add(Tag::text);
        tree_.text_ += text;
        tree_.nodes_.back().text_end = text_place();
    }

    /// An error of the markup: nearly always an end tag that was looked for among the open elements.
    void mismatch() {
        comparisons_ += static_cast<std::size_t>(std::max(context_->nameNr, 0));
        if (comparisons_ > k_most_comparisons)
            break_off(
                tr("its end tags match nothing: no article", "ses balises fermantes ne ferment rien : pas un article"));
    }

    void break_off(std::string_view reason) {
        broken_off_ = reason;
        ::xmlStopParser(context_);
    }

    htmlParserCtxtPtr context_;
    HtmlTree tree_;
    std::vector<std::uint32_t> open_;
    std::size_t elements_ = 0, comparisons_ = 0;
    std::string_view broken_off_;
};

Result<HtmlTree> HtmlTree::parse(std::string_view utf8) {
    static const bool ready = (::xmlInitParser(), true);
    static_cast<void>(ready);
    // XHTML may wrap text and scripts; the HTML parser takes the marks for text.
    std::string unwrapped;
    if (utf8.find(k_wrapper.first) != std::string_view::npos) {
        unwrapped = without(without(utf8, k_wrapper.first), k_wrapper.second);
        utf8 = unwrapped;
    }
    // Of an empty text libxml2 makes no context.
    const std::string_view bytes = utf8.empty() ? std::string_view(" ") : utf8;
    const std::unique_ptr<htmlParserCtxt, FreeContext> context(
        ::htmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size())));
    ::xmlSwitchEncoding(context.get(), XML_CHAR_ENCODING_UTF8);
    limit_names(context->dict);
    TreeBuilder builder(context.get());
    ::htmlParseDocument(context.get());
    return builder.take();
}

std::string_view HtmlTree::get(const HtmlNode& node, Attribute name) const {
    for (std::uint32_t i = node.attributes_begin; i < node.attributes_end; ++i) {
        const Value& value = attributes_[i];
        if (value.name == name) return std::string_view(values_).substr(value.begin, value.end - value.begin);
    }
    return {};
}

bool HtmlTree::has(const HtmlNode& node, Attribute name) const {
    return std::any_of(attributes_.begin() + node.attributes_begin, attributes_.begin() + node.attributes_end,
                       [name](const Value& value) { return value.name == name; });
}

bool is_block(Tag tag) {
    switch (tag) {
        case Tag::span:
        case Tag::text:
        case Tag::line_break:
        case Tag::meta:
        case Tag::link:
        case Tag::base:
        case Tag::script:
        case Tag::unread:
        case Tag::noscript:
        case Tag::anchor:
        case Tag::time:
            return false;
        default:
            return true;
    }
}

}  // namespace limier
