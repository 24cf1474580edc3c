// From a tagged document to what the index keeps of it: Xapian terms and slots, facet values, aliases.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "common/columns.hpp"
#include "common/text/french.hpp"
#include "common/text/open_table.hpp"
#include "indexer/document.hpp"
#include "indexer/languages.hpp"
#include "indexer/tagger.hpp"

namespace limier {

/// A document with all that was found in it. Forms of the tokens are ids of the analyser that made them.
struct AnalysedDocument {
    Document document;
    std::vector<Token> title, body;
    std::vector<ForeignStretch> foreign;  ///< in order of place, title first
    Annotations annotations;
};

/// Without a tagger nothing is found in it but its words and their languages.
AnalysedDocument analyse_document(Document document, Analyser& analyser, const Tagger* tagger);

/// The facet values of a document, strongest first within a field: the weight of an entity counts its mentions, and
/// more those in the title and the first tenth of the text; a topic's is its score.
struct WeightedValue {
    FacetEntry entry;
    std::uint32_t about = 1;  ///< how much the document is about it: the wdf of its term
};
std::vector<WeightedValue> facet_values(const AnalysedDocument& analysed);

/// The names under which the values of a batch of documents may be asked for. What comes again, as the names of those
/// in the news do, costs one look-up.
class AliasCollector {
 public:
    AliasCollector(const Tagger& tagger, SegmentBuilder& columns) : tagger_(tagger), columns_(columns) {}

    void add(const AnalysedDocument& analysed, const std::vector<WeightedValue>& values);

 private:
    void add_value(const FacetEntry& entry);
    void add_ancestors(const FacetEntry& topic);
    bool is_new(Field field, std::string_view name, std::string_view value, char kind);

    const Tagger& tagger_;
    SegmentBuilder& columns_;
    OpenTable seen_;
    std::deque<std::string> rows_;  ///< by the numbers of seen_
    std::string row_;               ///< room to work in
};

/// The JSON members, without braces, of what a document has beside the known keys.
std::string extra_members(const Document& document);

}  // namespace limier
