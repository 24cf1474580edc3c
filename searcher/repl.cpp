#include "searcher/repl.hpp"

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <optional>

#include <readline/history.h>
#include <readline/readline.h>
#include <unistd.h>

#include "common/output/language.hpp"
#include "common/output/terminal.hpp"
#include "searcher/complete.hpp"
#include "searcher/say.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

constexpr int k_history_lines = 1000;

// readline knows only C callbacks without a context: what they need stands here while a dialogue runs.
const Searcher* g_searcher = nullptr;

fs::path history_file() {
    const char* state = std::getenv("XDG_STATE_HOME");
    const char* home = std::getenv("HOME");
    if (state != nullptr && *state == '/') return fs::path(state) / "limier" / "history";
    if (home != nullptr && *home != '\0') return fs::path(home) / ".local" / "state" / "limier" / "history";
    return {};
}

char** complete_line(const char* text, int start, int) {
    rl_attempted_completion_over = 1;
    const Completion completion = complete(
        g_searcher->index(), std::string_view(rl_line_buffer).substr(0, static_cast<std::size_t>(start)), text);
    if (completion.candidates.empty()) return nullptr;
    rl_completion_append_character = completion.finished ? ' ' : '\0';
    // readline frees the list and its strings: entry 0 is what they have in common.
    const std::size_t count = completion.candidates.size();
    auto** matches = static_cast<char**>(std::calloc(count + 2, sizeof(char*)));
    matches[0] = ::strdup(completion.common.c_str());
    for (std::size_t i = 0; i < count; ++i) matches[i + 1] = ::strdup(completion.candidates[i].c_str());
    if (count == 1) {
        std::free(matches[1]);
        matches[1] = nullptr;
    }
    return matches;
}

int drop_line() {
    rl_replace_line("", 0);
    rl_crlf();
    rl_on_new_line();
    rl_redisplay();
    return 0;
}

/// A line of the user, or nothing at the end of input.
std::optional<std::string> read_line(const char* prompt) {
    char* line = ::readline(prompt);
    if (line == nullptr) return std::nullopt;
    std::string copy(line);
    std::free(line);
    return copy;
}

struct DialogueCommand {
    std::string_view name, arguments, help, help_french;
};
constexpr DialogueCommand k_commands[] = {
    {":help", "", "this list", "cette liste"},
    {":facets", "person,org,date:month", "count these with every query; nothing: none",
     "les compter à chaque requête ; rien : aucune"},
    {":limit", "20", "hits a page", "résultats par page"},
    {":sort", "-date", "relevance, date, -date or title", "relevance, date, -date ou title"},
    {":match", "any", "all words or any", "all (tous les mots) ou any (au moins un)"},
    {":more", "", "the next page of the last query", "la page suivante de la dernière requête"},
    {":show", "2", "the whole text of a hit", "le texte entier d’un résultat"},
    {":similar", "2", "what is like a hit", "ce qui ressemble à un résultat"},
    {":explain", "", "how each query was understood, on or off", "comment la requête est comprise, oui ou non"},
    {":quit", "", "leave (Ctrl-D too)", "partir (Ctrl-D aussi)"},
};

class Dialogue {
 public:
    Dialogue(const RunOptions& options, Searcher searcher, std::unique_ptr<Formatter> formatter)
        : options_(options), searcher_(std::move(searcher)), formatter_(std::move(formatter)) {}

    int run();

 private:
    void answer(std::string query);
    void command(std::string_view line);
    void search();
    const Hit* hit(std::string_view rank) const;
    void show(std::string_view rank);
    void similar(std::string_view rank);
    void help() const;
    std::optional<std::size_t> number(std::string_view text) const;

    RunOptions options_;
    Searcher searcher_;
    std::unique_ptr<Formatter> formatter_;
    std::vector<Hit> hits_;
    bool left_ = false, answered_ = false;
};

void Dialogue::help() const {
    std::cout << tr(
        "Type a query: words, \"a phrase\", person:Musk, topic:financement, date:2025-01, mot*, -word, A OU B. Tab "
        "completes.\n",
        "Tapez une requête : des mots, \"une expression\", person:Musk, topic:financement, date:2025-01, mot*, -mot, A "
        "OU B. Tab complète.\n");
    for (const DialogueCommand& row : k_commands) {
        std::string label = std::string(row.name) + (row.arguments.empty() ? "" : " ") + std::string(row.arguments);
        label.resize(std::max<std::size_t>(label.size() + 2, 32), ' ');
        std::cout << "  " << label << tr(row.help, row.help_french) << "\n";
    }
    std::cout << std::flush;
}

std::optional<std::size_t> Dialogue::number(std::string_view text) const {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) return value;
    complain({Code::usage, std::string(tr("a number is needed, not ", "il faut un nombre, pas ")) + std::string(text)});
    return std::nullopt;
}

void Dialogue::search() {
    if (Result<void> done = searcher_.refresh(); !done) complain(done.error());
    const Result<SearchResult> result = searcher_.search(options_.request);
    if (!result) return complain(result.error());
    std::cerr << notes_of(*result) << places_of(*result);
    hits_ = result->hits;
    if (std::exchange(answered_, true)) std::cout << formatter_->between();
    std::cout << formatter_->result(*result) << std::flush;
}

void Dialogue::answer(std::string query) {
    options_.request.query = std::move(query);
    options_.request.offset = 0;
    options_.request.similar.reset();
    search();
}

