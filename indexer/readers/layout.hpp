// The layout of an article: where its title stands and what its furniture says.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/document.hpp"

namespace limier {

/// What was found in a text beside its prose. `title_begin == title_end`: no title.
struct Layout {
    std::size_t title_begin = 0;
    std::size_t title_end = 0;
    Date date;
    std::string author;
    std::string source;
    std::vector<Zone> zones;  ///< sorted, disjoint
};

/// Reads the first and last lines of the text, and what marks furniture anywhere. `title_wanted`: a first line that
/// looks like a title is one. Input: clean UTF-8 of less than 4 GiB.
Layout read_layout(std::string_view text, bool title_wanted);

/// The layout of a text whose title is said apart, and whether the text begins with this title too, which then is its
/// own.
std::pair<Layout, bool> read_layout_beside(std::string_view title, std::string_view text);

/// The text on one line: runs of blanks become one blank.
std::string one_line(std::string_view text);

/// Moves what was found into the document, where its own keys have said nothing.
void apply_layout(Layout layout, Document& document);

}  // namespace limier
