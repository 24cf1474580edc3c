#include "indexer/build.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <mutex>
#include <optional>
#include <thread>

#include <malloc.h>

#include "common/output/language.hpp"
#include "common/scratch_memory.hpp"
#include "common/store.hpp"
#include "indexer/batch_merge.hpp"
#include "indexer/batch_terms.hpp"
#include "indexer/document_ids.hpp"
#include "indexer/published.hpp"
#include "indexer/signer.hpp"
#include "indexer/writer.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

// A batch is a share of the input that is left, so that large ones come first and small ones fill the threads up at the
// end; by bytes, so that articles and short messages make batches of one size; the same whatever the number of threads.
// Postings, whose chunks a merge joins end to end, of 12 MB in batches of 0.6, 1.2, 2.4 and 4.8 MB: 5.9, 5.1, 4.5, 4.1
// MB; the time is the same.
constexpr std::uint64_t k_share_of_rest = 2;
constexpr std::uint64_t k_least_batch = std::uint64_t{400} << 10;
constexpr std::uint64_t k_largest_batch = std::uint64_t{4800} << 10;
constexpr std::size_t k_batch_documents = 20'000;
constexpr std::size_t k_dictionary_sample = std::size_t{1200} << 10;
// A part that is at most so many times as large as what comes is merged with it.
constexpr std::uint32_t k_part_growth = 2;

// Measured: the lexicons take 35 MB, a worker's batch 40.
constexpr std::uint64_t k_shared_memory = std::uint64_t{40} << 20;
constexpr std::uint64_t k_batch_memory = std::uint64_t{40} << 20;
// An analyser keeps every form it has seen, and up to a limit every chunk: about so many bytes a form.
constexpr std::uint64_t k_form_memory = 400;

std::string timestamp() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

/// Its path, and where in the file it is: `/a/b.jsonl:2` of the place `b.jsonl:2`.
std::string place_of(const Document& document) {
    const std::string_view path = document.path, place = document.place;
    for (std::size_t common = std::min(path.size(), place.size()); common > 0; --common) {
        if (path.ends_with(place.substr(0, common))) return document.path + std::string(place.substr(common));
    }
    return document.path;
}

class Build {
 public:
    /// `published`: what the index holds, to be added to; null for a new one.
    Build(const BuildOptions& options, DocumentStream& source, PublishedDocuments* published, NewGeneration generation)
        : options_(options), generation_(std::move(generation)), source_(source), published_(published) {
        if (published_ != nullptr) dictionary_ = TextDictionary(published_->text_dictionary());
    }

    Result<void> run();
    BuildReport report();

 private:
    void work();
    unsigned workers() const;
    std::uint64_t most_forms() const;
    Result<void> index_batches();
    std::vector<Document> next_batch(std::size_t& number);
    void train_dictionary(const std::vector<Document>& first_batch);
    bool take(const Document& document);
    Result<Batch> index_batch(std::vector<Document> documents, std::size_t number, Analyser& analyser);
    void finished(Batch batch, std::size_t documents);
    void fail(Error error);
    void tell(BuildProgress::Phase phase, double share);
    Result<void> publish_new();
    Result<void> publish_update();
    Result<void> add_part(std::vector<IndexPart>& parts);
    Result<void> publish(std::span<const IndexPart> parts);
    std::string fingerprint() const { return index_fingerprint(options_.tag ? tagger_.fingerprint() : "none"); }
    bool stopped() const { return options_.stop != nullptr && *options_.stop; }

    const BuildOptions& options_;
    const Tagger tagger_{options_.lexicon};
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    const double added_ = static_cast<double>(std::time(nullptr));

    NewGeneration generation_;
    ScratchMemory scratch_{generation_.scratch()};

    std::atomic<std::uint64_t> bytes_read_{0}, ids_memory_{0};
    std::mutex reading_;  ///< guards the next eight
    DocumentStream& source_;
    PublishedDocuments* const published_;
    std::uint64_t changed_ = 0, unchanged_ = 0;
    TextDictionary dictionary_;  ///< trained on the first batch, before any worker has one
    std::size_t batches_read_ = 0;
    DocumentIds ids_{scratch_};
    std::vector<Refusal> duplicates_;

