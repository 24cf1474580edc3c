#include "indexer/shards.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <optional>
#include <thread>

#include "common/output/language.hpp"
#include "common/shards.hpp"
#include "common/store.hpp"
#include "indexer/dealer.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

Error another_failed() {
    return {Code::io, std::string(tr("another shard failed: nothing was published",
                                     "une autre part a échoué : rien n’est publié"))};
}

Error no_document(const fs::path& shard) {
    return {Code::input,
            shard.string() + std::string(tr(": no document would be in it: nothing is published",
                                            " : elle n’aurait aucun document : rien n’est publié")),
            std::string(tr("fewer --shards, or more documents", "moins de --shards, ou plus de documents"))};
}

/// Lets builds publish once all are ready, or have nothing to publish.
class Meeting {
 public:
    explicit Meeting(std::size_t builds) : awaited_(builds) {}

    Result<void> wait() {
        std::unique_lock lock(mutex_);
        --awaited_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return awaited_ == 0 || failed_; });
        if (failed_) return another_failed();
        return {};
    }
    /// A build ended; `waited`: it was here before.
    void leave(bool waited, bool failed) {
        const std::lock_guard lock(mutex_);
        awaited_ -= waited ? 0 : 1;
        failed_ = failed_ || (failed && !waited);
        changed_.notify_all();
    }

 private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t awaited_;
    bool failed_ = false;
};

/// Tells of all builds as of one: the phase is that of the last.
class Progress {
 public:
    Progress(const BuildOptions& options, std::size_t shards) : options_(options), shards_(shards) {}

    void tell(std::size_t shard, const BuildProgress& progress) {
        const std::lock_guard lock(mutex_);
        shards_[shard] = progress;
        BuildProgress all = progress;
        all.documents = all.bytes = 0;
        all.share = 1;
        for (const BuildProgress& one : shards_) all.phase = std::min(all.phase, one.phase);
        for (const BuildProgress& one : shards_) {
            all.documents += one.documents;
            all.bytes = std::max(all.bytes, one.bytes);
            all.bytes_total = std::max(all.bytes_total, one.bytes_total);
            if (one.phase == all.phase) all.share = std::min(all.share, one.share);
        }
        options_.progress(all);
    }

 private:
    const BuildOptions& options_;
    std::mutex mutex_;
    std::vector<BuildProgress> shards_;
};

/// What the shards report, as one.
BuildReport sum(const std::vector<BuildReport>& reports, std::size_t source_refusals) {
    BuildReport all;
    for (const BuildReport& report : reports) {
        all.documents += report.documents;
        all.changed += report.changed;
        all.unchanged += report.unchanged;
        all.removed += report.removed;
        all.replaced += report.replaced;
        // Each has those of the source before its own.
        const auto own =
            report.refusals.begin() + static_cast<std::ptrdiff_t>(std::min(source_refusals, report.refusals.size()));
        all.refusals.insert(all.refusals.end(), own, report.refusals.end());
        if (!report.error) continue;
        if (!all.error || all.error->message == another_failed().message) all.error = report.error;
    }
    return all;
}

/// Errors: a folder that is dealt out otherwise, or not at all.
Result<void> can_deal(const fs::path& db, std::size_t shards) {
    const Result<std::vector<fs::path>> there = shards_of(db);
    if (!there) return there.error();
    std::error_code none;
    if (there->size() == shards || (there->empty() && (!fs::exists(db, none) || fs::is_empty(db, none)))) return {};
    return Error{
        Code::usage,
        db.string() + (there->empty()
                           ? std::string(tr(": not empty, and no index of shards", " : ni vide, ni un index en parts"))
                           : std::string(tr(": has another number of shards: ", " : a un autre nombre de parts : ")) +
                                 std::to_string(there->size())),
        std::string(tr("give --db a new folder", "donner à --db un dossier nouveau"))};
}

BuildOptions options_of(const BuildOptions& options, std::size_t shard, std::size_t shards, ShardStream& documents) {
    BuildOptions own = options;
    own.documents = &documents;
    own.db = shard_folder(options.db, shard, shards);
    const unsigned jobs = options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
    own.jobs = std::max(1U, jobs / static_cast<unsigned>(shards));
    own.memory = std::max(k_least_memory, options.memory / shards);
    return own;
}

}  // namespace

BuildReport build_shards(const BuildOptions& options, std::size_t shards) {
    const auto start = std::chrono::steady_clock::now();
    BuildReport refused;
    if (Result<void> can = can_deal(options.db, shards); !can) {
        refused.error = can.error();
        return refused;
    }
    Result<DocumentSource> source = DocumentSource::open(options.paths, options.source);
    if (!source) {
        refused.error = source.error();
        return refused;
    }
    Dealer dealer(*source, shards, options.stop);
    Meeting meeting(shards);
    Progress progress(options, shards);
    std::vector<BuildReport> reports(shards);
    const auto build = [&](std::size_t shard) {
        ShardStream documents(dealer, shard);
        BuildOptions own = options_of(options, shard, shards, documents);
        bool waited = false;
        own.ready = [&] {
            waited = true;
            return meeting.wait();
        };
        if (options.progress) own.progress = [&](const BuildProgress& now) { progress.tell(shard, now); };
        reports[shard] = build_index(own);
        if (std::optional<Error>& error = reports[shard].error; error && error->code == Code::input)
            error = no_document(own.db);
        dealer.close(shard);
        meeting.leave(waited, reports[shard].error.has_value());
    };
    std::vector<std::jthread> others;
    for (std::size_t shard = 1; shard < shards; ++shard) others.emplace_back(build, shard);
    build(0);
    others.clear();
    BuildReport report = sum(reports, source->refusals().size());
    report.refusals.insert(report.refusals.begin(), source->refusals().begin(), source->refusals().end());
    report.bytes = source->bytes_read();
    report.skipped = source->skipped();
    report.unconfined = source->unconfined();
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
}

BuildReport remove_from_shards(const std::vector<fs::path>& shards, const std::vector<std::string>& ids,
                               const std::atomic<bool>* stop) {
    std::vector<std::vector<std::string>> by_shard(shards.size());
    for (const std::string& id : ids) by_shard[shard_of(id, shards.size())].push_back(id);
    std::vector<BuildReport> reports;
    for (std::size_t shard = 0; shard < shards.size(); ++shard) {
        if (by_shard[shard].empty()) continue;
        reports.push_back(remove_documents(shards[shard], by_shard[shard], stop));
        if (reports.back().error) break;
    }
    return sum(reports, 0);
}

}  // namespace limier
