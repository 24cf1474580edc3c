#include <catch2/catch.hpp>

#include "common/output/terminal.hpp"
#include "common/text/utf8.hpp"
#include "searcher/output/formats.hpp"
#include "tests/common/english.hpp"
#include "tests/searcher/output/sample.hpp"

using namespace limier;

namespace {

OutputOptions on_terminal(std::size_t width, bool colour) {
    OutputOptions options;
    options.terminal = true;
    options.colour = colour;
    options.width = width;
    return options;
}

}  // namespace

TEST_CASE("text: a result for a pipe") {
    SearchResult result = page_result();
    result.total = 1234;
    result.exact = false;
    result.relaxed = true;
    result.suggestion = "musique";
    result.hits.push_back(bare_hit(10, "sans-titre.txt", ""));
    result.hits.back().snippet = "Un début.";
    result.hits.push_back(bare_hit(11, "rien.txt", ""));
    result.facets.push_back({"date:month", {{"2025-01", 1200, false}, {"2024-12", 3, false}}});
    result.facets.push_back({"org", {}});
    CHECK(formatted("text", result) ==
          "About 1,234 results for “person:Musk énergie” (1–11)\n"
          "No document has all the words; these have at least one.\n"
          "Did you mean: musique?\n"
          "\n"
          " 1. L'énergie des données\n"
          "    2025-01 · Le Courrier · /corpus/eco/banque.txt\n"
          "    … l'énergie que Musk réclame …\n"
          "    Persons: Elon Musk · Organisations: xAI\n"
          "\n"
          "10. sans-titre.txt\n"
          "    /sans-titre.txt\n"
          "    Un début.\n"
          "\n"
          "11. rien.txt\n"
          "    /rien.txt\n"
          "\n"
          "Persons\n"
          "* Elon Musk  1\n"
          "\n"
          "Dates (month)\n"
          "  2025-01  1,200\n"
          "  2024-12      3\n");
}

TEST_CASE("text: where a document is goes on below where a terminal is narrow, its parts whole") {
    SearchResult result;
    result.query = "q";
    result.total = 1;
    result.hits.push_back(bare_hit(1, "2025/01/le-tramway-de-hautmarais.txt", "Tramway"));
    result.hits.back().date = "2025-01-22";
    result.hits.back().source = "Le Courrier";
    const std::string head = "1 result for “q”\n\n1. Tramway\n";
    CHECK(formatted("text", result, on_terminal(40, false)) ==
          head + "   2025-01-22 · Le Courrier\n   /2025/01/le-tramway-de-hautmarais.txt\n");
    CHECK(formatted("text", result, on_terminal(20, false)) ==
          head + "   2025-01-22\n   Le Courrier\n   /2025/01/le-tramway-de-hautmarais.txt\n");
    OutputOptions pipe;
    pipe.width = 20;
    CHECK(formatted("text", result, pipe) ==
          head + "   2025-01-22 · Le Courrier · /2025/01/le-tramway-de-hautmarais.txt\n");
}

TEST_CASE("text: a timeline fills the width, and a long gap is one line") {
    SearchResult result;
    result.query = "q";
    result.total = 1600;
    result.timeline = Timeline{"year", {}, 7};
    for (int year = 1980; year <= 2007; ++year) {
        const std::uint64_t count = year == 1980 ? 1 : year == 1994 ? 1000 : year == 2007 ? 592 : 0;
        result.timeline->bars.push_back({std::to_string(year), count});
    }
    OutputOptions options;
    options.width = 25;
    std::string gap;
    for (int year = 1995; year < 2007; ++year) gap += "  " + std::to_string(year) + "      0\n";
    CHECK(formatted("text", result, options) ==
          "1,600 results for “q”\n"
          "\n"
          "Dates (year)\n"
          "  1980      1  ▏\n"
          "  …         0\n"
          "  1994  1,000  ██████████\n" +
              gap +
              "  2007    592  █████▉\n"
              "  no date, or none so precise: 7\n");
    result.timeline->bars.clear();
    CHECK(formatted("text", result, options) == "1,600 results for “q”\n");
}

TEST_CASE("text: counts in words") {
    SearchResult result;
    result.query = "q";
    CHECK(formatted("text", result) == "No result for “q”\n");
    result.total = 1;
    CHECK(formatted("text", result) == "1 result for “q”\n");
    result.total = 1000000;
    CHECK(formatted("text", result) == "1,000,000 results for “q”\n");
}

TEST_CASE("text: a blank line between the results of a batch") {
    auto formatter = make_formatter("text", {});
    REQUIRE(formatter);
    SearchResult result;
    result.query = "q";
    CHECK((*formatter)->result(result) == "No result for “q”\n");
    CHECK((*formatter)->between() == "\n");
}

TEST_CASE("text: colours mark title, highlights and path") {
    const std::string out = formatted("text", page_result(), on_terminal(80, true));
    CHECK_THAT(out, Catch::Contains("1. \033[1mL'\033[0m\033[1;31ménergie\033[0m\033[1m des données\033[0m\n"));
    CHECK_THAT(out, Catch::Contains("   … l'\033[1;31ménergie\033[0m que \033[1;31mMusk\033[0m réclame …\n"));
    CHECK_THAT(out, Catch::Contains("\033[2m2025-01 · Le Courrier · /corpus/eco/banque.txt\033[0m\n"));
    CHECK_THAT(out, Catch::Contains("* \033[1mElon Musk\033[0m  1  ████████████████████\n"));
}

