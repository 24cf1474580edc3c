#include "indexer/build.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <mutex>
#include <optional>
#include <thread>

#include "common/output/language.hpp"
#include "common/store.hpp"
#include "indexer/writer.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

// Measured: 50 to 500 documents a segment make no difference, 2,000 cost a third; large flush thresholds are slower.
constexpr std::size_t k_batch_documents = 300;
constexpr std::size_t k_batch_bytes = std::size_t{8} << 20;
// A database holds four files open; 32 at once stay far below the usual limit of 1024, and of 256.
constexpr std::size_t k_merge_width = 32;

/// A batch on disk: a small database and a column segment.
struct Batch {
    std::size_t number = 0;
    fs::path database;
    fs::path columns;
};

std::string timestamp() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

/// Xapian's errors name a block of some table, not the index.
Error named(Error error, const fs::path& db) {
    if (error.code == Code::io) error.message = db.string() + ": " + error.message;
    return error;
}

class Build {
 public:
    Build(const BuildOptions& options, DocumentSource source, NewGeneration generation)
        : options_(options), source_(std::move(source)), generation_(std::move(generation)) {}

    Result<void> run();
    BuildReport report();

 private:
    void work();
    Result<void> index_batches();
    std::vector<Document> next_batch(std::size_t& number);
    Result<Batch> index_batch(std::vector<Document> documents, std::size_t number, Analyser& analyser);
    Result<void> merge(std::vector<Batch> batches, const Batch& target);
    void finished(Batch batch, std::size_t documents);
    void fail(Error error);
    void tell(BuildProgress::Phase phase);
    bool stopped() const { return options_.stop != nullptr && *options_.stop; }

    const BuildOptions& options_;
    const Tagger tagger_;
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    const double added_ = static_cast<double>(std::time(nullptr));

    std::atomic<std::uint64_t> bytes_read_{0};
    std::mutex reading_;  ///< guards the next four
    DocumentSource source_;
    std::size_t batches_read_ = 0;
    std::unordered_map<std::string, std::string> places_of_ids_;
    std::vector<Refusal> duplicates_;

    std::mutex results_;  ///< guards the next four
    std::vector<Batch> batches_;
    std::uint64_t documents_ = 0;
    std::uint64_t replaced_ = 0;
    std::optional<Error> error_;

    NewGeneration generation_;
};

std::vector<Document> Build::next_batch(std::size_t& number) {
    const std::lock_guard lock(reading_);
    std::vector<Document> batch;
    std::size_t bytes = 0;
    while (batch.size() < k_batch_documents && bytes < k_batch_bytes && !stopped()) {
        std::optional<Document> document = source_.next();
        if (!document) break;
        const auto [first, is_new] = places_of_ids_.try_emplace(document->id, document->path);
        if (!is_new) {
            duplicates_.push_back({document->path, std::string(tr("its id ", "son identifiant ")) + document->id +
                                                       std::string(tr(" is already that of ", " est déjà celui de ")) +
                                                       first->second});
            continue;
        }
        bytes += document->text.size();
        batch.push_back(std::move(*document));
    }
    bytes_read_ = source_.bytes_read();
    number = batches_read_++;
    return batch;
}

