// Lines typed on a terminal, with history and completion (readline). One at a time: readline has global state.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "searcher/repl/complete.hpp"

namespace limier {

struct TypedLine {
    enum class Kind {
        line,
        dropped,  ///< by Ctrl-C
        end,      ///< Ctrl-D
    };
    Kind kind = Kind::line;
    std::string text = {};
};

class LineEditor {
 public:
    /// What Tab offers for a word, given what stands before it on the line.
    using Completer = std::function<Completion(std::string_view before, std::string_view word)>;

    /// Takes SIGINT over, and reads the history of earlier dialogues.
    explicit LineEditor(Completer completer);
    LineEditor(const LineEditor&) = delete;
    LineEditor& operator=(const LineEditor&) = delete;
    ~LineEditor();  ///< writes the history

    /// A line; of a prompt of several lines the last is edited behind.
    TypedLine read(const std::string& prompt);

    /// Puts a line into the history.
    void remember(const std::string& line);

    /// The lines that hold a word, case and accents aside; the oldest first.
    std::vector<std::string> history(std::string_view word) const;

    /// Whether Ctrl-C was pressed since the last `read`, or since it was set to false.
    static std::atomic<bool>& interrupted();

 private:
    Completer completer_;
    std::filesystem::path file_;  ///< of the history; empty where none can be kept
};

}  // namespace limier
