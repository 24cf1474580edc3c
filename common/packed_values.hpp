// What a portable index keeps in Xapian beside what every index has there, for remote shards and stock tools, which
// cannot read columns. `indexer build --portable` writes it:
//
//   positions      of each stem, and of each form as k_form_prefix and the form, which weighs nothing: those of the
//                  title from 1, those of the body from k_body_position, so that no phrase reaches from one into the
//                  other; a joined form, as k_joined_prefix and the form, stands where the first of its parts does;
//                  those of the title with the prefixes for titles, too
//   terms          k_has_prefix and the name of each field of which the document has a value
//   value slots    facet_slot(field): the document's keys, strongest first, packed; and what orders documents:
//   schema.hpp document data  a JSON object: id, path, title, date, source, author, url, lang, what the input had
//   beside, text term lists     a remote server gives a document's values by them metadata       limier:portable;
//   limier:columns and the pages of the columns: store_served.hpp
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/schema.hpp"

namespace limier {

inline constexpr std::string_view k_form_prefix = "XFRM:", k_joined_prefix = "XJOI:";
inline constexpr std::string_view k_title_form_prefix = "XTIT:", k_title_joined_prefix = "XTIJ:";
inline constexpr std::string_view k_has_prefix = "XHAS:";

/// A title of more words than that has no positions beyond.
inline constexpr std::uint32_t k_body_position = std::uint32_t{1} << 20;

constexpr unsigned facet_slot(Field field) { return k_slot_facets + static_cast<unsigned>(field); }

/// By which documents are ranked where nothing else ranks them: above 0, the newest highest, 1 at most; without a date
/// 0. `date` as pack_date has it.
double recency(std::uint32_t date);

/// What tells a document from all others in a value slot: a digest of its id.
std::string document_key(std::string_view id);

/// Sorts by date, documents without one last. Shape: 4 bytes.
std::string date_sort_key(std::uint32_t date, bool newest_first);

/// The keys of one field of a document as one value; empty without keys. Shape: a varint length and its bytes each.
std::string pack_values(std::span<const std::string_view> keys);

/// The keys of a value. Xapian's own ValueCountMatchSpy counts such values whole, on a remote shard too; unpacked, its
/// counts add up to those of the keys. Lifetime: that of `packed`. Throws Damaged.
std::vector<std::string_view> unpack_values(std::string_view packed);

}  // namespace limier
