// What the taggers and the analyser see, for people and scripts.
#pragma once

#include <string>

#include "common/text/french.hpp"
#include "indexer/indexing.hpp"

namespace limier {

/// One JSON object, on one line with its end: design of `indexer annotate`, schema 1.
std::string annotation_json(const AnalysedDocument& analysed);

/// The title and text with entities, amounts and dates in colour, for a terminal.
std::string annotation_coloured(const AnalysedDocument& analysed);

/// The analysis: one JSON object a token, a line each.
std::string tokens_json(const AnalysedDocument& analysed, const Analyser& analyser);

}  // namespace limier
