#include "indexer/readers/html_content.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "common/text/utf8.hpp"
#include "indexer/readers/html_hints.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

// What a page calls its text is believed where that has so much of the prose; teasers around it may be long.
constexpr double k_marked_share = 0.2, k_article_share = 0.4;
// An element is the article if it has so much of the prose of the one around it.
constexpr double k_inner_share = 0.8;
// More of a line in links is a list of links, whatever else says (Kohlschütter's root of the tree is 0.33; a sentence
// of press with sources linked has up to half).
constexpr double k_most_links = 0.5;
// Fewer words are no article that could be cut out of a page; the whole page is taken then.
constexpr std::size_t k_fewest_words = 12;
// So far around a text its lead is looked for, and so far up from a paragraph the name that says that it is one.
constexpr unsigned k_most_levels = 4;

bool is_heading(Tag tag) { return tag == Tag::h1 || tag == Tag::heading; }

std::string without_blanks(std::string_view text) {
    std::string out = lower_ascii(std::string(text));
    std::erase_if(out, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
    return out;
}

bool is_hidden(const HtmlTree& tree, const HtmlNode& node) {
    if (node.attributes_begin == node.attributes_end) return false;
    const std::string style = without_blanks(tree.get(node, Attribute::style));
    return tree.has(node, Attribute::hidden) || tree.get(node, Attribute::aria_hidden) == "true" ||
           style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
}

bool is_never_text(Tag tag) {
    return tag == Tag::title || tag == Tag::script || tag == Tag::unread || tag == Tag::noscript;
}

/// The number of a note, or the sign of a heading's own address: `<a href="#fn1">1</a>`.
bool is_reference(const HtmlTree& tree, const HtmlNode& node) {
    if (node.tag != Tag::anchor || !tree.get(node, Attribute::href).starts_with('#')) return false;
    const std::string_view sign = trimmed(tree.text(node));
    constexpr std::size_t k_longest = 4;
    return sign.size() <= k_longest && sign.find_first_not_of("0123456789[]()*#\xB6\xC2\xA7") == std::string_view::npos;
}

bool is_marked_body(const HtmlTree& tree, const HtmlNode& node) {
    return tree.get(node, Attribute::itemprop).find("articleBody") != std::string_view::npos;
}

/// The page with what its elements are to it, each found by one walk over the nodes.
class Page {
 public:
    explicit Page(const HtmlTree& tree) : tree_(tree), nodes_(tree.nodes()), left_out_(nodes_.size()) {
        read_hints();
        leave_out_unseen();
    }

    std::vector<Block> visible() const { return blocks_of(tree_, left_out_); }

    Content content() {
        Content content;
        const std::vector<bool> unseen = left_out_;
        leave_out_furniture();
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            if (nodes_[i].tag == Tag::h1 && !unseen[i]) content.headings.emplace_back(tree_.text(nodes_[i]));
        }
        content.signatures = signatures(unseen);
        std::vector<Block> blocks = blocks_of(tree_, left_out_);
        content.blocks = article_of(blocks, content.headings);
        if (words_of(content.blocks) < k_fewest_words) {
            std::erase_if(blocks, [](const Block& block) { return is_appeal(block.text); });
            if (words_of(blocks) > words_of(content.blocks)) content.blocks = std::move(blocks);
        }
        if (content.blocks.empty()) content.blocks = blocks_of(tree_, unseen);
        return content;
    }

 private:
    static std::size_t words_of(const std::vector<Block>& blocks) {
        std::size_t words = 0;
        for (const Block& block : blocks) words += block.words;
        return words;
    }

    void read_hints() {
        hints_.resize(nodes_.size(), Hint::none);
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            const HtmlNode& node = nodes_[i];
            if (node.attributes_begin == node.attributes_end || node.tag == Tag::html || node.tag == Tag::body)
                continue;
            if (is_marked_body(tree_, node)) {
                hints_[i] = Hint::body;
                continue;
            }
            const Hint id = read_hint(tree_.get(node, Attribute::id));
            hints_[i] = id == Hint::none ? read_hint(tree_.get(node, Attribute::css_class)) : id;
            const std::string_view role = tree_.get(node, Attribute::role);
            const std::string_view properties = tree_.get(node, Attribute::itemprop);
            if (role == "navigation" || role == "complementary" || role == "contentinfo" || role == "search" ||
                role == "dialog" || role == "banner")
                hints_[i] = Hint::furniture;
            if (properties == "author" || properties == "datePublished" || tree_.get(node, Attribute::rel) == "author")
                hints_[i] = Hint::signature;
        }
    }

    void inherit_left_out(std::size_t i) {
        if (i > 0 && left_out_[nodes_[i].parent]) left_out_[i] = true;
    }

    void leave_out_unseen() {
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            left_out_[i] =
                is_never_text(nodes_[i].tag) || is_hidden(tree_, nodes_[i]) || is_reference(tree_, nodes_[i]);
            inherit_left_out(i);
        }
    }

    /// By node, what `own` says of each and of those in it.
    template <class Number, class Own>
    std::vector<Number> sums(Own own) const {
        std::vector<Number> sums(nodes_.size());
        for (std::size_t i = nodes_.size(); i-- > 0;) {
            sums[i] = static_cast<Number>(sums[i] + own(i));
            if (i > 0) sums[nodes_[i].parent] = static_cast<Number>(sums[nodes_[i].parent] + sums[i]);
        }
        return sums;
    }

    std::vector<std::uint32_t> text_sizes() const {
        return sums<std::uint32_t>([this](std::size_t i) {
            if (nodes_[i].tag != Tag::text || left_out_[i]) return std::ptrdiff_t{0};
            const std::string_view text = tree_.text(nodes_[i]);
            return std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' '; });
        });
    }

    void leave_out_furniture() {
        const auto marks = sums<std::uint32_t>([this](std::size_t i) {
            return !left_out_[i] && (nodes_[i].tag == Tag::h1 || hints_[i] == Hint::body) ? 1U : 0U;
        });
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            if (hints_[i] == Hint::comments && marks[i] == 0 && nodes_[i].tag != Tag::main) left_out_[i] = true;
            inherit_left_out(i);
        }
        const std::vector<std::uint32_t> sizes = text_sizes();
        std::vector<bool> in_article(nodes_.size());
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            const Tag tag = nodes_[i].tag;
            in_article[i] = tag == Tag::article || tag == Tag::main || (i > 0 && in_article[nodes_[i].parent]);
            // What holds most of the page is not its furniture, whatever it is called: `<form>` around all of it.
            const bool most = 2 * std::uint64_t{sizes[i]} > sizes[0];
            if (!most && is_furniture(i, in_article[i]) && (marks[i] == 0 || nodes_[i].tag == Tag::navigation))
                left_out_[i] = true;
            inherit_left_out(i);
        }
    }

    bool is_furniture(std::size_t i, bool in_article) const {
        switch (nodes_[i].tag) {
            case Tag::navigation:
            case Tag::aside:
            case Tag::footer:
            case Tag::form:
            case Tag::caption:
                return true;
            case Tag::header:
                return !in_article;
            case Tag::time:
                return !in_sentence(i);
            default:
                return hints_[i] == Hint::furniture || (hints_[i] == Hint::signature && !in_sentence(i));
        }
    }

    /// Whether other text stands beside it in its paragraph.
    bool in_sentence(std::size_t i) const {
        const HtmlNode& parent = nodes_[nodes_[i].parent];
        if (is_block(nodes_[i].tag) || parent.tag != Tag::paragraph) return false;
        return tree_.text(parent).size() > 2 * tree_.text(nodes_[i]).size() + 40;
    }

    std::vector<std::string> signatures(const std::vector<bool>& unseen) const {
        std::vector<std::string> lines;
        for (std::uint32_t i = 0; i < nodes_.size();) {
            const bool signs = hints_[i] == Hint::signature || nodes_[i].tag == Tag::time;
            if (signs && !unseen[i]) {
                const std::string_view text = trimmed(tree_.text(nodes_[i]));
                constexpr std::size_t k_longest = 200, k_most = 50;
                if (!text.empty() && text.size() <= k_longest && lines.size() < k_most) lines.emplace_back(text);
                if (text.size() <= k_longest) {
                    i = nodes_[i].end;
                    continue;
                }
            }
            ++i;
        }
        return lines;
    }

    /// The blocks that are prose, by their own words and links and those of their neighbours.
    static std::vector<bool> prose(const std::vector<Block>& blocks) {
        std::vector<bool> prose(blocks.size());
        static const Block k_nothing;
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const Block& before = i == 0 ? k_nothing : blocks[i - 1];
            const Block& after = i + 1 == blocks.size() ? k_nothing : blocks[i + 1];
            const Block& own = blocks[i];
            if (own.link_density() > 1.0 / 3) continue;
            if (before.link_density() <= 5.0 / 9) {
                prose[i] = own.words > 16 || after.words > 15 || before.words > 4;
            } else {
                prose[i] = own.words > 40 || after.words > 17;
            }
        }
        return prose;
    }

    std::vector<Block> article_of(const std::vector<Block>& blocks, std::vector<std::string>& headings) {
        const std::vector<bool> is_prose = prose(blocks);
        std::vector<std::uint32_t> words(nodes_.size());
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            if (is_prose[i] && !is_heading(nodes_[blocks[i].node].tag))
                words[blocks[i].node] += static_cast<std::uint32_t>(blocks[i].words);
        }
        words = sums<std::uint32_t>([own = std::exchange(words, {})](std::size_t i) { return own[i]; });
        const Root root = root_of(words);
        if (headings.size() != 1) headings = heading_above(root, blocks, is_prose);
        return blocks_in(root, blocks, is_prose);
    }

    struct Root {
        std::uint32_t node = 0;
        bool marked = false;       ///< the page itself says that this is the text and nothing else
        std::uint32_t around = 0;  ///< where its lead may stand
    };

    Root root_of(const std::vector<std::uint32_t>& words) const {
        const auto share = [&words](std::uint32_t node, double least) {
            return node != 0 && words[node] > 0 && words[node] >= least * words[0];
        };
        if (const std::uint32_t node = best(words, [this](std::uint32_t i) { return hints_[i] == Hint::body; });
            share(node, k_marked_share))
            return {node, true, article_around(node)};
        if (const std::uint32_t node = best(words, [this](std::uint32_t i) { return nodes_[i].tag == Tag::article; });
            share(node, k_article_share))
            return {node, false, node};
        const std::uint32_t main = best(words, [this](std::uint32_t i) {
            return nodes_[i].tag == Tag::main || tree_.get(nodes_[i], Attribute::role) == "main";
        });
        const std::uint32_t top = share(main, k_article_share) ? main : 0;
        return {innermost(top, words), false, top};
    }

    /// The one with most prose of the nodes that `wanted` takes; 0 where there is none. Of two of which one is in the
    /// other the outer one.
    template <class Wanted>
    std::uint32_t best(const std::vector<std::uint32_t>& words, Wanted wanted) const {
        std::uint32_t best = 0;
        for (std::uint32_t i = 1; i < nodes_.size(); ++i) {
            if (!left_out_[i] && wanted(i) && (best == 0 || words[i] > words[best])) best = i;
        }
        return best;
    }

    std::uint32_t article_around(std::uint32_t node) const {
        for (std::uint32_t up = nodes_[node].parent; up != 0; up = nodes_[up].parent) {
            if (nodes_[up].tag == Tag::article || nodes_[up].tag == Tag::main) return up;
        }
        return nodes_[node].parent;
    }

    std::uint32_t innermost(std::uint32_t node, const std::vector<std::uint32_t>& words) const {
        for (;;) {
            std::uint32_t inner = 0;
            for (std::uint32_t child = node + 1; child < nodes_[node].end; child = nodes_[child].end) {
                if (!left_out_[child] && words[child] > 0 && words[child] >= k_inner_share * words[node]) inner = child;
            }
            if (inner == 0 || nodes_[inner].tag == Tag::paragraph) return node;
            node = inner;
        }
    }

    bool is_within(std::uint32_t node, std::uint32_t outer) const { return node >= outer && node < nodes_[outer].end; }

    /// Of several `h1`, or where there is none, the heading right above the prose is the title, unless it is that of a
    /// department: `Actualités`.
    std::vector<std::string> heading_above(const Root& root, const std::vector<Block>& blocks,
                                           const std::vector<bool>& is_prose) const {
        constexpr std::size_t k_nearest = 4, k_fewest = 3;
        std::size_t first = 0;
        while (first < blocks.size() && (!is_prose[first] || !is_within(blocks[first].node, root.node) ||
                                         is_heading(nodes_[blocks[first].node].tag)))
            ++first;
        if (first == blocks.size()) return {};
        for (std::size_t i = first; i > 0 && i + k_nearest > first; --i) {
            const Block& block = blocks[i - 1];
            if (is_heading(nodes_[block.node].tag) && block.words >= k_fewest) return {block.text};
        }
        return {};
    }

    std::vector<Block> blocks_in(const Root& root, const std::vector<Block>& blocks,
                                 const std::vector<bool>& is_prose) {
        std::vector<Block> lead, text;
        std::size_t first_prose = blocks.size(), after_prose = 0;
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            if (!is_prose[i] || !is_within(blocks[i].node, root.node)) continue;
            first_prose = std::min(first_prose, i);
            after_prose = i + 1;
        }
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const Block& block = blocks[i];
            if (!is_within(block.node, root.node)) {
                if (block.node < root.node && is_within(block.node, root.around) && is_lead(block))
                    lead.push_back(block);
                continue;
            }
            const bool among = i >= first_prose && i < after_prose;
            const Tag tag = nodes_[block.node].tag;
            // A list or table at the end of an article has no prose behind it; with links it leads elsewhere.
            const bool listed = (block.item > root.node || block.cell > root.node) && block.link_bytes == 0;
            const bool keeps =
                root.marked || among || is_heading(tag) || tag == Tag::paragraph || (listed && i >= first_prose);
            if (keeps && block.link_density() <= (is_heading(tag) ? 1.0 : k_most_links) && !is_appeal(block.text))
                text.push_back(block);
        }
        if (lead.size() > 2) lead.clear();
        lead.insert(lead.end(), std::make_move_iterator(text.begin()), std::make_move_iterator(text.end()));
        while (!lead.empty() && is_heading(nodes_[lead.back().node].tag) && lead.size() > 1) lead.pop_back();
        return lead;
    }

    bool is_lead(const Block& block) const {
        std::uint32_t node = block.node;
        for (unsigned up = 0; up < k_most_levels && node != 0; ++up, node = nodes_[node].parent) {
            if (hints_[node] == Hint::lead) return block.link_density() <= k_most_links;
        }
        return false;
    }

    const HtmlTree& tree_;
    const std::vector<HtmlNode>& nodes_;
    std::vector<Hint> hints_;
    std::vector<bool> left_out_;
};

}  // namespace

Content find_content(const HtmlTree& tree) { return Page(tree).content(); }

std::vector<Block> visible_blocks(const HtmlTree& tree) { return Page(tree).visible(); }

}  // namespace limier
