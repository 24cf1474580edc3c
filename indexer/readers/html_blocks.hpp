// The paragraphs, headings, list items and cells of a page, and the text they make.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "indexer/readers/html_tree.hpp"

namespace limier {

/// A stretch of text between the beginnings and ends of block elements, or between two empty lines made by `<br>`.
struct Block {
    std::uint32_t node = 0;                                          ///< the innermost block element
    std::uint32_t list = 0, item = 0, table = 0, row = 0, cell = 0;  ///< the innermost ones it stands in; 0: none
    std::string text;                       ///< lines ended by `\n` where `<br>` or `<pre>` end them
    std::size_t bytes = 0, link_bytes = 0;  ///< not blank, of these in links
    std::size_t words = 0;

    double link_density() const {
        return bytes == 0 ? 0.0 : static_cast<double>(link_bytes) / static_cast<double>(bytes);
    }
};

/// The blocks that are not blank, in order. `left_out`, by node: what is not read; what is in it is marked too.
std::vector<Block> blocks_of(const HtmlTree& tree, const std::vector<bool>& left_out);

/// Paragraphs with an empty line between them, items and rows on lines of their own, cells of one row with ` | `: over
/// a tab the taggers would read one name.
std::string text_of(const std::vector<Block>& blocks);

}  // namespace limier
