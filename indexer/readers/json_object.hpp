// JSON objects as documents.
#pragma once

#include <string>

#include "common/result.hpp"
#include "indexer/readers/members.hpp"

namespace limier {

/// The members of a JSON object. Zero bytes are dropped, halves of surrogate pairs become U+FFFD. Errors: not one JSON
/// object, a key of the wrong type; the reason alone, with the column where there is one.
Result<Members> read_members(std::string json, const FieldMap& map);

/// Why JSON in UTF-16 is not taken.
std::string utf16_reason();

}  // namespace limier
