#include <algorithm>
#include <array>
#include <utility>

#include "common/cli_tables.hpp"
#include "common/output/terminal.hpp"
#include "common/text/utf8.hpp"
#include "common/version.hpp"

namespace limier {
namespace {

constexpr std::array<Option, 4> k_common_options{{
    {.name = "help", .letter = 'h', .help = "Print this help", .help_french = "Affiche cette aide"},
    {.name = "version", .letter = 'V', .help = "Print the version", .help_french = "Affiche la version"},
    {.name = "man", .help = "Print the manual page (troff)", .help_french = "Affiche la page de manuel (troff)"},
    {.name = "completion",
     .argument = "SHELL",
     .help = "Print the completion script of a shell",
     .help_french = "Affiche le script de complétion d'un shell",
     .values = "bash|zsh|fish"},
}};

constexpr std::size_t k_margin = 2;
constexpr std::size_t k_widest_label = 26;

struct Row {
    std::string label;
    std::string text;
};

/// Two columns: the label, and the text wrapped beside it, or below a label that is too wide.
void append_rows(std::string& out, std::string_view heading, const std::vector<Row>& rows, std::size_t width) {
    if (rows.empty()) return;
    std::size_t widest = 0;
    for (const Row& row : rows) widest = std::max(widest, std::min(display_width(row.label), k_widest_label));
    // On a narrow terminal the texts stand below their labels.
    const std::size_t text_column = width < 50 ? 2 * k_margin : k_margin + widest + 2;
    const std::string indent(text_column, ' ');
    out.append("\n").append(heading).append("\n");
    for (const Row& row : rows) {
        const std::string text = wrap(row.text, width, indent);
        const std::size_t label_end = k_margin + display_width(row.label);
        out.append(k_margin, ' ').append(row.label);
        if (label_end + 2 <= text_column) {
            out.append(text_column - label_end, ' ').append(text, text_column);
        } else {
            out.append("\n").append(text);
        }
        out += '\n';
    }
}

std::vector<Row> option_rows(std::span<const Option> options) {
    std::vector<Row> rows;
    for (const Option& option : options) {
        // Options without a letter stand below the long names of the others.
        rows.push_back({(option.letter == 0 ? "    " : "") + option_label(option), option_help(option)});
    }
    return rows;
}

std::vector<Row> command_rows(const Program& program) {
    std::vector<Row> rows;
    for (const Command& command : program.commands) {
        rows.push_back({std::string(command.name), std::string(help_of(command))});
    }
    return rows;
}

std::vector<Row> status_rows(const Program& program) {
    std::vector<Row> rows;
    for (const ExitStatus& status : program.statuses) {
        rows.push_back({std::to_string(status.status), std::string(help_of(status))});
    }
    return rows;
}

void append_examples(std::string& out, const Program& program, const Command* command, std::size_t width) {
    std::string start(program.name);
    if (command != nullptr && !command->name.empty()) start.append(" ").append(command->name);
    std::string examples;
    for (const Example& example : program.examples) {
        if (example.command.find(start) == std::string_view::npos) continue;
        // A command stays whole, so that it can be copied.
        examples.append(k_margin, ' ').append(example.command).append("\n");
        examples.append(wrap(help_of(example), width, std::string(3 * k_margin, ' '))).append("\n");
    }
    if (!examples.empty()) out.append("\n").append(tr("Examples:", "Exemples :")).append("\n").append(examples);
}

}  // namespace

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) out += part;
    return out;
}

std::span<const Option> common_options() { return k_common_options; }

std::vector<const Option*> options_of(const Command* command) {
    std::vector<const Option*> options;
    if (command != nullptr) {
        for (const Option& option : command->options) options.push_back(&option);
    }
    for (const Option& option : k_common_options) options.push_back(&option);
    return options;
}

bool has_subcommands(const Program& program) { return !program.commands.front().name.empty(); }

std::vector<std::string_view> split_values(std::string_view values) {
    std::vector<std::string_view> out;
    while (!values.empty()) {
        const std::size_t end = std::min(values.find('|'), values.size());
        out.push_back(values.substr(0, end));
        values.remove_prefix(std::min(end + 1, values.size()));
    }
    return out;
}

std::string option_label(const Option& option) {
    std::string label;
    if (option.letter != 0) label.append("-").append(1, option.letter).append(", ");
    label.append("--").append(option.name);
    if (!option.argument.empty()) label.append(" ").append(option.argument);
    return label;
}

std::string option_help(const Option& option) {
    std::string notes;
    for (const std::string_view value : split_values(option.values)) {
        notes.append(notes.empty() ? "" : ", ").append(value);
    }
    if (!option.default_value.empty()) {
        notes.append(notes.empty() ? "" : "; ").append(tr("default: ", "par défaut : ")).append(option.default_value);
    }
    std::string text(help_of(option));
    if (!notes.empty()) text.append(" [").append(notes).append("]");
    return text;
}

std::string usage_line(const Program& program, const Command& command) {
    std::string line(program.name);
    if (!command.name.empty()) line.append(" ").append(command.name);
    for (const Option& option : command.options) {
        if (option.required) line.append(" --").append(option.name).append(" ").append(option.argument);
    }
    line.append(" [OPTION...]");
    if (!command.arguments.empty()) line.append(" ").append(command.arguments);
    return line;
}

std::string help_text(const Program& program, const Command* command, std::size_t width) {
    if (command == nullptr && !has_subcommands(program)) command = &program.commands.front();
    const std::string about = command == nullptr || command->name.empty()
                                  ? joined({program.name, " — ", tr(program.summary, program.summary_french)})
                                  : std::string(help_of(*command));
    std::string out = wrap(about, width, "") + "\n\n";
    out.append(tr("Usage:", "Utilisation :")).append("\n");
    for (const Command& row : program.commands) {
        if (command == nullptr || command == &row) out.append("  ").append(usage_line(program, row)).append("\n");
    }
    if (command == nullptr) append_rows(out, tr("Commands:", "Commandes :"), command_rows(program), width);
    if (command != nullptr) append_rows(out, tr("Options:", "Options :"), option_rows(command->options), width);
    append_rows(out, tr("Always:", "Toujours :"), option_rows(common_options()), width);
    append_rows(out, tr("Exit status:", "Code de retour :"), status_rows(program), width);
    append_examples(out, program, command, width);
    if (command == nullptr) {
        out.append("\n").append(tr("The options of a command: ", "Les options d'une commande : "));
        out.append(program.name).append(tr(" COMMAND --help", " COMMANDE --help")).append("\n");
    }
    return out;
}

std::string version_text(const Program& program) {
    return std::string("Limier ").append(k_version).append(" — ").append(program.name).append("\n");
}

}  // namespace limier
