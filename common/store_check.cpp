#include <map>
#include <set>
#include <sstream>

#include <unistd.h>

#include "common/output/language.hpp"
#include "common/store.hpp"
#include "common/store_files.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

/// Empty where the file is as it was published.
std::string problem_of(const fs::path& generation, const ManifestLine& line) {
    const fs::path file = generation / line.name;
    std::error_code error;
    if (!fs::is_regular_file(file, error)) return file.string() + std::string(tr(": missing", " : manque"));
    if (fs::file_size(file, error) == line.size && digest_of_file(file) == line.digest) return {};
    return file.string() + std::string(tr(": is not as it was published", " : n’est plus comme à la publication"));
}

/// Files that are missing, changed or not in the manifest.
std::vector<std::string> against_manifest(const fs::path& generation) {
    std::vector<std::string> problems;
    const Result<std::vector<ManifestLine>> manifest = read_manifest(generation);
    if (!manifest) return {manifest.error().message};
    std::set<std::string> listed{std::string(k_manifest)};
    for (const ManifestLine& line : *manifest) {
        listed.insert(line.name);
        if (std::string problem = problem_of(generation, line); !problem.empty())
            problems.push_back(std::move(problem));
    }
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

Result<std::vector<ManifestLine>> read_manifest(const fs::path& generation) {
    const std::string file = read_file(generation / k_manifest);
    const auto text = unsealed(file);
    if (!text) {
        return Error{
            Code::damaged,
            (generation / k_manifest).string() + std::string(tr(": missing or not as it was published",
                                                                " : manque ou n’est plus comme à la publication")),
            std::string(tr("see indexer check, then rebuild", "voir indexer check, puis reconstruire"))};
    }
    std::vector<ManifestLine> lines;
    std::istringstream in{std::string(*text)};
    for (ManifestLine line; in >> line.digest >> line.size && std::getline(in >> std::ws, line.name);)
        lines.push_back(line);
    return lines;
}

std::string manifest_text(const ManifestLine& line) {
    return line.digest + " " + std::to_string(line.size) + " " + line.name + "\n";
}

Result<void> check_part(const fs::path& part) {
    const fs::path generation = part.parent_path();
    const Result<std::vector<ManifestLine>> manifest = read_manifest(generation);
    if (!manifest) return manifest.error();
    for (const ManifestLine& line : *manifest) {
        if (!line.name.starts_with(part.filename().string() + "/")) continue;
        if (std::string problem = problem_of(generation, line); !problem.empty())
            return Error{Code::damaged, std::move(problem),
                         std::string(tr("see indexer check, then rebuild", "voir indexer check, puis reconstruire"))};
    }
    return {};
}

Result<std::vector<std::string>> check_index(const fs::path& path) {
    const Result<std::string> stub = stub_lines(path);
    if (!stub && stub.error().code == Code::damaged) return std::vector{stub.error().message};
    if (!stub) return stub.error();
    const fs::path generation = path / stub_generation(*stub);
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
    for (const fs::path& relative : stub_databases(*stub)) {
        const fs::path database = path / relative;
        // It opens the tables for writing, and does not write. Where that is not allowed the manifest has to do.
        if (::access((database / "postlist.glass").c_str(), W_OK) != 0) continue;
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
            if (root.generation.empty()) continue;  // no file of ours
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
