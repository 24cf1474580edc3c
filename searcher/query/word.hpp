// One word of a query without its blanks: punctuation off, then `mot*`, `ch?val`, `mot~1`, `mot^2` or plain text.
#pragma once

#include <optional>
#include <string_view>

#include "searcher/query/ast.hpp"
#include "searcher/query/problems.hpp"

namespace limier {

/// Bytes of the query; end exclusive.
struct Slice {
    std::size_t begin = 0, end = 0;
    bool empty() const { return begin >= end; }
    std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
};

bool is_blank(char32_t c);              ///< White_Space and control characters
bool is_word_sign(char32_t c);          ///< a letter or digit
bool has_word(std::string_view);        ///< more than punctuation: a letter, a digit, a symbol
bool is_plain_value(std::string_view);  ///< a value that needs no quotes: letters, digits, hyphens, dots
bool has_lower(std::string_view);       ///< a letter that is no capital

/// Whether a word stands after its verb with a hyphen: in `fut -elle` the sign is one, nobody leaves out such a word.
bool is_enclitic(std::string_view word);

/// Bytes of the punctuation at `at` that never opens a word: `,` `;` `…`; 0 where there is none.
std::size_t leading_punctuation(std::string_view text, std::size_t at);

/// Takes what ends a word off the slice: punctuation (`?`, `:`, `…`; dots too, but not of `J.-C.`) and `^2`, whose
/// number it returns, 1 where there is none. Faults: no positive number.
double take_end(std::string_view text, Slice& slice, Problems& problems);

/// Reads `^2` that begins at `at` and moves `at` behind it. Faults: no positive number.
double read_boost(std::string_view text, std::size_t& at, Problems& problems);

/// The boost of what has two, `(chat^2)^3`. Faults, the second then counting for nothing: a product no boost may be.
double times_boost(double boost, double more, Slice place, Problems& problems);

/// The node of a word: words, prefix, wildcard, fuzzy or all, with its boost. Nothing for punctuation.
/// Faults: an edit distance other than 1 and 2, a malformed boost.
std::optional<Node> read_word(std::string_view text, Slice slice, Problems& problems);

}  // namespace limier
