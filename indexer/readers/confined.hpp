// Files of formats that foreign code parses, read by a process that has given up what it does not need: a file that
// makes a parser fail costs itself, or of an archive, a mailbox or a web archive the part that was being read.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "common/child_process.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/records.hpp"

namespace limier {

/// The process that reads such files, one after the other. Not thread-safe, but free to move between threads.
class ParserProcess {
 public:
    explicit ParserProcess(ParserOptions options) : options_(std::move(options)) {}

    const ParserOptions& options() const { return options_; }

    /// Starts one where there is none, or one that has read many files; whether it is new. Errors: what the system
    /// says.
    Result<bool> start();

    /// Sends a frame, with a descriptor where that is not negative. False where it cannot be delivered.
    bool send(FrameKind kind, std::string_view content, int descriptor = -1);

    enum class Silence { died, out_of_time, stopped, nonsense };
    /// The next frame of a file, or why there is none. `time`: at most this long without a frame; at most so much
    /// processor time since the process was started.
    std::variant<Frame, Silence> receive(std::chrono::nanoseconds time, std::chrono::nanoseconds processor_time,
                                         const std::atomic<bool>* stop);

    /// Of the process since it was started.
    std::chrono::nanoseconds processor_time() const;

    /// Ends the process; why it had ended before, where it had.
    std::string end();

    /// Why the kernel cannot take its rights away; empty where it could.
    const std::string& note() const { return note_; }

 private:
    ParserOptions options_;
    std::optional<Companion> process_;
    FrameBuffer frames_;
    std::string chunk_;
    std::string note_;
    std::size_t files_ = 0;  ///< that it was given
};

/// What such a process does: reads requests from a socket and answers them, until there are no more. Gives up its
/// rights before. Its status. `open`: how a file is read.
int serve_files(int socket, std::uint64_t address_space,
                std::unique_ptr<FileReader> (*open)(const InputFile& file) = open_file);

/// The same for a program that was started to be one: `argv` are its name, `read-confined` and the bytes of address
/// space. Nothing where it was started for something else.
std::optional<int> serve_if_asked(std::span<const char* const> argv);

}  // namespace limier
