// A small open-addressing table from 64-bit hashes to numbers. The hashes are well mixed and stand for their strings.
#pragma once

#include <cstdint>

#include "common/text/table.hpp"

namespace limier {

class HashIndex {
 public:
    static constexpr std::uint32_t k_none = 0xFFFFFFFF;

    explicit HashIndex(std::size_t expected = 0) {
        std::size_t size = 16;
        while (size < expected * 2) size *= 2;
        slots_.resize(size);
    }

    /// The slot that `find` will look at, to prefetch. (GCC 12 drops calls of a function that does nothing else.)
    const void* slot(std::uint64_t hash) const { return &slots_[place(hash) & (slots_.size() - 1)]; }

    std::uint32_t find(std::uint64_t hash) const {
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t at = place(hash) & mask;; at = (at + 1) & mask) {
            if (slots_[at].value == k_none) return k_none;
            if (slots_[at].hash == hash) return slots_[at].value;
        }
    }

    /// The value stored under the hash; `value` is stored first where there is none.
    std::uint32_t insert(std::uint64_t hash, std::uint32_t value) {
        if ((count_ + 1) * 2 > slots_.size()) grow();
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = place(hash) & mask;
        while (slots_[at].value != k_none) {
            if (slots_[at].hash == hash) return slots_[at].value;
            at = (at + 1) & mask;
        }
        slots_[at] = {hash, value};
        ++count_;
        return value;
    }

 private:
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t value = k_none;
    };
    static std::size_t place(std::uint64_t hash) { return static_cast<std::size_t>(hash ^ (hash >> 29)); }
    void grow() {
        Table<Slot> old(slots_.size() * 2);
        old.swap(slots_);
        count_ = 0;
        for (const Slot& slot : old) {
            if (slot.value != k_none) insert(slot.hash, slot.value);
        }
    }

    Table<Slot> slots_;
    std::size_t count_ = 0;
};

}  // namespace limier
