// What a portable index keeps in Xapian beside what every index has there, for remote shards and stock tools, which
// cannot read columns. `indexer build --portable` writes it:
//
//   positions      of each stem, and of each form as k_form_prefix and the form, which weighs nothing: those of the
//                  title from 1, those of the body from k_body_position, so that no phrase reaches from one into the
//                  other; a joined form stands where the first of its parts does
//   value slots    facet_slot(field): the document's keys, strongest first, packed
//   document data  a JSON object: id, path, title, date, source, author, url, lang, what the input had beside, text
//   term lists     a remote server gives a document's values by them
//   metadata       limier:portable
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/schema.hpp"

namespace limier {

inline constexpr std::string_view k_form_prefix = "XFRM:";

/// A title of more words than that has no positions beyond.
inline constexpr std::uint32_t k_body_position = std::uint32_t{1} << 20;

constexpr unsigned facet_slot(Field field) { return k_slot_facets + static_cast<unsigned>(field); }

/// The keys of one field of a document as one value; empty without keys. Shape: a varint length and its bytes each.
std::string pack_values(std::span<const std::string_view> keys);

/// The keys of a value. Xapian's own ValueCountMatchSpy counts such values whole, on a remote shard too; unpacked, its
/// counts add up to those of the keys. Lifetime: that of `packed`. Throws Damaged.
std::vector<std::string_view> unpack_values(std::string_view packed);

}  // namespace limier
