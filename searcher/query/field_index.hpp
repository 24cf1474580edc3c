// What an index has of a field, for queries that name it in part.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "common/schema.hpp"
#include "common/store.hpp"

namespace limier {

struct EntityKeys {
    std::set<std::string> found;
    bool cut = false;  ///< there are more than k_most_forms
};

/// The values of a field that are known under a folded name, or under one that begins so. Throws Damaged.
EntityKeys entity_keys(const Index& index, Field field, std::string_view name, bool prefix);

/// The values of which this is the label, not an alias; where none is written so, those written so but for case and
/// accents. Throws Damaged.
std::set<std::string> keys_named(const Index& index, Field field, std::string_view value);

/// The other names of values that share no word with a folded name: `larem` and `la republique en marche` of what
/// `lrem` names. No single word of a person's name, and none of more than a few values. Throws Damaged.
std::set<std::string, std::less<>> other_names(const Index& index, Field field, const std::set<std::string>& keys,
                                               std::string_view name);

/// The first and the last year that the terms of a date field have; nothing where there is none.
std::optional<std::pair<std::uint16_t, std::uint16_t>> years_of(const Index& index, const FieldInfo& field);

}  // namespace limier
