// The documents of an index as JSON Lines, of which the same index can be built elsewhere.
#pragma once

#include <string>

#include "common/output/json.hpp"
#include "indexer/document.hpp"

namespace limier {

/// Writes the members of what a document has beside its text: the keys that the reader of JSON Lines knows, where they
/// say something, and what else the input had.
void write_members(JsonWriter& json, const Document& document, bool with_path);

/// A document as one line: the keys that the reader of JSON Lines knows, then what else the input had. The path, which
/// says where the input lay, is left out.
std::string exported_line(const Document& document);

}  // namespace limier
