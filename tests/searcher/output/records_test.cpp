// tsv, csv, trec, ids, template.
#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <locale>
#include <vector>

#include <catch2/catch.hpp>

#include "common/text/utf8.hpp"
#include "tests/common/english.hpp"
#include "tests/searcher/output/sample.hpp"

using namespace limier;

namespace {

SearchResult two_hits() {
    SearchResult result;
    result.total = 2;
    result.hits = {bare_hit(1, "a.txt", "Un titre"), bare_hit(2, "b c.txt", "L'« autre », dit-il")};
    return result;
}

OutputOptions batch() {
    OutputOptions options;
    options.batch = true;
    return options;
}

OutputOptions null_ended() {
    OutputOptions options;
    options.null = true;
    return options;
}

OutputOptions with_template(std::string text) {
    OutputOptions options;
    options.template_text = std::move(text);
    return options;
}

const std::vector<std::string> k_hostile{
    "\033[31mrouge\033[0m",         "\033]0;titre\a",
    "tab\tet\nligne\r\net\rretour", "guillemets \"droits\", virgule",
    "\x7f DEL \u009b31m C1 \u0085", "\u202Egnal à droite\u202C \u2066isolé\u2069",
    "\u2028ligne\u2029paragraphe",  "👩‍👩‍👧‍👦 e\u0301 日本語 \u0301seul",
    "octets \xff\xfe \xc3",         "{title} %s \\n </script>",
    std::string("nul \0 ici", 10),
};

/// Whether a text holds what could command a terminal, line ends and tabs aside.
bool is_clean(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (c == U'\t' || c == U'\n') continue;
        if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) {
            return false;
        }
    }
    return true;
}

}  // namespace

TEST_CASE("records: golden output of each format") {
    struct Row {
        std::string format;
        OutputOptions options;
        std::string expected;
    };
    const std::vector<Row> rows{
        {"tsv",
         {},
         "1\t1.000000\ta.txt\t/a.txt\t\t\tUn titre\n2\t0.500000\tb c.txt\t/b c.txt\t\t\tL'« autre », dit-il\n"},
        {"tsv", batch(),
         "q7\t1\t1.000000\ta.txt\t/a.txt\t\t\tUn titre\nq7\t2\t0.500000\tb c.txt\t/b c.txt\t\t\tL'« autre », dit-il\n"},
        {"csv",
         {},
         "rank,score,id,path,date,source,title\r\n1,1.000000,a.txt,/a.txt,,,Un titre\r\n"
         "2,0.500000,b c.txt,/b c.txt,,,\"L'« autre », dit-il\"\r\n"},
        {"csv", batch(),
         "qid,rank,score,id,path,date,source,title\r\nq7,1,1.000000,a.txt,/a.txt,,,Un titre\r\n"
         "q7,2,0.500000,b c.txt,/b c.txt,,,\"L'« autre », dit-il\"\r\n"},
        {"trec", {}, "q7 Q0 a.txt 1 1.000000 limier\nq7 Q0 b%20c.txt 2 0.500000 limier\n"},
        {"ids", {}, "a.txt\nb c.txt\n"},
        {"ids", null_ended(), std::string("a.txt\0b c.txt\0", 14)},
        {"template", with_template("{rank}\\t{score:.3f}\\t{path}"), "1\t1.000\t/a.txt\n2\t0.500\t/b c.txt\n"},
        {"template", with_template("{{{id}}}\\\\\\n\\0{qid}{date}{source}{author}{url}{snippet}é"),
         std::string("{a.txt}\\\n\0q7é\n{b c.txt}\\\n\0q7é\n", 32)},
        {"template", with_template("{score} {score:.0f} {title}"),
         "1.000000 1 Un titre\n0.500000 0 L'« autre », dit-il\n"},
    };
    SearchResult result = two_hits();
    result.qid = "q7";
    for (const Row& row : rows) {
        CAPTURE(row.format, row.options.template_text);
        CHECK(formatted(row.format, result, row.options) == row.expected);
    }
}

