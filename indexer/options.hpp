// The command line of the indexer, as one table.
#pragma once

#include "common/cli.hpp"

namespace limier {

const Program& indexer_program();

}  // namespace limier
