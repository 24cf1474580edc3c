#include <algorithm>
#include <utility>

#include "common/cli_tables.hpp"
#include "common/version.hpp"

namespace limier {
namespace {

/// Text for troff: a backslash, a dash (which would become a hyphen and could not be copied), quotes and a request sign
/// at the start lose their meaning.
std::string escaped(std::string_view text) {
    std::string out;
    if (text.starts_with('.') || text.starts_with('\'')) out += "\\&";
    for (const char byte : text) {
        switch (byte) {
            case '\\':
                out += "\\e";
                break;
            case '-':
                out += "\\-";
                break;
            case '\'':
                out += "\\(aq";
                break;
            case '"':
                out += "\\(dq";
                break;
            case '~':
                out += "\\(ti";
                break;
            case '^':
                out += "\\(ha";
                break;
            case '`':
                out += "\\(ga";
                break;
            default:
                out += byte;
        }
    }
    return out;
}

std::string upper_case(std::string_view ascii) {
    std::string out(ascii);
    std::ranges::transform(out, out.begin(), [](char byte) {
        return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
    });
    return out;
}

void section(std::string& out, std::string_view title) { out.append(".SH ").append(title).append("\n"); }

void tagged(std::string& out, std::string_view tag, std::string_view text) {
    out.append(".TP\n.B ").append(escaped(tag)).append("\n").append(escaped(text)).append("\n");
}

void options(std::string& out, std::span<const Option> rows) {
    for (const Option& option : rows) tagged(out, option_label(option), option_help(option));
}

void rows(std::string& out, std::string_view title, std::vector<ManualRow> (*made)()) {
    if (made == nullptr) return;
    section(out, title);
    for (const ManualRow& row : made()) tagged(out, row.term, tr(row.help, row.help_french));
}

void commands(std::string& out, const Program& program) {
    for (const Command& command : program.commands) {
        if (has_subcommands(program)) {
            out.append(".SS \"").append(escaped(usage_line(program, command))).append("\"\n");
            out.append(escaped(help_of(command))).append("\n");
        }
        options(out, command.options);
    }
    if (has_subcommands(program)) out.append(".SS \"").append(tr("Always", "Toujours")).append("\"\n");
    options(out, common_options());
}

void examples(std::string& out, std::string_view title, std::span<const Example> examples) {
    section(out, title);
    bool first = true;
    for (const Example& example : examples) {
        if (!std::exchange(first, false)) out += ".PP\n";
        // Not filled, so that a command is neither spread nor hyphenated and can be copied.
        out.append(escaped(help_of(example))).append("\n.RS\n.EX\n").append(escaped(example.command));
        out += "\n.EE\n.RE\n";
    }
}

}  // namespace

std::string man_page(const Program& program) {
    const std::string_view summary = tr(program.summary, program.summary_french);
    std::string out = ".TH " + upper_case(program.name) + " 1 \"\" \"Limier " + std::string(k_version) + "\"\n";
    section(out, tr("NAME", "NOM"));
    out.append(program.name).append(" \\- ").append(escaped(summary)).append("\n");
    section(out, "SYNOPSIS");
    bool first = true;
    for (const Command& command : program.commands) {
        if (!std::exchange(first, false)) out += ".br\n";
        out.append(".B ").append(escaped(usage_line(program, command))).append("\n");
    }
    section(out, "OPTIONS");
    commands(out, program);
    rows(out, "DIALOGUE", program.dialogue);
    rows(out, tr("ENVIRONMENT", "ENVIRONNEMENT"), program.environment);
    section(out, tr("EXIT STATUS", "CODE DE RETOUR"));
    for (const ExitStatus& status : program.statuses) tagged(out, std::to_string(status.status), help_of(status));
    examples(out, tr("EXAMPLES", "EXEMPLES"), program.examples);
    if (program.recipes != nullptr) examples(out, tr("RECIPES", "RECETTES"), program.recipes());
    return out;
}

}  // namespace limier
