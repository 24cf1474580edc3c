#include "searcher/repl/dialogue.hpp"

#include <algorithm>
#include <iostream>

#include <unistd.h>

#include "common/output/language.hpp"
#include "common/output/terminal.hpp"
#include "searcher/query/operators.hpp"
#include "searcher/repl/filters.hpp"
#include "searcher/repl/input_lines.hpp"
#include "searcher/repl/programs.hpp"
#include "searcher/say.hpp"

namespace limier {
namespace {

constexpr std::size_t k_most_recent_words = 500;

bool is_blank_line(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

std::string_view without_outer_blanks(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

/// Words worth typing again: those of the query without its signs, fields and operators.
std::vector<std::string> words_of(std::string_view query) {
    std::vector<std::string> words;
    for (std::string& word : words_of_command(query)) {
        const std::size_t begin = word.find_first_not_of("+-(\"«");
        const std::size_t end = word.find_last_not_of(")\"»*~");
        if (begin == std::string::npos || end < begin || word.find(':') != std::string::npos) continue;
        word = word.substr(begin, end - begin + 1);
        if (read_operator(word).row == nullptr) words.push_back(std::move(word));
    }
    return words;
}

}  // namespace

Dialogue::Dialogue(const RunOptions& options, Searcher searcher)
    : options_(options),
      searcher_(std::move(searcher)),
      trail_(Inquiry{options.request, {}}),
      editor_([this](std::string_view before, std::string_view word) { return complete(before, word); }) {
    options_.output.numbered = true;
}

Completion Dialogue::complete(std::string_view before, std::string_view word) const {
    // What an index cannot tell, as where its server is gone, is not completed.
    Result<Completion> completion = guarded([&] {
        return limier::complete({searcher_.index(), words_}, before, word);
    });
    return completion ? std::move(*completion) : Completion{};
}

void Dialogue::print(std::string_view text) {
    if (!show_text(text)) left_ = true;
}

std::optional<SearchResult> Dialogue::search(const Inquiry& inquiry) {
    if (Result<void> done = searcher_.refresh(); !done) {
        complain(done.error());
        if (done.error().code == Code::unreachable) return std::nullopt;
    }
    NarrowedQuery query = narrowed(inquiry.request.query, inquiry.filters);
    SearchRequest request = inquiry.request;
    request.query = std::move(query.text);
    request.stop = &LineEditor::interrupted();
    Result<SearchResult> result = searcher_.search(request);
    if (LineEditor::interrupted()) std::cerr << "\n";  // the terminal has shown ^C
    if (!result) return complain(result.error()), std::nullopt;
    result->notes.insert(result->notes.begin(), query.notes.begin(), query.notes.end());
    return std::move(*result);
}

bool Dialogue::answer(const Inquiry& inquiry, bool next_page) {
    options_.request = inquiry.request;
    options_.output.width = terminal_width(STDOUT_FILENO);
    const Result<std::unique_ptr<Formatter>> formatter = formatter_of(options_);
    if (!formatter) return complain(formatter.error()), false;
    const std::optional<SearchResult> result = search(inquiry);
    if (!result) return false;
    std::cerr << notes_of(*result) << places_of(*result);
    if (!next_page) hits_.clear();
    hits_.insert(hits_.end(), result->hits.begin(), result->hits.end());
    facets_ = result->facets;
    total_ = result->concordance ? result->concordance->total : result->hits_in_all();
    const std::string between(std::exchange(answered_, true) ? (*formatter)->between() : "");
    print(between + (*formatter)->result(*result));
    hint(*result);
    return true;
}

void Dialogue::go(Inquiry next, bool next_page) {
    if (!next.asks() || answer(next, next_page)) trail_.go(std::move(next));
}

/// Says once what can be done next.
void Dialogue::hint(const SearchResult& result) {
    if (!is_terminal(STDERR_FILENO)) return;
    const bool more = !result.hits.empty() && result.hits.back().rank < result.hits_in_all();
    if (more && !std::exchange(hinted_more_, true))
        std::cerr << tr("(:more gives the next page, :show 1 a whole text)\n",
                        "(:more donne la page suivante, :show 1 un texte entier)\n");
    const auto facet = std::ranges::find_if(result.facets, [](const Facet& shown) { return !shown.values.empty(); });
    if (facet != result.facets.end() && !std::exchange(hinted_filter_, true))
        std::cerr << "(:+ " << facet->name
                  << tr(" 1 narrows to the first value, :back undoes it)\n",
                        " 1 restreint à la première valeur, :back revient)\n");
}

void Dialogue::take(const std::string& typed) {
    const std::string_view line = without_outer_blanks(typed);
    if (line.starts_with(':')) return command(line);
    for (std::string& word : words_of(line)) words_.push_back(std::move(word));
    if (words_.size() > k_most_recent_words)
        words_.erase(words_.begin(), words_.end() - static_cast<std::ptrdiff_t>(k_most_recent_words));
    Inquiry next = trail_.now();
    next.request.query = line;
    next.request.similar.reset();
    next.rewind();
    go(std::move(next));
}

void Dialogue::command(std::string_view line) {
    // `:+person:Musk`, `:-1`: of these two signs a blank may be left out.
    const bool sign = line.starts_with(":+") || line.starts_with(":-");
    const std::size_t end = sign ? 2 : std::min(line.find_first_of(" \t"), line.size());
    const DialogueCommand* const row = find_dialogue_command(line.substr(0, end));
    if (row != nullptr) return (this->*row->run)(without_outer_blanks(line.substr(end)));
    complain({Code::usage, std::string(tr("unknown command ", "commande inconnue ")) + std::string(line.substr(0, end)),
              std::string(tr(":help lists them", ":help les donne"))});
}

/// The filters in force with the numbers by which `:-` knows them, a line above that in which is typed.
std::string Dialogue::prompt() const {
    std::string filters;
    for (std::size_t i = 0; i < trail_.now().filters.size(); ++i)
        filters += (i == 0 ? "" : "   ") + std::to_string(i + 1) + "\u00A0" + filter_text(trail_.now().filters[i]);
    if (!filters.empty()) filters = wrap(on_one_line(filters), terminal_width(STDERR_FILENO), "") + "\n";
    return filters + "limier> ";
}

std::optional<std::string> Dialogue::read() {
    for (;;) {
        TypedLine line = editor_.read(prompt());
        std::string typed = std::move(line.text);
        while (line.kind == TypedLine::Kind::line && goes_on(typed)) {
            line = editor_.read("...> ");
            if (line.kind != TypedLine::Kind::line) break;
            typed = joined_lines(typed, line.text);
            if (is_blank_line(line.text)) break;  // enough: it is read as far as it goes
        }
        if (line.kind == TypedLine::Kind::end) return std::nullopt;
        if (line.kind == TypedLine::Kind::line && !is_blank_line(typed)) return typed;
    }
}

int Dialogue::run() {
    std::string dbs;
    for (const std::filesystem::path& db : options_.dbs) dbs += (dbs.empty() ? "" : ", ") + db.string();
    const std::string greeting = dbs + std::string(tr(": ", " : ")) + std::to_string(searcher_.index().documents()) +
                                 std::string(tr(" documents; :help for help, Ctrl-D to leave",
                                                " documents ; :help pour l’aide, Ctrl-D pour partir"));
    std::cerr << wrap(on_one_line(greeting), terminal_width(STDERR_FILENO), "") << "\n";
    while (!left_) {
        const std::optional<std::string> typed = read();
        if (!typed) {
            std::cerr << "\n";
            break;
        }
        editor_.remember(*typed);
        take(*typed);
    }
    return k_some_hit;
}

int run_repl(const RunOptions& options, Searcher searcher) {
    RunOptions dialogue = options;
    dialogue.request.lenient = true;
    return Dialogue(dialogue, std::move(searcher)).run();
}

}  // namespace limier