TEST_CASE("records: no hit is no record") {
    for (const std::string format : {"tsv", "trec", "ids"}) CHECK(formatted(format, {}).empty());
    CHECK(formatted("csv", {}) == "rank,score,id,path,date,source,title\r\n");
    CHECK(formatted("template", {}, with_template("{id}")).empty());
}

TEST_CASE("csv: a header once for a whole batch") {
    auto formatter = make_formatter("csv", batch());
    REQUIRE(formatter);
    const std::string begin = (*formatter)->begin();
    CHECK(begin.starts_with("qid,rank"));
    CHECK((*formatter)->result(two_hits()).find("rank") == std::string::npos);
    CHECK((*formatter)->result(two_hits()).find("rank") == std::string::npos);
}

TEST_CASE("csv: what RFC 4180 quotes") {
    const std::vector<std::pair<std::string, std::string>> rows{
        {"simple", "simple"},
        {"", ""},
        {"a,b", "\"a,b\""},
        {"dit \"oui\"", "\"dit \"\"oui\"\"\""},
        {"deux\nlignes", "\"deux\nlignes\""},
        {"deux\r\nlignes", "\"deux\nlignes\""},
        {"tab\tulation", "tab\tulation"},
        {"point;virgule", "point;virgule"},
        {" blanc ", " blanc "},
    };
    for (const auto& [title, expected] : rows) {
        SearchResult result;
        result.hits = {bare_hit(1, "i", title)};
        CHECK(formatted("csv", result) ==
              "rank,score,id,path,date,source,title\r\n1,1.000000,i,/i,,," + expected + "\r\n");
    }
}

TEST_CASE("trec: a run of columns whatever the ids") {
    SearchResult result;
    result.hits = {bare_hit(3, "a b\tc\nd\u00A0e\u2003f%20", "")};
    CHECK(formatted("trec", result) == "1 Q0 a%20b%09c%0Ad%C2%A0e%E2%80%83f%20 3 0.333333 limier\n");
    result.qid = "q 1";
    CHECK(formatted("trec", result).starts_with("q%201 Q0 "));
}

TEST_CASE("records: hostile values stay in their record and harmless") {
    for (const std::string& hostile : k_hostile) {
        CAPTURE(hostile);
        SearchResult result;
        result.query = result.qid = hostile;
        result.hits = {bare_hit(1, hostile, hostile)};
        result.hits[0].source = result.hits[0].author = result.hits[0].snippet = hostile;
        const std::string tsv = formatted("tsv", result, batch());
        CHECK(std::count(tsv.begin(), tsv.end(), '\n') == 1);
        CHECK(std::count(tsv.begin(), tsv.end(), '\t') == 7);
        CHECK(is_clean(tsv));
        const std::string trec = formatted("trec", result);
        CHECK(std::count(trec.begin(), trec.end(), '\n') == 1);
        CHECK(std::count(trec.begin(), trec.end(), ' ') == 5);
        CHECK(is_clean(trec));
        const std::string ids = formatted("ids", result);
        CHECK(std::count(ids.begin(), ids.end(), '\n') == 1);
        CHECK(is_clean(ids));
        const std::string null_ids = formatted("ids", result, null_ended());
        CHECK(std::count(null_ids.begin(), null_ids.end(), '\0') == 1);
        CHECK(is_clean(null_ids.substr(0, null_ids.size() - 1)));
        std::string csv = formatted("csv", result, batch());
        std::erase(csv, '\r');
        CHECK(is_clean(csv));
        CHECK(is_clean(formatted("template", result, with_template("{title}{author}{snippet}{qid}"))));
        CHECK(is_clean(formatted("text", result)));
        CHECK(is_utf8(formatted("text", result)));
    }
}

TEST_CASE("ids and template: a line end in a path stays with -0 only") {
    SearchResult result;
    result.hits = {bare_hit(1, "deux\nlignes\t.txt", "")};
    CHECK(formatted("ids", result) == "deux lignes .txt\n");
    CHECK(formatted("ids", result, null_ended()) == std::string("deux\nlignes\t.txt\0", 17));
    OutputOptions options = with_template("{path}");
    options.null = true;
    CHECK(formatted("template", result, options) == std::string("/deux\nlignes\t.txt\0", 18));
}

