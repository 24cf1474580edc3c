#include "common/store_files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <sstream>

#include <xxhash.h>

#include "common/column_sections.hpp"
#include "common/output/language.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_seal = "# XXH3-128 ";

/// In hexadecimal.
std::string digits_of(XXH128_hash_t hash) {
    std::array<char, 33> text;
    std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                  static_cast<unsigned long long>(hash.low64));
    return text.data();
}

}  // namespace

std::string numbered(std::string_view what, unsigned number) {
    const std::string digits = std::to_string(number);
    return std::string(what) + std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

std::optional<unsigned> number_in(std::string_view name, std::string_view what) {
    if (!name.starts_with(what)) return std::nullopt;
    unsigned number = 0;
    const auto [end, error] = std::from_chars(name.data() + what.size(), name.data() + name.size(), number);
    if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
    return number;
}

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string sealed(std::string_view lines) {
    return std::string(lines) + std::string(k_seal) + digest_of(lines) + "\n";
}

std::optional<std::string_view> unsealed(std::string_view file) {
    const std::size_t seal = file.rfind(k_seal);
    if (seal == std::string_view::npos || sealed(file.substr(0, seal)) != file) return std::nullopt;
    return file.substr(0, seal);
}

Result<std::string> stub_lines(const fs::path& path) {
    const fs::path stub = path / k_stub;
    errno = 0;
    std::ifstream in(stub, std::ios::binary);
    if (!in && errno != ENOENT && errno != ENOTDIR) {
        return Error{Code::io, std::string(tr("cannot open ", "impossible d’ouvrir ")) + stub.string() + ": " +
                                   std::strerror(errno)};
    }
    const std::string file{std::istreambuf_iterator<char>(in), {}};
    const auto lines = unsealed(file);
    if (lines && !stub_databases(*lines).empty()) return std::string(*lines);
    // A stub of Xapian's that is not ours stands beside no generations.
    if (!in.is_open() || !holds_remains(path)) return not_an_index(path);
    return Error{Code::damaged, std::string(tr("damaged index file ", "fichier d’index endommagé ")) + stub.string(),
                 std::string(tr("rebuild the index with: indexer build", "reconstruire l’index par : indexer build"))};
}

std::vector<fs::path> stub_databases(std::string_view lines) {
    std::vector<fs::path> databases;
    std::istringstream in{std::string(lines)};
    for (std::string type, target; in >> type >> target;) {
        if (target.starts_with(k_generation) && target.find("/" + std::string(k_part)) != std::string::npos)
            databases.emplace_back(target);
    }
    return databases;
}

std::string stub_generation(std::string_view lines) {
    const std::vector<fs::path> databases = stub_databases(lines);
    return databases.empty() ? std::string() : databases.front().begin()->string();
}

std::string generation_in_force(const fs::path& path) {
    const Result<std::string> lines = stub_lines(path);
    return lines ? stub_generation(*lines) : std::string();
}

bool holds_remains(const fs::path& path) {
    std::error_code error;
    bool stub = false, generation = false;
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
        const std::string name = entry.path().filename().string();
        if (number_in(name, k_generation)) {
            generation = true;
        } else if (name == k_stub) {
            stub = true;
        } else if (name != k_new_stub && name != k_lock) {
            return false;
        }
    }
    return generation || !stub;
}

std::vector<fs::path> files_below(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string digest_of(std::string_view bytes) { return digits_of(XXH3_128bits(bytes.data(), bytes.size())); }

std::string digest_of_file(const fs::path& path) {
    const std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> state(XXH3_createState(), XXH3_freeState);
    XXH3_128bits_reset(state.get());
    std::ifstream in(path, std::ios::binary);
    std::vector<char> buffer(std::size_t{64} << 10);
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
        XXH3_128bits_update(state.get(), buffer.data(), static_cast<std::size_t>(in.gcount()));
    }
    return digits_of(XXH3_128bits_digest(state.get()));
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

Error other_schema(const fs::path& path, const std::string& schema) {
    return {Code::schema,
            path.string() + ": " + std::string(tr("the index has schema version ", "l’index a le schéma de version ")) +
                (schema.empty() ? "?" : schema) + ", " +
                std::string(tr("this program reads version ", "ce programme lit la version ")) +
                std::to_string(k_schema_version),
            std::string(tr("rebuild it with: indexer build", "le reconstruire par : indexer build"))};
}

Result<std::vector<std::uint32_t>> read_removed(const fs::path& part, std::uint32_t documents) {
    const fs::path path = part / k_removed_file;
    Result<ColumnFile> file = ColumnFile::open(path);
    if (!file) return file.error();
    Result<std::vector<std::uint32_t>> rows = guarded([&] {
        const std::string_view digest = file->bytes(k_database_digest, 0, file->size(k_database_digest));
        if (!digest.empty() && digest != digest_of(read_file(database_head(part))))
            throw Damaged(database_head(part).string() + ": checksum");
        const std::span<const std::uint32_t> all = file->all<std::uint32_t>(k_removed);
        return std::vector<std::uint32_t>(all.begin(), all.end());
    });
    if (!rows) return rows;
    const bool rising = std::adjacent_find(rows->begin(), rows->end(), std::greater_equal()) == rows->end();
    if (file->documents() != documents || !rising || (!rows->empty() && rows->back() >= documents))
        return Error{Code::damaged, path.string() + std::string(tr(": rows out of order", " : lignes en désordre"))};
    return rows;
}

}  // namespace limier
