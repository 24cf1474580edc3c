// What a file is, by its content.
#pragma once

#include <string>
#include <string_view>

#include "indexer/readers/format.hpp"

namespace limier {

/// The extension, with its dot, of the format that the first bytes of a file are of; `named`: that of its own name,
/// which tells apart what looks alike (a text from a Markdown text). Empty where it is none of ours.
std::string format_of_bytes(std::string_view head, std::string_view named);

/// The same of a file, whose bytes can be read as before.
std::string format_by_content(InputFile& file, std::string_view named);

}  // namespace limier
