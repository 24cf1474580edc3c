#include "searcher/commands.hpp"

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

#include "common/output/language.hpp"
#include "common/output/streams.hpp"
#include "common/output/terminal.hpp"
#include "common/text/utf8.hpp"
#include "searcher/bad_read.hpp"
#include "searcher/batch.hpp"
#include "searcher/options.hpp"
#include "searcher/query/parse.hpp"
#include "searcher/repl/dialogue.hpp"
#include "searcher/say.hpp"
#include "searcher/since.hpp"
#include "searcher/timeline_picture.hpp"

namespace limier {
namespace {

constexpr std::uint64_t k_most_context = 1000;  // words
constexpr double k_most_seconds = 1e6;

ColourChoice colour_choice(std::string_view value) {
    return value == "always" ? ColourChoice::always : value == "never" ? ColourChoice::never : ColourChoice::auto_;
}

const OutputFormat& format_row(std::string_view name) {
    for (const OutputFormat& row : output_formats()) {
        if (row.name == name) return row;
    }
    return output_formats().front();
}

std::string current_folder() {
    std::error_code none;
    return std::filesystem::current_path(none).string();
}

/// One program run: its options, its index, its formatter.
class SearchRun {
 public:
    SearchRun(RunOptions options, Searcher searcher, std::unique_ptr<Formatter> formatter)
        : options_(std::move(options)), searcher_(std::move(searcher)), formatter_(std::move(formatter)) {}

    int one_shot(std::span<const std::string> arguments) {
        const Result<SearchResult> result = answer(arguments);
        if (!result) return complain(result.error()), k_search_error;
        std::cerr << notes_of(*result) << places_of(*result);
        const std::string out = options_.count_only ? std::to_string(result->hits_in_all()) + "\n"
                                                    : formatter_->begin() + formatter_->result(*result);
        if (!send(out)) return status_of_unsent();
        if (!options_.timeline_file.empty() && result->total > 0) {
            const Result<void> drawn = draw_timeline(*result, options_.timeline_file);
            if (!drawn) return complain(drawn.error()), k_search_error;
        }
        return result->total > 0 ? k_some_hit : k_no_hit;
    }

 private:
    /// An argument `field:two words` is one value, as the shell leaves `field:"two words"`. Where nothing has that
    /// value it may be a query that was meant as one argument (`'date:2024-07 Ariane'`); then it is said how it was
    /// read.
    Result<SearchResult> answer(std::span<const std::string> arguments) {
        SearchRequest request = options_.request;
        request.query = join_arguments(arguments);
        Result<SearchResult> result = searcher_.search(request);
        const bool other_reading = arguments.size() == 1 && arguments[0] != request.query;
        if (!other_reading || (result && result->total > 0 && !result->relaxed)) return result;
        request.query = arguments[0];
        Result<SearchResult> second = searcher_.search(request);
        if (!second || second->total == 0) return result;
        second->notes.insert(second->notes.begin(),
                             std::string(tr("no document has it as one value; read as: ",
                                            "aucun document ne l’a comme une seule valeur ; lu comme : ")) +
                                 arguments[0]);
        return second;
    }

