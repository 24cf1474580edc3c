#include "indexer/document_ids.hpp"

#include <algorithm>

namespace limier {

std::optional<std::string_view> DocumentIds::add(std::string_view id, std::string_view path) {
    const XXH128_hash_t digest = XXH3_128bits(id.data(), id.size());
    const std::uint32_t known = numbers_.find(
        digest.low64, [&](std::uint32_t number) { return XXH128_isEqual(digests_[number], digest) != 0; });
    if (known != OpenTable::k_none) {
        const auto next = std::upper_bound(first_at_path_.begin(), first_at_path_.end(), known);
        return paths_[static_cast<std::size_t>(next - first_at_path_.begin()) - 1];
    }
    const auto number = static_cast<std::uint32_t>(digests_.size());
    numbers_.add(digest.low64, number);
    digests_.push_back(digest);
    if (number == 0 || paths_[paths_.size() - 1] != path) {
        paths_.add(path);
        first_at_path_.push_back(number);
    }
    return {};
}

}  // namespace limier
