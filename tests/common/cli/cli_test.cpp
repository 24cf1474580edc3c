#include "common/cli.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "common/cli_tables.hpp"
#include "common/text/utf8.hpp"
#include "indexer/options.hpp"
#include "searcher/options.hpp"
#include "tests/common/english.hpp"

using namespace limier;

namespace {

using Words = std::vector<const char*>;

Result<CommandLine> parse(const Program& program, const Words& words) {
    std::vector<const char*> argv{program.name.data()};
    argv.insert(argv.end(), words.begin(), words.end());
    return parse_command_line(program, argv);
}

/// `build db=[x] quiet=[] | p q`, or the error.
std::string outcome(const Program& program, const Words& words) {
    const auto line = parse(program, words);
    if (!line) {
        CHECK(line.error().code == Code::usage);
        return line.error().message + " (" + line.error().hint + ")";
    }
    std::string out;
    if (line->command != nullptr) out += line->command->name;
    for (const auto& [name, values] : line->options) {
        out.append(out.empty() ? "" : " ").append(name).append("=");
        for (const std::string& value : values) out.append("[").append(value).append("]");
    }
    out += " |";
    for (const std::string& argument : line->arguments) out.append(" <").append(argument).append(">");
    return out;
}

std::vector<const Program*> programs() { return {&searcher_program(), &indexer_program()}; }

struct Row {
    Words words;
    std::string expected;
};

}  // namespace

TEST_CASE("searcher's command line: argv to outcome") {
    const std::string all = " (all options: searcher --help)";
    const std::vector<Row> rows{
        {{"--db", "x"}, "db=[x] |"},
        {{"--db=x"}, "db=[x] |"},
        {{"--db", "x", "--db=y", "--db", "host:9000"}, "db=[x][y][host:9000] |"},
        {{"--db", "x", "un", "deux"}, "db=[x] | <un> <deux>"},
        {{"un", "--db", "x", "deux", "-n", "3", "trois"}, "db=[x] limit=[3] | <un> <deux> <trois>"},
        {{"--db", "x", "-n5"}, "db=[x] limit=[5] |"},
        {{"--db", "x", "-n", "5", "--limit", "6"}, "db=[x] limit=[5][6] |"},
        {{"--db", "x", "-n", "-5"}, "db=[x] limit=[-5] |"},
        {{"--db", "x", "-0"}, "db=[x] null=[] |"},
        {{"--db", "x", "--null", "--count", "--explain", "--relax"}, "count=[] db=[x] explain=[] null=[] relax=[] |"},
        // What begins with one dash and is no option is query text.
        {{"--db", "x", "-topic:sport"}, "db=[x] | <-topic:sport>"},
        {{"--db", "x", "-\"mot\""}, "db=[x] | <-\"mot\">"},
        {{"--db", "x", "-nord"}, "db=[x] | <-nord>"},
        {{"--db", "x", "-0nord"}, "db=[x] | <-0nord>"},
        {{"--db", "x", "-né"}, "db=[x] | <-né>"},
        {{"--db", "x", "-db"}, "db=[x] | <-db>"},
        {{"--db", "x", "-hélice", "-V2"}, "db=[x] | <-hélice> <-V2>"},
        {{"--db", "x", "-"}, "db=[x] | <->"},
        {{"--db", "x", "-(a OU b)", "+c", "a -b"}, "db=[x] | <-(a OU b)> <+c> <a -b>"},
        {{"-topic:sport", "--db", "x"}, "db=[x] | <-topic:sport>"},
        {{"--db", "x", ""}, "db=[x] | <>"},
        {{"--db", "x", "--", "-n", "--count", "--", "--inconnu"}, "db=[x] | <-n> <--count> <--> <--inconnu>"},
        {{"--db", "x", "a=b", "person:Elon Musk"}, "db=[x] | <a=b> <person:Elon Musk>"},
        {{"--db", "x", "@fichier"}, "db=[x] | <@fichier>"},
        {{"--db", "x", "--sort", "-date"}, "db=[x] sort=[-date] |"},
        {{"--db", "x", "--sort=-date", "--match=any"}, "db=[x] match=[any] sort=[-date] |"},
        {{"--db", "x", "--facet", "person,org", "--facet", "date:month", "--facet=lieu"},
         "db=[x] facet=[person,org][date:month][lieu] |"},
        {{"--db", "x", "--template", "{rank} {path}"}, "db=[x] template=[{rank} {path}] |"},
        {{"--db", "x", "--template="}, "--template needs a value" + all},
        {{"--db", "x", "--template", ""}, "db=[x] template=[] |"},
        {{"--db", "x", "--template", "a=b"}, "db=[x] template=[a=b] |"},
        {{"--db", "x", "--template=--count"}, "db=[x] template=[--count] |"},
        {{"--db", "x", "--queries", "-"}, "db=[x] queries=[-] |"},
        {{"--db", "x=y=z"}, "db=[x=y=z] |"},
        {{"--db", "x", "--format", "json", "--format", "tsv"}, "db=[x] format=[json][tsv] |"},
        // Errors.
        {{}, "missing option: --db DB (searcher --db DB [OPTION...] [QUERY...])"},
        {{"mot"}, "missing option: --db DB (searcher --db DB [OPTION...] [QUERY...])"},
        {{"--db"}, "--db needs a value" + all},
        {{"--db="}, "--db needs a value" + all},
        {{"--db", "--format", "json"}, "--db needs a value" + all},
        {{"--db", "--format=json"}, "--db needs a value" + all},
        {{"--db", "x", "-n"}, "--limit needs a value" + all},
        {{"--db", "x", "--limit", "-n", "3"}, "--limit needs a value" + all},
        {{"--db", "x", "--count=3"}, "--count takes no value" + all},
        {{"--db", "x", "--format", "xml"},
         "--format: unknown value: xml (one of: text, json, jsonl, tsv, csv, trec, ids)"},
        {{"--db", "x", "--format", "JSON"},
         "--format: unknown value: JSON (one of: text, json, jsonl, tsv, csv, trec, ids)"},
        {{"--db", "x", "--color", "oui"}, "--color: unknown value: oui (one of: auto, always, never)"},
        {{"--db", "x", "--sort", ""}, "--sort: unknown value:  (one of: relevance, date, -date, title)"},
        {{"--db", "x", "--form", "json"}, "unknown option: --form (did you mean --format?)"},
        {{"--db", "x", "--limt", "3"}, "unknown option: --limt (did you mean --limit?)"},
        {{"--db", "x", "--colour", "always"}, "unknown option: --colour (did you mean --color?)"},
        {{"--db", "x", "--inconnu"}, "unknown option: --inconnu" + all},
        {{"--db", "x", "--LIMIT", "3"}, "unknown option: --LIMIT" + all},
        {{"--db", "x", "--similar"}, "--similar needs a value" + all},
        {{"--db", "x", "---"}, "unknown option: ---" + all},
        {{"--db", "x", "--=3"}, "unknown option: --=3" + all},
        {{"--db", "x", "--", "--=3"}, "db=[x] | <--=3>"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.expected);
        CHECK(outcome(searcher_program(), row.words) == row.expected);
    }
}

