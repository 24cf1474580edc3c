#include "searcher/repl/settings.hpp"

#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "searcher/repl/dialogue.hpp"
#include "searcher/repl/save.hpp"
#include "tests/common/english.hpp"
#include "tests/scratch.hpp"

using namespace limier;

TEST_CASE("settings: what is set is what is shown") {
    struct Row {
        const char *name, *value;
    };
    Settings settings;
    for (const Row& row : {Row{"limit", "5"},       {"limit", "0"},
                           {"sort", "-date"},       {"sort", "title"},
                           {"match", "any"},        {"match", "all"},
                           {"match", "auto"},       {"facets", "person,date:month"},
                           {"facets", ""},          {"facet-limit", "3"},
                           {"facet-mode", "multi"}, {"facet-min", "2"},
                           {"facet-min", "1"},      {"significant", "person,org"},
                           {"significant", "off"},  {"timeline", "auto"},
                           {"timeline", "week"},    {"timeline", "off"},
                           {"collapse", "on"},      {"expand", "on"},
                           {"explain", "on"},       {"timeout", "0.500"},
                           {"timeout", "off"},      {"color", "on"}}) {
        CAPTURE(row.name, row.value);
        REQUIRE(set(settings, row.name, row.value));
        CHECK(find_setting(row.name)->value(settings) == row.value);
    }
}

TEST_CASE("settings: what cannot be is refused, and nothing changes") {
    struct Row {
        const char *name, *value;
    };
    Settings settings;
    settings.request.facets = {{"person", Field::person, FacetRequest::Period::none}};
    for (const Row& row : {Row{"limit", "many"},
                           {"limit", "-1"},
                           {"limit", ""},
                           {"limit", "99999999999999999999"},
                           {"sort", "size"},
                           {"sort", ""},
                           {"sort", "date|title"},
                           {"match", "some"},
                           {"facets", "nul"},
                           {"facet-min", "few"},
                           {"significant", "date"},
                           {"significant", "nul"},
                           {"timeline", "hour"},
                           {"expand", "yes"},
                           {"timeout", "0"},
                           {"timeout", "-1"},
                           {"timeout", "nan"},
                           {"colour", "on"},
                           {"", "on"}}) {
        CAPTURE(row.name, row.value);
        const Setting* const setting = find_setting(row.name);
        const std::string before = setting == nullptr ? "" : setting->value(settings);
        const Result<void> done = set(settings, row.name, row.value);
        REQUIRE(!done);
        CHECK(done.error().code == Code::usage);
        if (setting != nullptr) CHECK(setting->value(settings) == before);
    }
}

TEST_CASE("dialogue commands: each name is one command's, and each has help in both languages") {
    std::size_t names = 0;
    for (const DialogueCommand& row : dialogue_commands()) {
        CAPTURE(row.name);
        CHECK(row.name.starts_with(':'));
        CHECK(find_dialogue_command(row.name) == &row);
        CHECK_FALSE(row.help.empty());
        CHECK_FALSE(row.help_french.empty());
        CHECK(row.run != nullptr);
        std::istringstream others{std::string(row.other_names)};
        for (std::string name; others >> name; ++names) CHECK(find_dialogue_command(name) == &row);
    }
    CHECK(names > 0);
    CHECK(find_dialogue_command(":nul") == nullptr);
    CHECK(find_dialogue_command(":") == nullptr);
    CHECK(find_dialogue_command(":aide :?") == nullptr);
}

TEST_CASE("save: file and format") {
    struct Row {
        const char *argument, *file, *format;
    };
    for (const Row& row : {Row{"a.csv", "a.csv", "csv"},
                           {"a.json", "a.json", "json"},
                           {"a.jsonl", "a.jsonl", "jsonl"},
                           {"a.txt", "a.txt", "text"},
                           {"a", "a", "text"},
                           {"a.", "a.", "text"},
                           {"a.template", "a.template", "text"},
                           {"a.txt trec", "a.txt", "trec"},
                           {"a b.tsv", "a b.tsv", "tsv"},
                           {"a b.tsv  ids", "a b.tsv", "ids"},
                           {"\"a b.csv\"", "a b.csv", "csv"},
                           {"csv", "csv", "text"},
                           {"a nul", "a nul", "text"}}) {
        CAPTURE(row.argument);
        const Result<SaveTarget> target = read_save_target(row.argument);
        REQUIRE(target);
        CHECK(target->file == row.file);
        CHECK(target->format == row.format);
    }
    CHECK(!read_save_target(""));
}

TEST_CASE("save: a file is not written over unless that is asked for") {
    const ScratchFolder folder;
    const auto file = folder.path() / "hits.csv";
    const auto content = [&file] {
        std::ostringstream text;
        text << std::ifstream(file).rdbuf();
        return text.str();
    };
    REQUIRE(write_file(file, "the first", false));
    CHECK(content() == "the first");
    const Result<void> refused = write_file(file, "2", false);
    REQUIRE(!refused);
    CHECK(refused.error().code == Code::usage);
    CHECK(content() == "the first");
    REQUIRE(write_file(file, "2", true));
    CHECK(content() == "2");
    const Result<void> nowhere = write_file(folder.path() / "none" / "a", "", true);
    REQUIRE(!nowhere);
    CHECK(nowhere.error().code == Code::io);
}
