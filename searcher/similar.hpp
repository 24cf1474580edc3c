// More like this: what documents share with one of them, or with a text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/store.hpp"
#include "common/text/french.hpp"
#include "searcher/feedback.hpp"

namespace limier {

/// What a document is to be like. Its words weigh by Bo1 (feedback.hpp); its persons, organisations, places and the
/// like by how much it is about them.
struct Model {
    struct Value {
        Field field = Field::person;
        std::string key, label;
        double weight = 1;
    };
    Xapian::docid document = 0;       ///< itself, which is not like itself; 0 for a text
    std::vector<FeedbackTerm> terms;  ///< strongest first
    std::vector<Value> values;        ///< likewise
};

/// The model of the document with this id, without whose id nothing. Throws Damaged.
std::optional<Model> model_of_document(const Index& index, std::string_view id);

/// The model of a text, which is valid UTF-8: of its words alone, since finding names takes the indexer.
Model model_of_text(const Index& index, Analyser& analyser, std::string_view text);

/// Documents that share something with the model, itself excepted. Matches nothing for an empty model.
Xapian::Query similar_query(const Model& model);

/// What a document shares with the model, strongest first, values before words: labels, and words as they stand in the
/// model. At most `most`. Throws Damaged.
std::vector<std::string> shared_with(const Index& index, const Model& model, Xapian::docid document, std::size_t most);

}  // namespace limier
