// Messages in English in a test program, whatever the environment: included by one of its files.
#pragma once

#include <cstdlib>

namespace {
[[maybe_unused]] const int k_messages_in_english = setenv("LC_ALL", "C", 1);
}
