#include "common/text/table.hpp"

#include <cstdlib>
#include <new>

#include <sys/mman.h>

namespace limier {
namespace {

constexpr std::size_t k_huge_page = std::size_t{2} << 20;
// What is smaller would leave most of its page unused.
constexpr std::size_t k_large = k_huge_page / 4;

}  // namespace

void* allocate_table(std::size_t bytes) {
    if (bytes < k_large) return ::operator new (bytes, std::align_val_t{k_table_alignment});
    const std::size_t whole = (bytes + k_huge_page - 1) / k_huge_page * k_huge_page;
    void* const memory = std::aligned_alloc(k_huge_page, whole);
    if (memory == nullptr) throw std::bad_alloc();
    madvise(memory, whole, MADV_HUGEPAGE);  // where the system has none, its other pages serve
    return memory;
}

void free_table(void* memory, std::size_t bytes) noexcept {
    if (bytes < k_large)
        ::operator delete (memory, std::align_val_t{k_table_alignment});
    else
        std::free(memory);
}

}  // namespace limier
