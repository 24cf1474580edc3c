// Another program run for its output, within limits: what it is given may be hostile.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"

namespace limier {

/// What a child may use up before it is killed.
struct ChildLimits {
    std::chrono::milliseconds wall = std::chrono::seconds(60);
    unsigned processor_seconds = 60;
    std::uint64_t address_space = std::uint64_t{2} << 30;
    std::size_t output = std::size_t{128} << 20;
    const std::atomic<bool>* stop = nullptr;  ///< set: the child is killed at once
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

}  // namespace limier
