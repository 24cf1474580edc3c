// Many queries in one run, a line each, answered on several threads and written in their order.
#pragma once

#include "searcher/commands.hpp"

namespace limier {

/// Answers the queries read from a file descriptor until its end, and returns the exit status. What goes to stdout and
/// stderr is the same whatever `options.jobs`; a query is answered at once, though no other may have come yet.
int run_batch(const RunOptions& options, Searcher searcher, int queries);

}  // namespace limier
