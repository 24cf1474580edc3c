// The dialogue: queries and commands on a terminal, with history and completion (readline).
#pragma once

#include "searcher/commands.hpp"

namespace limier {

/// Reads queries from the terminal until Ctrl-D or `:quit`. Returns 0, or 2 when the index cannot be used any more.
int run_repl(const RunOptions& options, Searcher searcher);

}  // namespace limier
