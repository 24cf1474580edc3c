// From a typed word to the forms of the index that it stands for: accents, inflections, wildcards, typing errors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/store.hpp"
#include "common/text/french.hpp"
#include "searcher/query/folded_forms.hpp"
#include "searcher/query/pattern.hpp"

namespace limier {

/// Forms of the index, and the terms that select the documents which have one.
struct Expansion {
    FormSet forms;                   ///< by segment, sorted
    std::vector<std::string> terms;  ///< distinct; sorted, but of word_forms; of stop words too
    bool all_of_terms = true;        ///< every form of these terms is in `forms`: the terms alone decide
    bool cut = false;                ///< more forms matched than k_most_forms: the rarest of a segment were left out
};

inline constexpr std::size_t k_most_forms = 1000;

/// What a word of a query looks for: its own stem, which is the first of the terms, and more. An unaccented word stands
/// for its accented forms too; an accented one for an unaccented form only where that is no French word of its own, and
/// for a form that differs in the accent of the first letter alone.
Expansion word_forms(const Index& index, Analyser& analyser, const Form& word);

/// word_forms of the words asked for before. Lifetime: the index must outlive it.
class WordForms {
 public:
    explicit WordForms(const Index& index) : index_(&index) {}

    /// Lifetime: until the next call.
    const Expansion& of(Analyser& analyser, const Form& word);

 private:
    const Index* index_;
    std::unordered_map<std::string, Expansion> known_;  ///< by the form
};

/// What searches in an index find out of its words, and keep while it is open.
struct IndexWords {
    explicit IndexWords(const Index& index) : folded(index), forms(index) {}

    FoldedVocabulary folded;
    WordForms forms;
};

/// The forms that are the word itself but for accents (same rule): for phrases.
Expansion exact_forms(const Index& index, std::string_view form);

/// Forms that begin with `prefix`.
Expansion prefix_forms(const Index& index, std::string_view prefix);

/// Forms that match a glob of `*` and `?`.
Expansion wildcard_forms(const Index& index, FoldedVocabulary& vocabulary, std::string_view glob);

/// Forms at most `edits` edits (insertion, deletion, substitution, swap of neighbours) from the word, accents not
/// counted.
Expansion fuzzy_forms(const Index& index, FoldedVocabulary& vocabulary, std::string_view word, int edits);

/// The form that a word which the index lacks was most likely meant for, by likelihood(); empty when none is near.
std::string likeliest_form(const Index& index, FoldedVocabulary& vocabulary, std::string_view word);

}  // namespace limier
