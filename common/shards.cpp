#include "common/shards.hpp"

#include <charconv>
#include <optional>
#include <string>

#include <xxhash.h>

#include "common/output/language.hpp"
#include "common/store_files.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_shard = "shard-", k_of = "-of-";

/// The number of shards that a folder's name tells; nothing where it is no shard's.
std::optional<std::size_t> shards_in(std::string_view name) {
    const std::size_t of = name.find(k_of);
    if (!name.starts_with(k_shard) || of == std::string_view::npos) return std::nullopt;
    std::size_t shards = 0;
    const auto [end, error] = std::from_chars(name.data() + of + k_of.size(), name.data() + name.size(), shards);
    if (error != std::errc() || end != name.data() + name.size() || shards == 0) return std::nullopt;
    return shards;
}

}  // namespace

fs::path shard_folder(const fs::path& db, std::size_t number, std::size_t shards) {
    return db / (std::string(k_shard) + std::to_string(number + 1) + std::string(k_of) + std::to_string(shards));
}

Result<std::vector<fs::path>> shards_of(const fs::path& db) {
    std::error_code error;
    std::size_t shards = 0;
    if (fs::exists(db / k_stub, error)) return std::vector<fs::path>();  // cheaper than to read the folder
    for (const fs::directory_entry& entry : fs::directory_iterator(db, error)) {
        if (const auto found = shards_in(entry.path().filename().string())) shards = *found;
    }
    std::vector<fs::path> folders;
    for (std::size_t number = 0; number < shards; ++number) {
        folders.push_back(shard_folder(db, number, shards));
        if (fs::is_directory(folders.back(), error)) continue;
        return Error{Code::damaged,
                     folders.back().string() + std::string(tr(": a shard that is missing", " : une part manquante")),
                     std::string(tr("search the others one by one, or rebuild it with: indexer build --shards",
                                    "interroger les autres une à une, ou reconstruire par : indexer build --shards"))};
    }
    return folders;
}

std::size_t shard_of(std::string_view id, std::size_t shards) { return XXH3_64bits(id.data(), id.size()) % shards; }

}  // namespace limier
