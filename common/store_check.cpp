#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "common/output/language.hpp"
#include "common/store.hpp"
#include "common/store_files.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

/// Files that are missing, changed or not in the manifest.
std::vector<std::string> against_manifest(const fs::path& generation) {
    std::vector<std::string> problems;
    std::istringstream lines(read_file(generation / std::string(k_manifest)));
    std::string digest, name;
    std::uint64_t size = 0;
    std::set<std::string> listed{std::string(k_manifest)};
    while (lines >> digest >> size && std::getline(lines >> std::ws, name)) {
        listed.insert(name);
        const fs::path file = generation / name;
        std::error_code error;
        if (!fs::is_regular_file(file, error)) {
            problems.push_back(file.string() + std::string(tr(": missing", " : manque")));
        } else if (fs::file_size(file, error) != size || digest_of_file(file) != digest) {
            problems.push_back(file.string() +
                               std::string(tr(": is not as it was published", " : n’est plus comme à la publication")));
        }
    }
    if (listed.size() == 1)
        problems.push_back((generation / std::string(k_manifest)).string() +
                           std::string(tr(": missing or empty", " : manque ou vide")));
    for (const fs::path& file : files_below(generation)) {
        const std::string relative = fs::relative(file, generation).string();
        if (!listed.contains(relative)) {
            problems.push_back(file.string() +
                               std::string(tr(": does not belong to the index", " : n’appartient pas à l’index")));
        }
    }
    return problems;
}

}  // namespace

Result<std::vector<std::string>> check_index(const fs::path& path) {
    const std::string stub = read_file(path / k_stub), name = stub_generation(stub);
    if (name.empty()) return not_an_index(path);
    const fs::path generation = path / name;
    std::error_code error;
    if (!fs::is_directory(generation, error)) {
        return std::vector<std::string>{generation.string() + std::string(tr(": missing", " : manque"))};
    }
    std::vector<std::string> problems;
    const Result<void> compared = guarded([&] { problems = against_manifest(generation); });
    if (!compared) problems.push_back(compared.error().message);
    const Result<void> columns = guarded([&] {
        for (const fs::path& file : files_below(generation)) {
            if (file.extension() != ".lim") continue;
            Result<ColumnFile> opened = ColumnFile::open(file);
            if (opened) {
                opened->verify();
            } else {
                problems.push_back(opened.error().message);
            }
        }
    });
    if (!columns) problems.push_back(columns.error().message);
    // Xapian's own check trusts the blocks it walks over: on bytes known to be changed it may read beyond them.
    if (!problems.empty()) return problems;
    for (const fs::path& relative : stub_databases(stub)) {
        const fs::path database = path / relative;
        std::ostringstream report;
        const Result<std::size_t> xapian =
            guarded([&] { return Xapian::Database::check(database.string(), 0, &report); });
        if (!xapian) {
            problems.push_back(database.string() + ": " + xapian.error().message);
        } else if (*xapian != 0) {
            problems.push_back(database.string() + ": " + report.str());
        }
    }
    if (problems.empty()) {
        Result<Index> index = Index::open(path);
        if (!index) problems.push_back(index.error().message);
    }
    return problems;
}

Result<std::vector<std::pair<std::string, std::uint64_t>>> index_sizes(const Index& index) {
    std::map<std::string, std::uint64_t> parts;
    static const std::map<std::string, std::string> tables{
        {"postlist", "postings"}, {"termlist", "termlists"}, {"docdata", "docdata"}, {"position", "positions"}};
    const Result<void> read = guarded([&] {
        for (const Index::Root& root : index.roots()) {
            for (const fs::path& file : files_below(root.generation)) {
                const auto table = tables.find(file.stem().string());
                if (file == part_columns(file.parent_path())) continue;
                parts[table == tables.end() ? "other" : table->second] += fs::file_size(file);
            }
        }
        for (const Index::SegmentAt& at : index.segments()) {
            for (const auto& [part, size] : part_sizes(at.segment)) parts[part] += size;
        }
    });
    if (!read) return read.error();
    return std::vector<std::pair<std::string, std::uint64_t>>(parts.begin(), parts.end());
}

}  // namespace limier
