// The passage of a text that shows best why it matched, and what to mark in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/text/french.hpp"
#include "searcher/query/build.hpp"
#include "searcher/result.hpp"

namespace limier {

struct Snippet {
    std::string text;                   ///< blanks normalised; `…` where the passage does not begin or end the text
    std::vector<Highlight> highlights;  ///< whole words, without an elided article
};

/// The words of `text` to mark: of tokens that overlap, the longest.
std::vector<Highlight> find_highlights(std::string_view text, const HighlightWords& words, Analyser& analyser);

/// The best passage of about `length` bytes: most distinct words, then most words, then first. Without any, the
/// beginning.
Snippet make_snippet(std::string_view text, const HighlightWords& words, Analyser& analyser, std::size_t length = 280);

}  // namespace limier
