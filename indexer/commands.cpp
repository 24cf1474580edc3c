#include "indexer/commands.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include <poll.h>
#include <unistd.h>

#include "common/cli.hpp"
#include "common/output/json.hpp"
#include "common/output/language.hpp"
#include "common/output/streams.hpp"
#include "common/output/terminal.hpp"
#include "common/shards.hpp"
#include "common/store.hpp"
#include "common/text/utf8.hpp"
#include "indexer/annotate.hpp"
#include "indexer/build.hpp"
#include "indexer/export.hpp"
#include "indexer/options.hpp"
#include "indexer/progress.hpp"
#include "indexer/published.hpp"
#include "indexer/readers/confined.hpp"
#include "indexer/shards.hpp"

namespace limier {
namespace {

enum Status { k_all_taken = 0, k_some_refused = 1, k_nothing_published = 2 };

constexpr std::size_t k_most_refusals = 1000;
constexpr auto k_progress_interval = std::chrono::milliseconds(100);

// Set by signals; what is at work looks at it between documents and leaves nothing behind.
std::atomic<bool> stop_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free);

/// A terminal that closes stops it too, but not under nohup.
void stop_on_signals() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        const auto before = std::signal(signal, [](int) { stop_requested = true; });
        if (signal == SIGHUP && before == SIG_IGN) std::signal(signal, SIG_IGN);
    }
}

int fail(const Error& error) {
    std::cerr << "indexer: " << without_controls(error.message) << "\n";
    if (!error.hint.empty()) std::cerr << "  " << without_controls(error.hint) << "\n";
    return k_nothing_published;
}

/// How the paths of a command line are to be read. Errors: an option that cannot be understood.
Result<SourceOptions> source_options(const CommandLine& line) {
    SourceOptions options;
    for (const std::string& text : line.all("filter")) {
        Result<Filter> filter = parse_filter(text);
        if (!filter) return filter.error();
        options.filters.push_back(std::move(*filter));
    }
    for (const std::string& text : line.all("map")) {
        Result<std::pair<std::string, Key>> mapping = parse_mapping(text);
        if (!mapping) return mapping.error();
        options.map.push_back(std::move(*mapping));
    }
    if (line.has("format")) options.format = line.get("format");
    if (!options.format.empty() && !is_format(options.format)) {
        return Error{
            Code::usage, std::string(tr("--format: unknown: ", "--format : inconnu : ")) + options.format,
            std::string(tr("auto, or an extension without its dot: ", "auto, ou une extension sans son point : ")) +
                known_extensions({})};
    }
    options.zero_ended = line.has("null");
    options.parsers = parsed_by_this_program();
    return options;
}

/// The user's lexicons. Errors: those of UserLexicon::add.
Result<UserLexicon> user_lexicon(const CommandLine& line) {
    UserLexicon lexicon;
    for (const std::string& path : line.all("lexicon")) {
        if (Result<void> added = lexicon.add(path); !added) return added.error();
    }
    return lexicon;
}

/// How many shards the documents are dealt out to; 0: the index is one.
Result<std::size_t> shards_asked(const CommandLine& line, const BuildOptions& options) {
    if (line.has("shards")) {
        const Result<std::uint64_t> shards = number_option(line, "shards", 1, 256);
        if (!shards) return shards.error();
        return *shards;
    }
    if (!options.update) return std::size_t{0};
    const Result<std::vector<std::filesystem::path>> there = shards_of(options.db);
    if (!there) return there.error();
    return there->size();
}

/// The indexes that a folder is: its shards, or itself. Errors: a shard that is missing.
Result<std::vector<std::filesystem::path>> indexes_in(const std::filesystem::path& db) {
    Result<std::vector<std::filesystem::path>> shards = shards_of(db);
    if (shards && shards->empty()) shards->push_back(db);
    return shards;
}

