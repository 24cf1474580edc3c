// Damage to a column file that its checksums do not tell.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>

#include <xxhash.h>

#include "common/column_file.hpp"

/// Sets a bit of the section bytes, and makes its block's checksum good again: damage that only bounds checks can find.
inline void damage_sealed(std::string& file, std::mt19937& random) {
    const auto number = [&file](std::size_t at, std::size_t size) {
        std::uint64_t value = 0;
        std::memcpy(&value, file.data() + at, size);
        return value;
    };
    constexpr std::size_t k_header = 48, k_entry = 24;
    const std::size_t entry = k_header + k_entry * (random() % number(20, 4));
    const std::size_t offset = number(entry + 8, 8), size = number(entry + 16, 8);
    if (size == 0) return;
    const std::size_t at = random() % size, block = at / limier::k_column_block;
    file[offset + at] = static_cast<char>(file[offset + at] ^ (1 << random() % 8));
    const std::size_t begin = block * limier::k_column_block;
    const auto check = static_cast<std::uint32_t>(
        XXH3_64bits(file.data() + offset + begin, std::min(limier::k_column_block, size - begin)));
    std::memcpy(file.data() + offset + (size + 7) / 8 * 8 + block * sizeof check, &check, sizeof check);
}
