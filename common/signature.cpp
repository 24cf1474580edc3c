#include "common/signature.hpp"

#include <algorithm>
#include <cstring>

namespace limier {
namespace {

// Short texts that say different things have most words in common: the results of two matches, the weather of two days.
constexpr std::size_t k_few_words = 40;

constexpr std::uint64_t k_unset = ~std::uint64_t{0};
constexpr unsigned k_bin_shift = 57;
static_assert(std::uint64_t{1} << (64 - k_bin_shift) == k_bins);
constexpr std::uint64_t k_odd = 0x9E3779B97F4A7C15;

/// Every bit of the result depends on every bit of the argument: the finaliser of MurmurHash3.
constexpr std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ x >> 33) * 0xFF51AFD7ED558CCD;
    x = (x ^ x >> 33) * 0xC4CEB9FE1A85EC53;
    return x ^ x >> 33;
}

}  // namespace

bool Signature::empty() const {
    return std::all_of(bins.begin(), bins.end(), [](std::uint8_t bin) { return bin == 0; });
}

Signature make_signature(std::span<const std::uint64_t> words) {
    Signature signature;
    if (words.empty()) return signature;
    const std::size_t width = words.size() < k_few_words ? words.size() : k_shingle;
    std::array<std::uint64_t, k_bins> least;
    least.fill(k_unset);
    for (std::size_t at = 0; at + width <= words.size(); ++at) {
        std::uint64_t hash = 0;
        for (const std::uint64_t word : words.subspan(at, width)) hash = hash * k_odd + word;
        hash = mixed(hash);
        std::uint64_t& bin = least[hash >> k_bin_shift];
        bin = std::min(bin, hash);
    }
    for (std::uint64_t bin = 0; bin < k_bins; ++bin) {
        // The bins to borrow from come in the same order in all signatures, so that equal sets borrow alike; what is
        // borrowed is mixed, so that texts of few shingles do not agree in many bins by one chance.
        std::uint64_t from = bin;
        for (std::uint64_t attempt = 1; least[from] == k_unset; ++attempt)
            from = mixed(bin * k_odd + attempt) >> k_bin_shift;
        signature.bins[bin] = static_cast<std::uint8_t>(from == bin ? least[bin] : mixed(least[from] + bin));
    }
    return signature;
}

// Eight bins at once: the top bit of a byte becomes whether it is other than 0; the bytes count, 16 at most, and their
// sum is the top byte of the product.
unsigned equal_bins(const Signature& a, const Signature& b) {
    constexpr std::uint64_t k_ones = 0x0101010101010101, k_low = 0x7F * k_ones;
    std::uint64_t unequal = 0;
    for (std::size_t at = 0; at < k_bins; at += 8) {
        std::uint64_t x = 0, y = 0;
        std::memcpy(&x, &a.bins[at], 8);
        std::memcpy(&y, &b.bins[at], 8);
        x ^= y;
        unequal += (((x & k_low) + k_low) | x) >> 7 & k_ones;
    }
    return static_cast<unsigned>(k_bins - (unequal * k_ones >> 56));
}

}  // namespace limier
