// The documents of an index as JSON Lines, of which the same index can be built elsewhere.
#pragma once

#include <string>

#include "indexer/document.hpp"

namespace limier {

/// A document as one line: the keys that the reader of JSON Lines knows, then what else the input had. The path, which
/// says where the input lay, is left out.
std::string exported_line(const Document& document);

}  // namespace limier
