#include "common/output/number.hpp"

#include <array>
#include <cassert>
#include <charconv>
#include <limits>

namespace limier {

std::string fixed_decimals(double value, int decimals) {
    constexpr int k_most_decimals = 20;
    assert(decimals >= 0 && decimals <= k_most_decimals);
    std::array<char, std::numeric_limits<double>::max_exponent10 + k_most_decimals + 4> buffer;
    const auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
    assert(error == std::errc{});
    return {buffer.data(), end};
}

}  // namespace limier
