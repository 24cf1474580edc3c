// Builds an index in which nothing is tagged, beside engines that tag nothing: bench_untagged FILE DB THREADS
// Not installed, and built only when asked for.
#include <cstdio>
#include <cstdlib>

#include "indexer/build.hpp"

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("usage: bench_untagged FILE DB THREADS\n", stderr);
        return 2;
    }
    limier::BuildOptions options;
    options.paths = {argv[1]};
    options.db = argv[2];
    options.jobs = static_cast<unsigned>(std::atoi(argv[3]));
    options.tag = false;
    const limier::BuildReport report = limier::build_index(options);
    if (!report.error) return 0;
    std::fprintf(stderr, "bench_untagged: %s\n", report.error->message.c_str());
    return 2;
}
