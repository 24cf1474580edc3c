// What a Tab can stand for: fields, values of the index, operators, commands and what they take, words typed before.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/store.hpp"

namespace limier {

struct Completion {
    std::vector<std::string> candidates;  ///< replacements of the word, most frequent first
    std::string common;                   ///< what all of them begin with
    bool finished = true;                 ///< a single candidate is whole: a blank may follow
    bool files = false;                   ///< instead of candidates: the names of files
};

struct CompletionSource {
    const Index& index;
    std::span<const std::string> words;  ///< typed before, the latest last
};

/// Candidates for `word`, which stands after `before` on the line. A field's values are found by any of their names,
/// folded: `person:mus` gives `person:"Elon Musk"`. Inside an open quote (`person:"Elon M`) the candidates continue the
/// value.
Completion complete(const CompletionSource& source, std::string_view before, std::string_view word);

}  // namespace limier
