// Writing and publishing a generation of an index.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "common/column_sections.hpp"
#include "common/output/language.hpp"
#include "common/store.hpp"
#include "common/store_files.hpp"
#include "common/store_served.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

Error io_error(std::string_view what, const fs::path& path, std::string_view why) {
    return {Code::io, std::string(what) + " " + path.string() + ": " + std::string(why)};
}

Result<void> write_synced(const fs::path& path, std::string_view content) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << content;
    out.close();
    if (!out) return io_error(tr("cannot write", "impossible d’écrire"), path, std::strerror(errno));
    return sync_path(path);
}

/// Puts the files of a part that stays into the new generation: by hard links, or by copies where the file system has
/// none.
Result<void> keep_part(const fs::path& from, const fs::path& to) {
    std::error_code error;
    for (const fs::path& file : files_below(from)) {
        if (file.filename() == k_removed_file) continue;
        const fs::path target = to / fs::relative(file, from);
        fs::create_directories(target.parent_path(), error);
        if (!error) fs::create_hard_link(file, target, error);
        if (error) fs::copy_file(file, target, error);
        if (error) return io_error(tr("cannot write", "impossible d’écrire"), target, error.message());
    }
    return {};
}

Result<void> write_removed(const fs::path& part, std::uint32_t documents, std::span<const std::uint32_t> rows) {
    Result<ColumnFileWriter> out = ColumnFileWriter::create(part / k_removed_file, documents);
    if (!out) return out.error();
    out->begin(k_removed);
    out->append_all(rows);
    out->begin(k_database_digest);
    out->append(digest_of(read_file(database_head(part))));
    return out->finish();
}

/// Completes a new part.
void sign(const fs::path& part, std::uint32_t documents, const Imprint& imprint) {
    const fs::path folder = part_database(part);
    // All files are synced at publication, each once.
    const int lists = fs::exists(folder / "termlist.glass") ? 0 : Xapian::DB_NO_TERMLIST;
    Xapian::WritableDatabase terms(folder.string(), Xapian::DB_OPEN | Xapian::DB_NO_SYNC | lists);
    if (terms.get_doccount() != documents) throw Damaged(folder.string() + ": columns and terms differ in documents");
    terms.set_metadata("limier:schema", std::to_string(k_schema_version));
    terms.set_metadata("limier:fingerprint", imprint.fingerprint);
    terms.set_metadata("limier:language", "fr");
    if (imprint.portable) {
        terms.set_metadata("limier:portable", "1");
        put_columns(part_columns(part), terms);
    }
    terms.set_metadata("limier:created", imprint.created);
    terms.commit();
}

/// Makes the empty database that says so.
Result<void> mark_changed(const fs::path& folder) {
    const int flags = Xapian::DB_CREATE | Xapian::DB_NO_SYNC;
    const Result<void> made = guarded([&] { Xapian::WritableDatabase(folder.string(), flags).commit(); });
    return made ? sync_path(folder) : made;
}

/// The lines of a manifest by file; of what may differ from one generation to the next, none.
Result<std::map<std::string, ManifestLine>> lines_that_stay(const fs::path& generation) {
    const Result<std::vector<ManifestLine>> manifest = read_manifest(generation);
    if (!manifest) return manifest.error();
    std::map<std::string, ManifestLine> by_file;
    for (const ManifestLine& line : *manifest) {
        if (!line.name.ends_with(k_removed_file) && !line.name.starts_with(k_changed)) by_file.emplace(line.name, line);
    }
    return by_file;
}

}  // namespace

