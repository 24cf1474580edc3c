// The field table: one row a field, from which prefixes, slots, facets, help, completion and the parser derive.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace limier {

/// The version of the index on disk. The searcher refuses another.
inline constexpr int k_schema_version = 2;

enum class Field : std::uint8_t {
    title,
    person,
    org,
    place,
    product,
    event,
    work,
    topic,
    keyword,
    date,
    when,
    amount,
    lang,
    source,
    author,
    url,
    id,
};
inline constexpr std::size_t k_field_count = 17;

/// How values of a field are matched.
enum class FieldKind : std::uint8_t {
    text,    ///< analysed words, positions kept
    entity,  ///< canonical values reached through aliases; mentions count for ranking
    date,    ///< days, months, years; ranges
    amount,  ///< value and currency; ranges
    exact,   ///< the folded value as a whole
    raw,     ///< the value byte for byte (id, url)
};

struct FieldInfo {
    Field field;
    std::string_view name;    ///< as in queries, facets and JSON
    std::string_view french;  ///< the French alias, folded; equal to name where there is none
    std::string_view prefix;  ///< of its Xapian terms
    FieldKind kind;
    bool facet;              ///< whether documents carry values that can be counted
    std::string_view label;  ///< English
    std::string_view label_french;
    std::string_view example;  ///< a query
};

/// Every field, in the order of `Field`.
std::span<const FieldInfo> all_fields();

const FieldInfo& info(Field field);

/// The field of this name or French alias; case and accents do not matter. Null when there is none.
const FieldInfo* find_field(std::string_view name);

/// The field whose name or alias is nearest (at most two edits), for hints. Null when none is near.
const FieldInfo* nearest_field(std::string_view name);

/// Value slots of the Xapian documents.
enum Slot : unsigned {
    k_slot_date = 0,   ///< `YYYYMMDD`, shortened to the known precision; empty when undated
    k_slot_title = 1,  ///< collation key
    k_slot_added = 2,  ///< seconds since 1970 UTC, Xapian::sortable_serialise
    // In a portable index, for servers (packed_values.hpp), of every document:
    k_slot_newest = 3,       ///< date_sort_key, the newest first
    k_slot_oldest = 4,       ///< the same, the oldest first
    k_slot_title_order = 5,  ///< k_slot_title, without a title last
    k_slot_recency = 6,      ///< Xapian::sortable_serialise
    k_slot_key = 7,          ///< document_key
    k_slot_facets = 16,      ///< in a portable index, one a field from here on: packed_values.hpp
};

/// A calendar date of known precision. Shape: month and day are 0 when not known; year 0 means no date at all.
struct Date {
    std::uint16_t year = 0;
    std::uint8_t month = 0;
    std::uint8_t day = 0;

    explicit operator bool() const { return year != 0; }
    friend auto operator<=>(const Date&, const Date&) = default;
};

/// `2025-01-14`, as far as it is known: `2025-01`, `2025`; empty for no date.
std::string date_text(Date date);

}  // namespace limier