    std::mutex results_;  ///< guards the next four
    std::vector<Batch> batches_;
    std::uint64_t documents_ = 0;
    std::uint64_t replaced_ = 0;
    std::optional<Error> error_;
    std::uint64_t removed_ = 0;

    BuildProgress::Phase phase_ = BuildProgress::Phase::reading;
    std::chrono::steady_clock::time_point phase_start_ = start_;
    const bool portable_ = published_ != nullptr ? published_->portable() : options_.portable;
};

// Memory limits the number of workers and what they keep from batch to batch, never the batches: these decide bytes.
unsigned Build::workers() const {
    const unsigned wanted = options_.jobs != 0 ? options_.jobs : std::max(1u, std::thread::hardware_concurrency());
    const std::uint64_t room = std::max(options_.memory, k_least_memory) - k_shared_memory;
    return static_cast<unsigned>(std::min<std::uint64_t>(wanted, std::max<std::uint64_t>(1, room / k_batch_memory)));
}

/// What memory leaves for the analyser of a worker.
std::uint64_t Build::most_forms() const {
    const std::uint64_t taken = k_shared_memory + ids_memory_ + workers() * k_batch_memory;
    return (std::max(options_.memory, taken) - taken) / workers() / k_form_memory;
}

bool Build::take(const Document& document) {
    const std::optional<std::string_view> first = ids_.add(document.id, document.path);
    if (!first) {
        const auto state = published_ != nullptr ? published_->meet(document) : PublishedDocuments::State::is_new;
        unchanged_ += state == PublishedDocuments::State::same;
        changed_ += state == PublishedDocuments::State::changed;
        return state != PublishedDocuments::State::same;
    }
    duplicates_.push_back({place_of(document), std::string(tr("its id ", "son identifiant ")) + document.id +
                                                   std::string(tr(" is already that of ", " est déjà celui de ")) +
                                                   std::string(*first)});
    return false;
}

std::vector<Document> Build::next_batch(std::size_t& number) {
    const std::lock_guard lock(reading_);
    std::vector<Document> batch;
    const std::uint64_t rest = source_.bytes_total() - std::min(source_.bytes_total(), source_.bytes_read());
    const std::uint64_t most = std::clamp(rest / k_share_of_rest, k_least_batch, k_largest_batch);
    std::uint64_t bytes = 0;
    while (batch.size() < k_batch_documents && bytes < most && !stopped()) {
        std::optional<Document> document = source_.next();
        if (!document) break;
        if (!take(*document)) continue;
        bytes += document->text.size();
        batch.push_back(std::move(*document));
    }
    bytes_read_ = source_.bytes_read();
    ids_memory_ = ids_.bytes();
    number = batches_read_++;
    if (number == 0 && published_ == nullptr) train_dictionary(batch);
    return batch;
}

void Build::train_dictionary(const std::vector<Document>& first_batch) {
    std::vector<std::string_view> texts;
    std::size_t bytes = 0;
    for (const Document& document : first_batch) {
        bytes += document.text.size();
        if (bytes > k_dictionary_sample) break;
        texts.push_back(document.text);
    }
    dictionary_ = TextDictionary::train(texts);
}

Result<Batch> Build::index_batch(std::vector<Document> documents, std::size_t number, Analyser& analyser) {
    Batch batch{number, generation_.scratch() / ("terms-" + std::to_string(number)),
                generation_.scratch() / ("columns-" + std::to_string(number) + ".lim")};
    SegmentBuilder columns(&dictionary_);
    AliasCollector aliases(tagger_, columns);
    Signer signature_of;
    std::uint64_t replaced = 0;
    BatchTerms terms;
    std::optional<PortableTerms> portable;
    const Result<void> read = guarded([&] {
        if (portable_) portable.emplace(batch.database);
        for (Document& input : documents) {
            const bool lang_said = !input.lang.empty();
            const AnalysedDocument analysed =
                analyse_document(std::move(input), analyser, options_.tag ? &tagger_ : nullptr);
            const Document& document = analysed.document;
            const std::vector<WeightedValue> values = facet_values(analysed);
            if (portable) {
                portable->add(analysed, values, analyser, added_);
            } else {
                give_postings(analysed, values, analyser, added_, terms);
                terms.end_document();
            }
            std::vector<FacetEntry> entries;
            for (const WeightedValue& value : values) entries.push_back(value.entry);
            const std::string extra = extra_members(document);
            columns.add({{document.id, document.path, document.title, document.source, document.author, document.url,
                          document.lang, extra, document.title_apart, lang_said},
                         document.date,
                         document.text,
                         analysed.title,
                         analysed.body,
                         entries,
                         signature_of(analysed, analyser)},
                        analyser);
            aliases.add(analysed, values);
            replaced += document.replaced;
        }
        if (portable) portable->finish();
    });
    if (!read) return named(read.error(), options_.db);
    if (portable) {
        portable.reset();
    } else if (Result<void> done = terms.write(batch.database); !done) {
        return done.error();
    }
    if (Result<void> done = columns.write(batch.columns, SegmentUse::merged); !done) return done.error();
    const std::lock_guard lock(results_);
    replaced_ += replaced;
    return batch;
}

