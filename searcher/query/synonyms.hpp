// Words that may stand for one another, for --expand: groups compiled in, and the user's.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "common/text/french.hpp"
#include "searcher/query/ast.hpp"

namespace limier {

/// The weight of a synonym beside the word asked for. nDCG@10 of PIAF and of titles of press (with feedback): 0.824 and
/// 0.718 with 0.1, 0.823 and 0.718 with 0.3, 0.822 and 0.713 with 0.5; of this project's corpus 0.935, 0.936 and 0.937.
inline constexpr double k_synonym_weight = 0.3;

class Synonyms {
 public:
    /// The groups of synonyms.tsv.
    explicit Synonyms(Analyser& analyser);

    /// Adds groups, a line each, with tabs between words or phrases; `#` begins a comment. `text` is valid UTF-8.
    /// Errors: usage, with `name` and line, for a group of fewer than two; those before it are added.
    Result<void> add(std::string_view text, std::string_view name, Analyser& analyser);

    /// Adds the groups of a file. Errors: io; as of `add`.
    Result<void> add_file(const std::string& path, Analyser& analyser);

    /// Puts alternatives beside each word and run of words that has synonyms, the longest run first; quoted phrases,
    /// excluded words, fields and operands of NEAR stay. Returns what was added.
    std::vector<std::string> expand(Node& root, Analyser& analyser) const;

 private:
    using Group = std::vector<std::string>;
    void expand_list(Node& list, Analyser& analyser, std::vector<std::string>& added) const;
    std::vector<std::string> others(const std::string& key) const;

    std::vector<Group> groups_;
    std::map<std::string, std::vector<std::size_t>> by_key_;  ///< stems with blanks between: the groups they are in
    std::size_t longest_ = 1;                                 ///< words
};

}  // namespace limier
