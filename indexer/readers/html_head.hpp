// What a page says of its article beside the text: in JSON-LD, in `meta`, in microdata, in its title.
#pragma once

#include <string>

#include "indexer/readers/html_content.hpp"
#include "indexer/readers/html_tree.hpp"
#include "indexer/readers/members.hpp"

namespace limier {

struct PageHead {
    Members members;   ///< all but the body
    std::string body;  ///< the text as JSON-LD has it: all of it where the page shows only its beginning
};

/// Reads what the page says, of each key what is trusted most and can be read: a date that is one, an author who is not
/// an address. `map`: names of `meta` that the user takes for keys.
PageHead read_head(const HtmlTree& tree, const Content& content, const FieldMap& map);

}  // namespace limier