Result<void> Build::index_batches() {
    Analyser analyser;
    for (;;) {
        if (analyser.forms() > most_forms()) analyser = Analyser();
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
    const std::uint64_t total = source_.bytes_total();
    tell(BuildProgress::Phase::reading,
         total == 0 ? 1.0 : std::min(1.0, static_cast<double>(bytes_read_) / static_cast<double>(total)));
}

void Build::fail(Error error) {
    const std::lock_guard lock(results_);
    if (!error_) error_ = std::move(error);
}

void Build::tell(BuildProgress::Phase phase, double share) {
    if (!options_.progress) return;
    const auto now = std::chrono::steady_clock::now();
    if (phase != phase_) phase_start_ = now;
    phase_ = phase;
    const auto seconds = [now](auto since) { return std::chrono::duration<double>(now - since).count(); };
    options_.progress(
        {phase, documents_, bytes_read_, source_.bytes_total(), seconds(start_), seconds(phase_start_), share});
}

Result<void> Build::run() {
    if (published_ != nullptr && published_->fingerprint() != fingerprint()) {
        return Error{
            Code::schema,
            options_.db.string() +
                std::string(tr(": made by another version or with another lexicon, whose words and values are others",
                               " : fait par une autre version ou un autre lexique, aux mots et valeurs "
                               "différents")),
            std::string(
                tr("give the --lexicon that it was made with, or analyse it anew with: indexer optimize --db ",
                   "donner le --lexicon dont il fut fait, ou l’analyser à nouveau par : indexer optimize --db ")) +
                options_.db.string()};
    }
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < workers(); ++i) others.emplace_back([this] { work(); });
    work();
    for (std::jthread& other : others) other.join();
    ids_ = DocumentIds(scratch_);
    ::malloc_trim(0);  // what the workers had, for the merges
    if (error_) return *error_;
    if (stopped()) return interrupted();
    std::sort(batches_.begin(), batches_.end(), [](const Batch& a, const Batch& b) { return a.number < b.number; });
    return published_ != nullptr ? publish_update() : publish_new();
}

Result<void> Build::publish_new() {
    if (documents_ == 0) {
        return Error{
            Code::input,
            std::string(tr("no document was found: nothing is published", "aucun document : rien n’est publié")),
            std::string(tr("formats read: ", "formats lus : ")) + known_extensions(options_.source)};
    }
    std::vector<IndexPart> parts;
    if (Result<void> done = add_part(parts); !done) return done;
    return publish(parts);
}

Result<void> Build::publish_update() {
    if (options_.prune) removed_ = published_->prune(source_.refusals());
    if (documents_ == 0 && !published_->is_changed()) return {};
    std::vector<IndexPart> parts = published_->parts(documents_ > 0);
    if (documents_ > 0) {
        if (Result<void> done = add_part(parts); !done) return done;
    }
    return publish(parts);
}

