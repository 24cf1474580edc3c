// Section kinds of a column file, and the small codes in them. For the column writer and reader only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/schema.hpp"

namespace limier {

enum ColumnSection : std::uint32_t {
    k_rows = 1,
    k_records = 2,
    k_dates = 3,
    k_text = 5,
    k_tokens = 7,
    k_form_offsets = 9,
    k_form_bytes = 10,
    k_form_terms = 11,
    k_form_counts = 12,
    k_term_offsets = 13,
    k_term_bytes = 14,
    k_vocabulary = 15,
    k_alias_offsets = 16,
    k_alias_bytes = 17,
    k_alias_fields = 18,
    k_alias_ordinals = 19,
    k_text_dictionary = 20,
    k_token_codes = 21,
    k_vocabulary_marks = 22,
    k_removed = 23,
    k_signatures = 24,
    k_database_digest = 25,
    k_ancestor_offsets = 26,
    k_ancestor_bytes = 27,
    k_facets = 100,
};

/// Sections of one facet field, counted from facet_section.
enum FacetSection : std::uint32_t {
    k_row_offsets,
    k_values,
    k_key_offsets,
    k_key_bytes,
    k_totals,
    k_label_offsets,
    k_label_bytes,
    k_facet_sections = 8,
};

/// Where the parts of a row begin in the sections of their bytes; each ends where that of the next row begins. With
/// what checks them, so that a part is read alone: the column_check, of a text that of its frame.
struct RowPlace {
    std::uint64_t record = 0, text = 0, tokens = 0;
    std::uint32_t record_check = 0, tokens_check = 0;
    std::uint32_t title_codes = 0;
    std::uint32_t zero = 0;
};
static_assert(sizeof(RowPlace) == 40);

/// Every so many places of the vocabulary one has its sort_prefix in k_vocabulary_marks.
inline constexpr std::uint32_t k_marked_places = 16;

constexpr std::uint32_t facet_section(Field field) {
    return k_facets + static_cast<std::uint32_t>(field) * k_facet_sections;
}

/// Offsets into a section of at most k_narrow_bytes are u32, into a larger one u64. Their top bit is free.
inline constexpr std::uint64_t k_narrow_bytes = 0x7FFFFFFF;
inline constexpr std::uint64_t k_stop_bit_narrow = std::uint64_t{1} << 31;
inline constexpr std::uint64_t k_stop_bit = std::uint64_t{1} << 63;

inline void append_varint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
    out.push_back(static_cast<char>(value));
}

inline void append_string(std::string& out, std::string_view value) {
    append_varint(out, value.size());
    out.append(value);
}

/// Takes a varint off the front of `bytes`; false when it is cut or too long.
inline bool take_varint(std::string_view& bytes, std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7Fu} << shift;
        if ((byte & 0x80) == 0) return true;
    }
    return false;
}

inline bool take_string(std::string_view& bytes, std::string_view& value) {
    std::uint64_t size = 0;
    if (!take_varint(bytes, size) || size > bytes.size()) return false;
    value = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return true;
}

}  // namespace limier
