// An index dealt out over several folders, each an index: `DB/shard-2-of-4`. What a document's shard is its id alone
// decides, so that an update finds it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <vector>

#include "common/result.hpp"

namespace limier {

/// The folder of a shard, `number` from 0.
std::filesystem::path shard_folder(const std::filesystem::path& db, std::size_t number, std::size_t shards);

/// The folders of all shards in order; none where `db` is not dealt out, or an index itself. Errors: damaged, where one
/// is missing.
Result<std::vector<std::filesystem::path>> shards_of(const std::filesystem::path& db);

/// The shard, from 0, that has the document of this id: XXH3-64, modulo their number.
std::size_t shard_of(std::string_view id, std::size_t shards);

}  // namespace limier