TEST_CASE("indexer's command line: argv to outcome") {
    const std::string commands = " (one of: build, update, remove, optimize, merge, export, stats, check, annotate)";
    const std::vector<Row> rows{
        {{"build", "--db", "x", "p"}, "build db=[x] | <p>"},
        {{"build", "p", "q", "--db=x", "-j4", "-q"}, "build db=[x] jobs=[4] quiet=[] | <p> <q>"},
        {{"build", "-qj4", "--db", "x", "p"}, "build db=[x] jobs=[4] quiet=[] | <p>"},
        {{"build", "--db", "x", "--db", "y", "p"}, "build db=[x][y] | <p>"},
        {{"build", "--db", "x", "--", "-p", "--q"}, "build db=[x] | <-p> <--q>"},
        {{"stats", "--db", "x", "--format", "json"}, "stats db=[x] format=[json] |"},
        {{"check", "--db", "x"}, "check db=[x] |"},
        {{"annotate"}, "annotate |"},
        {{"annotate", "-"}, "annotate | <->"},
        {{"annotate", "--tokens", "a.txt", "b.txt", "--color", "never"},
         "annotate color=[never] tokens=[] | <a.txt> <b.txt>"},
        {{"annotate", "--mentions", "m.tsv"}, "annotate mentions=[m.tsv] |"},
        {{}, "a command comes first after indexer" + commands},
        {{"--db", "x", "build", "p"}, "a command comes first after indexer" + commands},
        {{"--", "build"}, "a command comes first after indexer" + commands},
        {{"bild"}, "unknown command: bild (did you mean build?)"},
        {{"stat", "--db", "x"}, "unknown command: stat (did you mean stats?)"},
        {{"reindex"}, "unknown command: reindex" + commands},
        {{""}, "unknown command: " + commands},
        {{"build", "--db", "x"}, "missing argument: PATH...|- (indexer build --db DB [OPTION...] PATH...|-)"},
        {{"build", "p"}, "missing option: --db DB (indexer build --db DB [OPTION...] PATH...|-)"},
        {{"stats", "--db", "x", "y"}, "unexpected argument: y (indexer stats --db DB [OPTION...])"},
        {{"build", "--db", "x", "-z", "p"}, "unknown option: -z (all options: indexer build --help)"},
        {{"build", "-db", "x", "p"}, "unknown option: -db (did you mean --db?)"},
        {{"check", "--db", "x", "--jobs", "3"}, "unknown option: --jobs (all options: indexer check --help)"},
        {{"stats", "--db", "x", "--format", "xml"}, "--format: unknown value: xml (one of: text, json)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.expected);
        CHECK(outcome(indexer_program(), row.words) == row.expected);
    }
}

TEST_CASE("command line: help, version, man and completion stop the checks") {
    struct Case {
        const Program& program;
        Words words;
        std::string what;
        std::string_view command;
    };
    const std::vector<Case> rows{
        {searcher_program(), {"--help"}, "help", ""},
        {searcher_program(), {"-h"}, "help", ""},
        {searcher_program(), {"--inconnu", "--help"}, "help", ""},
        {searcher_program(), {"--format", "xml", "--help"}, "help", ""},
        {searcher_program(), {"--version"}, "version", ""},
        {searcher_program(), {"-V"}, "version", ""},
        {searcher_program(), {"--man"}, "man", ""},
        {searcher_program(), {"--completion", "bash"}, "bash", ""},
        {searcher_program(), {"--completion=tcsh"}, "tcsh", ""},
        {indexer_program(), {"--help"}, "help", "none"},
        {indexer_program(), {"--version"}, "version", "none"},
        {indexer_program(), {"--man"}, "man", "none"},
        {indexer_program(), {"--completion=zsh"}, "zsh", "none"},
        {indexer_program(), {"build", "--help"}, "help", "build"},
        {indexer_program(), {"stats", "-h"}, "help", "stats"},
        {indexer_program(), {"build", "--db", "--help"}, "help", "build"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.words);
        const auto line = parse(row.program, row.words);
        REQUIRE(line);
        CHECK(line->help == (row.what == "help"));
        CHECK(line->version == (row.what == "version"));
        CHECK(line->man == (row.what == "man"));
        const bool shell = row.what == "bash" || row.what == "tcsh" || row.what == "zsh";
        CHECK(line->completion == (shell ? row.what : ""));
        CHECK((line->command == nullptr ? "none" : line->command->name) == row.command);
    }
    CHECK(outcome(searcher_program(), {"--db", "x", "--", "--help"}) == "db=[x] | <--help>");
    CHECK(outcome(searcher_program(), {"--inconnu", "--", "--help"}).starts_with("unknown option: --inconnu"));
}

TEST_CASE("command line: values and defaults") {
    const auto line = parse(searcher_program(), {"--db", "x", "-n", "5", "--db", "y", "-n7"});
    REQUIRE(line);
    CHECK(line->get("limit") == "7");
    CHECK(line->get("offset") == "0");
    CHECK(line->get("format") == "text");
    CHECK(line->get("match").empty());
    CHECK(line->has("db"));
    CHECK_FALSE(line->has("offset"));
    CHECK(line->all("db").size() == 2);
    CHECK(line->all("facet").empty());
    CHECK(number_option(*line, "limit", 0, 100).value() == 7);
    CHECK(number_option(*line, "offset", 0, 100).value() == 0);
}

TEST_CASE("command line: numbers that are refused") {
    for (const char* text : {"abc", "", "-1", "+1", "1.5", "1e3", " 1", "1 ", "0x10", "101", "18446744073709551616"}) {
        CAPTURE(text);
        const auto line = parse(searcher_program(), {"--db", "x", "--limit", text});
        REQUIRE(line);
        const auto number = number_option(*line, "limit", 0, 100);
        REQUIRE_FALSE(number);
        CHECK(number.error().message == std::string("--limit: not a number it can take: ") + text);
        CHECK(number.error().hint == "a whole number from 0 to 100");
    }
    const auto line = parse(searcher_program(), {"--db", "x", "--limit", "100"});
    CHECK(number_option(*line, "limit", 0, 100).value() == 100);
    CHECK_FALSE(number_option(*line, "limit", 0, 99));
}

TEST_CASE("command line: sizes have a unit or none") {
    const std::vector<std::pair<const char*, std::uint64_t>> rows{
        {"64M", 64ULL << 20}, {"64m", 64ULL << 20},   {"70000k", 70000ULL << 10},
        {"2G", 2ULL << 30},   {"67108864", 64 << 20}, {"17179869183G", 17179869183ULL << 30}};
    for (const auto& [text, bytes] : rows) {
        CAPTURE(text);
        const auto line = parse(indexer_program(), {"build", "x", "--db", "y", "--memory", text});
        REQUIRE(line);
        const auto size = size_option(*line, "memory", 64 << 20);
        REQUIRE(size);
        CHECK(*size == bytes);
    }
    const auto line = parse(indexer_program(), {"build", "x", "--db", "y"});
    CHECK(size_option(*line, "memory", 1).value() == 512 << 20);
}

TEST_CASE("command line: sizes that are refused") {
    for (const char* text : {"", "M", "-1M", "1.5G", "64MB", "64 M", "M64", "63M", "0", "64T", "17179869184G",
                             "18446744073709551616", "0x40M"}) {
        CAPTURE(text);
        const auto line = parse(indexer_program(), {"build", "x", "--db", "y", "--memory", text});
        REQUIRE(line);
        const auto size = size_option(*line, "memory", 64 << 20);
        REQUIRE_FALSE(size);
        CHECK(size.error().message == std::string("--memory: not a size it can take: ") + text);
        CHECK(size.error().hint == "bytes, or with K, M or G, as 512M; at least 64M");
    }
}

TEST_CASE("command line: an argv without even a name") {
    CHECK_FALSE(parse_command_line(searcher_program(), {}));
    CHECK_FALSE(parse_command_line(indexer_program(), {}));
}

TEST_CASE("command line: random words are understood or refused, never more") {
    const std::vector<std::string> pieces{"-", "--",   "=",     "db",   "format",  "n",    "0",
                                          "5", "json", "build", "é",    " ",       "help", "count",
                                          "x", "\xff", "-n",    "--db", "--limit", "q",    "j"};
    std::mt19937 random(42);
    const auto below = [&](std::size_t bound) { return random() % bound; };
    std::size_t understood = 0;
    for (int round = 0; round < 20000; ++round) {
        std::vector<std::string> words(below(6));
        for (std::string& word : words) {
            for (std::size_t left = below(4); left > 0; --left) word += pieces[below(pieces.size())];
        }
        std::vector<const char*> argv{"program"};
        for (const std::string& word : words) argv.push_back(word.c_str());
        for (const Program* program : programs()) {
            const auto line = parse_command_line(*program, argv);
            if (line) {
                ++understood;
            } else if (line.error().message.empty() || line.error().hint.empty()) {
                FAIL("an error without message or hint");
            }
        }
    }
    CHECK(understood > 100);
}

TEST_CASE("tables: every row is whole and its default allowed") {
    for (const Program* program : programs()) {
        CHECK_FALSE(program->examples.empty());
        CHECK(program->statuses.size() == 3);
        for (const Command& command : program->commands) {
            CHECK_FALSE(command.help.empty());
            CHECK_FALSE(command.help_french.empty());
            std::string letters;
            for (const Option* option : options_of(&command)) {
                CAPTURE(option->name);
                CHECK_FALSE(option->help.empty());
                CHECK_FALSE(option->help_french.empty());
                CHECK((option->values.empty() || !option->argument.empty()));
                const auto values = split_values(option->values);
                if (!values.empty() && !option->default_value.empty()) {
                    CHECK(std::find(values.begin(), values.end(), option->default_value) != values.end());
                }
                if (option->letter != 0) CHECK(letters.find(option->letter) == std::string::npos);
                letters += option->letter;
            }
        }
    }
}

TEST_CASE("tables: every example is a command line that is understood") {
    for (const Program* program : programs()) {
        for (const Example& example : program->examples) {
            CAPTURE(example.command);
            std::vector<std::string> words;
            bool quoted = false, fresh = true;
            for (const char byte : example.command) {
                if (!quoted && (byte == '|' || byte == '>')) break;
                if (byte == '\'') quoted = !quoted;
                if (byte == '\'') continue;
                if (byte == ' ' && !quoted) {
                    fresh = true;
                } else {
                    if (std::exchange(fresh, false)) words.emplace_back();
                    words.back() += byte;
                }
            }
            std::vector<const char*> argv;
            for (const std::string& word : words) argv.push_back(word.c_str());
            CHECK(words.front() == program->name);
            CHECK(parse_command_line(*program, argv));
        }
    }
}

TEST_CASE("help: names every option, value, default, status and example, within the width") {
    for (const Program* program : programs()) {
        for (const Command& command : program->commands) {
            const std::string help = help_text(*program, &command, 200);
            for (const Option* option : options_of(&command)) {
                CHECK_THAT(help, Catch::Contains("--" + std::string(option->name)));
                CHECK_THAT(help, Catch::Contains(std::string(option->help)));
                for (const std::string_view value : split_values(option->values)) {
                    CHECK_THAT(help, Catch::Contains(std::string(value)));
                }
                CHECK_THAT(help, Catch::Contains(std::string(option->default_value)));
            }
            for (const ExitStatus& status : program->statuses) {
                CHECK_THAT(help, Catch::Contains(std::to_string(status.status) + "  " + std::string(status.help)));
            }
        }
        const std::string whole = help_text(*program, nullptr, 80);
        for (const Command& command : program->commands) CHECK_THAT(whole, Catch::Contains(std::string(command.name)));
        for (const Example& example : program->examples) {
            CHECK_THAT(whole, Catch::Contains("\n  " + std::string(example.command) + "\n"));
        }
        for (const std::size_t width : {20U, 40U, 60U, 80U, 120U}) {
            const std::string help = help_text(*program, &program->commands[0], width);
            const std::string rows = help.substr(0, help.find("\nExamples:"));
            for (std::size_t at = 0; at < rows.size();) {
                const std::size_t end = std::min(rows.find('\n', at), rows.size());
                // A usage line, a label and a word (the template, 33 columns with its indent) stay whole.
                const std::string line = rows.substr(at, end - at);
                if (line.find("--") == std::string::npos)
                    CHECK(display_width(line) <= std::max<std::size_t>(width, 33));
                at = end + 1;
            }
        }
    }
}

TEST_CASE("help: the exact text of a small command") {
    const auto commands = indexer_program().commands;
    const auto stats =
        std::find_if(commands.begin(), commands.end(), [](const Command& c) { return c.name == "stats"; });
    REQUIRE(stats != commands.end());
    CHECK_THAT(help_text(indexer_program(), &*stats, 60),
               Catch::StartsWith("Say what an index holds\n"
                                 "\n"
                                 "Usage:\n"
                                 "  indexer stats --db DB [OPTION...]\n"
                                 "\n"
                                 "Options:\n"
                                 "      --db DB          The index\n"
                                 "      --format FORMAT  Format of the output [text, json;\n"
                                 "                       default: text]\n"));
    CHECK_THAT(version_text(searcher_program()), Catch::StartsWith("Limier ") && Catch::EndsWith(" — searcher\n"));
}

TEST_CASE("man page: every section, option, status and example, nothing that troff would take for itself") {
    for (const Program* program : programs()) {
        const std::string man = man_page(*program);
        for (const std::string section : {"NAME", "SYNOPSIS", "OPTIONS", "EXIT STATUS", "EXAMPLES"}) {
            CHECK_THAT(man, Catch::Contains("\n.SH " + section + "\n"));
        }
        for (const Command& command : program->commands) {
            for (const Option* option : options_of(&command)) {
                std::string name(option->name);
                for (std::size_t at = 0; (at = name.find('-', at)) != name.npos; at += 2) name.insert(at, "\\");
                CHECK_THAT(man, Catch::Contains("\\-\\-" + name));
            }
        }
        for (std::size_t at = 0; at < man.size();) {
            const std::size_t end = man.find('\n', at);
            const std::string line = man.substr(at, end - at);
            CHECK(line.find_first_of("'`~^") == std::string::npos);
            if (line.starts_with('.') && line != ".br") CHECK((line[1] >= 'A' && line[1] <= 'Z'));
            at = end + 1;
        }
    }
}