TEST_CASE("template: what is an error") {
    const std::vector<std::pair<std::string, std::string>> rows{
        {"", "--template: is empty"},
        {"{titel}",
         "unknown field: titel | one of: qid, rank, score, id, path, date, source, title, author, url, snippet"},
        {"{}", "unknown field:  | one of"},
        {"{ title }", "unknown field:  title "},
        {"{title", "a brace is not closed: {title"},
        {"a } b", "a brace closes nothing: } b"},
        {"{title}}", "a brace closes nothing: }"},
        {"\\x", "unknown escape: \\x"},
        {"fin\\", "unknown escape: \\"},
        {"{rank:.2f}", "only {score:.Nf} has a format"},
        {"{score:}", "only {score:.Nf} has a format"},
        {"{score:.f}", "only {score:.Nf} has a format"},
        {"{score:.18f}", "only {score:.Nf} has a format"},
        {"{score:.-1f}", "only {score:.Nf} has a format"},
        {"{score:.99999999999f}", "only {score:.Nf} has a format"},
        {"{score:3d}", "only {score:.Nf} has a format"},
    };
    for (const auto& [text, expected] : rows) {
        CAPTURE(text);
        const auto formatter = make_formatter("template", with_template(text));
        REQUIRE_FALSE(formatter);
        CHECK(formatter.error().code == Code::usage);
        CHECK_THAT(formatter.error().message + " | " + formatter.error().hint, Catch::Contains(expected));
    }
}

TEST_CASE("formats: an unknown name is an error that names the known") {
    const auto formatter = make_formatter("xml", {});
    REQUIRE_FALSE(formatter);
    CHECK(formatter.error().message == "unknown format: xml");
    CHECK(formatter.error().hint == "text, json, jsonl, tsv, csv, trec, ids, template");
}

namespace {

class FrenchNumbers : public std::numpunct<char> {
 protected:
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

/// Sets a numeric locale with a decimal comma, made on the spot where the system has none.
bool set_decimal_comma(const std::filesystem::path& folder) {
    if (std::setlocale(LC_NUMERIC, "fr_FR.UTF-8") != nullptr) return true;
    std::filesystem::create_directories(folder);
    const std::string command =
        "localedef -i fr_FR -f UTF-8 '" + (folder / "fr_FR.UTF-8").string() + "' >/dev/null 2>&1";
    if (std::system(command.c_str()) != 0) return false;
    setenv("LOCPATH", folder.c_str(), 1);
    return std::setlocale(LC_NUMERIC, "fr_FR.UTF-8") != nullptr;
}

}  // namespace

TEST_CASE("formats: numbers are the same in a locale with a decimal comma") {
    SearchResult result = page_result();
    result.total = 1234567;
    result.hits[0].rank = 12345;
    result.hits[0].score = 12345.678;
    const OutputOptions options = with_template("{rank} {score} {score:.2f}");
    std::vector<std::string> before;
    for (const OutputFormat& format : output_formats()) before.push_back(formatted(format.name, result, options));
    CHECK_THAT(before.back(), Catch::Equals("12345 12345.678000 12345.68\n"));

    const auto folder = std::filesystem::temp_directory_path() / ("limier-locale-" + std::to_string(getpid()));
    const bool has_comma = set_decimal_comma(folder);
    const std::locale old = std::locale::global(std::locale(std::locale::classic(), new FrenchNumbers));
    // A global C++ locale without a name leaves the C locale alone, so that both are in force here.
    if (has_comma) CHECK(std::string(std::localeconv()->decimal_point) == ",");
    if (!has_comma) WARN("no fr_FR.UTF-8 and no localedef data: only the C++ locale is tried");
    std::size_t at = 0;
    for (const OutputFormat& format : output_formats()) {
        CAPTURE(format.name);
        CHECK(formatted(format.name, result, options) == before[at++]);
    }
    std::locale::global(old);
    std::setlocale(LC_NUMERIC, "C");
    std::filesystem::remove_all(folder);
}
