// What a file is, by its content.
#pragma once

#include <string>
#include <string_view>

#include "indexer/readers/format.hpp"

namespace limier {

/// What a compound file begins with, in which Word, Excel and PowerPoint kept their documents before (MS-CFB).
inline constexpr std::string_view k_compound_file = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The name of a stream in it.
std::string utf16_name(std::string_view ascii);

/// The extension, with its dot, of the format that the first bytes of a file are of; `named`: that of its own name,
/// which tells apart what looks alike (a text from a Markdown text). Empty where it is none of ours.
std::string format_of_bytes(std::string_view head, std::string_view named);

/// The same of a file, whose bytes can be read as before.
std::string format_by_content(InputFile& file, std::string_view named);

}  // namespace limier
