// What parsing, help, man page and completion read alike from the option tables. Internal to common/cli*.cpp.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/cli.hpp"
#include "common/output/language.hpp"

namespace limier {

std::string joined(std::initializer_list<std::string_view> parts);

/// --help, --version, --man and --completion, which every program has.
std::span<const Option> common_options();

/// The options of a command (may be null), then the common ones.
std::vector<const Option*> options_of(const Command* command);

bool has_subcommands(const Program& program);

/// The elements of `a|b|c`.
std::vector<std::string_view> split_values(std::string_view values);

/// `-n, --limit N`.
std::string option_label(const Option& option);

/// The help of an option with its values and default, as a sentence.
std::string option_help(const Option& option);

/// `searcher --db DB [OPTION...] [QUERY...]`.
std::string usage_line(const Program& program, const Command& command);

inline std::string_view help_of(const auto& row) { return tr(row.help, row.help_french); }

}  // namespace limier