/// Builds, updates or writes anew, as `options` says, showing how far it is.
int build(const CommandLine& line, BuildOptions options) {
    if (options.db.empty()) options.db = std::string(line.get("db"));
    const Result<std::size_t> shards = shards_asked(line, options);
    if (!shards) return fail(shards.error());
    Result<UserLexicon> lexicon = user_lexicon(line);
    if (!lexicon) return fail(lexicon.error());
    options.lexicon = std::move(*lexicon);
    if (line.has("jobs")) {
        const Result<std::uint64_t> jobs = number_option(line, "jobs", 1, 1024);
        if (!jobs) return fail(jobs.error());
        options.jobs = static_cast<unsigned>(*jobs);
    }
    const Result<std::uint64_t> memory = size_option(line, "memory", k_least_memory);
    if (!memory) return fail(memory.error());
    options.memory = *memory;
    options.stop = options.source.stop = &stop_requested;
    stop_on_signals();
    const bool quiet = line.has("quiet");
    const bool show = !quiet && is_terminal(STDERR_FILENO);
    auto shown = std::chrono::steady_clock::time_point();
    if (show) {
        options.progress = [&shown](const BuildProgress& progress) {
            const auto now = std::chrono::steady_clock::now();
            if (progress.phase == BuildProgress::Phase::reading && now - shown < k_progress_interval) return;
            shown = now;
            std::cerr << "\r\x1b[K" << progress_line(progress, terminal_width(STDERR_FILENO) - 1) << std::flush;
        };
    }
    const BuildReport report = *shards != 0 ? build_shards(options, *shards) : build_index(options);
    if (show) std::cerr << "\r\x1b[K";
    std::cerr << refusal_lines(report, k_most_refusals) << unconfined_line(report.unconfined);
    if (report.error) return fail(*report.error);
    if (!quiet) std::cerr << summary_line(report, options.db.string(), options.update) << "\n";
    return report.refusals.empty() ? k_all_taken : k_some_refused;
}

/// `build` and `update`.
int index_paths(const CommandLine& line) {
    BuildOptions options;
    Result<SourceOptions> source = source_options(line);
    if (!source) return fail(source.error());
    options.source = std::move(*source);
    options.paths.assign(line.arguments.begin(), line.arguments.end());
    options.portable = line.has("portable");
    options.update = line.command->name == "update";
    options.prune = line.has("prune");
    return build(line, std::move(options));
}

int optimize(const CommandLine& line) {
    const auto indexes = indexes_in(std::string(line.get("db")));
    if (!indexes) return fail(indexes.error());
    int status = k_all_taken;
    for (const std::filesystem::path& db : *indexes) {
        BuildOptions options;
        options.db = db;
        options.indexes = {db};
        const Result<Index> index = Index::open(options.indexes);
        if (!index) return fail(index.error());
        options.portable = !index->metadata("limier:portable").empty();
        status = std::max(status, build(line, std::move(options)));
        if (status == k_nothing_published) break;
    }
    return status;
}

int merge(const CommandLine& line) {
    BuildOptions options;
    options.indexes.assign(line.arguments.begin(), line.arguments.end());
    options.portable = line.has("portable");
    return build(line, std::move(options));
}

int remove(const CommandLine& line) {
    std::vector<std::string> ids = line.arguments;
    if (ids == std::vector<std::string>{"-"}) {
        ids.clear();
        for (std::string id; std::getline(std::cin, id);)
            if (!id.empty()) ids.push_back(std::move(id));
    }
    stop_on_signals();
    const std::filesystem::path db(line.get("db"));
    const auto shards = shards_of(db);
    if (!shards) return fail(shards.error());
    const BuildReport report = shards->empty() ? remove_documents(db, ids, &stop_requested)
                                               : remove_from_shards(*shards, ids, &stop_requested);
    std::cerr << refusal_lines(report, k_most_refusals);
    if (report.error) return fail(*report.error);
    if (!line.has("quiet")) {
        std::cerr << on_one_line(line.get("db")) << tr(": removed ", " : documents retirés : ") << report.removed
                  << tr(report.removed == 1 ? " document" : " documents", "") << "\n";
    }
    if (report.refusals.empty()) return k_all_taken;
    return report.removed == 0 ? k_nothing_published : k_some_refused;
}

int export_documents(const CommandLine& line) {
    Result<Index> index = Index::open(std::string(line.get("db")));
    if (!index) return fail(index.error());
    const Result<void> done = guarded([&] {
        IndexDocuments documents(std::move(*index));
        while (const std::optional<Document> document = documents.next()) {
            std::cout << exported_line(*document);
            if (!std::cout) return;  // nobody takes more; `delivered` says why
        }
    });
    return done ? k_all_taken : fail(done.error());
}

