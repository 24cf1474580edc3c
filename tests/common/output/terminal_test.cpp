#include "common/output/terminal.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <unistd.h>

#include "common/text/utf8.hpp"

using namespace limier;

TEST_CASE("controls: what is replaced, kept, made a blank") {
    struct Row {
        std::string text, safe, line;
    };
    const std::vector<Row> rows{
        {"", "", ""},
        {"été 日本 👩‍👧 e\u0301", "été 日本 👩‍👧 e\u0301", "été 日本 👩‍👧 e\u0301"},
        {"a\tb\nc", "a\tb\nc", "a b c"},
        {"a\r\nb\rc\r", "a\nb\uFFFDc\uFFFD", "a b c "},
        {"\033[31m", "\uFFFD[31m", "\uFFFD[31m"},
        {std::string("\0\a\x1f", 3), "\uFFFD\uFFFD\uFFFD", "\uFFFD\uFFFD\uFFFD"},
        {"\x7f\u0080\u0085\u009b\u009F\u00A0", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u00A0",
         "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u00A0"},
        {"\x9b\x33\x31m", "\uFFFD31m", "\uFFFD31m"},
        {"\u202A\u202E\u2066\u2069", "\uFFFD\uFFFD\uFFFD\uFFFD", "\uFFFD\uFFFD\uFFFD\uFFFD"},
        {"\u200D\u200E\u200F\u061C\u202F", "\u200D\u200E\u200F\u061C\u202F", "\u200D\u200E\u200F\u061C\u202F"},
        {"a\u2028b\u2029c", "a\u2028b\u2029c", "a b c"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(without_controls(row.text) == row.safe);
        CHECK(on_one_line(row.text) == row.line);
    }
}

TEST_CASE("controls: random bytes come out valid, clean and unchanged by a second pass") {
    std::mt19937 random(20250114);
    std::uniform_int_distribution<int> byte(0, 255), length(0, 60);
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (int left = length(random); left > 0; --left) text += static_cast<char>(byte(random));
        const std::string safe = without_controls(text), line = on_one_line(text);
        CHECK(is_utf8(safe));
        CHECK(without_controls(safe) == safe);
        CHECK(on_one_line(line) == line);
        for (const std::string& out : {safe, line}) {
            for (std::size_t at = 0; at < out.size();) {
                const char32_t c = next_code_point(out, at);
                if (is_control(c) && (c != U'\t' && c != U'\n')) FAIL("a control is left");
            }
        }
        CHECK(line.find_first_of("\t\n") == std::string::npos);
    }
}

TEST_CASE("colour: forced, forbidden, and by the terminal") {
    CHECK(use_colour(ColourChoice::always, -1));
    CHECK_FALSE(use_colour(ColourChoice::never, -1));
    CHECK_FALSE(use_colour(ColourChoice::auto_, -1));
    const int master = posix_openpt(O_RDWR | O_NOCTTY);
    REQUIRE(master >= 0);
    REQUIRE((grantpt(master) == 0 && unlockpt(master) == 0));
    const int terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    REQUIRE(is_terminal(terminal));
    struct Row {
        const char *no_color, *term;
        bool colour;
    };
    for (const Row& row : std::vector<Row>{{nullptr, "xterm", true},
                                           {"", "xterm", true},
                                           {"1", "xterm", false},
                                           {"0", "xterm", false},
                                           {nullptr, "dumb", false},
                                           {nullptr, nullptr, true}}) {
        unsetenv("NO_COLOR");
        unsetenv("TERM");
        if (row.no_color != nullptr) setenv("NO_COLOR", row.no_color, 1);
        if (row.term != nullptr) setenv("TERM", row.term, 1);
        CHECK(use_colour(ColourChoice::auto_, terminal) == row.colour);
        CHECK(use_colour(ColourChoice::always, terminal));
    }
    unsetenv("NO_COLOR");
    close(terminal);
    close(master);
}

TEST_CASE("width: COLUMNS, then 80, never under 20") {
    struct Row {
        const char* columns;
        std::size_t width;
    };
    for (const Row& row : std::vector<Row>{{"132", 132},
                                           {"5", 20},
                                           {"0", 80},
                                           {"", 80},
                                           {"12x", 80},
                                           {"-3", 80},
                                           {"99999999999999999999999", 80},
                                           {nullptr, 80}}) {
        unsetenv("COLUMNS");
        if (row.columns != nullptr) setenv("COLUMNS", row.columns, 1);
        CHECK(terminal_width(-1) == row.width);
    }
}

TEST_CASE("fit: cut to columns, with an ellipsis where something is lost") {
    struct Row {
        std::string text;
        std::size_t columns;
        std::string expected;
    };
    const std::vector<Row> rows{
        {"", 5, ""},
        {"court", 5, "court"},
        {"plus long", 5, "plus…"},
        {"abc", 1, "…"},
        {"abc", 0, ""},
        {"日本語", 6, "日本語"},
        {"日本語", 5, "日本…"},
        {"日本語", 4, "日…"},
        {"été long", 4, "été…"},
        {"e\u0301te\u0301 long", 4, "e\u0301te\u0301…"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text, row.columns);
        CHECK(fit(row.text, row.columns) == row.expected);
    }
}

TEST_CASE("wrap: lines broken at blanks") {
    struct Row {
        std::string text;
        std::size_t columns;
        std::string indent, expected;
    };
    const std::vector<Row> rows{
        {"", 10, "  ", ""},
        {"un deux trois", 80, "", "un deux trois"},
        {"un deux trois", 7, "", "un deux\ntrois"},
        {"un deux trois", 6, "", "un\ndeux\ntrois"},
        {"un deux trois", 9, "  ", "  un deux\n  trois"},
        {"  bords   blancs  ", 80, "", "bords   blancs"},
        {"anticonstitutionnellement oui", 10, "", "anticonstitutionnellement\noui"},
        {"a\nb\n\nc", 80, "> ", "> a\n> b\n\n> c"},
        {"«\u00A0mot\u00A0» suite", 8, "", "«\u00A0mot\u00A0»\nsuite"},
        {"日本 語", 6, "", "日本\n語"},
        {"mot", 0, "    ", "    mot"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text, row.columns);
        CHECK(wrap(row.text, row.columns, row.indent) == row.expected);
    }
}

TEST_CASE("wrap: every line is a view into the text, empty ones too") {
    for (const std::string text : {"", " ", "\n", "a\n\n b", " \n "}) {
        for (const std::string_view line : wrapped_lines(text, 10)) {
            CHECK(line.data() >= text.data());
            CHECK(line.data() + line.size() <= text.data() + text.size());
        }
    }
}

TEST_CASE("wrap: no word is lost, no line too wide, at any width") {
    std::mt19937 random(7);
    std::uniform_int_distribution<int> letters(1, 9), blanks(1, 2);
    std::string text, words;
    for (int word = 0; word < 400; ++word) {
        const std::string letter = word % 5 == 0 ? "é" : word % 7 == 0 ? "日" : "x";
        for (int left = letters(random); left > 0; --left) (text += letter), words += letter;
        text.append(static_cast<std::size_t>(blanks(random)), ' ');
    }
    for (std::size_t columns = 18; columns < 100; ++columns) {
        std::string seen;
        for (const std::string_view line : wrapped_lines(text, columns)) {
            CHECK(display_width(line) <= columns);
            seen += line;
        }
        std::erase(seen, ' ');
        CHECK(seen == words);
    }
}
