#include "common/text/open_table.hpp"

// The hash is compiled into the function: most words are shorter than what a call into the library takes.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace limier {

std::size_t text_hash(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

}  // namespace limier
