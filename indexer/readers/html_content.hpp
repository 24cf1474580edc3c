// Which part of a page is its article.
#pragma once

#include <string>
#include <vector>

#include "indexer/readers/html_blocks.hpp"
#include "indexer/readers/html_tree.hpp"

namespace limier {

/// What a page says, without its furniture.
struct Content {
    std::vector<Block> blocks;            ///< of the article, in order
    std::vector<std::string> signatures;  ///< lines that sign or date, by the names of their elements
    std::vector<std::string> headings;    ///< what may be its title: `h1`, or what stands above the prose
};

/// Finds the article: what the page marks as such (`itemprop=articleBody`, `article`, `main`, the names of content
/// systems) where most of the prose stands in it, else the innermost element with nearly all of the prose. Where there
/// is no prose, all that is no furniture; where there is nothing but furniture, that.
///
/// Source: blocks are prose by Kohlschütter, Fankhauser and Nejdl, "Boilerplate detection using shallow text features"
/// (WSDM 2010), the rules on words and link density of a block and its neighbours; names of elements after Readability
/// (Arc90) and trafilatura (Barbaresi, ACL 2021).
Content find_content(const HtmlTree& tree);

/// All that a reader of the page sees, furniture too: for chapters, mails and other pieces that are no page of a site.
std::vector<Block> visible_blocks(const HtmlTree& tree);

}  // namespace limier
