#include "indexer/tagger/user_lexicon.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/tagger/lexicon.hpp"

namespace limier {
namespace {

constexpr std::size_t k_columns = 5;
constexpr std::size_t k_longest_cell = 100'000;

using Row = std::array<std::string, k_columns>;  ///< kind, name, aliases, cues, parent

std::string_view without_blanks(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \r"), text.size());
    return text.substr(begin, text.find_last_not_of(" \r") + 1 - begin);
}

bool has_letter(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (is_letter(c) || is_digit(c)) return true;
    }
    return false;
}

/// What is wrong with the cells of a row of names or topics; empty where nothing is.
std::string fault_of(const Row& row, bool topic) {
    if (!has_letter(row[1]))
        return std::string(tr("the second column must be a name", "la deuxième colonne doit être un nom"));
    for (const std::string& cell : {row[2], row[3]}) {
        if (cell.size() > k_longest_cell) return std::string(tr("a cell is too long", "une case est trop longue"));
        for (const std::string_view part : cell_parts(cell)) {
            if (!has_letter(part))
                return std::string(tr("no word between two bars: ", "pas de mot entre deux barres : ")) +
                       std::string(part);
        }
    }
    for (const std::string_view cue : cell_parts(row[3])) {
        const std::size_t hat = cue.find('^');
        if (hat == std::string_view::npos) continue;
        if (!topic || hat + 2 != cue.size() || cue[hat + 1] < '1' || cue[hat + 1] > '5')
            return std::string(topic ? tr("a weight is ^1 to ^5: ", "un poids va de ^1 à ^5 : ")
                                     : tr("only cues of topics have weights: ",
                                          "seuls les indices de sujets ont un poids : ")) +
                   std::string(cue);
    }
    return {};
}

/// What is wrong with a topic beside the others.
std::string fault_of_topic(const Row& row, const std::vector<UserLexicon::Topic>& before) {
    const auto is_known = [&before](std::string_view name) {
        const auto rows = lexicon_rows("topics", 2);
        return std::any_of(rows.begin(), rows.end(),
                           [name](const auto& known) { return known[0] == name || known[1] == name; }) ||
               std::any_of(before.begin(), before.end(), [name](const auto& known) { return known.label == name; });
    };
    if (row[3].empty() && !is_known(row[1]))
        return std::string(tr("a new topic needs cues, in the fourth column",
                              "un nouveau sujet a besoin d’indices, en quatrième colonne"));
    if (!row[4].empty() && !is_known(row[4]))
        return std::string(tr("no such topic to stand below: ", "pas de sujet où le ranger : ")) + row[4];
    return {};
}

}  // namespace

Result<void> UserLexicon::add(const std::filesystem::path& path) {
    std::ifstream file;
    if (!std::filesystem::is_directory(path)) file.open(path, std::ios::binary);
    if (!file.is_open()) {
        return Error{Code::io,
                     std::string(tr("cannot read the lexicon ", "impossible de lire le lexique ")) + path.string()};
    }
    return add(std::string{std::istreambuf_iterator<char>(file), {}}, path.string());
}

Result<void> UserLexicon::add(std::string_view bytes, const std::string& name) {
    const CleanText clean = clean_utf8(bytes);
    if (clean.replaced > 0) {
        return Error{Code::input, name + std::string(tr(": it is not UTF-8", " : il n’est pas en UTF-8")),
                     std::string(tr("convert it, for example with iconv -f WINDOWS-1252 -t UTF-8",
                                    "le convertir, par exemple par iconv -f WINDOWS-1252 -t UTF-8"))};
    }
    text += clean.text + "\n";
    std::string_view rest = clean.text;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (without_blanks(line).empty() || line.starts_with('#')) continue;
        const std::string fault = add_row(line);
        if (fault.empty()) continue;
        return Error{
            Code::input, name + ":" + std::to_string(number) + ": " + fault,
            std::string(tr("a line is kind<TAB>name<TAB>alias|alias<TAB>cue|cue; kinds: person, org, place, product, "
                           "event, work, topic, never",
                           "une ligne est genre<TAB>nom<TAB>alias|alias<TAB>indice|indice ; genres : personne, "
                           "organisation, lieu, produit, événement, œuvre, sujet, jamais"))};
    }
    return {};
}

/// Adds what a line says; what is wrong with it, or nothing.
std::string UserLexicon::add_row(std::string_view line) {
    const std::vector<std::string_view> cells = row_cells(line);
    if (cells.size() > k_columns) return std::string(tr("more than five columns", "plus de cinq colonnes"));
    Row row;
    std::transform(cells.begin(), cells.end(), row.begin(), without_blanks);
    if (row[0] == "never" || row[0] == "jamais") {
        if (!has_letter(row[1])) return fault_of(row, false);
        never.push_back(row[1]);
        return {};
    }
    const FieldInfo* const field = find_field(row[0]);
    const bool known = field != nullptr && field->kind == FieldKind::entity && field->field != Field::keyword &&
                       field->field != Field::author;
    if (!known) return std::string(tr("unknown kind: ", "genre inconnu : ")) + row[0];
    const bool topic = field->field == Field::topic;
    std::string fault = fault_of(row, topic);
    if (fault.empty() && topic) fault = fault_of_topic(row, topics);
    if (fault.empty() && !topic && !row[4].empty())
        fault = tr("only topics have a fifth column", "seuls les sujets ont une cinquième colonne");
    if (!fault.empty()) return fault;
    if (topic) {
        topics.push_back({row[1], row[2], row[3], row[4]});
    } else {
        names.push_back({field->field, row[1], row[2], row[3]});
    }
    return {};
}

}  // namespace limier
