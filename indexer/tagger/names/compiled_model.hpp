// The model of names that is compiled into the program: model/names.bin, described in model/README.md.
#pragma once

#include <string_view>

namespace limier {

/// The bytes of the model. Lifetime: the program's.
std::string_view compiled_model();

}  // namespace limier
