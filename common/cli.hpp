// Option tables: parsing, help, man page and completion derive from the same rows. The only user of
// Boost.ProgramOptions.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"

namespace limier {

/// One option. `argument` is empty for a flag.
struct Option {
    std::string_view name;           ///< long name without dashes
    char letter = 0;                 ///< short name, 0 for none
    std::string_view argument = {};  ///< as shown: `DB`, `N`; a `FILE` or `DB` is completed as a path
    std::string_view help;
    std::string_view help_french;
    std::string_view values = {};  ///< `a|b|c` where only these are allowed
    std::string_view default_value = {};
    bool repeats = false;      ///< every value counts; otherwise the last one does
    bool required = false;     ///< the command cannot do without
    bool open_values = false;  ///< `values` are completed, alone or as a list with commas, but others are allowed
};

/// A way to call a program: `build PATH...`. The name is empty where the program has no subcommands.
struct Command {
    std::string_view name;
    std::string_view arguments;  ///< as shown: `PATH...`; empty where none is taken
    std::string_view help;
    std::string_view help_french;
    std::span<const Option> options;
    int min_arguments = 0;
    /// A word that begins with one dash is an argument (`-topic:sport`, `-nord`), unless it is a short option, alone or
    /// with a number attached (`-n5`).
    bool query_arguments = false;
};

struct ExitStatus {
    int status;
    std::string_view help;
    std::string_view help_french;
};

struct Example {
    std::string_view command;
    std::string_view help;
    std::string_view help_french;
};

/// What the manual page lists beside options: a command of the program's dialogue, a variable of the environment.
struct ManualRow {
    std::string term;
    std::string_view help;
    std::string_view help_french;
};

struct Program {
    std::string_view name;
    std::string_view summary;
    std::string_view summary_french;
    std::span<const Command> commands;
    std::span<const ExitStatus> statuses;
    std::span<const Example> examples;
    std::span<const Example> (*recipes)() = nullptr;  ///< more of them, for the manual page alone
    std::vector<ManualRow> (*dialogue)() = nullptr;
    std::vector<ManualRow> (*environment)() = nullptr;
};

/// A command line that was understood.
struct CommandLine {
    const Command* command = nullptr;
    std::map<std::string, std::vector<std::string>, std::less<>> options;  ///< by long name; a flag has one empty value
    std::vector<std::string> arguments;
    bool help = false, version = false, man = false;
    std::string completion;  ///< the shell named by --completion, else empty

    bool has(std::string_view name) const;
    /// The value, the last one where it repeats; the default of its row otherwise.
    std::string_view get(std::string_view name) const;
    std::span<const std::string> all(std::string_view name) const;
};

/// Reads argv. Long names are never guessed from a prefix; `--` ends options; `--name=value` and `--name value` are
/// equal; options and arguments mix. A subcommand is the first word. Errors: unknown option (hint: the nearest),
/// missing or unknown value, missing option or argument, unknown command. --help, --version, --man and --completion
/// SHELL are understood for every program and stop the checks.
Result<CommandLine> parse_command_line(const Program& program, std::span<const char* const> argv);

/// A whole number within bounds. Errors: anything else, naming the option.
Result<std::uint64_t> number_option(const CommandLine& line, std::string_view name, std::uint64_t low,
                                    std::uint64_t high);

/// A size in bytes, of at least `low`, with one letter for KiB, MiB or GiB or none: `512M`. Errors: anything else.
Result<std::uint64_t> size_option(const CommandLine& line, std::string_view name, std::uint64_t low);

/// The text of --help, of one command or (null) the whole program, in the user's language.
std::string help_text(const Program& program, const Command* command, std::size_t width);

std::string version_text(const Program& program);  ///< `Limier 0.1.0 — searcher`
std::string man_page(const Program& program);      ///< troff, man macros

/// A script for bash, zsh or fish that completes commands, options, their values and paths. Errors: another shell.
Result<std::string> completion(const Program& program, std::string_view shell);

}  // namespace limier
