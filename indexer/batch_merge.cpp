#include "indexer/batch_merge.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "common/columns.hpp"
#include "common/store.hpp"
#include "indexer/writer.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

// A database holds four files open; 32 at once stay far below the usual limit of 1024, and of 256.
constexpr std::size_t k_merge_width = 32;

constexpr std::size_t groups_of(std::size_t batches) { return (batches + k_merge_width - 1) / k_merge_width; }

/// How far the merges are: a level of groups after the other, each level as much work.
class Steps {
 public:
    explicit Steps(std::size_t batches) {
        for (; batches > k_merge_width; batches = groups_of(batches)) levels_.push_back(groups_of(batches));
        levels_.push_back(1);
    }
    /// One group more is merged: the share that is done.
    double next() {
        if (++group_ == levels_[level_] && level_ + 1 < levels_.size()) {
            ++level_;
            group_ = 0;
        }
        const double in_level = static_cast<double>(group_) / static_cast<double>(levels_[level_]);
        return (static_cast<double>(level_) + in_level) / static_cast<double>(levels_.size());
    }

 private:
    std::vector<std::size_t> levels_;
    std::size_t level_ = 0, group_ = 0;
};

/// Terms and columns side by side: the longer of the two decides.
Result<void> merge(std::span<const Batch> batches, const Batch& target, const fs::path& db) {
    std::vector<fs::path> databases, columns;
    for (const Batch& batch : batches) {
        databases.push_back(batch.database);
        columns.push_back(batch.columns);
    }
    Result<void> compacted;
    std::jthread terms([&] { compacted = guarded([&] { compact_databases(databases, target.database); }); });
    Result<void> merged = merge_segments(columns, target.columns);
    terms.join();
    if (!merged) return merged;
    if (!compacted) return named(compacted.error(), db);
    for (const Batch& batch : batches) {
        if (batch.published) continue;
        std::error_code ignored;  // the scratch folder goes as a whole
        fs::remove_all(batch.database, ignored);
        fs::remove(batch.columns, ignored);
    }
    return {};
}

}  // namespace

Result<void> merge_batches(std::vector<Batch> batches, const Batch& target, const BatchMerge& how) {
    Steps steps(batches.size());
    for (std::size_t level = 0; batches.size() > k_merge_width; ++level) {
        std::vector<Batch> merged;
        for (std::size_t first = 0; first < batches.size(); first += k_merge_width) {
            const std::string name = std::to_string(level) + "-" + std::to_string(first);
            Batch group{merged.size(), how.scratch / ("merged-terms-" + name),
                        how.scratch / ("merged-" + name + ".lim")};
            const std::size_t count = std::min(k_merge_width, batches.size() - first);
            if (Result<void> done = merge(std::span(batches).subspan(first, count), group, how.db); !done) return done;
            merged.push_back(std::move(group));
            if (!how.go_on(steps.next())) return {};
        }
        batches = std::move(merged);
    }
    return merge(batches, target, how.db);
}

Error named(Error error, const fs::path& db) {
    if (error.code == Code::io) error.message = db.string() + ": " + error.message;
    return error;
}

}  // namespace limier
