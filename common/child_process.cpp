#include "common/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/descriptor.hpp"
#include "common/file_access.hpp"
#include "common/output/language.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t k_chunk = std::size_t{64} << 10;
constexpr std::size_t k_most_complaint = 4096;  // of stderr is kept; the rest is read and dropped
constexpr std::size_t k_longest_quote = 200;
// How often a child that says nothing is left for a look at `stop`.
constexpr int k_tick_milliseconds = 100;

struct Pipe {
    Descriptor from, to;  ///< reading does not wait

    bool open() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) return false;
        from = Descriptor(ends[0]);
        to = Descriptor(ends[1]);
        return ::fcntl(from.get(), F_SETFL, O_NONBLOCK) == 0;
    }
};

void limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
    const ::rlimit limits{soft, hard};
    ::setrlimit(resource, &limits);
}

/// The child's way to its program. Between fork and exec of a program with threads only calls that are safe in a signal
/// handler are allowed: everything was made ready before.
[[noreturn]] void become(const char* program, char* const* words, int in, int out, int err, const ChildLimits* limits,
                         int access) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    // exec resets handlers, but what is ignored stays ignored.
    ::signal(SIGPIPE, SIG_DFL);
    ::signal(SIGXFSZ, SIG_DFL);
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    limit(RLIMIT_CORE, 0, 0);
    if (limits != nullptr) {
        limit(RLIMIT_CPU, limits->processor_seconds, limits->processor_seconds + 1);
        limit(RLIMIT_AS, limits->address_space, limits->address_space);
    }
    if (access >= 0) {
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        if (::syscall(SYS_landlock_restrict_self, access, 0) != 0) ::_exit(126);
    }
    ::execve(program, words, environ);
    ::_exit(127);
}

std::string system_reason() { return std::generic_category().message(errno); }

