#include "indexer/document_ids.hpp"

#include <algorithm>

namespace limier {

const std::string* DocumentIds::add(std::string_view id, const std::string& path) {
    const XXH128_hash_t digest = XXH3_128bits(id.data(), id.size());
    const std::uint32_t known = numbers_.find(
        digest.low64, [&](std::uint32_t number) { return XXH128_isEqual(digests_[number], digest) != 0; });
    if (known != OpenTable::k_none) {
        const auto next = std::upper_bound(paths_.begin(), paths_.end(), known,
                                           [](std::uint32_t number, const auto& at) { return number < at.first; });
        return &std::prev(next)->second;
    }
    const auto number = static_cast<std::uint32_t>(digests_.size());
    numbers_.add(digest.low64, number);
    digests_.push_back(digest);
    if (paths_.empty() || paths_.back().second != path) {
        paths_.emplace_back(number, path);
        path_bytes_ += sizeof paths_[0] + path.capacity();
    }
    return nullptr;
}

}  // namespace limier
