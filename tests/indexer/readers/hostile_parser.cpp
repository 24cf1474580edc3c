// A process that reads files as the indexer's does, but is taken over by what they, or the parts of them, are called.
// Each name does what a hostile file might make a parser do.
#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "indexer/readers/confined.hpp"

using namespace limier;

namespace {

bool poisoned = false;

/// What this process can still do that it must not.
std::string rights_left() {
    std::string left;
    const auto test = [&left](const char* what, bool done) {
        if (done) left.append(left.empty() ? "" : " ").append(what);
    };
    test("open", ::open("/etc/passwd", O_RDONLY) >= 0);
    test("create", ::open("/tmp/limier-hostile", O_WRONLY | O_CREAT, 0600) >= 0);
    test("socket", ::socket(AF_INET, SOCK_STREAM, 0) >= 0);
    test("unlink", ::unlink("/tmp/limier-hostile") == 0);
    test("kill", ::kill(::getppid(), 0) == 0);
    test("memfd", ::memfd_create("x", 0) >= 0);
    test("code", ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
    test("ptrace", ::syscall(SYS_ptrace, 0, 0, 0, 0) == 0);
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    test("fork", child > 0);
    char program[] = "/bin/true";
    char* const words[] = {program, nullptr};
    ::execv(program, words);  // where it can, no answer comes
    return left;
}

/// Until memory ends.
void eat_memory() {
    std::vector<std::string> all;
    for (;;) all.emplace_back(std::size_t{1} << 24, 'x');
}

void misbehave(const std::string& name) {
    const auto is = [&name](const char* what) { return name.find(what) != std::string::npos; };
    volatile int one = 1;
    ::signal(SIGSEGV, SIG_DFL);  // a sanitizer has its own way
    if (poisoned || is("crash")) ::raise(SIGSEGV);
    if (is("poison")) poisoned = true;
    if (is("abort")) std::abort();
    if (is("exit")) ::_exit(0);
    while (is("loop")) one = one + 1;
    std::atomic<int> forever = 0;
    if (is("sleep")) forever.wait(0);
    if (is("memory")) eat_memory();
    if (is("nonsense")) static_cast<void>(::write(STDIN_FILENO, "\xFF\xFF\xFF\xFF nonsense", 13));
    if (is("lie")) {
        std::string frame;
        append_frame(frame, FrameKind::document, std::string(60, '\x7F'));
        static_cast<void>(::write(STDIN_FILENO, frame.data(), frame.size()));
    }
    while (is("flood")) {
        std::string frame;
        append_frame(frame, FrameKind::more, {});
        if (::write(STDIN_FILENO, frame.data(), frame.size()) <= 0) ::_exit(1);
    }
}

class Hostile : public FileReader {
 public:
    explicit Hostile(const InputFile& file) : name_(file.name), real_(open_file(file)) {}

    Step next() override {
        const std::string name = std::exchange(name_, {});
        if (!name.empty()) misbehave(name);
        if (name != "rights.txt.gz") return real_->next();
        real_->next();
        return {{}, Refusal{"rights", "left: " + rights_left()}};
    }
    std::uint64_t bytes_read() const override { return real_->bytes_read(); }

 private:
    std::string name_;
    std::unique_ptr<FileReader> real_;
};

std::unique_ptr<FileReader> open_hostile(const InputFile& file) {
    InputFile input = file;
    input.begin_part = [&file](const std::string& place) {
        const bool is_read = file.begin_part(place);
        if (is_read) misbehave(place);
        return is_read;
    };
    return std::make_unique<Hostile>(input);
}

}  // namespace

int main(int, char** argv) {
    const std::string number = argv[1];
    std::uint64_t address_space = 0;
    std::from_chars(number.data(), number.data() + number.size(), address_space);
    return serve_files(STDIN_FILENO, address_space, open_hostile);
}
