#include "searcher/repl/programs.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/output/language.hpp"
#include "common/output/terminal.hpp"
#include "common/text/utf8.hpp"
#include "searcher/say.hpp"

namespace limier {
namespace {

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : std::string_view(value);
}

/// A program run in the foreground of the terminal. `input` is its stdin; the terminal's where it is -1. Nothing where
/// it cannot be started (errno tells).
std::optional<pid_t> start(const std::vector<std::string>& words, int input) {
    std::vector<std::string> own = words;
    std::vector<char*> arguments;
    for (std::string& word : own) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    if (input >= 0) ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    // exec resets handlers, but what is ignored stays ignored.
    sigset_t defaults;
    ::sigemptyset(&defaults);
    ::sigaddset(&defaults, SIGPIPE);
    ::sigaddset(&defaults, SIGXFSZ);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    pid_t child = 0;
    const int failed = ::posix_spawnp(&child, arguments.front(), &actions, &attributes, arguments.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    errno = failed;
    return failed == 0 ? std::optional(child) : std::nullopt;
}

/// Its exit status; that of the shell's for one ended by a signal. Ctrl-C is the child's.
int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::vector<std::string> pager() {
    for (const char* const name : {"LIMIER_PAGER", "PAGER"}) {
        if (std::getenv(name) != nullptr) return words_of_command(environment(name));  // set to nothing: none
    }
    return {"less", "-FRX"};
}

bool terminal_pages() {
    const std::string_view kind = environment("TERM");
    return is_terminal(STDOUT_FILENO) && !kind.empty() && kind != "dumb";
}

/// False where there is no such pager.
bool page(const std::vector<std::string>& words, std::string_view text) {
    std::array<int, 2> ends{};
    if (words.empty() || ::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    // What `less` alone would show otherwise: colours and letters. The user's own variables go before.
    ::setenv("LESS", "FRX", 0);
    ::setenv("LESSCHARSET", "utf-8", 0);
    const std::optional<pid_t> child = start(words, ends[0]);
    ::close(ends[0]);
    while (child && !text.empty()) {
        const ssize_t written = ::write(ends[1], text.data(), text.size());
        if (written < 0 && errno != EINTR) break;  // it was left before its end
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    ::close(ends[1]);
    return child && wait_for(*child) != 127;
}

}  // namespace

std::vector<std::string> words_of_command(std::string_view command) {
    std::vector<std::string> words;
    while (!command.empty()) {
        const std::size_t end = std::min(command.find_first_of(" \t"), command.size());
        if (end > 0) words.emplace_back(command.substr(0, end));
        command.remove_prefix(std::min(end + 1, command.size()));
    }
    return words;
}

std::size_t screen_lines(std::string_view text, std::size_t columns) {
    std::size_t lines = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string line(text.substr(0, end));
        for (std::size_t escape = line.find("\033["); escape != std::string::npos; escape = line.find("\033["))
            line.erase(escape, std::min(line.find('m', escape), line.size()) - escape + 1);
        lines += 1 + (line.empty() ? 0 : (display_width(line) - 1) / columns);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool show_text(std::string_view text) {
    const std::size_t height = terminal_height(STDOUT_FILENO);
    // The line behind it is the prompt's.
    const bool long_text = height > 0 && screen_lines(text, terminal_width(STDOUT_FILENO)) + 1 > height;
    if (long_text && terminal_pages() && page(pager(), text)) return true;
    return send(text);
}

Result<void> open_by_program(const std::string& target, bool is_file) {
    std::vector<std::string> words = words_of_command(environment("LIMIER_OPEN"));
    const bool desktop = !environment("DISPLAY").empty() || !environment("WAYLAND_DISPLAY").empty();
    if (words.empty() && desktop) words = {"xdg-open"};
    if (words.empty() && is_file) words = pager();
    const std::string hint(
        tr("name a program in the variable LIMIER_OPEN", "nommer un programme dans la variable LIMIER_OPEN"));
    if (words.empty())
        return Error{Code::not_found, std::string(tr("nothing here opens ", "rien ici n’ouvre ")) + target, hint};
    const std::string program = words.front();
    words.push_back(target);
    const std::optional<pid_t> child = start(words, -1);
    if (!child) {
        return Error{Code::not_found,
                     std::string(tr("cannot run ", "impossible de lancer ")) + program + ": " + std::strerror(errno),
                     hint};
    }
    const int status = wait_for(*child);
    if (status == 0) return {};
    return Error{Code::io, program + std::string(tr(" could not open ", " n’a pas pu ouvrir ")) + target};
}

}  // namespace limier