/// What a child reads: a file in memory, so that nobody waits for it to read on.
Descriptor input_of(std::string_view text) {
    if (text.empty()) return Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    Descriptor file(::memfd_create("input", MFD_CLOEXEC));
    while (file.is_open() && !text.empty()) {
        const ssize_t written = ::write(file.get(), text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return Descriptor();
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (file.is_open() && ::lseek(file.get(), 0, SEEK_SET) != 0) return Descriptor();
    return file;
}

std::string seconds_text(std::chrono::milliseconds time) {
    const auto whole = std::to_string(time.count() / 1000);
    const auto tenth = time.count() % 1000 / 100;
    return tenth == 0 ? whole + " s" : whole + std::string(tr(".", ",")) + std::to_string(tenth) + " s";
}

/// A process of its own group; -1 where the system has none.
pid_t start_process(const std::string& program, const std::vector<std::string>& words, int in, int out, int err,
                    const ChildLimits* limits) {
    std::vector<std::string> own = words;
    std::vector<char*> arguments;
    for (std::string& word : own) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    Descriptor access;
    if (limits != nullptr && !limits->only_file.empty()) access = read_only_access(program, limits->only_file);
    const pid_t pid = ::fork();
    if (pid == 0) become(program.c_str(), arguments.data(), in, out, err, limits, access.get());
    // Also here, so that the group is there when it is to be killed, whoever runs first.
    if (pid > 0) ::setpgid(pid, pid);
    return pid;
}

/// Kills what is left of a process and its group and returns its status.
int end_process(pid_t pid) {
    // Before it is reaped, since until then nobody else can be given its number.
    ::kill(-pid, SIGKILL);
    ::kill(pid, SIGKILL);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

class Child {
 public:
    Child(const std::string& name, const ChildLimits& limits) : name_(name), limits_(limits) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() { end(); }

    Result<void> start(const std::string& program, const std::vector<std::string>& words, std::string_view input) {
        const Descriptor in = input_of(input);
        if (!in.is_open()) return failed(system_reason());
        Pipe out, err;
        if (!out.open() || !err.open()) return failed(system_reason());
        pid_ = start_process(program, words, in.get(), out.to.get(), err.to.get(), &limits_);
        if (pid_ < 0) return failed(system_reason());
        // glibc 2.36 declares pidfd_open without C linkage.
        handle_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
        if (!handle_.is_open()) return failed(system_reason());
        out_ = std::move(out.from);
        err_ = std::move(err.from);
        return {};
    }

    Result<std::string> output() {
        const Clock::time_point deadline = Clock::now() + limits_.wall;
        for (bool ended = false; !ended;) {
            ended = wait();
            take(out_, text_, limits_.output + 1);
            take(err_, complaint_, k_most_complaint);
            if (text_.size() > limits_.output) return failed(too_much());
            if (limits_.stop != nullptr && *limits_.stop) return failed(std::string(tr("interrupted", "interrompu")));
            if (!ended && Clock::now() >= deadline) {
                return failed(std::string(tr("still running after ", "tourne encore après ")) +
                              seconds_text(limits_.wall));
            }
        }
        if (std::string reason = reason_of(end()); !reason.empty()) return failed(std::move(reason));
        return std::move(text_);
    }

 private:
    /// Sleeps until there is something to read or the child has ended, which is what it tells.
    bool wait() {
        // A closed end is no reason to wake up: its descriptor is then -1, which poll passes over.
        std::array<pollfd, 3> places{{{out_.get(), POLLIN, 0}, {err_.get(), POLLIN, 0}, {handle_.get(), POLLIN, 0}}};
        const auto tick = std::min<std::int64_t>(k_tick_milliseconds, limits_.wall.count());
        ::poll(places.data(), places.size(), static_cast<int>(tick));
        return (places[2].revents & POLLIN) != 0;
    }

    /// Reads what is there. What is beyond `most` bytes is dropped.
    static void take(Descriptor& from, std::string& into, std::size_t most) {
        while (from.is_open()) {
            const std::size_t before = into.size();
            into.resize(before + k_chunk);
            const ssize_t got = ::read(from.get(), into.data() + before, k_chunk);
            const int error_number = errno;
            into.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
            if (got == 0) from.close();
            if (got < 0 && error_number == EINTR) continue;
            if (got <= 0) return;
            if (into.size() >= most) {
                into.resize(most);
                return;
            }
        }
    }

    /// Kills what is left of the process group and returns the child's status, once.
    int end() { return pid_ > 0 ? end_process(std::exchange(pid_, -1)) : 0; }

    /// Empty where the child did what it was asked.
    std::string reason_of(int status) const {
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
            return std::string(tr("it used more processor time than ", "il a pris plus de temps de processeur que ")) +
                   std::to_string(limits_.processor_seconds) + " s";
        }
        const std::string text = status_text(status);
        return text.empty() ? text : text + quoted_complaint();
    }

    std::string quoted_complaint() const {
        const std::string text = clean_utf8(complaint_).text;
        const std::size_t begin = text.find_first_not_of(" \t\r\n");
        if (begin == std::string::npos) return {};
        std::string_view line = std::string_view(text).substr(begin, text.find_first_of("\r\n", begin) - begin);
        line = line.substr(0, line.find_last_not_of(" \t") + 1);
        return ": " + std::string(utf8_prefix(line, k_longest_quote));
    }

    std::string too_much() const {
        return std::string(tr("it writes more than ", "il écrit plus de ")) + std::to_string(limits_.output >> 20) +
               std::string(tr(" MiB", " Mio"));
    }

    Error failed(std::string reason) const { return {Code::input, name_ + ": " + std::move(reason)}; }

    const std::string& name_;
    const ChildLimits& limits_;
    pid_t pid_ = -1;
    Descriptor handle_, out_, err_;
    std::string text_, complaint_;
};

bool can_be_run(const std::string& path) {
    struct ::stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::optional<std::string> find_program(const std::string& name) {
    if (name.find('/') != std::string::npos) return can_be_run(name) ? std::optional(name) : std::nullopt;
    const char* const folders = std::getenv("PATH");
    const std::string_view list = folders == nullptr ? "/usr/bin:/bin" : folders;
    for (std::size_t at = 0; at <= list.size();) {
        const std::size_t end = std::min(list.find(':', at), list.size());
        const std::string path = std::string(list.substr(at, end - at)) + "/" + name;
        if (end > at && can_be_run(path)) return path;
        at = end + 1;
    }
    return std::nullopt;
}

Result<std::string> run_child(const std::vector<std::string>& words, const ChildLimits& limits,
                              std::string_view input) {
    assert(!words.empty());
    const std::optional<std::string> program = find_program(words[0]);
    if (!program) {
        return Error{Code::not_found,
                     words[0] + std::string(tr(": there is no such program", " : il n’y a pas de tel programme"))};
    }
    Child child(words[0], limits);
    if (Result<void> started = child.start(*program, words, input); !started) return started.error();
    return child.output();
}

std::string status_text(int status) {
    if (WIFEXITED(status)) {
        if (WEXITSTATUS(status) == 0) return {};
        return std::string(tr("exit status ", "statut de sortie ")) + std::to_string(WEXITSTATUS(status));
    }
    const int signal = WTERMSIG(status);
    const char* const description = ::sigdescr_np(signal);
    return std::string(tr("killed by signal ", "tué par le signal ")) + std::to_string(signal) + " (" +
           (description == nullptr ? "?" : description) + ")";
}

Result<Companion> Companion::start(const std::vector<std::string>& words) {
    assert(!words.empty());
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return Error{Code::io, system_reason()};
    Companion made;
    made.socket_ = Descriptor(ends[0]);
    const Descriptor other(ends[1]), nowhere(::open("/dev/null", O_RDWR | O_CLOEXEC));
    if (!nowhere.is_open()) return Error{Code::io, system_reason()};
#ifdef LIMIER_SANITIZED
    const int err = STDERR_FILENO;  // what a sanitizer found is to be read
#else
    const int err = nowhere.get();
#endif
    made.pid_ = start_process(words[0], words, other.get(), nowhere.get(), err, nullptr);
    if (made.pid_ < 0) return Error{Code::io, system_reason()};
    return made;
}

Companion::Companion(Companion&& other) noexcept
    : socket_(std::move(other.socket_)), pid_(std::exchange(other.pid_, -1)) {}

Companion& Companion::operator=(Companion&& other) noexcept {
    std::swap(socket_, other.socket_);
    std::swap(pid_, other.pid_);
    return *this;
}

Companion::~Companion() { end(); }

std::chrono::nanoseconds Companion::processor_time() const {
    ::clockid_t clock{};
    ::timespec time{};
    if (::clock_getcpuclockid(pid_, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return {};
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

int Companion::end() { return pid_ > 0 ? end_process(std::exchange(pid_, -1)) : 0; }

}  // namespace limier