    RunOptions options_;
    Searcher searcher_;
    std::unique_ptr<Formatter> formatter_;
};

/// What does not need an index: help and its kin. Nothing when the line asks for a search.
std::optional<int> informed(const Program& program, const CommandLine& line) {
    std::string text;
    if (line.help) text = help_text(program, line.command, terminal_width(STDOUT_FILENO));
    if (line.version) text = version_text(program);
    if (line.man) text = man_page(program);
    if (!line.completion.empty()) {
        Result<std::string> script = completion(program, line.completion);
        if (!script) return complain(script.error()), k_search_error;
        text = std::move(*script);
    }
    if (text.empty()) return std::nullopt;
    return send(text) ? k_some_hit : status_of_unsent();
}

/// The values of an option that repeats, each a list with commas, as one.
std::string joined_lists(std::span<const std::string> lists) {
    std::string joined;
    for (const std::string& list : lists) joined += (joined.empty() ? "" : ",") + list;
    return joined;
}

/// Errors: a file of another kind, no program that draws it.
Result<void> can_draw(const std::string& path) {
    if (!picture_kind(path)) {
        return Error{Code::usage, std::string(tr("--timeline-file: the name has to end with .svg or .png: ",
                                                 "--timeline-file : le nom doit finir par .svg ou .png : ")) +
                                      path};
    }
    return find_gnuplot();
}

Result<double> seconds_option(const CommandLine& line) {
    const std::string_view text = line.get("timeout");
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc() && end == text.data() + text.size() && seconds > 0 && seconds <= k_most_seconds)
        return seconds;
    return Error{
        Code::usage,
        std::string(tr("--timeout: not a time it can take: ", "--timeout : durée impossible : ")) + std::string(text),
        std::string(tr("seconds above 0, such as 0.5", "des secondes au-dessus de 0, comme 0.5"))};
}

/// The document of this id, or the text of this file or of stdin.
Result<SimilarTo> similar_to(const std::string& name, const Searcher& searcher) {
    const auto text_of = [&name](std::istream& in) {
        return SimilarTo{false, clean_utf8(std::string{std::istreambuf_iterator<char>(in), {}}).text, name};
    };
    if (name == "-") return text_of(std::cin);
    const Result<std::optional<std::string>> known = searcher.text_of(name);
    if (!known) return known.error();
    if (*known) return SimilarTo{true, name, name};
    std::ifstream file(name);
    if (file && std::filesystem::is_regular_file(name)) return text_of(file);
    return Error{
        Code::not_found,
        std::string(tr("neither a document of the index nor a file: ", "ni un document de l’index ni un fichier : ")) +
            name,
        std::string(tr("the id of a document is what --format ids prints",
                       "l’identifiant d’un document est ce qu’affiche --format ids"))};
}

int search(const CommandLine& line) {
    const bool queries = line.has("queries");
    const bool one_shot = !line.arguments.empty() || line.has("similar");
    if (queries && one_shot) {
        return complain({Code::usage, std::string(tr("a query and --queries exclude each other",
                                                     "une requête et --queries s’excluent"))}),
               k_search_error;
    }
    if (line.has("timeline-file") && !one_shot) {
        return complain({Code::usage, std::string(tr("--timeline-file draws one query, given with it",
                                                     "--timeline-file dessine une requête, donnée avec elle"))}),
               k_search_error;
    }
    const bool dialogue = !one_shot && !queries && is_terminal(STDIN_FILENO);
    Result<RunOptions> options = run_options(line, !one_shot && !dialogue);
    if (!options) return complain(options.error()), k_search_error;
    Result<std::unique_ptr<Formatter>> formatter = formatter_of(*options);
    if (!formatter) return complain(formatter.error()), k_search_error;
    Result<Searcher> searcher = Searcher::open(options->dbs, options->servers);
    if (!searcher) return complain(searcher.error()), k_search_error;
    if (line.has("similar")) {
        Result<SimilarTo> similar = similar_to(std::string(line.get("similar")), *searcher);
        if (!similar) return complain(similar.error()), k_search_error;
        options->request.similar = std::move(*similar);
    }
    for (const std::string& path : options->synonyms) {
        if (Result<void> added = searcher->add_synonyms(path); !added) return complain(added.error()), k_search_error;
    }
    if (const std::string warning = searcher->warning(); !warning.empty()) std::cerr << "searcher: " << warning << "\n";
    if (dialogue) return run_repl(*options, std::move(*searcher));
    if (one_shot) {
        static std::optional<SearchRun> run;  // not taken apart where the process ends (main.cpp)
        run.emplace(*options, std::move(*searcher), std::move(*formatter));
        return run->one_shot(line.arguments);
    }
    if (!queries || line.get("queries") == "-") return run_batch(*options, std::move(*searcher), STDIN_FILENO);
    const std::string file(line.get("queries"));
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return complain({Code::io,
                         std::string(tr("cannot read ", "impossible de lire ")) + file + ": " + std::strerror(errno)}),
               k_search_error;
    }
    const int status = run_batch(*options, std::move(*searcher), descriptor);
    ::close(descriptor);
    return status;
}

}  // namespace

void fill_for(SearchRequest& request, std::string_view format) {
    const OutputFormat& row = format_row(format);
    request.records = row.needs_records;
    request.snippets = row.needs_snippets;
    request.values = row.needs_values;
    request.exact_total = format == "text" || format.starts_with("json");
}

Result<std::unique_ptr<Formatter>> formatter_of(const RunOptions& options) {
    if (options.request.concordance) return make_concordance(options.format, options.output);
    const bool table = options.format == "tsv" || options.format == "csv";
    if (table && options.request.limit == 0 && counts_documents(options.request))
        return make_counts(options.format, options.output);
    return make_formatter(options.format, options.output);
}

