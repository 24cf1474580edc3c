// Vectors for tables that are read at random, such as hash tables: large ones ask for the huge pages of Linux, without
// which a read of a table of megabytes waits for the address of its page longer than for its bytes. Six percent of the
// time of analysis and tagging where the system leaves the choice to programs (`madvise` in
// /sys/kernel/mm/transparent_hugepage/enabled).
#pragma once

#include <cstddef>
#include <vector>

namespace limier {

/// Of all that is allocated here: a line of the cache.
inline constexpr std::size_t k_table_alignment = 64;

/// Throws std::bad_alloc.
void* allocate_table(std::size_t bytes);
void free_table(void* memory, std::size_t bytes) noexcept;

template <class T>
struct TableAllocator {
    using value_type = T;

    TableAllocator() = default;
    template <class Other>
    TableAllocator(const TableAllocator<Other>&) {}

    T* allocate(std::size_t count) {
        static_assert(alignof(T) <= k_table_alignment);
        return static_cast<T*>(allocate_table(count * sizeof(T)));
    }
    void deallocate(T* memory, std::size_t count) noexcept { free_table(memory, count * sizeof(T)); }
    bool operator==(const TableAllocator&) const { return true; }
};

template <class T>
using Table = std::vector<T, TableAllocator<T>>;

}  // namespace limier
