// The labels of the sequence tagger: outside, and the beginning and inside of a name of each kind (BIO).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "common/schema.hpp"

namespace limier {

/// A name's kind as annotated corpora have it: products, events and works are one.
enum class NameKind : std::uint8_t { person, organisation, place, other };
inline constexpr std::size_t k_name_kinds = 4;
inline constexpr std::array<std::string_view, k_name_kinds> k_kind_names = {"PER", "ORG", "LOC", "MISC"};

using Label = std::uint8_t;
inline constexpr Label k_outside = 0;
inline constexpr std::size_t k_labels = 1 + 2 * k_name_kinds;

constexpr NameKind kind_of(Field field) {
    if (field == Field::person) return NameKind::person;
    if (field == Field::org) return NameKind::organisation;
    return field == Field::place ? NameKind::place : NameKind::other;
}

constexpr Label begin_label(NameKind kind) { return static_cast<Label>(1 + 2 * static_cast<Label>(kind)); }
constexpr Label inside_label(NameKind kind) { return static_cast<Label>(2 + 2 * static_cast<Label>(kind)); }
constexpr bool is_begin(Label label) { return (label & 1) != 0; }
constexpr bool is_inside(Label label) { return label != k_outside && (label & 1) == 0; }
/// Of a label that is not outside.
constexpr NameKind kind_of_label(Label label) { return static_cast<NameKind>((label - 1) / 2); }

/// An inside follows only a beginning or inside of its kind.
constexpr bool may_follow(Label before, Label label) {
    return !is_inside(label) || (before != k_outside && kind_of_label(before) == kind_of_label(label));
}

}  // namespace limier
