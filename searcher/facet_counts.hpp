// Counting in the columns of one segment: how many of the documents that match have each value, or fall on each date.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/store.hpp"
#include "searcher/facets.hpp"

namespace limier {

/// Rows [first, end).
struct RowRun {
    std::uint32_t first, end;
};

/// The rows of a segment that match, as runs.
class MatchedRows {
 public:
    /// `documents`, rising, are of the segment's own database: rows, counted from 1.
    MatchedRows(const Segment& segment, std::span<const Xapian::docid> documents);

    const Segment& segment() const { return *segment_; }
    std::uint32_t count() const { return count_; }
    std::uint32_t others() const { return segment_->documents() - count_; }
    std::span<const RowRun> runs() const { return runs_; }
    /// So few that all of a column need not be verified for them: better asked for one by one.
    bool are_few() const { return count_ < segment_->documents() / 256; }

    /// Calls `visit(row)` with each row.
    template <class Visit>
    void each(Visit visit) const {
        for (const RowRun& run : runs_) {
            for (std::uint32_t row = run.first; row < run.end; ++row) visit(row);
        }
    }

    /// Calls `visit(run)` with the runs of the rows that do not match.
    template <class Visit>
    void each_other(Visit visit) const {
        std::uint32_t next = 0;
        for (const RowRun& run : runs_) {
            if (run.first != next) visit(RowRun{next, run.first});
            next = run.end;
        }
        if (next != segment_->documents()) visit(RowRun{next, segment_->documents()});
    }

 private:
    const Segment* segment_;
    std::uint32_t count_;
    std::vector<RowRun> runs_;
};

/// The documents, rising, by segment.
std::vector<MatchedRows> rows_of(const Index& index, std::span<const Xapian::docid> documents);

/// A value by its ordinal, or a day by its number, and the documents that have it.
struct ValueCount {
    std::uint32_t value, documents;
};

/// The values that the rows have, by ordinal. Throws Damaged.
std::vector<ValueCount> count_values(const MatchedRows& rows, const FacetColumn& column);

/// Calls `visit(values)` with the ordinals of each row, row after row; not held against the number of keys. Throws
/// Damaged.
template <class Visit>
void each_row(const MatchedRows& rows, const FacetColumn& column, Visit visit) {
    if (rows.are_few()) return rows.each([&](std::uint32_t row) { visit(column.values(row)); });
    const FacetRows all = column.rows();
    rows.each([&](std::uint32_t row) { visit(all.values(row, row + 1)); });
}

/// A value, by a segment that names it and its number there, and the documents that have it.
struct Counted {
    std::uint32_t segment = 0;
    std::uint32_t value = 0;
    std::uint32_t documents = 0;
};

/// Calls `visit(value)` for each value of the field that the rows have, those of several segments put together. Throws
/// Damaged.
template <class Visit>
void each_value(std::span<const MatchedRows> matched, Field field, Visit visit) {
    std::unordered_map<std::string_view, Counted> by_key;
    for (std::uint32_t s = 0; s < matched.size(); ++s) {
        const FacetColumn column = matched[s].segment().facet(field);
        if (matched[s].count() == 0 || column.keys() == 0) continue;
        for (const ValueCount& value : count_values(matched[s], column)) {
            const Counted counted{s, value.value, value.documents};
            if (matched.size() == 1)
                visit(counted);
            else if (const auto [at, is_new] = by_key.try_emplace(column.key(value.value), counted); !is_new)
                at->second.documents += counted.documents;
        }
    }
    for (const auto& [key, value] : by_key) visit(value);
}

/// Dates counted by year, month, week or day, and by what is coarser; a document known by its year has no month to be
/// counted under. Without a period, as they are.
class DateCounts {
 public:
    using Period = FacetRequest::Period;
    /// `finest`: the period that will be asked for, or the finest of several.
    explicit DateCounts(Period finest) : period_(finest) {}

    /// Throws Damaged.
    void add(const MatchedRows& rows);
    /// Dates packed as in the column, what the period lacks 0 and a week its Monday, in order; of a period no finer
    /// than the finest.
    std::vector<ValueCount> take(Period period) const;

 private:
    template <class Place>
    void add_places(std::span<const std::uint32_t> packed, Place place_of);
    void make_room(std::uint32_t place);

    Period period_;
    std::uint32_t first_ = 0;
    std::vector<std::uint32_t> counts_;  ///< by place of a date, from `first_` on
};

}  // namespace limier
