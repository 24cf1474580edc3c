#include "common/store.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "common/output/language.hpp"
#include "common/store_files.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_stub = "XAPIANDB";
constexpr std::string_view k_generation = "generation-";
constexpr std::size_t k_longest_value = 200;
constexpr int k_open_tries = 100;

Error io_error(std::string_view what, const fs::path& path, std::string_view why) {
    return {Code::io, std::string(what) + " " + path.string() + ": " + std::string(why)};
}

std::optional<unsigned long> generation_number(const fs::path& folder) {
    const std::string name = folder.filename().string();
    if (!name.starts_with(k_generation)) return std::nullopt;
    unsigned long number = 0;
    const auto [end, error] = std::from_chars(name.data() + k_generation.size(), name.data() + name.size(), number);
    if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
    return number;
}

std::string generation_name(unsigned long number) {
    std::string digits = std::to_string(number);
    return std::string(k_generation) + std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

Result<void> write_synced(const fs::path& path, std::string_view content) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << content;
    out.close();
    if (!out) return io_error(tr("cannot write", "impossible d’écrire"), path, std::strerror(errno));
    return sync_path(path);
}

Error other_schema(const fs::path& path, const std::string& schema) {
    return {Code::schema,
            path.string() + ": " + std::string(tr("the index has schema version ", "l’index a le schéma de version ")) +
                (schema.empty() ? "?" : schema) + ", " +
                std::string(tr("this program reads version ", "ce programme lit la version ")) +
                std::to_string(k_schema_version),
            std::string(tr("rebuild it with: indexer build", "le reconstruire par : indexer build"))};
}

}  // namespace

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string stub_generation(const fs::path& path) {
    std::istringstream line(read_file(path / k_stub));
    std::string type, target;
    line >> type >> target;
    const std::size_t slash = target.find('/');
    return target.starts_with(k_generation) && slash != std::string::npos ? target.substr(0, slash) : std::string();
}

std::vector<fs::path> files_below(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string digest_of_file(const fs::path& path) {
    const std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> state(XXH3_createState(), XXH3_freeState);
    XXH3_128bits_reset(state.get());
    std::ifstream in(path, std::ios::binary);
    std::vector<char> buffer(std::size_t{1} << 20);
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
        XXH3_128bits_update(state.get(), buffer.data(), static_cast<std::size_t>(in.gcount()));
    }
    const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
    std::array<char, 33> text;
    std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                  static_cast<unsigned long long>(hash.low64));
    return text.data();
}

Error not_an_index(const fs::path& path) {
    if (!fs::exists(path)) {
        return {Code::not_found, std::string(tr("no index at", "pas d’index à")) + " " + path.string(),
                std::string(
                    tr("make one with: indexer build FOLDER --db ", "en créer un par : indexer build DOSSIER --db ")) +
                    path.string()};
    }
    return {Code::not_found, path.string() + std::string(tr(" is no Limier index", " n’est pas un index de Limier")),
            std::string(tr("give the folder that indexer build made", "indiquer le dossier créé par indexer build"))};
}

Error error_of_current_exception() {
    try {
        throw;
    } catch (const Damaged& damage) {
        return {Code::damaged, std::string(tr("damaged index: ", "index endommagé : ")) + damage.what(),
                std::string(tr("see indexer check, then rebuild", "voir indexer check, puis reconstruire"))};
    } catch (const Xapian::DatabaseCorruptError& error) {
        return {Code::damaged, std::string(tr("damaged index: ", "index endommagé : ")) + error.get_msg(),
                std::string(tr("see indexer check, then rebuild", "voir indexer check, puis reconstruire"))};
    } catch (const Xapian::DatabaseLockError& error) {
        return {Code::busy, error.get_msg()};
    } catch (const Xapian::Error& error) {
        const char* system = error.get_error_string();
        return {Code::io,
                error.get_type() + (": " + error.get_msg()) + (system != nullptr ? std::string(": ") + system : "")};
    } catch (const std::bad_alloc&) {
        return {Code::io, std::string(tr("out of memory", "mémoire insuffisante"))};
    } catch (const std::exception& error) {
        return {Code::io, error.what()};
    }
}

