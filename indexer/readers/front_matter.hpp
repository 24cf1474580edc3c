// What stands above a text between two lines `---` (YAML) or `+++` (TOML): its members.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "indexer/readers/members.hpp"

namespace limier {

struct FrontMatter {
    Members members;
    std::size_t end = 0;  ///< bytes of the text behind its last line
};

/// Reads the front matter that a text begins with; nothing where it begins with none, or with one that is not closed,
/// is longer than 64 KiB, or holds no members: then those lines are text. YAML by libyaml; an alias (`*name`) is null.
/// What is no YAML (`title: Paris : la crue`), and TOML, is read line by line. A list of texts is its texts joined by
/// commas, an author may be something with a `name`. `map`: members that the user takes for keys, those within others
/// by their way (`meta.author`).
std::optional<FrontMatter> read_front_matter(std::string_view text, const FieldMap& map);

}  // namespace limier
