#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "common/cli.hpp"
#include "common/cli_tables.hpp"
#include "indexer/options.hpp"
#include "searcher/options.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

/// A script that is gone at the end of the scope.
class ScratchFile {
 public:
    explicit ScratchFile(const std::string& text) { std::ofstream(path_) << text; }
    const std::filesystem::path& path() const { return path_; }

 private:
    ScratchFolder folder_;
    std::filesystem::path path_ = folder_.path() / "script";
};

std::string output_of(const std::string& command) {
    std::string out;
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    for (int byte = 0; (byte = std::fgetc(pipe)) != EOF;) out += static_cast<char>(byte);
    out += "status " + std::to_string(pclose(pipe));
    return out;
}

}  // namespace

TEST_CASE("completion: scripts that their shells accept, with every option") {
    for (const Program* program : {&searcher_program(), &indexer_program()}) {
        for (const std::string shell : {"bash", "zsh", "fish"}) {
            CAPTURE(program->name, shell);
            const auto script = completion(*program, shell);
            REQUIRE(script);
            for (const Command& command : program->commands) {
                for (const Option* option : options_of(&command)) {
                    const std::string name(option->name);
                    CHECK_THAT(*script, Catch::Contains(shell == "fish" ? " -l " + name + " " : "--" + name));
                }
            }
            const ScratchFile file(*script);
            const std::string check = "command -v " + shell + " >/dev/null || exit 0; " + shell + " -n ";
            CHECK(output_of(check + file.path().string() + " 2>&1") == "status 0");
        }
        const auto other = completion(*program, "tcsh");
        REQUIRE_FALSE(other);
        CHECK(other.error().hint == "bash, zsh, fish");
    }
}

TEST_CASE("completion: what bash offers") {
    struct Case {
        const Program& program;
        std::string line;
        std::string words;  ///< as readline splits the line, at `=` and `:` too
        std::string offered;
    };
    const std::vector<Case> rows{
        {searcher_program(), "searcher --for", "searcher --for", "--format"},
        {searcher_program(), "searcher --db x --fa", "searcher --db x --fa",
         "--facet --facet-limit --facet-order --facet-min --facet-mode"},
        {searcher_program(), "searcher --format js", "searcher --format js", "json jsonl"},
        {searcher_program(), "searcher --format=js", "searcher --format = js", "json jsonl"},
        {searcher_program(), "searcher --match=", "searcher --match =", "all any"},
        {searcher_program(), "searcher --sort -d", "searcher --sort -d", "-date"},
        {searcher_program(), "searcher --facet person,or", "searcher --facet person,or", "person,org"},
        {searcher_program(), "searcher --facet=person,or", "searcher --facet = person,or", "person,org"},
        {searcher_program(), "searcher --facet date:m", "searcher --facet date : m", "month"},
        {searcher_program(), "searcher --facet org,date:", "searcher --facet org,date :", "year month week day"},
        {searcher_program(), "searcher -n ", "searcher -n ''", ""},
        {searcher_program(), "searcher --db ", "searcher --db ''", ""},
        {searcher_program(), "searcher mot", "searcher mot", ""},
        {indexer_program(), "indexer ", "indexer ''", "build update remove optimize merge export stats check annotate"},
        {indexer_program(), "indexer bu", "indexer bu", "build"},
        {indexer_program(), "indexer --ver", "indexer --ver", "--version"},
        {indexer_program(), "indexer stats --f", "indexer stats --f", "--format"},
        {indexer_program(), "indexer stats --format=", "indexer stats --format =", "text json"},
        {indexer_program(), "indexer build --jo", "indexer build --jo", "--jobs"},
        {indexer_program(), "indexer check --f", "indexer check --f", ""},
        {indexer_program(), "indexer --completion z", "indexer --completion z", "zsh"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.line);
        const auto script = completion(row.program, "bash");
        REQUIRE(script);
        const ScratchFile file(*script + "COMP_LINE='" + row.line + "' COMP_POINT=${#COMP_LINE} COMP_WORDS=(" +
                               row.words + ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_limier_" +
                               std::string(row.program.name) + " 2>/dev/null\necho -n \"${COMPREPLY[*]}\"\n");
        CHECK(output_of("bash --norc " + file.path().string()) == row.offered + "status 0");
    }
}