std::string field_term(std::string_view prefix, std::string_view value) {
    std::string term(prefix);
    if (value.size() <= k_longest_value) return term.append(value);
    const XXH128_hash_t hash = XXH3_128bits(value.data(), value.size());
    std::array<char, 33> digits;
    std::snprintf(digits.data(), digits.size(), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                  static_cast<unsigned long long>(hash.low64));
    return term.append(value.substr(0, k_longest_value - 32)).append(digits.data());
}

Result<Index> Index::open(const fs::path& path) {
    Error last = not_an_index(path);
    std::string tried;
    for (int attempt = 0; attempt < k_open_tries; ++attempt) {
        const StubMark mark = stub_mark(path);
        const std::string name = stub_generation(path);
        if (name.empty()) return not_an_index(path);
        if (name == tried) break;  // the stub still names what failed: it is broken, not replaced
        tried = name;
        Index index;
        index.path_ = path;
        index.generation_ = path / name;
        index.stub_ = mark;
        Result<void> opened = index.open_generation();
        if (opened) return index;
        last = opened.error();
        if (last.code == Code::schema) break;
    }
    return last;
}

Result<void> Index::open_generation() {
    std::string columns, schema;
    Result<void> opened = guarded([&] {
        database_ = Xapian::Database((generation_ / "xapian").string());
        schema = database_.get_metadata("limier:schema");
        columns = database_.get_metadata("limier:columns");
        documents_ = database_.get_doccount();
    });
    if (!opened) return opened;
    if (schema != std::to_string(k_schema_version)) return other_schema(path_, schema);
    std::istringstream lines(columns);
    std::string file;
    Xapian::docid first = 0;
    std::uint32_t count = 0;
    while (lines >> file >> first >> count) {
        Result<Segment> segment = Segment::open(generation_ / file);
        if (!segment) return segment.error();
        if (segment->documents() != count) {
            return Error{Code::damaged, (generation_ / file).string() + std::string(tr(": wrong number of documents",
                                                                                       " : nombre de documents faux"))};
        }
        segments_.push_back({std::move(*segment), first});
    }
    return {};
}

Index::Place Index::place(Xapian::docid document) const {
    for (std::size_t number = 0; number < segments_.size(); ++number) {
        const SegmentAt& at = segments_[number];
        if (document >= at.first && document - at.first < at.segment.documents())
            return {&at.segment, document - at.first, number};
    }
    throw Damaged(generation_.string() + ": no column segment has document " + std::to_string(document));
}

