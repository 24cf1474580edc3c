// The date that the name of a file and its folders tell.
#pragma once

#include "indexer/document.hpp"

namespace limier {

/// The date of `2025-01-titre.html`, `titre_20250114.md`, `2024/03/14/titre.txt`, to the month or day; none where the
/// path tells only a year. Of a member of an archive its own path goes before that of the archive.
Date date_of_file(const Document& document);

}  // namespace limier
