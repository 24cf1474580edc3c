#include "indexer/readers/html.hpp"

#include <algorithm>
#include <utility>

#include "common/output/language.hpp"
#include "common/text/encoding.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/html_content.hpp"
#include "indexer/readers/html_head.hpp"
#include "indexer/readers/html_tree.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

// WHATWG looks at 1,024 bytes; pages have their `meta` behind longer comments and scripts.
constexpr std::size_t k_looked_at = 8192;

/// The value behind `name=`, in quotes or not.
std::string value_behind(std::string_view tag, std::string_view name) {
    const std::size_t found = tag.find(name);
    if (found == std::string_view::npos) return {};
    std::string_view rest = trimmed(tag.substr(found + name.size()));
    if (!rest.starts_with('=')) return {};
    rest = trimmed(rest.substr(1));
    if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
    return std::string(rest.substr(0, rest.find_first_of(" \t\r\n\"';/>?")));
}

/// The encoding that the page names; empty where it names none.
std::string named_encoding(std::string_view bytes) {
    const std::string head = lower_ascii(std::string(bytes.substr(0, k_looked_at)));
    const std::string_view text = head;
    const auto tag_at = [text](std::size_t at) { return text.substr(at, text.find('>', at) - at); };
    if (text.starts_with("<?xml")) {
        if (std::string name = value_behind(tag_at(0), "encoding"); !name.empty()) return name;
    }
    for (std::size_t at = text.find("<meta"); at != std::string_view::npos; at = text.find("<meta", at + 1)) {
        if (std::string name = value_behind(tag_at(at), "charset"); !name.empty()) return name;
    }
    return {};
}

CleanText clean_html(std::string_view bytes) {
    const std::optional<DecodedText> found = decode_text(bytes);
    if (!found) return clean_utf8(bytes);
    const bool wide = found->encoding.starts_with("UTF");
    const std::optional<std::string> named = wide ? std::nullopt : decode_named(bytes, named_encoding(bytes));
    return clean_utf8(named ? *named : found->text);
}

std::size_t words_of(std::string_view text) {
    std::size_t words = 0;
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
        const bool blank = is_space(next_code_point(text, at));
        if (!blank && !inside) ++words;
        inside = !blank;
    }
    return words;
}

/// Takes the line that is the title out of the text that it begins.
void drop_title(std::string& text, const std::string& key) {
    for (std::size_t at = 0;;) {
        const std::optional<Line> line = next_line(text, at);
        if (!line) return;
        if (fold_key(line->in(text)) != key) continue;
        text.erase(line->begin, at - line->begin);
        return;
    }
}

/// The article's text, without the title at its beginning.
std::string body_of(std::vector<Block> blocks, std::string_view title) {
    constexpr std::size_t k_head = 4, k_longest_title = 1000;
    const std::string key = title.size() > k_longest_title ? std::string() : fold_key(title);
    if (!key.empty()) {
        for (std::size_t i = 0; i < blocks.size() && i < k_head; ++i) drop_title(blocks[i].text, key);
        std::erase_if(blocks, [](const Block& block) { return trimmed(block.text).empty(); });
    }
    return clean_utf8(text_of(blocks)).text;
}

}  // namespace

std::string decode_html(std::string_view bytes) { return clean_html(bytes).text; }

Result<std::string> text_of_html(std::string_view utf8) {
    const Result<HtmlTree> tree = HtmlTree::parse(utf8);
    if (!tree) return tree.error();
    return clean_utf8(text_of(visible_blocks(*tree))).text;
}

Result<Document> read_html(const InputFile& file, std::string_view bytes) {
    const CleanText clean = clean_html(bytes);
    const Result<HtmlTree> tree = HtmlTree::parse(clean.text);
    if (!tree) return tree.error();
    Content content = find_content(*tree);
    const FieldMap map = file.map();
    PageHead head = read_head(*tree, content, map);
    std::string& body = head.members[Key::body];
    body = body_of(std::move(content.blocks), head.members[Key::title]);
    // A page of which only the beginning is shown, or that a script makes.
    if (words_of(head.body) > 2 * words_of(body)) body = std::move(head.body);
    if (trimmed(body).empty() && trimmed(head.members[Key::title]).empty())
        return Error{Code::input, std::string(tr("no text in it", "aucun texte dedans"))};
    head.members.replaced = clean.replaced;
    return std::move(head.members).document(file.id, path_text(file.path));
}

Reading read_html_file(const InputFile& file, std::string_view bytes) {
    return one_document(file, read_html(file, bytes));
}

}  // namespace limier
