// What the commands of the dialogue do; a row each in the table at the end.
#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

#include <unistd.h>

#include "common/output/language.hpp"
#include "common/output/terminal.hpp"
#include "common/text/utf8.hpp"
#include "searcher/repl/dialogue.hpp"
#include "searcher/repl/filters.hpp"
#include "searcher/repl/programs.hpp"
#include "searcher/repl/save.hpp"
#include "searcher/say.hpp"

namespace limier {
namespace {

Error usage(std::string_view english, std::string_view french) {
    return {Code::usage, std::string(tr(english, french))};
}

std::pair<std::string_view, std::string_view> first_word(std::string_view text) {
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    const std::size_t next = std::min(text.find_first_not_of(" \t", end), text.size());
    return {text.substr(0, end), text.substr(next)};
}

/// `label  text`, the text in a column of its own, within the width of the terminal.
void append_row(std::string& out, std::string label, std::string_view text, std::size_t width) {
    const std::size_t column = std::min<std::size_t>(34, width / 2);
    label = "  " + label;
    const std::size_t taken = display_width(label);
    const bool fits = taken + 2 <= column;
    std::string lines = wrap(text, width, std::string(column, ' '));
    out += fits ? label + lines.substr(taken) : label + "\n" + lines;
    out += "\n";
}

/// Whether a facet is what was named: `date:month`, or `date` of any period.
bool is_named(const Facet& facet, std::string_view name) {
    const FieldInfo* const field = find_field(name);
    return facet.name == name || (field != nullptr && field == find_field(facet.name.substr(0, facet.name.find(':'))));
}

}  // namespace

void Dialogue::help(std::string_view) {
    const std::size_t width = terminal_width(STDOUT_FILENO);
    std::string out =
        wrap(tr("Type a query: words, \"a phrase\", person:Musk, topic:financement, date:2025-01, mot*, "
                "-word, A OU B. Tab completes, Ctrl-R looks for an earlier line, Ctrl-C stops a query; a "
                "line that ends in \\ goes on in the next.",
                "Tapez une requête : des mots, \"une expression\", person:Musk, topic:financement, "
                "date:2025-01, mot*, -mot, A OU B. Tab complète, Ctrl-R cherche une ligne d’avant, Ctrl-C "
                "arrête une requête ; une ligne qui finit par \\ continue à la suivante."),
             width, "") +
        "\n";
    for (const DialogueCommand& row : dialogue_commands())
        append_row(out, dialogue_label(row), tr(row.help, row.help_french), width);
    print(out);
}

void Dialogue::quit(std::string_view) { left_ = true; }

void Dialogue::change(std::string_view setting, std::string_view value) {
    Inquiry next = trail_.now();
    Settings settings{next.request, options_.output.colour};
    if (const Result<void> done = limier::set(settings, setting, value); !done) return complain(done.error());
    next.request = settings.request;
    next.rewind();
    options_.output.colour = settings.colour;
    // What only changes how an answer looks is seen at the next.
    const bool asks_again = setting != "limit" && setting != "explain" && setting != "color" && setting != "timeout";
    if (asks_again)
        go(std::move(next));
    else
        trail_.go(std::move(next));
}

void Dialogue::set(std::string_view setting) {
    const auto [name, value] = first_word(setting);
    if (!value.empty()) return change(name, value);
    const Settings settings{trail_.now().request, options_.output.colour};
    std::string out;
    for (const Setting& row : all_settings()) {
        if (!name.empty() && name != row.name) continue;
        append_row(out, std::string(row.name) + " " + row.value(settings), tr(row.help, row.help_french),
                   terminal_width(STDOUT_FILENO));
    }
    if (out.empty()) return change(name, value);  // says that there is none of that name
    print(out);
}

void Dialogue::facets(std::string_view names) { change("facets", names); }
void Dialogue::limit(std::string_view number) { change("limit", number); }
void Dialogue::sort(std::string_view order) { change("sort", order); }
void Dialogue::match(std::string_view mode) { change("match", mode); }
void Dialogue::explain(std::string_view) { change("explain", trail_.now().request.explain ? "off" : "on"); }

/// `person 2` by the facet as it was last shown, `person Elon Musk`, or filters as in a query.
Result<std::vector<Node>> Dialogue::filters_of(std::string_view argument) const {
    const auto [name, rest] = first_word(argument);
    const FieldInfo* const field = find_field(name.substr(0, name.find(':')));
    const Result<std::size_t> number = read_number(rest);
    if (number && field != nullptr) {
        const auto facet =
            std::ranges::find_if(facets_, [wanted = name](const Facet& shown) { return is_named(shown, wanted); });
        const std::size_t values = facet == facets_.end() ? 0 : facet->values.size();
        if (*number > 0 && *number <= values)
            return guarded([&] {
                const std::string& value = facet->values[*number - 1].value;
                return std::vector<Node>{facet->tree ? filter_on(*field, value)
                                                     : filter_on_alone(searcher_.index(), *field, value)};
            });
        // `date 2024` is a value, where a name would hardly be a number.
        if (field->kind == FieldKind::entity || field->kind == FieldKind::exact) {
            return Error{Code::usage,
                         std::string(tr("the last answer shows no value of that number",
                                        "la dernière réponse ne montre pas de valeur de ce numéro")),
                         ":facets " + std::string(field->name)};
        }
    }
    const bool value_apart = !rest.empty() && field != nullptr && name.find(':') == std::string_view::npos;
    return read_filters(value_apart ? std::string(name) + ":" + std::string(rest) : std::string(argument));
}

void Dialogue::add_filter(std::string_view filter) {
    if (filter.empty())
        return complain(
            usage("which filter? :+ person 2, :+ topic:sport", "quel filtre ? :+ person 2, :+ topic:sport"));
    const Result<std::vector<Node>> filters = filters_of(filter);
    if (!filters) return complain(filters.error());
    Inquiry next = trail_.now();
    next.filters.insert(next.filters.end(), filters->begin(), filters->end());
    next.rewind();
    go(std::move(next));
}

void Dialogue::remove_filter(std::string_view number) {
    Inquiry next = trail_.now();
    if (next.filters.empty()) return complain(usage("there is no filter", "il n’y a pas de filtre"));
    const Result<std::size_t> place = number.empty() ? next.filters.size() : read_number(number);
    if (!place) return complain(place.error());
    if (*place == 0 || *place > next.filters.size())
        return complain(usage("there is no filter of that number", "il n’y a pas de filtre de ce numéro"));
    next.filters.erase(next.filters.begin() + static_cast<std::ptrdiff_t>(*place - 1));
    next.rewind();
    go(std::move(next));
}

void Dialogue::back(std::string_view) {
    if (!trail_.back()) return complain(usage("there is no step to take back", "il n’y a pas d’étape à reprendre"));
    if (trail_.now().asks()) answer(trail_.now(), false);
}

void Dialogue::more(std::string_view) {
    Inquiry next = trail_.now();
    if (!answered_) return complain(usage("no query yet", "pas encore de requête"));
    std::size_t& first = next.request.concordance ? next.request.concordance->first : next.request.offset;
    first += next.request.concordance ? next.request.concordance->limit : next.request.limit;
    if (first >= total_) return complain(usage("that was all", "c’était tout"));
    go(std::move(next), true);
}

/// The hit of this number in the last answer; null, and it is said, where there is none.
const Hit* Dialogue::hit(std::string_view rank) const {
    const Result<std::size_t> wanted = read_number(rank);
    if (!wanted) return complain(wanted.error()), nullptr;
    const auto found = std::ranges::find(hits_, *wanted, &Hit::rank);
    if (found != hits_.end()) return &*found;
    complain(
        usage("no hit of that number in the last answer", "pas de résultat de ce numéro dans la dernière réponse"));
    return nullptr;
}

void Dialogue::show(std::string_view rank) {
    const Hit* const shown = hit(rank);
    if (shown == nullptr) return;
    // Asked again, for its text and what is to be marked there.
    Inquiry whole = trail_.now();
    whole.request.offset = shown->rank - 1;
    whole.request.limit = 1;
    whole.request.full = whole.request.snippets = whole.request.records = true;
    whole.request.explain = false;
    whole.request.facets.clear();
    whole.request.significant.clear();
    whole.request.timeline.reset();
    const std::string id = shown->id;
    const std::optional<SearchResult> result = search(whole);
    if (!result) return;
    if (result->hits.empty() || result->hits.front().id != id) {
        return complain(usage("the index has changed since: ask again", "l’index a changé depuis : redemander"));
    }
    options_.output.width = terminal_width(STDOUT_FILENO);
    print(document_text(result->hits.front(), options_.output));
}

void Dialogue::open(std::string_view rank) {
    const Hit* const opened = hit(rank);
    if (opened == nullptr) return;
    std::error_code none;
    const std::string file = opened->path.substr(0, opened->path.find("!/"));  // an archive is opened as a whole
    const bool is_file = std::filesystem::exists(file, none);
    const bool is_page = opened->url.starts_with("http://") || opened->url.starts_with("https://");
    if (!is_file && !is_page) {
        return complain({Code::not_found, std::string(tr("no such file: ", "fichier introuvable : ")) + opened->path,
                         std::string(tr(":show prints the text that the index holds",
                                        ":show donne le texte que l’index contient"))});
    }
    const Result<void> done = open_by_program(is_file ? file : opened->url, is_file);
    if (!done) complain(done.error());
}

void Dialogue::similar(std::string_view rank) {
    const Hit* const like = hit(rank);
    if (like == nullptr) return;
    Inquiry next = trail_.now();
    next.request.query.clear();
    next.rewind();
    next.request.similar = SimilarTo{true, like->id, like->id};
    go(std::move(next));
}

void Dialogue::save(std::string_view target) { save_to(target, false); }
void Dialogue::save_over(std::string_view target) { save_to(target, true); }

void Dialogue::save_to(std::string_view argument, bool overwrite) {
    if (!answered_) return complain(usage("no query yet", "pas encore de requête"));
    const Result<SaveTarget> target = read_save_target(argument);
    if (!target) return complain(target.error());
    RunOptions options = options_;
    options.format = target->format;
    options.output.colour = options.output.terminal = options.output.numbered = false;
    const Result<std::unique_ptr<Formatter>> formatter = formatter_of(options);
    if (!formatter) return complain(formatter.error());
    Inquiry whole = trail_.now();
    whole.rewind();
    whole.request.limit = searcher_.index().documents();
    fill_for(whole.request, target->format);
    const std::optional<SearchResult> result = search(whole);
    if (!result) return;
    const Result<void> done =
        write_file(target->file, (*formatter)->begin() + (*formatter)->result(*result), overwrite);
    if (!done) return complain(done.error());
    std::cerr << on_one_line(target->file.string()) << tr(": ", " : ") << result->hits.size()
              << tr(" hits", " résultats") << " (" << target->format << ")\n";
}

void Dialogue::history(std::string_view word) {
    std::string out;
    for (const std::string& line : editor_.history(word)) out += on_one_line(line) + "\n";
    print(out);
}

namespace {

constexpr auto k_commands = std::to_array<DialogueCommand>({
    {":help", ":aide :?", "", "this list", "cette liste", Completes::nothing, &Dialogue::help},
    {":facets", ":facettes", "person,org,date:month", "count these with every query; nothing: none",
     "les compter à chaque requête ; rien : aucune", Completes::setting, &Dialogue::facets},
    {":+", "", "person 2", "narrow by a value of a facet, or as in a query: :+ topic:sport, :+ -lang:en",
     "restreindre par une valeur de facette, ou comme dans une requête : :+ topic:sport, :+ -lang:en",
     Completes::filter, &Dialogue::add_filter},
    {":-", "", "1", "take a filter off; without a number the last", "retirer un filtre ; sans numéro, le dernier",
     Completes::nothing, &Dialogue::remove_filter},
    {":back", ":retour", "", "take the last step back: filter, query, page, order",
     "revenir d’une étape : filtre, requête, page, ordre", Completes::nothing, &Dialogue::back},
    {":more", ":suite", "", "the next page", "la page suivante", Completes::nothing, &Dialogue::more},
    {":show", ":voir", "2", "the whole text of a hit", "le texte entier d’un résultat", Completes::nothing,
     &Dialogue::show},
    {":open", ":ouvrir", "2", "open its file in another program", "ouvrir son fichier dans un autre programme",
     Completes::nothing, &Dialogue::open},
    {":similar", ":semblables", "2", "what is like a hit", "ce qui ressemble à un résultat", Completes::nothing,
     &Dialogue::similar},
    {":save", ":garder", "hits.csv", "write all hits; the format is the extension’s, or named behind",
     "écrire tous les résultats ; le format est celui de l’extension, ou nommé derrière", Completes::file,
     &Dialogue::save},
    {":save!", ":garder!", "hits.csv", "the same over a file that exists", "la même chose, en écrasant le fichier",
     Completes::file, &Dialogue::save_over},
    {":sort", ":tri", "-date", "relevance, date, -date or title", "relevance, date, -date ou title", Completes::setting,
     &Dialogue::sort},
    {":limit", ":limite", "20", "hits a page", "résultats par page", Completes::setting, &Dialogue::limit},
    {":match", "", "any", "all words, any, or auto", "all (tous les mots), any (au moins un) ou auto",
     Completes::setting, &Dialogue::match},
    {":explain", "", "", "how each query was understood, on or off", "comment la requête est comprise, oui ou non",
     Completes::nothing, &Dialogue::explain},
    {":set", "", "facet-mode multi", "a setting; without a value, all of them", "un réglage ; sans valeur, tous",
     Completes::setting, &Dialogue::set},
    {":history", ":historique", "Musk", "the lines typed so far, those with a word",
     "les lignes tapées, celles d’un mot", Completes::nothing, &Dialogue::history},
    {":quit", ":q :quitter", "", "leave (Ctrl-D too)", "partir (Ctrl-D aussi)", Completes::nothing, &Dialogue::quit},
});

}  // namespace

std::span<const DialogueCommand> dialogue_commands() { return k_commands; }

std::string dialogue_label(const DialogueCommand& command) {
    return std::string(command.name) + (command.arguments.empty() ? "" : " ") + std::string(command.arguments);
}

const DialogueCommand* find_dialogue_command(std::string_view name) {
    for (const DialogueCommand& row : k_commands) {
        if (name == row.name) return &row;
        for (const std::string& other : words_of_command(row.other_names))
            if (name == other) return &row;
    }
    return nullptr;
}

}  // namespace limier