int stats(const CommandLine& line) {
    const Result<Index> index = Index::open(std::string(line.get("db")));
    if (!index) return fail(index.error());
    const auto sizes = index_sizes(*index);
    if (!sizes) return fail(sizes.error());
    std::uint64_t total = 0;
    for (const auto& [part, bytes] : *sizes) total += bytes;
    if (line.get("format") == "json") {
        JsonWriter out(is_terminal(STDOUT_FILENO));
        out.begin_object()
            .key("schema")
            .number(std::uint64_t{1})
            .key("documents")
            .number(std::uint64_t{index->documents()});
        out.key("created")
            .string(index->metadata("limier:created"))
            .key("language")
            .string(index->metadata("limier:language"))
            .key("portable")
            .boolean(!index->metadata("limier:portable").empty());
        out.key("fingerprint")
            .string(index->metadata("limier:fingerprint"))
            .key("generation")
            .string(index->generation().filename().string());
        out.key("total_bytes").number(total).key("bytes").begin_object();
        for (const auto& [part, bytes] : *sizes) out.key(part).number(bytes);
        out.end_object().end_object();
        std::cout << out.take() << "\n";
        return k_all_taken;
    }
    std::cout << tr("documents ", "documents ") << index->documents() << "\n"
              << tr("created   ", "créé      ") << index->metadata("limier:created") << "\n"
              << tr("made by   ", "par       ") << index->metadata("limier:fingerprint") << "\n"
              << tr("portable  ", "portable  ")
              << (index->metadata("limier:portable").empty() ? tr("no", "non") : tr("yes", "oui")) << "\n"
              << tr("bytes     ", "octets    ") << total << "\n";
    for (const auto& [part, bytes] : *sizes)
        std::cout << "  " << part << std::string(part.size() < 12 ? 12 - part.size() : 1, ' ') << bytes << "\n";
    return k_all_taken;
}

int check(const CommandLine& line) {
    const auto indexes = indexes_in(std::string(line.get("db")));
    if (!indexes) return fail(indexes.error());
    bool sound = true;
    for (const std::filesystem::path& db : *indexes) {
        const auto problems = check_index(db);
        if (!problems) return fail(problems.error());
        for (const std::string& problem : *problems) std::cerr << without_controls(problem) << "\n";
        sound = sound && problems->empty();
    }
    if (!sound) {
        std::cerr << tr("the index is damaged; rebuild it with: indexer build",
                        "l’index est endommagé ; le reconstruire par : indexer build")
                  << "\n";
        return k_nothing_published;
    }
    std::cout << on_one_line(line.get("db")) << tr(": sound", " : sain") << "\n";
    return k_all_taken;
}

void print_annotation(Document document, const CommandLine& line, Analyser& analyser, const Tagger& tagger,
                      bool colour) {
    const AnalysedDocument analysed = analyse_document(std::move(document), analyser, &tagger);
    std::cout << (line.has("tokens") ? tokens_json(analysed, analyser)
                  : colour           ? annotation_coloured(analysed)
                                     : annotation_json(analysed));
}

/// A text, or JSON Lines where the first line is an object.
int annotate_stdin(const CommandLine& line, Analyser& analyser, const Tagger& tagger, bool colour) {
    const std::string input{std::istreambuf_iterator<char>(std::cin), {}};
    const std::size_t first = input.find_first_not_of(" \t\r\n");
    const bool json = first != std::string::npos && input[first] == '{';
    int status = k_all_taken;
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < input.size() || number == 0;) {
        ++number;
        const std::size_t end = json ? std::min(input.find('\n', begin), input.size()) : input.size();
        const std::string_view record = std::string_view(input).substr(begin, end - begin);
        begin = end + 1;
        if (json && record.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        Result<Document> document = json ? read_json_object(record, "-", number) : read_plain_text("-", "-", record);
        if (document) {
            print_annotation(std::move(*document), line, analyser, tagger, colour);
        } else {
            std::cerr << "indexer: " << (json ? "" : "-: ") << without_controls(document.error().message) << "\n";
            status = k_some_refused;
        }
    }
    return status;
}

/// The types of annotated corpora (CoNLL, OntoNotes) and our field names.
std::optional<Field> field_of_type(std::string_view type) {
    constexpr std::pair<std::string_view, Field> k_types[] = {{"PER", Field::person}, {"PERSON", Field::person},
                                                              {"ORG", Field::org},    {"LOC", Field::place},
                                                              {"GPE", Field::place},  {"MISC", Field::product}};
    for (const auto& [name, field] : k_types) {
        if (type == name) return field;
    }
    const FieldInfo* found = find_field(type);
    if (found == nullptr || found->kind != FieldKind::entity) return std::nullopt;
    return found->field;
}

/// A line `form<TAB>type<TAB>count`.
std::optional<ListedName> listed_name(std::string_view line) {
    const std::size_t first = line.find('\t');
    const std::size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    if (second == std::string_view::npos || first == 0) return std::nullopt;
    const std::optional<Field> field = field_of_type(line.substr(first + 1, second - first - 1));
    ListedName name{clean_utf8(line.substr(0, first)).text, field.value_or(Field::person), 0};
    const char* const end = line.data() + line.size();
    const auto [behind, error] = std::from_chars(line.data() + second + 1, end, name.count);
    if (!field || error != std::errc() || behind != end || name.count == 0) return std::nullopt;
    return name;
}