/// The hit of this number in the last answer; null, and it is said, where there is none.
const Hit* Dialogue::hit(std::string_view rank) const {
    const std::optional<std::size_t> wanted = number(rank);
    if (!wanted) return nullptr;
    for (const Hit& hit : hits_)
        if (hit.rank == *wanted) return &hit;
    complain({Code::usage, std::string(tr("no hit of that number in the last answer",
                                          "pas de résultat de ce numéro dans la dernière réponse"))});
    return nullptr;
}

void Dialogue::show(std::string_view rank) {
    const Hit* const shown = hit(rank);
    if (shown == nullptr) return;
    const Result<std::optional<std::string>> text = searcher_.text_of(shown->id);
    if (!text) return complain(text.error());
    if (*text) std::cout << on_one_line(shown->title) << "\n\n" << without_controls(**text) << "\n" << std::flush;
}

void Dialogue::similar(std::string_view rank) {
    const Hit* const like = hit(rank);
    if (like == nullptr) return;
    options_.request.query.clear();
    options_.request.offset = 0;
    options_.request.similar = SimilarTo{true, like->id, like->id};
    search();
}

void Dialogue::command(std::string_view line) {
    const std::size_t blank = line.find(' ');
    const std::string_view name = line.substr(0, blank);
    std::string_view argument = blank == std::string_view::npos ? std::string_view() : line.substr(blank + 1);
    while (argument.starts_with(' ')) argument.remove_prefix(1);
    while (argument.ends_with(' ')) argument.remove_suffix(1);
    SearchRequest& request = options_.request;
    if (name == ":help" || name == ":aide" || name == ":?") {
        help();
    } else if (name == ":quit" || name == ":q") {
        left_ = true;
    } else if (name == ":facets") {
        Result<std::vector<FacetRequest>> facets = parse_facets(argument);
        if (!facets) return complain(facets.error());
        request.facets = std::move(*facets);
        if (!request.query.empty()) search();
    } else if (name == ":limit") {
        if (const auto value = number(argument)) request.limit = *value;
    } else if (name == ":sort") {
        const std::optional<SortOrder> order = sort_order(argument);
        if (!order) return complain({Code::usage, "relevance, date, -date, title"});
        request.sort = *order;
        if (!request.query.empty()) search();
    } else if (name == ":match") {
        if (argument != "all" && argument != "any") return complain({Code::usage, "all, any"});
        request.match = argument == "any" ? MatchMode::any : MatchMode::all;
        request.relax = false;
        if (!request.query.empty()) search();
    } else if (name == ":more") {
        if (request.query.empty() && !request.similar)
            return complain({Code::usage, std::string(tr("no query yet", "pas encore de requête"))});
        request.offset += request.limit;
        search();
    } else if (name == ":show") {
        show(argument);
    } else if (name == ":similar") {
        similar(argument);
    } else if (name == ":explain") {
        request.explain = !request.explain;
    } else {
        complain({Code::usage, std::string(tr("unknown command ", "commande inconnue ")) + std::string(name),
                  std::string(tr(":help lists them", ":help les donne"))});
    }
}

int Dialogue::run() {
    g_searcher = &searcher_;
    rl_readline_name = "limier";
    rl_outstream = stderr;  // stdout carries results only
    rl_attempted_completion_function = complete_line;
    rl_completer_word_break_characters = const_cast<char*>(" \t\n()");
    rl_sort_completion_matches = 0;
    rl_catch_signals = 0;
    rl_signal_event_hook = drop_line;
    struct sigaction interrupt = {};
    interrupt.sa_handler = [](int) {};  // only wakes readline, whose hook drops the line
    ::sigaction(SIGINT, &interrupt, nullptr);
    using_history();
    stifle_history(k_history_lines);
    const fs::path history = history_file();
    if (!history.empty()) ::read_history(history.c_str());
    std::string dbs;
    for (const std::filesystem::path& db : options_.dbs) dbs += (dbs.empty() ? "" : ", ") + db.string();
    std::cerr << dbs << tr(": ", " : ") << searcher_.index().documents()
              << tr(" documents; :help for help, Ctrl-D to leave\n",
                    " documents ; :help pour l’aide, Ctrl-D pour partir\n");
    while (!left_) {
        const std::optional<std::string> line = read_line("limier> ");
        if (!line) {
            std::cerr << "\n";
            break;
        }
        const std::size_t first = line->find_first_not_of(" \t");
        if (first == std::string::npos) continue;
        ::add_history(line->c_str());
        if ((*line)[first] == ':')
            command(std::string_view(*line).substr(first));
        else
            answer(*line);
    }
    if (!history.empty()) {
        std::error_code ignored;
        fs::create_directories(history.parent_path(), ignored);
        if (::write_history(history.c_str()) == 0)
            fs::permissions(history, fs::perms::owner_read | fs::perms::owner_write, ignored);
    }
    g_searcher = nullptr;
    return k_some_hit;
}

}  // namespace

int run_repl(const RunOptions& options, Searcher searcher) {
    RunOptions dialogue = options;
    dialogue.request.lenient = true;
    Result<std::unique_ptr<Formatter>> formatter = formatter_of(options);
    if (!formatter) return complain(formatter.error()), k_search_error;
    return Dialogue(dialogue, std::move(searcher), std::move(*formatter)).run();
}

}  // namespace limier
