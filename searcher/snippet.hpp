// The passage of a text that shows best why it matched, and what to mark in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/text/french.hpp"
#include "searcher/query/build.hpp"
#include "searcher/result.hpp"

namespace limier {

/// A word to mark in a text, and which of the query's it is: its term. Lifetime: the analyser's and the words'.
struct Mark {
    Highlight place;  ///< whole words, without an elided article
    std::string_view term;
};

/// What the token column tells of the words to mark in a text.
struct KnownWords {
    std::vector<std::string_view> forms;  ///< those that stand in it
    std::size_t tokens = 0;               ///< how many tokens have one of them
};

/// Finds the words to mark: of tokens that overlap, the longest. Lifetime: words and analyser must outlive it.
class Highlighter {
 public:
    Highlighter(const HighlightWords& words, Analyser& analyser) : words_(words), analyser_(analyser) {}

    std::vector<Mark> marks(std::string_view text);

    /// The same for a text whose words to mark are known: it looks at these words alone where that finds them all.
    std::vector<Mark> marks(std::string_view text, const KnownWords& known);

    /// Adds the names, each as a whole, in place of marks that it overlaps.
    void add_names(std::string_view text, std::vector<Mark>& marks) const;

 private:
    bool is_wanted(std::uint32_t form);
    std::size_t add_marks(std::string_view text, std::size_t begin, std::size_t end, std::vector<Mark>& marks);

    const HighlightWords& words_;
    Analyser& analyser_;
    enum class Wanted : std::uint8_t { unknown, no, yes };
    std::vector<Wanted> wanted_;  ///< by form of the analyser
    std::vector<Token> tokens_;
    std::string lower_;
};

struct Snippet {
    std::string text;  ///< blanks normalised; `…` where the passage does not begin or end the text
    std::vector<Highlight> highlights;
};

std::vector<Highlight> places_of(const std::vector<Mark>& marks);

/// The best passage of about `length` bytes: most distinct words, then most words, then first. Without marks, the
/// beginning.
Snippet make_snippet(std::string_view text, const std::vector<Mark>& marks, std::size_t length = 280);

}  // namespace limier
