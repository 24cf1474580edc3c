// Built for AVX2 (CMakeLists.txt): nothing may be included here of which the linker could take this copy for another's.
#define XXH_INLINE_ALL
#include "common/xxh3_avx2.hpp"

#include <xxhash.h>

static_assert(XXH_VECTOR == XXH_AVX2);

namespace limier {

std::uint64_t xxh3_by_avx2(const void* bytes, std::size_t size) { return XXH3_64bits(bytes, size); }

}  // namespace limier