/// Adds what was read as a part, merged with those before it that are no larger: an index that grows by small updates
/// keeps few parts, and a document is written anew few times.
Result<void> Build::add_part(std::vector<IndexPart>& parts) {
    IndexPart added;
    added.name = part_name(published_ != nullptr ? published_->next_part() : 0);
    added.documents = static_cast<std::uint32_t>(documents_);
    std::size_t kept = parts.size();
    while (kept > 0 && parts[kept - 1].documents / k_part_growth <= added.documents)
        added.documents += parts[--kept].documents;
    std::vector<Batch> batches;
    std::uint32_t first = 0;
    for (std::size_t i = kept; i < parts.size(); ++i) {
        const IndexPart& part = parts[i];
        if (Result<void> sound = check_part(part.from); !sound) return sound;
        batches.push_back({i - kept, part_database(part.from), part_columns(part.from), true});
        for (const std::uint32_t row : part.removed) added.removed.push_back(first + row);
        first += part.documents;
    }
    batches.insert(batches.end(), batches_.begin(), batches_.end());
    parts.resize(kept);
    if (Result<void> made = generation_.make_part(added.name); !made) return made;
    const Batch target{0, generation_.database(added.name), generation_.columns(added.name)};
    tell(BuildProgress::Phase::merging, 0);
    const auto go_on = [this](double done) {
        tell(BuildProgress::Phase::merging, done);
        return !stopped();
    };
    Result<void> done = merge_batches(std::move(batches), target, {options_.db, generation_.scratch(), go_on});
    if (!done) return done;
    if (stopped()) return interrupted();
    parts.push_back(std::move(added));
    return {};
}

Result<void> Build::publish(std::span<const IndexPart> parts) {
    tell(BuildProgress::Phase::publishing, 0);
    if (Result<void> ready = options_.ready ? options_.ready() : Result<void>(); !ready) return ready;
    return generation_.publish(parts, {fingerprint(), timestamp(), portable_});
}

BuildReport Build::report() {
    BuildReport report;
    report.documents = documents_;
    report.changed = changed_;
    report.unchanged = unchanged_;
    report.removed = removed_;
    report.bytes = source_.bytes_read();
    report.replaced = replaced_;
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    report.refusals = source_.refusals();
    report.refusals.insert(report.refusals.end(), duplicates_.begin(), duplicates_.end());
    return report;
}

/// What build_index works on, opened in this order.
struct Opened {
    std::optional<DocumentSource> files;
    std::optional<NewGeneration> generation;
    std::optional<IndexDocuments> documents;
    std::optional<PublishedDocuments> published;

    DocumentStream* given = nullptr;

    DocumentStream& source() {
        if (given != nullptr) return *given;
        return files ? static_cast<DocumentStream&>(*files) : *documents;
    }
};

Result<void> open_all(const BuildOptions& options, Opened& opened) {
    opened.given = options.documents;
    if (options.documents == nullptr && options.indexes.empty()) {
        Result<DocumentSource> source = DocumentSource::open(options.paths, options.source);
        if (!source) return source.error();
        opened.files.emplace(std::move(*source));
    }
    Result<NewGeneration> generation =
        begin_from(options.update ? std::vector{options.db} : options.indexes, options.db);
    if (!generation) return generation.error();
    opened.generation.emplace(std::move(*generation));
    // What is published is looked at under the lock.
    if (!options.indexes.empty()) {
        Result<Index> index = Index::open(options.indexes);
        if (!index) return index.error();
        opened.documents.emplace(std::move(*index));
    }
    if (options.update) {
        Result<PublishedDocuments> published = PublishedDocuments::open(options.db);
        if (!published) return published.error();
        opened.published.emplace(std::move(*published));
    }
    return {};
}

}  // namespace

BuildReport build_index(const BuildOptions& options) {
    BuildReport report;
    Opened opened;
    if (Result<void> done = open_all(options, opened); !done) {
        report.error = done.error();
        return report;
    }
    Build build(options, opened.source(), opened.published ? &*opened.published : nullptr,
                std::move(*opened.generation));
    Result<void> done;
    const Result<void> caught = guarded([&] { done = build.run(); });
    if (!caught) done = caught;
    report = build.report();
    if (opened.files) {
        report.skipped = opened.files->skipped();
        report.unconfined = opened.files->unconfined();
    }
    if (!done) report.error = done.error();
    return report;
}

Error interrupted() {
    return {Code::io, std::string(tr("interrupted: nothing was published", "interrompu : rien n’est publié"))};
}

std::string index_fingerprint(const std::string& tagger_fingerprint) {
    return Analyser::fingerprint() + " tagger=" + tagger_fingerprint + " xapian=" + Xapian::version_string();
}

}  // namespace limier
