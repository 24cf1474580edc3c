#include "searcher/duplicates.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace limier {
namespace {

constexpr std::uint32_t k_none = ~std::uint32_t{0};
// Two bins have 16 bits.
constexpr std::size_t k_most_buckets = std::size_t{1} << 16;

}  // namespace

DuplicateGroups::DuplicateGroups(std::size_t expected)
    : buckets_(std::min(std::bit_ceil(expected + 1), k_most_buckets)), heads_(k_bands * buckets_, k_none) {}

std::uint32_t& DuplicateGroups::head(const Signature& signature, std::size_t band) {
    const std::size_t pair = signature.bins[2 * band] << 8U | signature.bins[2 * band + 1];
    return heads_[band * buckets_ + (pair & (buckets_ - 1))];
}

std::uint32_t DuplicateGroups::add(const Signature& signature) {
    const auto group = static_cast<std::uint32_t>(firsts_.size());
    std::uint32_t first = group;
    for (std::size_t band = 0; band < k_bands && !signature.empty(); ++band) {
        for (std::uint32_t other = head(signature, band); other != k_none; other = next_[other * k_bands + band]) {
            if (other < first && equal_bins(firsts_[other], signature) >= k_duplicate_bins) first = other;
        }
    }
    if (first != group) return first;
    firsts_.push_back(signature);
    next_.resize(next_.size() + k_bands, k_none);
    for (std::size_t band = 0; band < k_bands && !signature.empty(); ++band)
        next_[group * k_bands + band] = std::exchange(head(signature, band), group);
    return group;
}

}  // namespace limier
