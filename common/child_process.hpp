// Another program run for its output, within limits: what it is given may be hostile.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "common/descriptor.hpp"
#include "common/result.hpp"

namespace limier {

/// What a child may use up before it is killed.
struct ChildLimits {
    std::chrono::milliseconds wall = std::chrono::seconds(60);
    unsigned processor_seconds = 60;
    std::uint64_t address_space = std::uint64_t{2} << 30;
    std::size_t output = std::size_t{128} << 20;
    const std::atomic<bool>* stop = nullptr;  ///< set: the child is killed at once
    /// Not empty: it sees no file but this one and those of the system, and writes none, where the kernel can see to it
    /// (file_access.hpp).
    std::string only_file = {};
};

/// The file that a command's name stands for: by PATH where the name has no slash. Nothing where none can be run.
std::optional<std::string> find_program(const std::string& name);

/// Runs a program, without a shell, and returns what it writes to stdout. `words` are its name and its arguments. It
/// finds `input` on its stdin, which is /dev/null where that is empty; it and what it starts in its process group are
/// gone when this returns. Safe in a program with threads. Errors: not_found where there is no such program; input
/// where it fails, is killed or reaches a limit, the message beginning with its name and quoting the first line of its
/// stderr.
Result<std::string> run_child(const std::vector<std::string>& words, const ChildLimits& limits = {},
                              std::string_view input = {});

/// Why a process ended, by the status that waitpid gives; empty where it did what it was asked.
std::string status_text(int status);

/// A program of ours that runs beside this one and is spoken to through a socket, its stdin. Killed with this object,
/// or when the thread ends that started it. It sets its own limits.
class Companion {
 public:
    /// `words` are the path of the program and its arguments. Errors: what the system says.
    static Result<Companion> start(const std::vector<std::string>& words);

    int socket() const { return socket_.get(); }
    std::chrono::nanoseconds processor_time() const;  ///< what it used so far

    /// Kills it where it still runs; its status. Once.
    int end();

    Companion(Companion&& other) noexcept;
    Companion& operator=(Companion&& other) noexcept;
    ~Companion();

 private:
    Companion() = default;
    Descriptor socket_;
    pid_t pid_ = -1;
};

}  // namespace limier
