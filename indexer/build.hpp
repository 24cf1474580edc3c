// The build: workers read, analyse and tag batches, each batch a small segment; segments merge in order into one
// generation.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/result.hpp"
#include "indexer/readers.hpp"
#include "indexer/tagger/user_lexicon.hpp"

namespace limier {

inline constexpr std::uint64_t k_default_memory = std::uint64_t{512} << 20;
inline constexpr std::uint64_t k_least_memory = std::uint64_t{80} << 20;

/// How far a build is. Units: bytes of input, seconds since the start.
struct BuildProgress {
    enum class Phase { reading, merging, publishing };
    Phase phase = Phase::reading;
    std::uint64_t documents = 0;
    std::uint64_t bytes = 0;
    std::uint64_t bytes_total = 0;
    double seconds = 0;        ///< since the start
    double phase_seconds = 0;  ///< since this phase began
    double share = 0;          ///< of this phase that is done, 0 to 1
};

struct BuildOptions {
    std::vector<std::filesystem::path> paths;    ///< files and folders to read
    std::vector<std::filesystem::path> indexes;  ///< or, instead, indexes whose documents are indexed anew
    DocumentStream* documents = nullptr;         ///< or, instead, these
    SourceOptions source;
    UserLexicon lexicon;
    std::filesystem::path db;
    bool update = false;    ///< add to the index what is new or changed in `paths`
    bool prune = false;     ///< with `update`: remove what `paths` no longer hold
    unsigned jobs = 0;      ///< threads; 0: as many as the machine runs at once; fewer work where memory asks for it
    bool tag = true;        ///< false: nothing is tagged, for comparison with engines that tag nothing
    bool portable = false;  ///< Xapian holds what remote shards and stock tools need too
    std::uint64_t memory = k_default_memory;  ///< bytes to keep within, at least k_least_memory; mapped files aside
    std::function<void(const BuildProgress&)> progress;  ///< called now and then, from one thread at a time
    const std::atomic<bool>* stop = nullptr;             ///< set: the build ends with nothing published
    std::function<Result<void>()> ready;  ///< called when all is ready to be published; an error: it is not
};

struct BuildReport {
    std::uint64_t documents = 0;  ///< analysed: of an update, what is new or changed
    std::uint64_t changed = 0;    ///< of these, how many replace a document that was there
    std::uint64_t unchanged = 0;  ///< met and left as they were
    std::uint64_t removed = 0;    ///< by `prune`, or asked for
    std::uint64_t bytes = 0;
    std::uint64_t replaced = 0;  ///< bad UTF-8 sequences
    double seconds = 0;
    std::vector<Refusal> refusals;
    std::unordered_map<std::string, std::size_t> skipped;
    std::string unconfined;      ///< as of DocumentSource
    std::optional<Error> error;  ///< set: nothing was published, the old index stands
};

/// Builds and publishes an index. Document order is input order, and the columns are the same byte for byte, whatever
/// the number of threads and the memory.
BuildReport build_index(const BuildOptions& options);

/// Removes the documents of these ids from an index. Ids that it lacks are refusals; where it has none of them, or
/// `stop` is set, nothing is published.
BuildReport remove_documents(const std::filesystem::path& db, const std::vector<std::string>& ids,
                             const std::atomic<bool>* stop = nullptr);

/// That it was stopped.
Error interrupted();

/// What decides the content of an index apart from the documents: analyser, lexicons, Xapian.
std::string index_fingerprint(const std::string& tagger_fingerprint);

}  // namespace limier
