// The indexer's side of Xapian: documents into small databases, small databases into one.
#pragma once

#include <filesystem>
#include <span>

#include <xapian.h>

#include "indexer/indexing.hpp"

namespace limier {

/// The terms and slots of a document. `added` is seconds since 1970.
Xapian::Document postings(const AnalysedDocument& analysed, const std::vector<WeightedValue>& values,
                          const Analyser& analyser, double added);

/// Compacts databases in order into one, renumbering documents consecutively. Throws Xapian::Error.
void compact_databases(std::span<const std::filesystem::path> inputs, const std::filesystem::path& output);

}  // namespace limier
