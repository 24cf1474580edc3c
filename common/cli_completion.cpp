#include <algorithm>
#include <array>

#include "common/cli_tables.hpp"

namespace limier {
namespace {

bool takes_value(const Option& option) { return !option.argument.empty(); }

/// Whether what stands for this is a file or folder: an option's `DB` or `FILE`, a command's `PATH...`.
bool is_path(std::string_view shown) {
    constexpr std::array<std::string_view, 3> k_paths{"DB", "FILE", "PATH"};
    return std::ranges::any_of(k_paths, [&](std::string_view name) { return shown.find(name) != shown.npos; });
}

std::string replaced(std::string_view text, char what, std::string_view with) {
    std::string out;
    for (const char byte : text) {
        if (byte == what) {
            out += with;
        } else {
            out += byte;
        }
    }
    return out;
}

std::string words(std::string_view values, std::string_view separator = " ") {
    return replaced(values, '|', separator);
}

std::string head(const Program& program, std::string_view shell) {
    return std::string("# ").append(shell).append(tr(" completion of ", " : complétion de ")).append(program.name) +
           std::string(tr(", printed by: ", ", affichée par : ")).append(program.name) + " --completion " +
           std::string(shell) + "\n";
}

// ---- bash

/// Sets what the option before the cursor, or the argument, is completed with.
void bash_command(std::string& out, const Command* command, std::string_view indent) {
    std::string names, cases;
    for (const Option* option : options_of(command)) {
        names.append(names.empty() ? "--" : " --").append(option->name);
        if (!takes_value(*option)) continue;
        std::string pattern = std::string("--").append(option->name);
        if (option->letter != 0) pattern.append("|-").append(1, option->letter);
        cases.append(indent).append("    ").append(pattern).append(") valued=1");
        if (is_path(option->argument)) cases.append(" paths=1");
        if (!option->values.empty()) cases.append(" list='").append(words(option->values)).append("'");
        if (option->open_values) cases.append(" several=1");
        cases.append(" ;;\n");
    }
    out.append(indent).append("names='").append(names).append("'\n");
    out.append(indent).append("case $option in\n").append(cases);
    if (command != nullptr && is_path(command->arguments)) out.append(indent).append("    *) paths=1 ;;\n");
    out.append(indent).append("esac\n");
}

std::string bash_completion(const Program& program) {
    const std::string function = std::string("_limier_").append(program.name);
    std::string out = head(program, "bash");
    // readline splits words at `=` and `:` too, and replaces only what stands after: what it keeps is cut off again.
    out += function + R"(() {
    local line=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]}
    local word=${line##*[[:space:]]} before option value lead= names= list= paths= several= valued=
    read -ra before <<<"${line%"$word"}"
    [[ $current == [:=] ]] && current=
    local keep=${word%"$current"}
    option=${before[${#before[@]} - 1]} value=$word
    [[ $word == --*=* ]] && option=${word%%=*} value=${word#*=} lead=${word%%=*}=
)";
    if (has_subcommands(program)) {
        std::string names;
        out += "    case ${before[1]} in\n";
        for (const Command& command : program.commands) {
            names.append(names.empty() ? "" : " ").append(command.name);
            out.append("    ").append(command.name).append(")\n");
            bash_command(out, &command, "        ");
            out += "        ;;\n";
        }
        out += "    *)\n";
        bash_command(out, nullptr, "        ");
        out += "        [[ $valued || $word == -* ]] || list='" + names + "'\n        ;;\n    esac\n";
    } else {
        bash_command(out, &program.commands.front(), "    ");
    }
    out += R"(    COMPREPLY=()
    if [[ $list ]]; then
        [[ $several && $value == *,* ]] && lead+=${value%,*}, value=${value##*,}
        COMPREPLY=($(compgen -P "$lead" -W "$list" -- "$value"))
    elif [[ -z $valued && $word == -* ]]; then
        COMPREPLY=($(compgen -W "$names" -- "$word"))
    elif [[ $paths ]]; then
        compopt -o default
    fi
    COMPREPLY=("${COMPREPLY[@]#"$keep"}")
}
)";
    return out + "complete -F " + function + " " + std::string(program.name) + "\n";
}

// ---- zsh

std::string zsh_quoted(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        if (byte == '[' || byte == ']' || byte == ':' || byte == '\\') out += '\\';
        out += byte;
    }
    return replaced(out, '\'', R"('\'')");
}

std::string zsh_action(const Option& option) {
    if (is_path(option.argument)) return "_files";
    const std::string list = zsh_quoted(words(option.values));
    if (option.open_values) return "_sequence compadd - " + list;
    return list.empty() ? std::string(" ") : "(" + list + ")";
}

/// One spec of _arguments: `'(-n --limit)--limit=[help]:N: '`.
void zsh_spec(std::string& out, const Option& option, std::string_view name, std::string_view excluded) {
    out.append(" \\\n        '").append(option.repeats ? "*" : excluded).append(name);
    if (takes_value(option)) out += name.starts_with("--") ? '=' : '+';
    out.append("[").append(zsh_quoted(help_of(option))).append("]");
    if (takes_value(option)) out.append(":").append(zsh_quoted(option.argument)).append(":").append(zsh_action(option));
    out += '\'';
}

void zsh_arguments(std::string& out, const Command* command) {
    for (const Option* option : options_of(command)) {
        const std::string long_name = std::string("--").append(option->name);
        const std::string short_name = std::string("-").append(1, option->letter);
        const std::string excluded =
            option->letter == 0 ? std::string() : std::string("(").append(short_name).append(" ") + long_name + ")";
        zsh_spec(out, *option, long_name, excluded);
        if (option->letter != 0) zsh_spec(out, *option, short_name, excluded);
    }
    if (command == nullptr || command->arguments.empty()) return;
    out.append(" \\\n        '*:").append(zsh_quoted(command->arguments)).append(":");
    out.append(is_path(command->arguments) ? "_files'" : " '");
}

std::string zsh_completion(const Program& program) {
    const std::string function = std::string("_").append(program.name);
    std::string out = std::string("#compdef ").append(program.name).append("\n") + head(program, "zsh");
    out += function + "() {\n";
    if (has_subcommands(program)) {
        out += "    local state line\n    _arguments -C -S";
        zsh_arguments(out, nullptr);
        out += " \\\n        '1:command:((";
        for (const Command& command : program.commands) {
            out.append(command.name).append("\\:\"").append(zsh_quoted(help_of(command))).append("\" ");
        }
        out += "))' \\\n        '*::argument:->rest'\n    [[ $state == rest ]] || return\n    case $words[1] in\n";
        for (const Command& command : program.commands) {
            out.append("    ").append(command.name).append(") _arguments -S");
            zsh_arguments(out, &command);
            out += " ;;\n";
        }
        out += "    esac\n}\n";
    } else {
        out += "    _arguments -S";
        zsh_arguments(out, &program.commands.front());
        out += "\n}\n";
    }
    // From a folder of $fpath the file is the function; sourced, it declares it.
    out += "if [[ $funcstack[1] == " + function + " ]]; then " + function + " \"$@\"; else compdef " + function + " ";
    return out.append(program.name).append("; fi\n");
}

// ---- fish

std::string fish_quoted(std::string_view text) {
    return "'" + replaced(replaced(text, '\\', R"(\\)"), '\'', R"(\')") + "'";
}

void fish_option(std::string& out, const Program& program, const Option& option, std::string_view condition) {
    out.append("complete -c ").append(program.name).append(condition);
    if (option.letter != 0) out.append(" -s ").append(1, option.letter);
    out.append(" -l ").append(option.name).append(" -d ").append(fish_quoted(help_of(option)));
    if (takes_value(option)) out += is_path(option.argument) ? " -r -F" : " -x";
    if (option.open_values) {
        out.append(" -a \"(__fish_complete_list , 'printf %s\\\\n ").append(words(option.values)).append("')\"");
    } else if (!option.values.empty()) {
        out.append(" -a ").append(fish_quoted(words(option.values)));
    }
    out += '\n';
}

std::string fish_completion(const Program& program) {
    const std::string name(program.name);
    std::string out = head(program, "fish");
    for (const Option& option : common_options()) fish_option(out, program, option, "");
    for (const Command& command : program.commands) {
        std::string condition;
        if (has_subcommands(program)) {
            out.append("complete -c " + name + " -n __fish_use_subcommand -f -a ").append(command.name);
            out.append(" -d ").append(fish_quoted(help_of(command))).append("\n");
            condition = std::string(" -n '__fish_seen_subcommand_from ").append(command.name).append("'");
        }
        if (!is_path(command.arguments)) out.append("complete -c " + name).append(condition).append(" -f\n");
        for (const Option& option : command.options) fish_option(out, program, option, condition);
    }
    return out;
}

}  // namespace

Result<std::string> completion(const Program& program, std::string_view shell) {
    if (shell == "bash") return bash_completion(program);
    if (shell == "zsh") return zsh_completion(program);
    if (shell == "fish") return fish_completion(program);
    return Error{Code::usage,
                 std::string(tr("no completion for this shell: ", "pas de complétion pour ce shell : ")).append(shell),
                 "bash, zsh, fish"};
}

}  // namespace limier