Index::StubMark Index::stub_mark(const fs::path& path) {
    struct stat status {};
    if (::stat((path / k_stub).c_str(), &status) != 0) return {};
    return {status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

bool Index::republished() {
    const StubMark mark = stub_mark(path_);
    if (mark == stub_ && mark != StubMark{}) return false;
    if (stub_generation(path_) != generation_.filename()) return true;
    stub_ = mark;
    return false;
}

Result<NewGeneration> NewGeneration::begin(const fs::path& path) {
    std::error_code error;
    if (fs::exists(path, error) && !fs::is_directory(path, error)) {
        return io_error(tr("cannot make the index", "impossible de créer l’index"), path,
                        tr("there is a file of that name", "un fichier porte ce nom"));
    }
    if (fs::is_directory(path, error) && stub_generation(path).empty()) {
        for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
            const bool ours = generation_number(entry.path()) || entry.path().filename() == ".lock";
            if (!ours) {
                return Error{
                    Code::usage,
                    path.string() + std::string(tr(" is not empty and no Limier index: nothing is written there",
                                                   " n’est ni vide ni un index de Limier : rien n’y est écrit")),
                    std::string(tr("give --db a new folder", "donner à --db un dossier nouveau"))};
            }
        }
    }
    fs::create_directories(path, error);
    if (error) return io_error(tr("cannot make the folder", "impossible de créer le dossier"), path, error.message());
    NewGeneration generation;
    generation.path_ = path;
    generation.lock_ = ::open((path / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (generation.lock_ < 0)
        return io_error(tr("cannot write in", "impossible d’écrire dans"), path, std::strerror(errno));
    if (::flock(generation.lock_, LOCK_EX | LOCK_NB) != 0) {
        std::string holder = read_file(path / ".lock");
        while (!holder.empty() && holder.back() == '\n') holder.pop_back();
        return Error{
            Code::busy,
            path.string() +
                std::string(tr(" is being written by process ", " est en cours d’écriture par le processus ")) + holder,
            std::string(tr("wait for it to end, or stop it", "attendre sa fin, ou l’arrêter"))};
    }
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(generation.lock_, 0) != 0 || ::pwrite(generation.lock_, pid.data(), pid.size(), 0) < 0) {
        return io_error(tr("cannot write in", "impossible d’écrire dans"), path, std::strerror(errno));
    }
    unsigned long highest = 0;
    const std::string in_force = stub_generation(path);
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
        const auto number = generation_number(entry.path());
        if (number) highest = std::max(highest, *number);
    }
    // What a killed build left is newer than what is in force.
    const auto current = generation_number(in_force);
    for (unsigned long number = current.value_or(0) + 1; number <= highest; ++number) {
        fs::remove_all(path / generation_name(number), error);
    }
    generation.folder_ = path / generation_name(std::max(highest, current.value_or(0)) + 1);
    fs::create_directories(generation.scratch(), error);
    if (error)
        return io_error(tr("cannot make the folder", "impossible de créer le dossier"), generation.folder_,
                        error.message());
    return generation;
}

NewGeneration::NewGeneration(NewGeneration&& other) noexcept
    : path_(std::move(other.path_)),
      folder_(std::move(other.folder_)),
      lock_(std::exchange(other.lock_, -1)),
      published_(other.published_) {}

NewGeneration::~NewGeneration() {
    if (lock_ < 0) return;
    std::error_code ignored;
    if (!published_) fs::remove_all(folder_, ignored);
    ::close(lock_);
}

Result<void> NewGeneration::publish(std::string_view fingerprint, std::string_view created, bool portable) {
    std::error_code error;
    fs::remove_all(scratch(), error);
    Result<Segment> segment = Segment::open(columns());
    if (!segment) return segment.error();
    const std::uint32_t documents = segment->documents();
    Result<void> written = guarded([&] {
        // All files are synced below, each once.
        const int lists = fs::exists(database() / "termlist.glass") ? 0 : Xapian::DB_NO_TERMLIST;
        Xapian::WritableDatabase terms(database().string(), Xapian::DB_OPEN | Xapian::DB_NO_SYNC | lists);
        if (terms.get_doccount() != documents)
            throw Damaged(database().string() + ": columns and terms differ in documents");
        terms.set_metadata("limier:schema", std::to_string(k_schema_version));
        terms.set_metadata("limier:fingerprint", std::string(fingerprint));
        terms.set_metadata("limier:language", "fr");
        if (portable) terms.set_metadata("limier:portable", "1");
        terms.set_metadata("limier:created", std::string(created));
        terms.set_metadata("limier:columns", columns().filename().string() + " 1 " + std::to_string(documents) + "\n");
        terms.commit();
    });
    if (!written) return written;
    std::string manifest;
    for (const fs::path& file : files_below(folder_)) {
        manifest += digest_of_file(file) + " " + std::to_string(fs::file_size(file)) + " " +
                    fs::relative(file, folder_).string() + "\n";
        if (Result<void> synced = sync_path(file); !synced) return synced;
    }
    if (Result<void> done = write_synced(folder_ / "MANIFEST", manifest); !done) return done;
    for (const fs::path& folder : {folder_ / "xapian", folder_, path_}) {
        if (Result<void> done = sync_path(folder); !done) return done;
    }
    const std::string before = stub_generation(path_);
    const fs::path stub_new = path_ / (std::string(k_stub) + ".new");
    if (Result<void> done = write_synced(stub_new, "auto " + folder_.filename().string() + "/xapian\n"); !done)
        return done;
    fs::rename(stub_new, path_ / k_stub, error);
    if (error) return io_error(tr("cannot publish", "impossible de publier"), path_, error.message());
    published_ = true;
    if (Result<void> done = sync_path(path_); !done) return done;
    for (const fs::directory_entry& entry : fs::directory_iterator(path_, error)) {
        const bool keep = entry.path().filename() == before || entry.path() == folder_;
        if (generation_number(entry.path()) && !keep) fs::remove_all(entry.path(), error);
    }
    return {};
}

}  // namespace limier
