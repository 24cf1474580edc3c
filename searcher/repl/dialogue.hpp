// The dialogue: queries and commands on a terminal.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "searcher/commands.hpp"
#include "searcher/repl/line_editor.hpp"
#include "searcher/repl/settings.hpp"
#include "searcher/repl/trail.hpp"

namespace limier {

/// Reads queries and commands from the terminal until Ctrl-D or `:quit`. Returns the exit status.
int run_repl(const RunOptions& options, Searcher searcher);

class Dialogue;

/// What Tab offers for the argument of a command.
enum class Completes { nothing, setting, filter, file };

/// A command: help, completion and what it does derive from its row.
struct DialogueCommand {
    std::string_view name;
    std::string_view other_names;  ///< with blanks between
    std::string_view arguments;    ///< an example
    std::string_view help, help_french;
    Completes completes;
    void (Dialogue::*run)(std::string_view argument);
};

std::span<const DialogueCommand> dialogue_commands();

/// A command with its example: `:show 2`.
std::string dialogue_label(const DialogueCommand& command);

/// The command of this name or other name; null where there is none.
const DialogueCommand* find_dialogue_command(std::string_view name);

/// The state of a dialogue. What cannot be done is said on stderr, and the dialogue goes on.
class Dialogue {
 public:
    Dialogue(const RunOptions& options, Searcher searcher);

    int run();

    // The commands.
    void help(std::string_view);
    void quit(std::string_view);
    void set(std::string_view setting);
    void facets(std::string_view names);
    void limit(std::string_view number);
    void sort(std::string_view order);
    void match(std::string_view mode);
    void explain(std::string_view);
    void add_filter(std::string_view filter);
    void remove_filter(std::string_view number);
    void back(std::string_view);
    void more(std::string_view);
    void show(std::string_view rank);
    void open(std::string_view rank);
    void similar(std::string_view rank);
    void save(std::string_view target);
    void save_over(std::string_view target);
    void history(std::string_view word);

 private:
    void take(const std::string& typed);
    void command(std::string_view line);
    std::optional<std::string> read();
    std::string prompt() const;
    Completion complete(std::string_view before, std::string_view word) const;

    /// The search of an inquiry, filters and all. Errors are said, and nothing is returned.
    std::optional<SearchResult> search(const Inquiry& inquiry);
    /// Asks, shows the answer, and makes it the step that the dialogue is at; where it fails, that stays as it was.
    void go(Inquiry next, bool next_page = false);
    bool answer(const Inquiry& inquiry, bool next_page);
    void hint(const SearchResult& result);
    void change(std::string_view setting, std::string_view value);
    Result<std::vector<Node>> filters_of(std::string_view argument) const;
    void save_to(std::string_view target, bool overwrite);
    const Hit* hit(std::string_view rank) const;
    void print(std::string_view text);

    RunOptions options_;
    Searcher searcher_;
    Trail trail_;
    LineEditor editor_;
    std::vector<Hit> hits_;           ///< of the last answer, its pages so far
    std::vector<Facet> facets_;       ///< of the last answer
    std::uint64_t total_ = 0;         ///< of the last answer
    std::vector<std::string> words_;  ///< of the queries, the latest last
    bool answered_ = false, left_ = false;
    bool hinted_more_ = false, hinted_filter_ = false;
};

}  // namespace limier
