// How likely it is that one word was typed for another.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace limier {

/// The letters of valid UTF-8.
std::u32string code_points(std::string_view text);

/// Edits within which what the index lacks is taken for a typing error.
std::size_t edits_forgiven(std::string_view folded);

/// What turns a folded word that was typed into one that was meant, in halves of an edit: two for any insertion,
/// deletion or substitution, one for the slips that French readers make most: neighbours swapped, the key beside
/// (AZERTY), a letter doubled or not, a silent `h` or last letter, and letters that sound alike (`s` `c` `z`, `i` `y`,
/// `ph` `f`, `qu` `k` `c`, `au` `o`, `ai` `e`, `en` `an`). Each letter is edited once.
std::size_t half_edits(std::string_view typed, std::string_view meant);

/// By which the most likely of several is found: how often a word is written by how often it is typed so (the noisy
/// channel of Kernighan, Church and Gale, COLING 1990), as a logarithm; each half-edit makes it ten times less likely.
double likelihood(double uses, std::size_t half_edits);

}  // namespace limier