Result<NewGeneration> NewGeneration::begin(const fs::path& path) {
    std::error_code error;
    if (fs::exists(path, error) && !fs::is_directory(path, error)) {
        return io_error(tr("cannot make the index", "impossible de créer l’index"), path,
                        tr("there is a file of that name", "un fichier porte ce nom"));
    }
    if (fs::is_directory(path, error) && generation_in_force(path).empty() && !holds_remains(path)) {
        return Error{Code::usage,
                     path.string() + std::string(tr(" is not empty and no Limier index: nothing is written there",
                                                    " n’est ni vide ni un index de Limier : rien n’y est écrit")),
                     std::string(tr("give --db a new folder", "donner à --db un dossier nouveau"))};
    }
    fs::create_directories(path, error);
    if (error) return io_error(tr("cannot make the folder", "impossible de créer le dossier"), path, error.message());
    NewGeneration generation;
    generation.path_ = path;
    generation.lock_ = ::open((path / k_lock).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (generation.lock_ < 0)
        return io_error(tr("cannot write in", "impossible d’écrire dans"), path, std::strerror(errno));
    if (::flock(generation.lock_, LOCK_EX | LOCK_NB) != 0) {
        std::string holder = read_file(path / k_lock);
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
    unsigned highest = 0;
    const std::string in_force = generation_in_force(path);
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
        const auto number = number_in(entry.path().filename().string(), k_generation);
        if (number) highest = std::max(highest, *number);
    }
    // What a killed build left is newer than what is in force. Where a damaged or lost stub does not tell what that is,
    // what may have been in force stays until something new is published.
    const auto current = number_in(in_force, k_generation);
    for (unsigned number = current.value_or(0) + 1; number <= highest; ++number) {
        const fs::path remains = path / numbered(k_generation, number);
        if (current || !fs::exists(remains / k_manifest, error)) fs::remove_all(remains, error);
    }
    generation.folder_ = path / numbered(k_generation, std::max(highest, current.value_or(0)) + 1);
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

Result<void> NewGeneration::make_part(const std::string& part) const {
    std::error_code error;
    fs::create_directories(folder_ / part, error);
    if (error)
        return io_error(tr("cannot make the folder", "impossible de créer le dossier"), folder_ / part,
                        error.message());
    return {};
}

Result<void> NewGeneration::publish(std::span<const IndexPart> parts, const Imprint& imprint) {
    std::error_code error;
    fs::remove_all(scratch(), error);
    std::string stub;
    std::map<std::string, ManifestLine> known;  // of the files that stay
    for (const IndexPart& part : parts) {
        const fs::path folder = folder_ / part.name;
        stub += "auto " + part_database(folder_.filename() / part.name).string() + "\n";
        if (!part.from.empty()) {
            if (Result<void> kept = keep_part(part.from, folder); !kept) return kept;
            if (known.empty()) {
                Result<std::map<std::string, ManifestLine>> lines = lines_that_stay(part.from.parent_path());
                if (!lines) return lines.error();
                known = std::move(*lines);
            }
        }
        Result<Segment> segment = Segment::open(part_columns(folder));
        if (!segment) return segment.error();
        const std::uint32_t documents = segment->documents();
        // What is damaged is not to be given a digest that fits.
        Result<void> done;
        if (part.from.empty())
            done = guarded([&] { sign(folder, documents, imprint); });
        else if (const auto kept = read_removed(part.from, documents); !kept)
            done = kept.error();
        if (done) done = write_removed(folder, documents, part.removed);
        if (!done) return done;
    }
    const bool changed =
        std::any_of(parts.begin(), parts.end(), [](const IndexPart& part) { return !part.removed.empty(); });
    if (changed && imprint.portable) {
        if (Result<void> done = mark_changed(folder_ / k_changed); !done) return done;
        stub += "auto " + (folder_.filename() / k_changed).string() + "\n";
    }
    if (Result<void> done = seal(parts, known); !done) return done;
    const std::string before = generation_in_force(path_);
    if (Result<void> done = replace_stub(stub); !done) return done;
    published_ = true;
    if (Result<void> done = sync_path(path_); !done) return done;
    for (const fs::directory_entry& entry : fs::directory_iterator(path_, error)) {
        const bool keep = entry.path().filename() == before || entry.path() == folder_;
        if (number_in(entry.path().filename().string(), k_generation) && !keep) fs::remove_all(entry.path(), error);
    }
    return {};
}

Result<void> NewGeneration::replace_stub(std::string_view lines) const {
    const fs::path stub_new = path_ / k_new_stub;
    std::error_code error;
    Result<void> done = write_synced(stub_new, sealed(lines));
    if (done) {
        fs::rename(stub_new, path_ / k_stub, error);
        if (error) done = io_error(tr("cannot publish", "impossible de publier"), path_, error.message());
    }
    if (!done) fs::remove(stub_new, error);
    return done;
}

/// Writes the manifest, in which a file of a part that stays has the line it had, and syncs all: a link costs nothing,
/// a copy is new.
Result<void> NewGeneration::seal(std::span<const IndexPart> parts, const std::map<std::string, ManifestLine>& known) {
    std::string manifest;
    for (const fs::path& file : files_below(folder_)) {
        const std::string name = fs::relative(file, folder_).string();
        const auto line = known.find(name);
        manifest += manifest_text(line != known.end() ? line->second
                                                      : ManifestLine{digest_of_file(file), fs::file_size(file), name});
        if (Result<void> synced = sync_path(file); !synced) return synced;
    }
    if (Result<void> done = write_synced(folder_ / k_manifest, sealed(manifest)); !done) return done;
    std::vector<fs::path> folders{folder_, path_};
    for (const IndexPart& part : parts)
        folders.insert(folders.begin(), {part_database(folder_ / part.name), folder_ / part.name});
    for (const fs::path& folder : folders) {
        if (Result<void> done = sync_path(folder); !done) return done;
    }
    return {};
}

}  // namespace limier
