// Where `:save` writes, and in which format.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "common/result.hpp"

namespace limier {

struct SaveTarget {
    std::filesystem::path file;
    std::string format;  ///< of --format
};

/// Reads `FILE [FORMAT]`; without the second the file's extension names it, a text otherwise. A file may have blanks;
/// quotes around it and `~/` are the shell's. Errors: usage, for no file.
Result<SaveTarget> read_save_target(std::string_view argument);

/// Writes a file whole. Errors: io; usage where there is one already and `overwrite` is not asked for.
Result<void> write_file(const std::filesystem::path& file, std::string_view text, bool overwrite);

}  // namespace limier
