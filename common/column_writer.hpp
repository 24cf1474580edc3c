// Pieces that the segment builder and the merge write alike. For those two only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory_resource>
#include <queue>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/column_file.hpp"
#include "common/column_sections.hpp"
#include "common/column_tokens.hpp"
#include "common/columns.hpp"
#include "common/sort_prefix.hpp"

namespace limier {

/// A section of offsets into one of `total` bytes, u32 or u64 as that asks for. `at(i)` gives offset i < count.
template <class At>
void write_offsets(ColumnFileWriter& out, std::uint32_t section, std::size_t count, std::uint64_t total, At at) {
    out.begin(section);
    for (std::size_t i = 0; i < count; ++i) {
        if (total <= k_narrow_bytes)
            out.append_value(static_cast<std::uint32_t>(at(i)));
        else
            out.append_value(std::uint64_t{at(i)});
    }
}

/// Two sections: the offsets of n strings, n + 1 of them, and their bytes. `flag(i)` sets the top bit of an offset.
template <class Strings, class Flag>
void write_strings(ColumnFileWriter& out, std::uint32_t offsets, std::uint32_t bytes, const Strings& strings,
                   Flag flag) {
    std::uint64_t total = 0, position = 0;
    for (std::size_t i = 0; i < strings.size(); ++i) total += strings[i].size();
    const std::uint64_t stop_bit = total <= k_narrow_bytes ? k_stop_bit_narrow : k_stop_bit;
    write_offsets(out, offsets, strings.size() + 1, total, [&](std::size_t i) {
        if (i == strings.size()) return position;
        const std::uint64_t offset = position | (flag(i) ? stop_bit : 0);
        position += strings[i].size();
        return offset;
    });
    out.begin(bytes);
    for (std::size_t i = 0; i < strings.size(); ++i) out.append(strings[i]);
}

template <class Strings>
void write_strings(ColumnFileWriter& out, std::uint32_t offsets, std::uint32_t bytes, const Strings& strings) {
    write_strings(out, offsets, bytes, strings, [](std::size_t) { return false; });
}

/// The distinct forms of a segment in their order, and their terms.
struct FormTable {
    /// `memory`: where they are kept; must outlive it.
    explicit FormTable(std::pmr::memory_resource& memory)
        : forms(&memory), form_terms(&memory), counts(&memory), terms(&memory), stop(&memory) {}

    std::pmr::vector<std::string_view> forms;    ///< sorted by (term, form)
    std::pmr::vector<std::uint32_t> form_terms;  ///< id of each form's term
    std::pmr::vector<std::uint32_t> counts;
    std::pmr::vector<std::string_view> terms;  ///< sorted
    std::pmr::vector<bool> stop;               ///< of each term

    std::pmr::memory_resource& memory() const { return *forms.get_allocator().resource(); }
    /// Adds a form that does not sort before the last one; an equal one adds its count. Returns its id.
    std::uint32_t add(std::string_view term, std::string_view form, bool is_stop, std::uint32_t count);
    /// Writes forms and terms.
    void write(ColumnFileWriter& out) const;
    void write_vocabulary(ColumnFileWriter& out) const;
};

/// The token column of a segment, written row by row; its other sections come with `finish`.
class TokenWriter {
 public:
    TokenWriter(ColumnFileWriter& out, const FormTable& forms);
    /// Sets what `place` says of the tokens of a row.
    void row(std::span<const ColumnToken> title, std::span<const ColumnToken> body, RowPlace& place);
    /// `end`: behind the last row.
    void finish(RowPlace& end);

 private:
    ColumnFileWriter& out_;
    TokenCodes codes_;
    std::vector<std::uint16_t> buffer_;
};

/// The records of a segment, written row by row, once the ordinals of its facets are known, and then the rows.
class RecordWriter {
 public:
    explicit RecordWriter(ColumnFileWriter& out) : out_(out) { out_.begin(k_records); }

    /// `record`: without what is listed; `listed(field)` gives the ordinals of a field. Sets what `place` says of it.
    template <class Listed>
    void row(std::string_view record, Listed listed, RowPlace& place) {
        bytes_ = record;
        for (const Field field : k_listed_fields) {
            const std::span<const std::uint32_t> all = listed(field);
            const auto first = all.first(std::min(all.size(), k_most_listed));
            append_varint(bytes_, first.size());
            for (const std::uint32_t ordinal : first) append_varint(bytes_, ordinal);
        }
        place.record = out_.written();
        place.record_check = column_check(bytes_);
        out_.append(bytes_);
    }
    /// `rows` has one more than rows, for the end.
    void finish(std::span<RowPlace> rows) {
        rows.back().record = out_.written();
        out_.begin(k_rows);
        out_.append_all(std::span<const RowPlace>(rows));
    }

 private:
    ColumnFileWriter& out_;
    std::string bytes_;
};

/// A value's spellings with their uses (FacetEntry::weight).
using Labels = std::vector<std::pair<std::string, std::uint32_t>>;
void add_label(Labels& labels, std::string_view label, std::uint32_t weight);
/// As in the labels section: sorted, so that it does not depend on the order of documents.
std::string pack_labels(Labels labels);

/// As Segment::ancestors reads them.
std::string pack_ancestors(std::span<const TopicAbove> ancestors);

/// Walks sorted lists as one. `key(input, index)` must not fall within an input; `emit(input, index, key, is_new)` is
/// called in order of key, then input; `is_new` tells whether the key differs from the one before.
template <class Key, class Emit>
void merge_sorted(std::span<const std::uint32_t> sizes, Key key, Emit emit) {
    using Value = decltype(key(std::size_t{0}, std::uint32_t{0}));
    struct Cursor {
        Value value;
        std::size_t input;
        std::uint32_t index;
    };
    const auto later = [](const Cursor& a, const Cursor& b) {
        return b.value < a.value || (!(a.value < b.value) && b.input < a.input);
    };
    std::priority_queue<Cursor, std::vector<Cursor>, decltype(later)> queue(later);
    for (std::size_t input = 0; input < sizes.size(); ++input) {
        if (sizes[input] > 0) queue.push({key(input, 0), input, 0});
    }
    bool first = true;
    Value last{};
    while (!queue.empty()) {
        const Cursor top = queue.top();
        queue.pop();
        emit(top.input, top.index, top.value, first || last < top.value);
        last = top.value;
        first = false;
        if (top.index + 1 < sizes[top.input]) queue.push({key(top.input, top.index + 1), top.input, top.index + 1});
    }
}

}  // namespace limier
