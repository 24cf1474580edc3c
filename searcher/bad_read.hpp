// What a damaged table of Xapian's, which has no checksums, may end a search with: a read outside of memory.
#pragma once

namespace limier {

/// Ends the program with the status of an error and a message, in the language of the locale, where it would crash by a
/// read outside of memory. A stack that overflows, and a signal that another process sends, end it as ever.
void say_bad_reads();

}  // namespace limier
