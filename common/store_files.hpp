// Files of an index that opening, publishing and checking all look at. For common/store* only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"

namespace limier {

std::string read_file(const std::filesystem::path& path);

inline constexpr std::string_view k_stub = "XAPIANDB";
inline constexpr std::string_view k_generation = "generation-";
inline constexpr std::string_view k_part = "part-";
inline constexpr std::string_view k_manifest = "MANIFEST";
inline constexpr std::string_view k_removed_file = "removed.lim";

/// `generation-000007`.
std::string numbered(std::string_view what, unsigned number);
/// The 7 in it; nothing where the name is none of `what`.
std::optional<unsigned> number_in(std::string_view name, std::string_view what);

/// The databases that a stub of ours names, relative to its folder, all of one generation.
std::vector<std::filesystem::path> stub_databases(std::string_view stub);
/// Their generation; empty where it is no stub of ours.
std::string stub_generation(std::string_view stub);
/// That of the index at `path`.
std::string generation_in_force(const std::filesystem::path& path);

/// The rows of a part that were removed; none where it has no such file. Errors: damaged, io.
Result<std::vector<std::uint32_t>> read_removed(const std::filesystem::path& part, std::uint32_t documents);

/// Regular files at any depth, sorted.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

/// XXH3-128 in hexadecimal.
std::string digest_of_file(const std::filesystem::path& path);

Error not_an_index(const std::filesystem::path& path);

}  // namespace limier