Result<RunOptions> run_options(const CommandLine& line, bool batch) {
    RunOptions options;
    for (const std::string& db : line.all("db")) options.dbs.emplace_back(db);
    options.servers.partial = line.has("partial");
    if (line.has("template"))
        options.format = "template";
    else
        options.format = line.get("format");
    SearchRequest& request = options.request;
    for (const auto& [name, target] : {std::pair<std::string_view, std::size_t*>{"limit", &request.limit},
                                       {"offset", &request.offset},
                                       {"facet-limit", &request.facet_limit}}) {
        const Result<std::uint64_t> number = number_option(line, name, 0, 1'000'000'000);
        if (!number) return number.error();
        *target = *number;
    }
    Result<std::vector<FacetRequest>> facets = parse_facets(joined_lists(line.all("facet")));
    if (!facets) return facets.error();
    request.facets = std::move(*facets);
    request.facet_order = line.get("facet-order") == "name" ? FacetOrder::name : FacetOrder::count;
    const Result<std::uint64_t> least = number_option(line, "facet-min", 1, 1'000'000'000);
    if (!least) return least.error();
    request.facet_min = static_cast<std::uint32_t>(*least);
    Result<std::vector<FacetRequest>> significant = parse_significant(joined_lists(line.all("significant")));
    if (!significant) return significant.error();
    request.significant = std::move(*significant);
    if (line.has("timeline") || line.has("timeline-by") || line.has("timeline-file"))
        request.timeline = read_period(line.get("timeline-by"));
    if (line.has("timeline-file")) {
        options.timeline_file = line.get("timeline-file");
        if (Result<void> can = can_draw(options.timeline_file); !can) return can.error();
    }
    if (line.has("kwic")) {
        const Result<std::uint64_t> words = number_option(line, "kwic", 1, k_most_context);
        if (!words) return words.error();
        ConcordanceRequest& concordance = request.concordance.emplace();
        concordance.words = *words;
        concordance.order = concordance_order(line.get("kwic-sort")).value_or(ConcordanceOrder::position);
        concordance.first = request.offset;
        if (line.has("limit")) concordance.limit = request.limit;
    }
    if (line.has("timeout")) {
        const Result<double> seconds = seconds_option(line);
        if (!seconds) return seconds.error();
        request.timeout = std::chrono::duration<double>(*seconds);
        options.servers.patience = std::chrono::ceil<std::chrono::milliseconds>(*request.timeout);
    }
    if (line.has("since")) {
        const Result<double> moment = moment_of(line.get("since"), std::time(nullptr));
        if (!moment) return moment.error();
        request.since = *moment;
    }
    if (line.has("jobs")) {
        const Result<std::uint64_t> jobs = number_option(line, "jobs", 1, 1024);
        if (!jobs) return jobs.error();
        options.jobs = *jobs;
    }
    request.facets_apart = line.get("facet-mode") == "multi";
    request.sort = sort_order(line.get("sort")).value_or(SortOrder::relevance);
    options.match_given = line.has("match");
    request.match = line.get("match") == "any" ? MatchMode::any : MatchMode::all;
    request.relax = !options.match_given && (line.has("relax") || options.format == "text");
    request.explain = line.has("explain");
    request.collapse = line.has("collapse");
    options.synonyms.assign(line.all("synonyms").begin(), line.all("synonyms").end());
    request.full = line.has("full");
    if (request.full && (!format_row(options.format).needs_snippets || request.concordance)) {
        return Error{Code::usage,
                     std::string(tr("--full shows hits: not with --kwic, nor as ",
                                    "--full montre des résultats : ni avec --kwic, ni comme ")) +
                         "tsv, csv, trec, ids",
                     "text, json, jsonl, --template '{text}'"};
    }
    request.expand = line.has("expand") || !options.synonyms.empty();
    options.count_only = line.has("count");
    fill_for(request, options.format);
    if (options.count_only) {
        request.records = request.snippets = false;
        request.exact_total = true;
        request.limit = 0;
    }
    const bool terminal = is_terminal(STDOUT_FILENO);
    request.facet_courses = terminal && options.format == "text";
    options.output = {.colour = use_colour(colour_choice(line.get("color")), STDOUT_FILENO),
                      .terminal = terminal,
                      .null = line.has("null"),
                      .batch = batch,
                      .width = terminal_width(STDOUT_FILENO),
                      .folder = current_folder(),
                      .template_text = std::string(line.get("template"))};
    return options;
}

int run_searcher(std::span<const char* const> argv) {
    begin_streams();
#ifndef LIMIER_SANITIZED
    say_bad_reads();  // a sanitizer says more
#endif
    const Program& program = searcher_program();
    const Result<CommandLine> line = parse_command_line(program, argv);
    if (!line) return complain(line.error()), k_search_error;
    if (const std::optional<int> status = informed(program, *line)) return *status;
    return search(*line);
}

}  // namespace limier
