#include "common/cli.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include <boost/program_options.hpp>

#include "common/cli_tables.hpp"
#include "common/text/edit_distance.hpp"

namespace limier {
namespace {

namespace po = boost::program_options;
using Words = std::vector<std::string>;

/// The name that was likely meant: the only one that begins so, or the nearest within two edits. Empty when none is.
std::string_view nearest(std::string_view given, const std::vector<std::string_view>& names) {
    if (given.size() > 40) return {};
    std::string_view best;
    std::size_t best_distance = std::min<std::size_t>(2, given.size() / 2) + 1;
    for (const std::string_view name : names) {
        const std::size_t distance = given.size() >= 2 && name.starts_with(given) ? 0 : edit_distance(given, name);
        if (distance < best_distance) {
            best = name;
            best_distance = distance;
        }
    }
    return best;
}

std::string joined_list(const std::vector<std::string_view>& names) {
    std::string out;
    for (const std::string_view name : names) out.append(out.empty() ? "" : ", ").append(name);
    return out;
}

Error usage_error(std::string message, std::string hint) { return {Code::usage, std::move(message), std::move(hint)}; }

std::string see_help(const Program& program, const Command* command) {
    std::string call(program.name);
    if (command != nullptr && !command->name.empty()) call.append(" ").append(command->name);
    return joined({tr("all options: ", "toutes les options : "), call, " --help"});
}

const Option* find_option(const Command* command, std::string_view name) {
    const auto options = options_of(command);
    const auto found = std::ranges::find(options, name, &Option::name);
    return found == options.end() ? nullptr : *found;
}

/// Whether the word is a short option, alone or with a number attached. Only a number: `-nord` excludes a word.
bool is_short_option(const std::vector<const Option*>& options, std::string_view word) {
    return std::ranges::any_of(options, [&](const Option* option) {
        if (option->letter == 0 || option->letter != word[1]) return false;
        return word.size() == 2 || (!option->argument.empty() && word[2] >= '0' && word[2] <= '9');
    });
}

/// The style parser for queries: takes the first word as an argument if it begins with one dash and is no option.
std::vector<po::option> take_query_word(const std::vector<const Option*>& options, Words& words) {
    const std::string& word = words.front();
    if (word.size() < 2 || word[0] != '-' || word[1] == '-' || is_short_option(options, word)) return {};
    po::option argument;
    argument.value.push_back(word);
    argument.original_tokens.push_back(word);
    words.erase(words.begin());
    return {argument};
}

/// Whether a word can be the option, or a group of flags with it. Describing all fifty options to Boost takes a
/// twentieth of the instructions of a one-shot query.
bool may_be_named(const Option& option, const Words& words) {
    return std::ranges::any_of(words, [&option](std::string_view word) {
        if (word.starts_with("--")) return word.substr(2, word.find('=') - 2) == option.name;
        return option.letter != 0 && word.starts_with('-') && word.find(option.letter) != std::string_view::npos;
    });
}

po::parsed_options parse_words(const Command* command, const Words& words) {
    const auto options = options_of(command);
    po::options_description description;
    for (const Option* option : options) {
        if (!may_be_named(*option, words)) continue;
        std::string names(option->name);
        if (option->letter != 0) names.append(",") += option->letter;
        if (option->argument.empty()) {
            description.add_options()(names.c_str(), "");
        } else {
            description.add_options()(names.c_str(), po::value<std::string>(), "");
        }
    }
    using namespace po::command_line_style;
    po::command_line_parser parser(words);
    parser.options(description).style(unix_style & ~allow_guessing);
    if (command != nullptr && command->query_arguments) {
        parser.extra_style_parser([&](Words& left) { return take_query_word(options, left); });
    }
    return parser.run();
}

Error unknown_option(const Program& program, const Command* command, const std::string& word) {
    const std::string message = joined({tr("unknown option: ", "option inconnue : "), word});
    std::vector<std::string_view> names;
    for (const Option* option : options_of(command)) names.push_back(option->name);
    const std::size_t dashes = std::min(word.find_first_not_of('-'), word.size());
    const std::string_view near = nearest(std::string_view(word).substr(dashes), names);
    if (near.empty()) return usage_error(message, see_help(program, command));
    return usage_error(message, joined({tr("did you mean --", "vouliez-vous dire --"), near, tr("?", " ?")}));
}

Error needs_value(const Program& program, const Command* command, std::string_view name) {
    return usage_error(joined({name, tr(" needs a value", " attend une valeur")}), see_help(program, command));
}

Error syntax_error(const Program& program, const Command* command, const po::invalid_command_line_syntax& failure) {
    const std::string name = failure.get_option_name();
    if (failure.kind() == po::invalid_command_line_syntax::extra_parameter) {
        return usage_error(joined({name, tr(" takes no value", " ne prend pas de valeur")}),
                           see_help(program, command));
    }
    return needs_value(program, command, name);
}

/// What Boost takes for something else. The tokens are those of argv; flags within a group (`-qj4`) have none.
std::optional<Error> misread(const Program& program, const Command* command, const po::option& option) {
    const Words& tokens = option.original_tokens;
    // `--=x` for the argument `x`.
    if (option.string_key.empty() && !tokens.empty() && option.value.front() != tokens.front()) {
        return unknown_option(program, command, tokens.front());
    }
    // The long option in `--db --format json` for the value of the one before.
    if (option.string_key.empty() || tokens.size() < 2) return std::nullopt;
    const std::string_view value = tokens[1];
    if (!value.starts_with("--") || find_option(command, value.substr(2, value.find('=') - 2)) == nullptr) {
        return std::nullopt;
    }
    return needs_value(program, command, tokens.front());
}

void sort_out(const po::parsed_options& parsed, CommandLine& line) {
    for (const po::option& option : parsed.options) {
        if (option.string_key.empty()) {
            line.arguments.insert(line.arguments.end(), option.value.begin(), option.value.end());
        } else {
            line.options[option.string_key].push_back(option.value.empty() ? std::string() : option.value.back());
        }
    }
    line.help = line.has("help");
    line.version = line.has("version");
    line.man = line.has("man");
    if (line.has("completion")) line.completion = line.get("completion");
}

std::optional<Error> check_values(const CommandLine& line) {
    for (const auto& [name, values] : line.options) {
        const Option& option = *find_option(line.command, name);
        if (option.values.empty() || option.open_values) continue;
        const auto allowed = split_values(option.values);
        for (const std::string& value : values) {
            if (std::ranges::find(allowed, value) != allowed.end()) continue;
            return usage_error(joined({"--", name, tr(": unknown value: ", " : valeur inconnue : "), value}),
                               joined({tr("one of: ", "au choix : "), joined_list(allowed)}));
        }
    }
    return std::nullopt;
}

std::optional<Error> check(const Program& program, const CommandLine& line) {
    if (auto error = check_values(line)) return error;
    const Command& command = *line.command;
    for (const Option& option : command.options) {
        if (!option.required || line.has(option.name)) continue;
        return usage_error(
            joined({tr("missing option: ", "option manquante : "), "--", option.name, " ", option.argument}),
            usage_line(program, command));
    }
    if (std::cmp_less(line.arguments.size(), command.min_arguments)) {
        return usage_error(joined({tr("missing argument: ", "argument manquant : "), command.arguments}),
                           usage_line(program, command));
    }
    if (command.arguments.empty() && !line.arguments.empty()) {
        return usage_error(joined({tr("unexpected argument: ", "argument inattendu : "), line.arguments.front()}),
                           usage_line(program, command));
    }
    return std::nullopt;
}

bool is_common_option(std::string_view word) {
    return std::ranges::any_of(common_options(), [&](const Option& option) {
        const bool is_short = word.size() == 2 && word[0] == '-' && option.letter != 0 && word[1] == option.letter;
        return is_short || (word.starts_with("--") && word.substr(2, word.find('=') - 2) == option.name);
    });
}

/// The command that the first word names; null where a common option stands there instead.
Result<const Command*> find_command(const Program& program, const Words& words) {
    std::vector<std::string_view> names;
    for (const Command& command : program.commands) names.push_back(command.name);
    const std::string list = joined({tr("one of: ", "au choix : "), joined_list(names)});
    if (!words.empty() && is_common_option(words.front())) return nullptr;
    if (words.empty() || words.front().starts_with('-')) {
        return usage_error(
            joined({tr("a command comes first after ", "une commande vient d'abord après "), program.name}), list);
    }
    const auto found = std::ranges::find(names, words.front());
    if (found != names.end()) return &program.commands[static_cast<std::size_t>(found - names.begin())];
    const std::string_view near = nearest(words.front(), names);
    const std::string hint =
        near.empty() ? list : joined({tr("did you mean ", "vouliez-vous dire "), near, tr("?", " ?")});
    return usage_error(joined({tr("unknown command: ", "commande inconnue : "), words.front()}), hint);
}

/// Whether help is asked for in words that cannot be parsed.
bool asks_for_help(const Words& words) {
    const auto end = std::ranges::find(words, "--");
    return std::find(words.begin(), end, "--help") != end;
}

Result<CommandLine> parse_command(const Program& program, const Command* command, const Words& words) {
    CommandLine line;
    line.command = command;
    try {
        const po::parsed_options parsed = parse_words(command, words);
        for (const po::option& option : parsed.options) {
            if (auto error = misread(program, command, option)) return *std::move(error);
        }
        sort_out(parsed, line);
    } catch (const po::unknown_option& failure) {
        return unknown_option(program, command, failure.get_option_name());
    } catch (const po::invalid_command_line_syntax& failure) {
        return syntax_error(program, command, failure);
    }
    if (line.help || line.version || line.man || !line.completion.empty()) return line;
    if (auto error = check(program, line)) return *std::move(error);
    return line;
}

}  // namespace

bool CommandLine::has(std::string_view name) const { return options.contains(name); }

std::string_view CommandLine::get(std::string_view name) const {
    const auto found = options.find(name);
    if (found != options.end()) return found->second.back();
    const Option* option = find_option(command, name);
    assert(option != nullptr);
    return option->default_value;
}

std::span<const std::string> CommandLine::all(std::string_view name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::span<const std::string>{} : std::span<const std::string>(found->second);
}

Result<CommandLine> parse_command_line(const Program& program, std::span<const char* const> argv) {
    Words words(argv.begin() + (argv.empty() ? 0 : 1), argv.end());
    const Command* command = &program.commands.front();
    if (has_subcommands(program)) {
        Result<const Command*> found = find_command(program, words);
        if (!found) return std::move(found.error());
        command = *found;
        if (command != nullptr) words.erase(words.begin());
    }
    Result<CommandLine> line = parse_command(program, command, words);
    if (line || !asks_for_help(words)) return line;
    CommandLine help;
    help.command = command;
    help.help = true;
    return help;
}

Result<std::uint64_t> number_option(const CommandLine& line, std::string_view name, std::uint64_t low,
                                    std::uint64_t high) {
    const std::string_view text = line.get(name);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{} && end == text.data() + text.size() && value >= low && value <= high) return value;
    return usage_error(joined({"--", name, tr(": not a number it can take: ", " : nombre refusé : "), text}),
                       joined({tr("a whole number from ", "un nombre entier de "), std::to_string(low),
                               tr(" to ", " à "), std::to_string(high)}));
}

Result<std::uint64_t> size_option(const CommandLine& line, std::string_view name, std::uint64_t low) {
    const std::string_view text = line.get(name);
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    auto [at, error] = std::from_chars(text.data(), end, value);
    unsigned shift = 0;
    if (at != text.data() && at != end) {
        constexpr std::string_view k_units = "kKmMgG";
        const std::size_t unit = k_units.find(*at);
        if (unit != std::string_view::npos) {
            shift = static_cast<unsigned>(unit / 2 + 1) * 10;
            ++at;
        }
    }
    const bool fits = value <= std::numeric_limits<std::uint64_t>::max() >> shift;
    if (error == std::errc{} && at == end && fits && value << shift >= low) return value << shift;
    return usage_error(joined({"--", name, tr(": not a size it can take: ", " : taille refusée : "), text}),
                       joined({tr("bytes, or with K, M or G, as 512M; at least ",
                                  "des octets, ou avec K, M ou G, comme 512M ; au moins "),
                               std::to_string(low >> 20), "M"}));
}

}  // namespace limier
