// A hash table of numbers whose keys the user keeps.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "common/text/table.hpp"

namespace limier {

std::size_t text_hash(std::string_view text);

/// Numbers by the hash of what they stand for, in an open table: a chained one costs a cache miss a link and an
/// allocation an entry. Which number is the one sought, the user says.
class OpenTable {
 public:
    OpenTable() = default;
    /// With room for so many numbers.
    explicit OpenTable(std::size_t numbers) : rows_(std::bit_ceil(std::max<std::size_t>(numbers * 2, 64))) {}

    static constexpr std::uint32_t k_none = ~std::uint32_t{0};

    /// The number under this hash for which `is_it(number)` holds; k_none for none.
    template <class IsIt>
    std::uint32_t find(std::size_t hash, IsIt is_it) const {
        for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
            const Row& row = rows_[at];
            if (row.number == k_none) return k_none;
            if (row.hash == static_cast<std::uint32_t>(hash) && is_it(row.number)) return row.number;
        }
    }

    /// Bytes that it takes.
    std::size_t bytes() const { return rows_.size() * sizeof(Row); }

    /// Says that this hash will be asked for soon.
    void prefetch(std::size_t hash) const { __builtin_prefetch(&rows_[hash & mask()]); }

    /// Adds a number below k_none that is not in it.
    void add(std::size_t hash, std::uint32_t number) {
        if (++count_ * 2 > rows_.size()) grow();
        place({static_cast<std::uint32_t>(hash), number});
    }

 private:
    struct Row {
        std::uint32_t hash = 0;
        std::uint32_t number = k_none;
    };

    std::size_t mask() const { return rows_.size() - 1; }
    void place(Row row) {
        std::size_t at = row.hash & mask();
        while (rows_[at].number != k_none) at = (at + 1) & mask();
        rows_[at] = row;
    }
    void grow() {
        Table<Row> rows(rows_.size() * 2);
        rows_.swap(rows);
        for (const Row& row : rows)
            if (row.number != k_none) place(row);
    }

    Table<Row> rows_ = Table<Row>(64);
    std::size_t count_ = 0;
};

}  // namespace limier
