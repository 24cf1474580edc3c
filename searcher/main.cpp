#include <cstdlib>

#include <malloc.h>

#include "searcher/commands.hpp"

int main(int argc, char** argv) {
    // What a query of many matches worked in serves the next: given back each time, its pages are cleared each time
    // anew (a fifth of what five facets over 100,000 documents take).
    ::mallopt(M_MMAP_THRESHOLD, 128 << 20);
    ::mallopt(M_TRIM_THRESHOLD, 256 << 20);
    // Asked of the system at once, and taking nothing until it is written.
    ::mallopt(M_TOP_PAD, 1 << 20);
    const int status = limier::run_searcher({argv, static_cast<std::size_t>(argc)});
#ifndef LIMIER_INSTRUMENTED
    // Nothing waits to be written; what the libraries do at the end of a process takes seven page faults.
    std::_Exit(status);
#endif
    return status;
}
