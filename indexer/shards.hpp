// Builds, updates and changes indexes that are dealt out over several folders (common/shards.hpp).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "indexer/build.hpp"

namespace limier {

/// As build_index, of `options.paths` alone; the input is read once, for all shards. They are published when all are
/// ready, one after the other: where one fails before, none is. Errors: a folder that holds another number of shards,
/// or an index that is not dealt out; too few documents for each shard to have one.
BuildReport build_shards(const BuildOptions& options, std::size_t shards);

/// As remove_documents, each from its shard.
BuildReport remove_from_shards(const std::vector<std::filesystem::path>& shards, const std::vector<std::string>& ids,
                               const std::atomic<bool>* stop);

}  // namespace limier
