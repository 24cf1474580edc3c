// From text to a tree. parse_query itself is declared beside the tree, in ast.hpp.
#pragma once

#include <span>
#include <string>

#include "searcher/query/ast.hpp"

namespace limier {

/// Groups, chains of SAUF and NEAR within NEAR may stand this deep in each other.
inline constexpr int k_deepest = 100;

/// What a query may ask for at once. A pasted article has some 1,500 words; 30,000 words beside each other took more
/// than a minute over 3,000 articles, and each wildcard may hold a number for every document.
inline constexpr std::size_t k_longest_query = std::size_t{64} << 10;  ///< bytes
inline constexpr std::size_t k_most_words = 4000;                      ///< and values
inline constexpr std::size_t k_most_expanded = 100;                    ///< of them with `*`, `?` or `~`

/// Joins the words of a command line to one query. A word `field:two words`, as the shell leaves `field:"two words"`,
/// is one value and gets its quotes back; a word that is a whole query (`person:Musk topic:financement`) stays as it
/// is: behind its colon it has a quote, a group, a wildcard, an operator, a sign or another field.
std::string join_arguments(std::span<const std::string> arguments);

}  // namespace limier
