// What a user adds to the lexicons: names, topics, and what is no name.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "common/schema.hpp"

namespace limier {

/// Rows of `--lexicon` files. A line is `kind<TAB>name<TAB>aliases<TAB>cues`, aliases and cues separated by `|`; blank
/// lines and lines that begin with `#` say nothing. Kinds:
/// - a field of names (`person`, `organisation` …): the name, its aliases (`?alias` where it has other meanings) and
/// the
///   words that then tell that it is meant. What the program knows of the name stays; an alias is taken away from
///   whatever else it named.
/// - `topic`: a label or slug, synonyms, cues with weights (`hydrogène vert^5`) and, in a fifth column, the topic
/// above.
///   A topic that the program has is added to.
/// - `never`: what is no name wherever it stands.
struct UserLexicon {
    struct Name {
        Field field;
        std::string canonical, aliases, cues;
    };
    struct Topic {
        std::string label, synonyms, cues, parent;
    };
    std::vector<Name> names;
    std::vector<Topic> topics;
    std::vector<std::string> never;
    std::string text;  ///< of all files: what a fingerprint is made of

    /// Adds the rows of a file. Errors: it cannot be read; a line that is no row, named by file and number.
    Result<void> add(const std::filesystem::path& path);
    /// Adds the rows of a text, which errors call `name`.
    Result<void> add(std::string_view bytes, const std::string& name);

 private:
    std::string add_row(std::string_view line);
};

}  // namespace limier
