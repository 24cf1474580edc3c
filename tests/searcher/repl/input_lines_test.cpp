#include "searcher/repl/input_lines.hpp"

#include <catch2/catch.hpp>

#include "searcher/repl/programs.hpp"

using namespace limier;

TEST_CASE("input lines: a query goes on where something in it is open") {
    struct Row {
        const char* typed;
        bool goes_on;
    };
    for (const Row& row : {Row{"chat", false},
                           {"chat \\", true},
                           {"\\", true},
                           {"(chat OU", true},
                           {"(chat OU chien)", false},
                           {"((a) OU b", true},
                           {"a)", false},
                           {"a) (b", true},
                           {"\"centre de", true},
                           {"\"centre de données\"", false},
                           {"« centre de", true},
                           {"« centre de » données", false},
                           {"person:\"Elon", true},
                           {"\"a (b\"", false},
                           {"l'avion", false},
                           {"un écran de 5\"", false},
                           {"\"a\" \"b", true},
                           {":help (", false},
                           {":save \"a", false},
                           {":save a\\", true},
                           {"", false}}) {
        CAPTURE(row.typed);
        CHECK(goes_on(row.typed) == row.goes_on);
    }
}

TEST_CASE("input lines: joined by a blank, without the backslash") {
    CHECK(joined_lines("chat \\", "noir") == "chat noir");
    CHECK(joined_lines("chat\\", "noir") == "chat noir");
    CHECK(joined_lines("(chat", "OU chien)") == "(chat OU chien)");
    CHECK(joined_lines("chat", "") == "chat");
    CHECK(joined_lines("\\", "chat") == "chat");
}

TEST_CASE("programs: a command is its words") {
    CHECK(words_of_command("less -FRX") == std::vector<std::string>{"less", "-FRX"});
    CHECK(words_of_command("  a\tb ") == std::vector<std::string>{"a", "b"});
    CHECK(words_of_command("").empty());
}

TEST_CASE("programs: lines of a text on a screen") {
    CHECK(screen_lines("", 10) == 0);
    CHECK(screen_lines("a\n", 10) == 1);
    CHECK(screen_lines("a\n\nb", 10) == 3);
    CHECK(screen_lines("0123456789\n", 10) == 1);
    CHECK(screen_lines("0123456789a\n", 10) == 2);
    CHECK(screen_lines("\033[1;31m0123456789\033[0m\n", 10) == 1);
    CHECK(screen_lines("日本語日本語\n", 10) == 2);
    CHECK(screen_lines("\033[1", 10) == 1);
}
