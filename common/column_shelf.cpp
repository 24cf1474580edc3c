#include "common/column_shelf.hpp"

#include <cerrno>

namespace limier {

// Memory that is not written takes none.
ColumnShelf::ColumnShelf(Descriptor file)
    : file_(std::move(file)), bytes_(std::make_unique_for_overwrite<char[]>(k_most * k_column_block)) {}

bool ColumnShelf::read(std::uint64_t offset, std::uint64_t length, char* bytes) const {
    while (length > 0) {
        const ssize_t got = ::pread(file_.get(), bytes, length, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        const auto size = static_cast<std::uint64_t>(got);
        offset += size;
        length -= size;
        bytes += size;
    }
    return true;
}

void ColumnShelf::note(std::uint64_t block, std::uint64_t place) {
    std::uint64_t slot = home(block);
    const auto held = [&] { return slots_[slot % k_slots].load(std::memory_order_relaxed); };
    while (held() != 0 && held() / k_slots != block) ++slot;
    // A block that is there twice is the same twice: the one in the longer run takes the place of the other.
    slots_[slot % k_slots].store(block * k_slots + place + 1, std::memory_order_release);
}

}  // namespace limier