TEST_CASE("text: wrapped to the terminal, highlights on the right words across lines") {
    SearchResult result;
    result.query = "q";
    Hit hit = bare_hit(1, "i", "titre");
    hit.snippet = "alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo";
    hit.highlights = {{12, 25}, {64, 66}};
    result.hits = {hit};
    result.total = 1;
    CHECK_THAT(formatted("text", result, on_terminal(30, true)),
               Catch::Contains("   alpha bravo \033[1;31mcharlie delta\033[0m\n"
                               "   echo foxtrot golf hotel\n"
                               "   india juliett \033[1;31mki\033[0mlo\n"));
    for (const std::size_t width : {20U, 33U, 47U, 80U, 200U}) {
        const std::string text = formatted("text", result, on_terminal(width, false));
        // A line has room for 20 columns beside its indent, however narrow the terminal.
        for (std::size_t at = text.find("   alpha"); at < text.size();) {
            const std::size_t end = text.find('\n', at);
            CHECK(display_width(text.substr(at, end - at)) <= std::max<std::size_t>(width, 23));
            at = end + 1;
        }
        CHECK(text.ends_with("kilo\n"));
    }
}

TEST_CASE("text: a title of blanks on a terminal") {
    SearchResult result;
    result.hits = {bare_hit(1, "i", " \t ")};
    CHECK_THAT(formatted("text", result, on_terminal(80, true)), Catch::Contains("\n1. \n   "));
}

TEST_CASE("text: a highlight keeps its place beside replaced characters") {
    SearchResult result;
    result.hits = {bare_hit(1, "i", "a\033b\x7f mot\tc")};
    result.hits[0].title_highlights = {{5, 8}};
    OutputOptions colour;
    colour.colour = true;
    CHECK_THAT(formatted("text", result, colour),
               Catch::Contains("\033[1ma\uFFFDb\uFFFD \033[0m\033[1;31mmot\033[0m\033[1m c\033[0m"));
}

TEST_CASE("text: bars are in proportion and never vanish") {
    SearchResult result;
    result.facets = {{"person", {{"A", 40, false}, {"日本", 20, false}, {"C", 1, false}}}};
    CHECK_THAT(formatted("text", result, on_terminal(80, false)), Catch::Contains("\nPersons\n"
                                                                                  "  A     40  ████████████████████\n"
                                                                                  "  日本  20  ██████████\n"
                                                                                  "  C      1  █\n"));
}

TEST_CASE("text: the course of a facet of dates stands beside its name, as far as there is room") {
    SearchResult result;
    result.facets = {
        {"date:month", {{"2024-03", 8, false}}, {}, {{"2024-01", 1}, {"2024-02", 0}, {"2024-03", 8}, {"2024-04", 4}}}};
    OutputOptions options = on_terminal(80, false);
    CHECK(formatted("text", result, options).find("Dates (month)  2024-01 ▁ █▄ 2024-04\n") != std::string::npos);
    options.width = 13 + 2 + 7 + 1 + 3 + 1 + 7;  // three cells: two months in the first
    CHECK(formatted("text", result, options).find("Dates (month)  2024-01 ▁█▄ 2024-04\n") != std::string::npos);
    --options.width;
    CHECK(formatted("text", result, options).find("Dates (month)\n") != std::string::npos);
    options = {};
    CHECK(formatted("text", result, options).find("Dates (month)\n") != std::string::npos);
    for (const std::size_t width : {1, 2, 3, 7, 100}) {
        const std::uint64_t counts[] = {0, 3, 1000000, 1, 7, 7, 7};
        CHECK(display_width(sparkline(counts, width)) == std::min<std::size_t>(width, 7));
    }
}

TEST_CASE("text: names of a hit are few and fit") {
    SearchResult result = page_result();
    result.hits[0].entities = {{Field::person, {"Un", "Deux", "Trois", "Quatre", "Cinq"}}, {Field::topic, {"x"}}};
    CHECK_THAT(formatted("text", result), Catch::Contains("   Persons: Un, Deux, Trois, Quatre, …\n"));
    CHECK_THAT(formatted("text", result, on_terminal(24, false)), Catch::Contains("   Persons: Un, Deux, T…\n"));
}

TEST_CASE("text: near-duplicates are counted and the first of them named") {
    SearchResult result;
    result.query = "q";
    result.total = 2000;
    result.hits = {bare_hit(1, "a", ""), bare_hit(2, "b", ""), bare_hit(3, "c", "")};
    result.hits[0].duplicates = {"d"};
    result.hits[1].duplicates = {"e", "f\x1B[1m", "g", "h"};
    result.collapsed = {1500, false};
    CHECK(formatted("text", result) ==
          "2,000 results for “q” in at least 1,500 groups (1–3)\n"
          "\n1. a\n   /a\n   + 1 copy: d\n"
          "\n2. b\n   /b\n   + 4 copies: e, f\uFFFD[1m, g, …\n"
          "\n3. c\n   /c\n");
    result.collapsed = {3, true};
    CHECK_THAT(formatted("text", result), Catch::StartsWith("2,000 results for “q” in 3 groups\n"));
    CHECK(formatted("template", result, [] {
              OutputOptions options;
              options.template_text = "{id} {duplicates}";
              return options;
          }()) == "a 1\nb 4\nc 0\n");
}
