#include "searcher/duplicates.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace limier {
namespace {

constexpr std::uint32_t k_none = ~std::uint32_t{0};
// Two bins have 16 bits.
constexpr std::size_t k_most_buckets = std::size_t{1} << 16;

std::uint16_t pair_of(const Signature& signature, std::size_t band) {
    return static_cast<std::uint16_t>(signature.bins[2 * band] << 8 | signature.bins[2 * band + 1]);
}

}  // namespace

DuplicateGroups::DuplicateGroups(std::size_t expected)
    : buckets_(std::min(std::bit_ceil(expected + 1), k_most_buckets)), heads_(k_bands * buckets_, k_none) {}

std::uint32_t DuplicateGroups::add(const Signature& signature) {
    const auto group = static_cast<std::uint32_t>(firsts_.size());
    const std::size_t bands = signature.empty() ? 0 : k_bands;
    std::uint32_t first = group;
    for (std::size_t band = 0; band < bands; ++band) {
        const std::uint16_t pair = pair_of(signature, band);
        for (std::uint32_t other = head(pair, band); other != k_none; other = next_[other * k_bands + band]) {
            if (other < first && pair_of(firsts_[other], band) == pair &&
                equal_bins(firsts_[other], signature) >= k_duplicate_bins)
                first = other;
        }
    }
    if (first != group) return first;
    firsts_.push_back(signature);
    next_.resize(next_.size() + k_bands, k_none);
    for (std::size_t band = 0; band < bands; ++band)
        next_[group * k_bands + band] = std::exchange(head(pair_of(signature, band), band), group);
    return group;
}

}  // namespace limier
