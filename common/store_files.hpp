// Files of an index that opening, publishing and checking all look at. For common/store* only.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/result.hpp"

namespace limier {

std::string read_file(const std::filesystem::path& path);

/// The generation that the stub of an index names; empty when there is no stub of ours.
std::string stub_generation(const std::filesystem::path& path);

/// Regular files at any depth, sorted.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

/// XXH3-128 in hexadecimal.
std::string digest_of_file(const std::filesystem::path& path);

Error not_an_index(const std::filesystem::path& path);

}  // namespace limier
