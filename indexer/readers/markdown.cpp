// Markdown (CommonMark), by cmark, with front matter.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <cmark.h>

#include "common/output/language.hpp"
#include "common/text/encoding.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/front_matter.hpp"
#include "indexer/readers/html.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

// cmark looks at all open brackets of a paragraph where one closes a link (CVE-2023-22486): 20,000 take it 0.7 s.
constexpr std::size_t k_most_brackets = 20'000;

bool has_bracket_bomb(std::string_view text) {
    std::size_t brackets = 0;
    char before = '\n';
    for (const char c : text) {
        if (c == '\n' && before == '\n') brackets = 0;
        if (c == '[' && ++brackets > k_most_brackets) return true;
        before = c;
    }
    return false;
}

std::string_view literal(cmark_node* node) {
    const char* const text = ::cmark_node_get_literal(node);
    return text == nullptr ? std::string_view() : text;
}

/// Writes the text of a document as a reader sees it; one walk, without recursion.
class TextWriter {
 public:
    struct Written {
        std::string text;
        std::string title;  ///< the first heading of level 1
    };

    Written write(cmark_node* document) {
        const std::unique_ptr<cmark_iter, void (*)(cmark_iter*)> walk(::cmark_iter_new(document), ::cmark_iter_free);
        for (cmark_event_type event = CMARK_EVENT_NONE; (event = ::cmark_iter_next(walk.get())) != CMARK_EVENT_DONE;) {
            cmark_node* const node = ::cmark_iter_get_node(walk.get());
            event == CMARK_EVENT_ENTER ? enter(node) : leave(node);
        }
        return std::move(written_);
    }

 private:
    void enter(cmark_node* node) {
        const cmark_node_type type = ::cmark_node_get_type(node);
        if (images_ > 0 && type != CMARK_NODE_IMAGE) return;
        switch (type) {
            case CMARK_NODE_CODE_BLOCK:
                return block(literal(node));
            case CMARK_NODE_HTML_BLOCK:
                if (const Result<std::string> text = text_of_html(literal(node))) block(*text);
                return;
            case CMARK_NODE_LIST:
                ++lists_;
                return;
            case CMARK_NODE_TEXT:
            case CMARK_NODE_CODE:
                line_ += literal(node);
                return;
            case CMARK_NODE_SOFTBREAK:
                // Tables are lines to CommonMark.
                line_ += line_.starts_with('|') ? '\n' : ' ';
                return;
            case CMARK_NODE_LINEBREAK:
                line_ += '\n';
                return;
            case CMARK_NODE_HTML_INLINE:
                if (lower_ascii(std::string(literal(node))).starts_with("<br")) line_ += '\n';
                return;
            case CMARK_NODE_IMAGE:
                ++images_;
                return;
            default:
                return;
        }
    }

    void leave(cmark_node* node) {
        switch (::cmark_node_get_type(node)) {
            case CMARK_NODE_HEADING:
                if (::cmark_node_get_heading_level(node) == 1 && written_.title.empty())
                    written_.title = one_line(line_);
                return block(std::exchange(line_, {}));
            case CMARK_NODE_PARAGRAPH:
                return block(line_.starts_with('|') ? rows(std::exchange(line_, {})) : std::exchange(line_, {}));
            case CMARK_NODE_LIST:
                --lists_;
                return;
            case CMARK_NODE_IMAGE:
                --images_;
                return;
            default:
                return;
        }
    }

    /// What is in a list stands on lines of its own, whether empty lines are between them or not.
    void block(std::string_view text) {
        while (!text.empty() && is_space(last_of(text))) {
            std::size_t at = text.size();
            previous_code_point(text, at);
            text = text.substr(0, at);
        }
        if (trimmed(text).empty()) return;
        const bool listed = lists_ > 0;
        if (!written_.text.empty()) written_.text += listed && was_listed_ ? "\n" : "\n\n";
        was_listed_ = listed;
        written_.text += text;
    }

    /// The rows of a table as those of HTML are, without the line that rules it off.
    static std::string rows(std::string_view table) {
        std::string text;
        for (std::size_t at = 0; const auto line = next_line(table, at);) {
            std::string_view row = line->in(table);
            if (row.find_first_not_of("|-: ") == std::string_view::npos) continue;
            if (!text.empty()) text += '\n';
            row.remove_prefix(row.starts_with('|') ? 1 : 0);
            for (bool first = true; !trimmed(row).empty(); first = false) {
                const std::string_view cell = row.substr(0, row.find('|'));
                row.remove_prefix(std::min(cell.size() + 1, row.size()));
                text.append(first ? "" : " | ").append(trimmed(cell));
            }
        }
        return text;
    }

    Written written_;
    std::string line_;  ///< of the block that is being read
    std::size_t lists_ = 0, images_ = 0;
    bool was_listed_ = false;
};

Result<Document> read_markdown(const InputFile& file, std::string_view bytes) {
    const std::optional<DecodedText> decoded = decode_text(bytes);
    const CleanText clean = clean_utf8(decoded ? std::string_view(decoded->text) : bytes);
    std::string_view text = clean.text;
    Members members;
    if (std::optional<FrontMatter> front = read_front_matter(text, file.map())) {
        members = std::move(front->members);
        text.remove_prefix(front->end);
    }
    if (has_bracket_bomb(text))
        return Error{Code::input, std::string(tr("a paragraph with more than 20,000 brackets: no article",
                                                 "un paragraphe de plus de 20 000 crochets : pas un article"))};
    const std::unique_ptr<cmark_node, void (*)(cmark_node*)> document(
        ::cmark_parse_document(text.data(), text.size(), CMARK_OPT_DEFAULT), ::cmark_node_free);
    TextWriter::Written written = TextWriter().write(document.get());
    members[Key::body] = clean_utf8(written.text).text;
    if (trimmed(members[Key::title]).empty()) members[Key::title] = clean_utf8(written.title).text;
    members.replaced = clean.replaced;
    return std::move(members).document(file.id, path_text(file.path));
}

}  // namespace

Reading read_markdown_file(const InputFile& file, std::string_view bytes) {
    return one_document(file, read_markdown(file, bytes));
}

}  // namespace limier
