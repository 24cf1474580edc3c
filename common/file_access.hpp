// Which files a program that is run may see, by Landlock (Linux 5.13).
#pragma once

#include <string>

#include "common/descriptor.hpp"

namespace limier {

/// What a program may see that has to read one file: that, and to run at all the folders of the system and of the
/// program. It may write nowhere, and connect to nothing by TCP (Linux 6.7). A process gives up the rest by
/// landlock_restrict_self. Not open where the kernel has no Landlock. `program` and `file` are paths.
Descriptor read_only_access(const std::string& program, const std::string& file);

}  // namespace limier
