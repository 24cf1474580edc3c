#include "indexer/document_ids.hpp"

#include <xxhash.h>

namespace limier {

const std::string* DocumentIds::add(std::string_view id, const std::string& path) {
    const XXH128_hash_t hash = XXH3_128bits(id.data(), id.size());
    Row& row = row_of(hash.low64, hash.high64);
    if (row.path != 0) return &paths_[row.path - 1];
    if (paths_.empty() || paths_.back() != path) paths_.push_back(path);
    row = {hash.low64, hash.high64, static_cast<std::uint32_t>(paths_.size())};
    if (++used_ * 2 > rows_.size()) grow();
    return nullptr;
}

DocumentIds::Row& DocumentIds::row_of(std::uint64_t low, std::uint64_t high) {
    std::size_t at = low & (rows_.size() - 1);
    while (rows_[at].path != 0 && (rows_[at].low != low || rows_[at].high != high)) at = (at + 1) & (rows_.size() - 1);
    return rows_[at];
}

void DocumentIds::grow() {
    std::vector<Row> rows(rows_.size() * 2);
    rows_.swap(rows);
    for (const Row& row : rows) {
        if (row.path != 0) row_of(row.low, row.high) = row;
    }
}

}  // namespace limier
