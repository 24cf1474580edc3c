// XXH3 built for AVX2: Debian's archive has it for every x86-64 alone, in twice the time.
#pragma once

#include <cstddef>
#include <cstdint>

namespace limier {

/// As XXH3_64bits. Only on a processor with AVX2.
std::uint64_t xxh3_by_avx2(const void* bytes, std::size_t size);

}  // namespace limier
