#include "common/scratch_memory.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/descriptor.hpp"
#include "common/output/language.hpp"

namespace limier {
namespace {

[[noreturn]] void cannot_keep(const std::filesystem::path& folder, int error) {
    throw std::system_error(error, std::generic_category(),
                            folder.string() + std::string(tr(": cannot keep what is worked on",
                                                             " : impossible d’y garder le travail en cours")));
}

}  // namespace

void* ScratchMemory::do_allocate(std::size_t bytes, std::size_t alignment) {
    if (bytes < k_least_mapped) return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    std::string name = (folder_ / "scratch-XXXXXX").string();
    const Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
    if (!file.is_open()) cannot_keep(folder_, errno);
    ::unlink(name.c_str());
    if (const int error = ::posix_fallocate(file.get(), 0, static_cast<off_t>(bytes)); error != 0)
        cannot_keep(folder_, error);
    void* const memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
    if (memory == MAP_FAILED) cannot_keep(folder_, errno);
    return memory;
}

void ScratchMemory::do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) {
    if (bytes < k_least_mapped)
        std::pmr::new_delete_resource()->deallocate(memory, bytes, alignment);
    else
        ::munmap(memory, bytes);
}

}  // namespace limier
