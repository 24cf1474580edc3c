// What sorts of many strings compare first.
#pragma once

#include <cstdint>
#include <string_view>

namespace limier {

/// The first eight bytes as a number that compares as they do, zeros where there are fewer: what decides most
/// comparisons of a sort without a look at the strings.
inline std::uint64_t sort_prefix(std::string_view text) {
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < 8; ++i)
        prefix = prefix << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
    return prefix;
}

}  // namespace limier
