#include "searcher/bad_read.hpp"

#include <csignal>
#include <string_view>

#include <unistd.h>

#include "common/output/language.hpp"
#include "searcher/commands.hpp"

namespace limier {
namespace {

std::string_view message;

// Only what may be called in a signal handler (POSIX.1-2017, 2.4.3). It has the stack of the program: one that
// overflows leaves it none.
void end(int signal, siginfo_t* info, void*) {
    const bool sent = info->si_code <= 0;
    if (sent) {
        ::signal(signal, SIG_DFL);
        ::raise(signal);
        return;
    }
    if (::write(STDERR_FILENO, message.data(), message.size()) < 0) ::_exit(k_search_error);
    ::_exit(k_search_error);
}

}  // namespace

void say_bad_reads() {
    message =
        tr("searcher: stopped by a read outside of memory, as a damaged table of the index causes it\n"
           "indexer check --db DB says what is damaged; rebuild that index with indexer build\n",
           "searcher : arrêt sur une lecture hors de la mémoire, comme en cause une table abîmée de l’index\n"
           "indexer check --db DB dit ce qui est abîmé ; reconstruisez cet index par indexer build\n");
    struct sigaction action = {};
    action.sa_sigaction = end;
    action.sa_flags = SA_SIGINFO;
    ::sigaction(SIGSEGV, &action, nullptr);
    ::sigaction(SIGBUS, &action, nullptr);
}

}  // namespace limier