Result<Batch> Build::index_batch(std::vector<Document> documents, std::size_t number, Analyser& analyser) {
    Batch batch{number, generation_.scratch() / ("terms-" + std::to_string(number)),
                generation_.scratch() / ("columns-" + std::to_string(number) + ".lim")};
    SegmentBuilder columns;
    AliasCollector aliases(tagger_, columns);
    std::uint64_t replaced = 0;
    const Result<void> written = guarded([&] {
        Xapian::WritableDatabase database(batch.database.string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
        for (Document& input : documents) {
            const AnalysedDocument analysed = analyse_document(std::move(input), analyser, tagger_);
            const Document& document = analysed.document;
            const std::vector<WeightedValue> values = facet_values(analysed);
            database.add_document(postings(analysed, values, analyser, added_));
            std::vector<FacetEntry> entries;
            for (const WeightedValue& value : values) entries.push_back(value.entry);
            const std::string extra = extra_members(document);
            columns.add({{document.id, document.path, document.title, document.source, document.author, document.url,
                          document.lang, extra},
                         document.date,
                         document.text,
                         analysed.title,
                         analysed.body,
                         entries},
                        analyser);
            aliases.add(analysed, values);
            replaced += document.replaced;
        }
        database.commit();
    });
    if (!written) return named(written.error(), options_.db);
    if (Result<void> done = columns.write(batch.columns); !done) return done.error();
    const std::lock_guard lock(results_);
    replaced_ += replaced;
    return batch;
}

Result<void> Build::index_batches() {
    Analyser analyser;
    for (;;) {
        std::size_t number = 0;
        std::vector<Document> documents = next_batch(number);
        if (documents.empty() || stopped()) return {};
        const std::size_t count = documents.size();
        Result<Batch> batch = index_batch(std::move(documents), number, analyser);
        if (!batch) return batch.error();
        finished(std::move(*batch), count);
        const std::lock_guard lock(results_);
        if (error_) return {};
    }
}

/// The work of one thread, which no exception leaves.
void Build::work() {
    Result<void> done;
    const Result<void> caught = guarded([&] { done = index_batches(); });
    if (!caught || !done) fail(caught ? done.error() : caught.error());
}

void Build::finished(Batch batch, std::size_t documents) {
    const std::lock_guard lock(results_);
    batches_.push_back(std::move(batch));
    documents_ += documents;
    tell(BuildProgress::Phase::reading);
}

void Build::fail(Error error) {
    const std::lock_guard lock(results_);
    if (!error_) error_ = std::move(error);
}

void Build::tell(BuildProgress::Phase phase) {
    if (!options_.progress) return;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    options_.progress({phase, documents_, bytes_read_, source_.bytes_total(), elapsed.count()});
}

Result<void> Build::merge(std::vector<Batch> batches, const Batch& target) {
    for (std::size_t level = 0; batches.size() > k_merge_width; ++level) {
        std::vector<Batch> merged;
        for (std::size_t first = 0; first < batches.size(); first += k_merge_width) {
            const std::size_t last = std::min(batches.size(), first + k_merge_width);
            const std::string name = std::to_string(level) + "-" + std::to_string(first);
            Batch group{merged.size(), generation_.scratch() / ("merged-terms-" + name),
                        generation_.scratch() / ("merged-" + name + ".lim")};
            const auto begin = batches.begin();
            Result<void> done =
                merge({begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last)}, group);
            if (!done) return done;
            for (std::size_t i = first; i < last; ++i) {
                std::error_code ignored;  // the scratch folder goes as a whole
                fs::remove_all(batches[i].database, ignored);
                fs::remove(batches[i].columns, ignored);
            }
            merged.push_back(std::move(group));
        }
        batches = std::move(merged);
    }
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
    if (!compacted) return named(compacted.error(), options_.db);
    return {};
}

Result<void> Build::run() {
    const unsigned jobs = options_.jobs != 0 ? options_.jobs : std::max(1u, std::thread::hardware_concurrency());
    std::vector<std::thread> workers;
    for (unsigned i = 1; i < jobs; ++i) workers.emplace_back([this] { work(); });
    work();
    for (std::thread& worker : workers) worker.join();
    if (error_) return *error_;
    if (stopped())
        return Error{Code::io, std::string(tr("interrupted: nothing was published", "interrompu : rien n’est publié"))};
    if (documents_ == 0) {
        return Error{
            Code::input,
            std::string(tr("no document was found: nothing is published", "aucun document : rien n’est publié")),
            std::string(tr("formats read: .txt, .jsonl", "formats lus : .txt, .jsonl"))};
    }
    std::sort(batches_.begin(), batches_.end(), [](const Batch& a, const Batch& b) { return a.number < b.number; });
    tell(BuildProgress::Phase::merging);
    if (Result<void> done = merge(batches_, {0, generation_.database(), generation_.columns()}); !done) return done;
    tell(BuildProgress::Phase::publishing);
    return generation_.publish(index_fingerprint(tagger_.fingerprint()), timestamp());
}

BuildReport Build::report() {
    BuildReport report;
    report.documents = documents_;
    report.bytes = source_.bytes_read();
    report.replaced = replaced_;
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    report.refusals = source_.refusals();
    report.refusals.insert(report.refusals.end(), duplicates_.begin(), duplicates_.end());
    report.skipped = source_.skipped();
    return report;
}

}  // namespace

BuildReport build_index(const BuildOptions& options) {
    BuildReport report;
    Result<DocumentSource> source = DocumentSource::open(options.paths);
    if (!source) {
        report.error = source.error();
        return report;
    }
    Result<NewGeneration> generation = NewGeneration::begin(options.db);
    if (!generation) {
        report.error = generation.error();
        return report;
    }
    Build build(options, std::move(*source), std::move(*generation));
    Result<void> done;
    const Result<void> caught = guarded([&] { done = build.run(); });
    if (!caught) done = caught;
    report = build.report();
    if (!done) report.error = done.error();
    return report;
}

std::string index_fingerprint(const std::string& tagger_fingerprint) {
    return Analyser::fingerprint() + " tagger=" + tagger_fingerprint + " xapian=" + Xapian::version_string();
}

}  // namespace limier
