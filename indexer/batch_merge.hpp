// Merges the batches of a build: in groups, level upon level, so that few files are open.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <vector>

#include "common/result.hpp"

namespace limier {

/// A batch on disk: a small database and a column segment.
struct Batch {
    std::size_t number = 0;
    std::filesystem::path database;
    std::filesystem::path columns;
    bool published = false;  ///< it stays when it was merged: readers have it open
};

struct BatchMerge {
    std::filesystem::path db;           ///< for messages
    std::filesystem::path scratch;      ///< where what is merged between lies
    std::function<bool(double)> go_on;  ///< told which share is done; false: to end after this group
};

/// Merges batches, in their order, into `target`; those that are not published are removed. Where it is to end it
/// does so without an error. Errors: io, damaged.
Result<void> merge_batches(std::vector<Batch> batches, const Batch& target, const BatchMerge& how);

/// An error of Xapian, which names a block of some table, not the index.
Error named(Error error, const std::filesystem::path& db);

}  // namespace limier