int annotate_mentions(const CommandLine& line, const Tagger& tagger) {
    const std::string path(line.get("mentions"));
    std::ifstream file;
    if (path != "-") file.open(path);
    std::istream& in = path == "-" ? std::cin : file;
    if (!in) {
        return fail(
            {Code::io, std::string(tr("cannot read ", "impossible de lire ")) + path + ": " + std::strerror(errno)});
    }
    std::vector<ListedName> names;
    std::size_t number = 0;
    for (std::string row; std::getline(in, row);) {
        ++number;
        if (row.ends_with('\r')) row.pop_back();
        if (row.empty()) continue;
        std::optional<ListedName> name = listed_name(row);
        if (!name) {
            return fail({Code::input,
                         path + ":" + std::to_string(number) + ": " +
                             std::string(tr("not form<TAB>type<TAB>count", "n’est pas forme<TAB>type<TAB>nombre")),
                         std::string(tr("types: PER, ORG, LOC, MISC, or a field such as person",
                                        "types : PER, ORG, LOC, MISC, ou un champ comme person"))});
        }
        names.push_back(std::move(*name));
    }
    const std::vector<std::string> values = tagger.canonical_values(names);
    for (std::size_t i = 0; i < names.size(); ++i) std::cout << names[i].form << "\t" << values[i] << "\n";
    return k_all_taken;
}

int annotate(const CommandLine& line) {
    Result<UserLexicon> lexicon = user_lexicon(line);
    if (!lexicon) return fail(lexicon.error());
    const Tagger tagger(std::move(*lexicon));
    if (line.has("mentions")) return annotate_mentions(line, tagger);
    Analyser analyser;
    const std::string_view choice = line.get("color");
    const bool colour = use_colour(choice == "always"  ? ColourChoice::always
                                   : choice == "never" ? ColourChoice::never
                                                       : ColourChoice::auto_,
                                   STDOUT_FILENO);
    if (line.arguments.empty() || (line.arguments.size() == 1 && line.arguments[0] == "-"))
        return annotate_stdin(line, analyser, tagger, colour);
    Result<SourceOptions> options = source_options(line);
    if (!options) return fail(options.error());
    // What lies on the disk for commands to read goes with the source.
    options->stop = &stop_requested;
    stop_on_signals();
    Result<DocumentSource> source =
        DocumentSource::open({line.arguments.begin(), line.arguments.end()}, std::move(*options));
    if (!source) return fail(source.error());
    while (auto document = source->next()) {
        if (stop_requested) return fail({Code::io, std::string(tr("interrupted", "interrompu"))});
        print_annotation(std::move(*document), line, analyser, tagger, colour);
        if (!std::cout) return k_all_taken;  // nobody takes more; `delivered` says why
    }
    BuildReport report;
    report.refusals = source->refusals();
    std::cerr << refusal_lines(report, k_most_refusals) << unconfined_line(source->unconfined());
    return report.refusals.empty() ? k_all_taken : k_some_refused;
}

/// Sends what stdout still holds. The status, or 2 where it cannot be written; a reader that left is no error.
int delivered(int status) {
    std::cout.flush();
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
    const int why = errno;
    // errno may be that of a later call: whether the pipe has a reader is asked of the pipe.
    pollfd out{STDOUT_FILENO, POLLOUT, 0};
    if (::poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0) return status;
    return fail({Code::io, std::string(tr("cannot write the results: ", "impossible d’écrire les résultats : ")) +
                               std::strerror(why)});
}

/// What a command line asks for.
int run(std::span<const char* const> argv) {
    const Program& program = indexer_program();
    const Result<CommandLine> parsed = parse_command_line(program, argv);
    if (!parsed) return fail(parsed.error());
    const CommandLine& line = *parsed;
    if (line.help) return std::cout << help_text(program, line.command, terminal_width(STDOUT_FILENO)), k_all_taken;
    if (line.version) return std::cout << version_text(program), k_all_taken;
    if (line.man) return std::cout << man_page(program), k_all_taken;
    if (!line.completion.empty()) {
        const Result<std::string> script = completion(program, line.completion);
        if (!script) return fail(script.error());
        return std::cout << *script, k_all_taken;
    }
    constexpr std::pair<std::string_view, int (*)(const CommandLine&)> k_commands[] = {
        {"build", index_paths}, {"update", index_paths}, {"remove", remove},
        {"optimize", optimize}, {"merge", merge},        {"export", export_documents},
        {"stats", stats},       {"check", check},        {"annotate", annotate}};
    for (const auto& [name, command] : k_commands)
        if (line.command->name == name) return command(line);
    return k_nothing_published;  // not reached: the command line knows no other
}

}  // namespace

int run_indexer(std::span<const char* const> argv) {
    if (const std::optional<int> status = serve_if_asked(argv)) return *status;
    begin_streams();
    return delivered(run(argv));
}

}  // namespace limier
