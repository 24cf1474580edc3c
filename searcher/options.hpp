// The command line of the searcher, as one table.
#pragma once

#include "common/cli.hpp"

namespace limier {

const Program& searcher_program();

}  // namespace limier
