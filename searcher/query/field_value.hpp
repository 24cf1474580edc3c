// The value behind `field:`: a word, a quotation, a range.
#pragma once

#include <optional>
#include <string_view>

#include "searcher/query/ast.hpp"
#include "searcher/query/problems.hpp"

namespace limier {

/// The field that a query means by a name: as find_field; a hyphen does not matter (`mot-clé`).
const FieldInfo* find_field_name(std::string_view name);

/// What asks for a value of a field, whichever: `has:person`, `avec:personne`.
inline constexpr std::string_view k_has = "has", k_has_french = "avec";
bool is_has(std::string_view name);

/// Reads the value at `at`, which is neither a blank nor a bracket, and moves `at` behind it. `begin` is where the
/// field's name begins. Nothing where the value is only punctuation. Faults: no value, a sign before it, a range of a
/// field that has none, wildcards where the field takes none.
std::optional<Node> read_field_value(std::string_view text, const FieldInfo& field, std::size_t begin, std::size_t& at,
                                     Problems& problems);

}  // namespace limier
