#include <catch2/catch.hpp>

#include "common/text/utf8.hpp"
#include "indexer/progress.hpp"
#include "tests/common/english.hpp"

using namespace limier;

TEST_CASE("progress: a line tells phase, share, documents, rate and the time to go") {
    BuildProgress progress{BuildProgress::Phase::reading, 1500, 25'000'000, 100'000'000, 10, 10, 0.25};
    CHECK(progress_line(progress, 100) == "indexing [######..................] 25 %  1500 docs  2.5 MB/s  ETA 0:30");
    progress.seconds = 0.1;
    CHECK(progress_line(progress, 100) == "indexing [######..................] 25 %  1500 docs");
    progress = {BuildProgress::Phase::merging, 3160, 100'000'000, 100'000'000, 130, 20, 0.5};
    CHECK(progress_line(progress, 100) == "merging [############............] 50 %  3160 docs  0.8 MB/s  ETA 0:20");
    progress = {BuildProgress::Phase::reading, 0, 0, 0, 0, 0, 1};
    CHECK(progress_line(progress, 100) == "indexing [########################] 100 %  0 docs");
}

TEST_CASE("progress: no line is wider than the terminal") {
    for (std::size_t columns = 1; columns < 120; ++columns) {
        const BuildProgress progress{
            BuildProgress::Phase::reading, 123456, 7'000'000'000, 90'000'000'000, 4321, 4321, 0.08};
        CHECK(display_width(progress_line(progress, columns)) <= columns);
    }
}

TEST_CASE("progress: the summary counts what was taken, refused, passed over and replaced") {
    BuildReport report;
    report.documents = 1;
    report.bytes = 12'345'678;
    report.seconds = 2;
    CHECK(summary_line(report, "presse.db") == "presse.db: 1 document, 12.35 MB in 2.00 s (6.2 MB/s)");
    report.documents = 2;
    report.refusals = {{"a.txt", "it is empty"}};
    report.skipped = {{".pdf", 2}, {"", 1}};
    report.replaced = 3;
    CHECK(summary_line(report, "presse.db") ==
          "presse.db: 2 documents, 12.35 MB in 2.00 s (6.2 MB/s), 1 refused, 3 files of other formats passed over (no "
          "extension, .pdf), 3 invalid UTF-8 sequences replaced");
}

TEST_CASE("progress: refusals are a line each, harmless to a terminal, and no more than asked for") {
    BuildReport report;
    for (int i = 0; i < 5; ++i) report.refusals.push_back({"d\x1b[2J" + std::to_string(i), "bad\nline"});
    const std::string lines = refusal_lines(report, 2);
    CHECK(lines == "refused: d\uFFFD[2J0: bad line\nrefused: d\uFFFD[2J1: bad line\n… and 3 more\n");
    CHECK(refusal_lines({}, 2).empty());
}
