// Files of an index that opening, publishing and checking all look at. For common/store* only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "common/store.hpp"

namespace limier {

std::string read_file(const std::filesystem::path& path);

inline constexpr std::string_view k_stub = "XAPIANDB";
inline constexpr std::string_view k_new_stub = "XAPIANDB.new";
inline constexpr std::string_view k_lock = ".lock";
inline constexpr std::string_view k_generation = "generation-";
inline constexpr std::string_view k_part = "part-";
inline constexpr std::string_view k_manifest = "MANIFEST";
inline constexpr std::string_view k_removed_file = "removed.lim";
/// An empty database that the stub of a portable index names where rows were removed: by it a server's client sees
/// that the index is not as it was written.
inline constexpr std::string_view k_changed = "changed";

/// `generation-000007`.
std::string numbered(std::string_view what, unsigned number);
/// The 7 in it; nothing where the name is none of `what`.
std::optional<unsigned> number_in(std::string_view name, std::string_view what);

/// Lines with one more, which tells whether they are all there and as they were: `# XXH3-128`, a comment to Xapian.
std::string sealed(std::string_view lines);
/// The lines; nothing where they, or what is said of them, changed.
std::optional<std::string_view> unsealed(std::string_view file);

/// The lines of the stub of the index at `path`. Errors: not_found, damaged, io.
Result<std::string> stub_lines(const std::filesystem::path& path);
/// The databases that these lines name, relative to the stub's folder, all of one generation.
std::vector<std::filesystem::path> stub_databases(std::string_view lines);
/// Their generation.
std::string stub_generation(std::string_view lines);
/// That of the index at `path`; empty where none is known to be in force.
std::string generation_in_force(const std::filesystem::path& path);
/// Whether a folder without a generation in force holds what a build that was killed leaves, or an index whose stub is
/// damaged, and nothing else.
bool holds_remains(const std::filesystem::path& path);

/// A manifest: digest, size and name of a file each.
struct ManifestLine {
    std::string digest;
    std::uint64_t size = 0;
    std::string name;  ///< relative to the generation
};
/// Errors: damaged.
Result<std::vector<ManifestLine>> read_manifest(const std::filesystem::path& generation);
std::string manifest_text(const ManifestLine& line);

/// What Xapian reads first of a database: where its tables begin, which it does not check. A flipped bit of it can
/// crash the program.
inline constexpr std::string_view k_head_file = "iamglass";
inline std::filesystem::path database_head(const std::filesystem::path& part) {
    return part_database(part) / k_head_file;
}

/// The rows of a part that were removed; also holds the head of its database against the digest kept beside them.
/// Errors: damaged, io.
Result<std::vector<std::uint32_t>> read_removed(const std::filesystem::path& part, std::uint32_t documents);

/// Regular files at any depth, sorted.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

/// XXH3-128 in hexadecimal.
std::string digest_of(std::string_view bytes);
std::string digest_of_file(const std::filesystem::path& path);

Error not_an_index(const std::filesystem::path& path);
Error other_schema(const std::filesystem::path& path, const std::string& schema);

}  // namespace limier
