// What a run says: results to stdout, messages to stderr.
#pragma once

#include <string>
#include <string_view>

#include "common/result.hpp"
#include "searcher/result.hpp"

namespace limier {

/// Messages as they go to stderr: one line, and an error's hint on its own.
std::string complaint(const Error& error);
/// And what --explain told. `place` stands before each note: the line of a batch.
std::string notes_of(const SearchResult& result, std::string_view place = {});

/// How many places a concordance has of how many; nothing for other results.
std::string places_of(const SearchResult& result);

void complain(const Error& error);

/// Sends text to stdout. False when nobody reads it any more, or it cannot be written (said on stderr); errno tells.
bool send(std::string_view text);

/// The exit status after `send` was false: a reader that has seen enough is no error.
int status_of_unsent();

}  // namespace limier
