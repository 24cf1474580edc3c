// How a build tells how far it is.
#pragma once

#include <string>

#include "indexer/build.hpp"

namespace limier {

/// One line: phase, bar, documents, MB/s and the time still to go, at most `columns` wide.
std::string progress_line(const BuildProgress& progress, std::size_t columns);

/// One line: documents, megabytes, seconds, MB/s, refused and skipped files, replaced bytes. `update`: the documents by
/// what became of them.
std::string summary_line(const BuildReport& report, const std::string& db, bool update = false);

/// What was refused and why, a line each; at most `most` of them and the number of the rest.
std::string refusal_lines(const BuildReport& report, std::size_t most);

/// Says that hostile files were read without what DocumentSource::unconfined gives as the reason missing; empty where
/// there is none.
std::string unconfined_line(const std::string& reason);

}  // namespace limier
