#include "indexer/readers/confinement.hpp"

#include <cerrno>
#include <memory>

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "indexer/readers/bytes.hpp"

namespace limier {
namespace {

void limit(__rlimit_resource resource, std::uint64_t value) {
    const ::rlimit limits{value, value};
    ::setrlimit(resource, &limits);
}

// Reading and writing what is open, memory, and how a process ends. Each call that is not here fails with EPERM, so
// that a library that looks for a file goes on without.
constexpr int k_calls[] = {
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(recvmsg),
    SCMP_SYS(recvfrom),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(brk),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(sched_yield),
    SCMP_SYS(restart_syscall),
#ifdef LIMIER_SANITIZED
    // By a pipe they find out whether memory may be read; without, they take each object for a broken one.
    SCMP_SYS(pipe),
    SCMP_SYS(pipe2),
#endif
};

/// 0, or what the kernel or libseccomp says, negative.
int refuse_calls() {
    const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(::seccomp_init(SCMP_ACT_ERRNO(EPERM)),
                                                                  ::seccomp_release);
    if (!filter) return -ENOMEM;
    int failed = 0;
    const auto allow = [&](int call, unsigned conditions, scmp_arg_cmp condition) {
        const int added = ::seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, conditions, &condition);
        // Not every machine has every call.
        if (added != 0 && added != -EDOM) failed = added;
    };
    for (const int call : k_calls) allow(call, 0, {});
    // The state of a descriptor; by its path, of a file that nobody can open.
    allow(SCMP_SYS(newfstatat), 1, {3, SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH});
    // No code that was not there before.
    allow(SCMP_SYS(mmap), 1, {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0});
    allow(SCMP_SYS(mprotect), 1, {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0});
    allow(SCMP_SYS(fcntl), 1, {1, SCMP_CMP_EQ, F_DUPFD_CLOEXEC, 0});
    // How abort() ends the process.
    allow(SCMP_SYS(tgkill), 1, {0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()), 0});
    return failed != 0 ? failed : ::seccomp_load(filter.get());
}

}  // namespace

std::string give_up_rights(std::uint64_t address_space) {
    limit(RLIMIT_CORE, 0);
    // Where the kernel refuses no calls, this one still counts for all but root.
    limit(RLIMIT_NPROC, 0);
#ifndef LIMIER_SANITIZED
    limit(RLIMIT_AS, address_space);
    // Of files, too, that were handed over by mistake for writing. What a sanitizer says may go to one.
    limit(RLIMIT_FSIZE, 0);
#else
    static_cast<void>(address_space);
#endif
    const int failed = refuse_calls();
    return failed == 0 ? std::string() : system_reason(-failed);
}

}  // namespace limier
