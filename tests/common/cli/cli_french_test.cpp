// A program of its own: the language of messages is read once.
#include <cstdlib>
#include <vector>

#include <catch2/catch.hpp>

#include "common/cli.hpp"
#include "common/cli_tables.hpp"
#include "indexer/options.hpp"
#include "searcher/options.hpp"

using namespace limier;

namespace {

[[maybe_unused]] const int k_messages_in_french = setenv("LC_ALL", "fr_FR.UTF-8", 1);

std::string message(const Program& program, std::vector<const char*> argv) {
    argv.insert(argv.begin(), program.name.data());
    const auto line = parse_command_line(program, argv);
    return line ? "" : line.error().message + " (" + line.error().hint + ")";
}

}  // namespace

TEST_CASE("command line in French: messages") {
    CHECK(message(searcher_program(), {"--limt"}) == "option inconnue : --limt (vouliez-vous dire --limit ?)");
    CHECK(message(searcher_program(), {"--db"}) == "--db attend une valeur (toutes les options : searcher --help)");
    CHECK(message(searcher_program(), {"--count=1"}) ==
          "--count ne prend pas de valeur (toutes les options : searcher --help)");
    CHECK(message(searcher_program(), {"--db", "x", "--match", "un"}) ==
          "--match : valeur inconnue : un (au choix : all, any)");
    CHECK(message(searcher_program(), {}) == "option manquante : --db DB (searcher --db DB [OPTION...] [QUERY...])");
    CHECK(message(indexer_program(), {"bild"}) == "commande inconnue : bild (vouliez-vous dire build ?)");
}

TEST_CASE("help and man page in French: every help, and a page that troff can set") {
    for (const Program* program : {&searcher_program(), &indexer_program()}) {
        for (const Command& command : program->commands) {
            const std::string help = help_text(*program, &command, 300);
            CHECK_THAT(help, Catch::Contains("\nUtilisation :\n") && Catch::Contains("\nCode de retour :\n"));
            for (const Option* option : options_of(&command)) {
                CHECK_THAT(help, Catch::Contains(std::string(option->help_french)));
            }
        }
        CHECK_THAT(man_page(*program), Catch::Contains(".SH NOM\n") && Catch::Contains(".SH CODE DE RETOUR\n"));
    }
}
