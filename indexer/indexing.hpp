// From a tagged document to what the index keeps of it: Xapian terms and slots, facet values, aliases.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/columns.hpp"
#include "common/text/french.hpp"
#include "indexer/document.hpp"
#include "indexer/tagger.hpp"

namespace limier {

/// A document with all that was found in it. Forms of the tokens are ids of the analyser that made them.
struct AnalysedDocument {
    Document document;
    std::vector<Token> title, body;
    Annotations annotations;
};

AnalysedDocument analyse_document(Document document, Analyser& analyser, const Tagger& tagger);

/// The facet values of a document, strongest first within a field: the weight of an entity counts its mentions, and
/// more those in the title and the first tenth of the text; a topic's is its score.
struct WeightedValue {
    FacetEntry entry;
    std::uint32_t about = 1;  ///< how much the document is about it: the wdf of its term
};
std::vector<WeightedValue> facet_values(const AnalysedDocument& analysed);

/// The names under which the values may be asked for: folded alias, field, key.
struct AliasRow {
    std::string folded;
    Field field;
    std::string key;
};
std::vector<AliasRow> alias_rows(const AnalysedDocument& analysed, const std::vector<WeightedValue>& values,
                                 const Tagger& tagger);

/// The JSON members, without braces, of what a document has beside the known keys.
std::string extra_members(const Document& document);

}  // namespace limier
