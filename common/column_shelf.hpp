// The blocks of a column file that are asked for first, read into memory instead of mapped: what a one-shot query
// needs, cheaper. For column_file.cpp only.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "common/descriptor.hpp"

namespace limier {

inline constexpr std::size_t k_column_block = std::size_t{1} << 10;

/// Blocks by number. Thread-safe. What was put there stays as long as the shelf.
class ColumnShelf {
 public:
    /// Reads from this file.
    explicit ColumnShelf(Descriptor file);

    /// So many blocks from `first` on, where they stand one behind the other; else null.
    const char* find(std::uint64_t first, std::uint64_t count) const {
        const char* const begin = find(first);
        for (std::uint64_t i = 1; begin != nullptr && i < count; ++i) {
            if (find(first + i) != begin + i * k_column_block) return nullptr;
        }
        return begin;
    }

    /// Puts the blocks from `first` on there: `length` bytes of the file from `offset` on, of which `holds(bytes)` says
    /// whether they are what was written. Null where there is no room for them, or they are not.
    template <class Holds>
    const char* put(std::uint64_t first, std::uint64_t offset, std::uint64_t length, Holds holds) {
        const std::lock_guard guard(putting_);
        const std::uint64_t blocks = (length + k_column_block - 1) / k_column_block;
        if (blocks > k_most - used_ || first > k_last) return nullptr;
        char* const bytes = bytes_.get() + used_ * k_column_block;
        if (!read(offset, length, bytes) || !holds(static_cast<const char*>(bytes))) return nullptr;
        for (std::uint64_t i = 0; i < blocks; ++i) note(first + i, used_++);
        return bytes;
    }

    /// As put, but into `buffer`, which grows where it must: for bytes that are not looked at again. So many blocks as
    /// the shelf has room for are read so; null for more.
    template <class Holds>
    const char* lend(std::uint64_t offset, std::uint64_t length, std::string& buffer, Holds holds) {
        const std::uint64_t blocks = (length + k_column_block - 1) / k_column_block;
        if (lent_.fetch_add(blocks, std::memory_order_relaxed) + blocks > k_most) return nullptr;
        if (buffer.size() < length) buffer.resize(length);
        return read(offset, length, buffer.data()) && holds(buffer.data()) ? buffer.data() : nullptr;
    }

    /// To be called where a block was found once more. True once that was so often that mapped blocks, which are found
    /// without a search, are better from then on.
    bool is_worn() {
        const std::uint32_t found = found_.load(std::memory_order_relaxed);
        if (found < k_most_found) found_.store(found + 1, std::memory_order_relaxed);
        return found == k_most_found;
    }

    /// Bytes of the file. False where there are fewer.
    bool read(std::uint64_t offset, std::uint64_t length, char* bytes) const;

 private:
    static constexpr std::uint64_t k_most = 256;
    static constexpr std::uint64_t k_slots = 2 * k_most;
    static constexpr std::uint32_t k_most_found = 2000;  // a one-shot query finds 700
    static constexpr std::uint64_t k_last = std::uint64_t{1} << 48;

    /// Where a block may stand is tried from here on.
    static std::uint64_t home(std::uint64_t block) { return block * 0x9E3779B97F4A7C15U >> 32; }
    const char* find(std::uint64_t block) const {
        for (std::uint64_t slot = home(block);; ++slot) {
            const std::uint64_t held = slots_[slot % k_slots].load(std::memory_order_acquire);
            if (held == 0) return nullptr;
            if (held / k_slots == block) return bytes_.get() + (held % k_slots - 1) * k_column_block;
        }
    }
    void note(std::uint64_t block, std::uint64_t place);

    Descriptor file_;
    std::mutex putting_;
    std::uint64_t used_ = 0;
    std::atomic<std::uint64_t> lent_{0};
    std::atomic<std::uint32_t> found_{0};
    std::unique_ptr<char[]> bytes_;
    std::array<std::atomic<std::uint64_t>, k_slots> slots_{};  ///< block * k_slots + place + 1; 0: none
};

}  // namespace limier
