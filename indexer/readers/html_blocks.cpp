#include "indexer/readers/html_blocks.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace limier {
namespace {

// More words in a cell are a paragraph of a table that is there for the layout.
constexpr std::size_t k_most_cell_words = 20;

/// Blanks that are one in HTML; others, no-break spaces among them, are characters.
bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

class BlockReader {
 public:
    BlockReader(const HtmlTree& tree, const std::vector<bool>& left_out) : tree_(tree), left_out_(left_out) {
        open_.push_back({});
    }

    std::vector<Block> read() {
        const std::vector<HtmlNode>& nodes = tree_.nodes();
        for (std::uint32_t at = 0; at < nodes.size();) {
            close_until(at);
            const HtmlNode& node = nodes[at];
            if (left_out_[at]) {
                if (is_block(node.tag)) flush();
                at = node.end;
                continue;
            }
            visit(at, node);
            ++at;
        }
        flush();
        return std::move(blocks_);
    }

 private:
    struct Open {
        std::uint32_t node = 0, list = 0, item = 0, table = 0, row = 0, cell = 0;
        bool preformatted = false;
    };

    void close_until(std::uint32_t at) {
        while (open_.size() > 1 && tree_.nodes()[open_.back().node].end <= at) {
            flush();
            open_.pop_back();
        }
    }

    void visit(std::uint32_t at, const HtmlNode& node) {
        if (node.tag == Tag::text) {
            append(tree_.text(node), at < link_end_);
        } else if (node.tag == Tag::line_break) {
            break_line();
        } else if (node.tag == Tag::anchor) {
            if (tree_.has(node, Attribute::href)) link_end_ = std::max(link_end_, node.end);
        } else if (is_block(node.tag)) {
            flush();
            Open open = open_.back();
            open.node = at;
            open.preformatted = open.preformatted || node.tag == Tag::preformatted;
            if (node.tag == Tag::list) open.list = at;
            if (node.tag == Tag::item) open.item = at;
            if (node.tag == Tag::table) open.table = at;
            if (node.tag == Tag::row) open.row = at;
            if (node.tag == Tag::cell) open.cell = at;
            open_.push_back(open);
        }
    }

    void append(std::string_view text, bool in_link) {
        std::string& out = block_.text;
        const bool as_it_is = open_.back().preformatted;
        for (const char c : text) {
            if (is_blank(c)) {
                const bool begins_line = out.empty() || out.back() == '\n';
                if (as_it_is && c != '\r') {
                    out += c;
                } else if (!begins_line && out.back() != ' ') {
                    out += ' ';
                }
                in_word_ = false;
                continue;
            }
            if (!in_word_) ++block_.words;
            in_word_ = true;
            out += c;
            ++block_.bytes;
            block_.link_bytes += in_link;
        }
    }

    void break_line() {
        while (block_.text.ends_with(' ')) block_.text.pop_back();
        in_word_ = false;
        if (block_.text.ends_with('\n') && !open_.back().preformatted) return flush();
        if (!block_.text.empty()) block_.text += '\n';
    }

    void flush() {
        in_word_ = false;
        Block block = std::exchange(block_, {});
        if (block.bytes == 0) return;
        while (is_blank(block.text.back())) block.text.pop_back();
        block.text.erase(0, block.text.find_first_not_of("\n"));
        const Open& open = open_.back();
        block.node = open.node;
        block.list = open.list;
        block.item = open.item;
        block.table = open.table;
        block.row = open.row;
        block.cell = open.cell;
        blocks_.push_back(std::move(block));
    }

    const HtmlTree& tree_;
    const std::vector<bool>& left_out_;
    std::vector<Open> open_;
    std::uint32_t link_end_ = 0;
    bool in_word_ = false;
    Block block_;
    std::vector<Block> blocks_;
};

/// What stands between two blocks.
std::string_view between(const Block& before, const Block& after) {
    const bool in_table = before.table != 0 && before.table == after.table && before.words <= k_most_cell_words &&
                          after.words <= k_most_cell_words;
    if (in_table && before.row != after.row) return "\n";
    if (in_table && before.cell != after.cell) return " | ";
    if (before.list != 0 && after.list != 0) return "\n";
    return "\n\n";
}

}  // namespace

std::vector<Block> blocks_of(const HtmlTree& tree, const std::vector<bool>& left_out) {
    return BlockReader(tree, left_out).read();
}

std::string text_of(const std::vector<Block>& blocks) {
    std::string text;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (i > 0) text += between(blocks[i - 1], blocks[i]);
        text += blocks[i].text;
    }
    return text;
}

}  // namespace limier
