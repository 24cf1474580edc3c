// Lines for the shell that show what the output is made for.
#pragma once

#include <span>

#include "common/cli.hpp"

namespace limier {

/// Of the manual page. Each works on the index of `corpus/` as `presse.db`, and is run so by a test.
std::span<const Example> searcher_recipes();

}  // namespace limier
