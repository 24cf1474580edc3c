// The indexer's commands; main.cpp only calls run_indexer, so that tests can link the rest.
#pragma once

#include <span>

namespace limier {

/// Runs the program. Returns its exit status: 0 all documents taken, 1 some refused, 2 nothing published or an error.
int run_indexer(std::span<const char* const> argv);

}  // namespace limier
