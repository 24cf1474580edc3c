// Memory for what grows with an index and is needed once, as the new numbers of a merge: large pieces are mapped files
// without a name, which Linux writes out and takes from memory where it must, so that what a process keeps of its own
// is bounded whatever the size of the index.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory_resource>

namespace limier {

/// Pieces of so many bytes and more are files; smaller ones lie on the heap.
inline constexpr std::size_t k_least_mapped = std::size_t{1} << 20;

/// A memory resource whose large pieces lie in `folder`. The disk has room for all of a piece once it is given, so that
/// writing to it never ends the process. Throws std::system_error where it has not. Thread-safe.
class ScratchMemory final : public std::pmr::memory_resource {
 public:
    explicit ScratchMemory(std::filesystem::path folder) : folder_(std::move(folder)) {}

 private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override;
    bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override { return this == &other; }

    std::filesystem::path folder_;
};

}  // namespace limier
