#include "common/output/streams.hpp"

#include <csignal>
#include <initializer_list>

#include <fcntl.h>
#include <unistd.h>

namespace limier {

void begin_streams() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    // The next file opened takes the lowest free number: with stdin closed that was the index, read as queries.
    // The mode is the wrong one, so that use of the stream fails as on a closed one.
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) != -1) continue;
        const int mode = stream == STDIN_FILENO ? O_WRONLY : stream == STDOUT_FILENO ? O_RDONLY : O_RDWR;
        if (::open("/dev/null", mode) != stream) return;
    }
}

}  // namespace limier
