#include <fstream>
#include <limits>
#include <set>
#include <sstream>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "searcher/options.hpp"
#include "searcher/output/formats.hpp"
#include "tests/common/english.hpp"
#include "tests/searcher/output/sample.hpp"

using namespace limier;

namespace {

rapidjson::Document parsed(const std::string& json) {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseValidateEncodingFlag>(json.data(), json.size());
    REQUIRE_FALSE(document.HasParseError());
    return document;
}

std::string text(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

std::string page() {
    std::ifstream file(LIMIER_SOURCE_DIR "/searcher/output/README.md");
    std::stringstream out;
    out << file.rdbuf();
    REQUIRE_FALSE(out.str().empty());
    return out.str();
}

/// The text under a heading of the page; before the first heading where none is named.
std::string section(const std::string& page, const std::string& heading) {
    const std::size_t begin = heading.empty() ? 0 : page.find("\n## " + heading + "\n") + 1;
    return page.substr(begin, page.find("\n## ", begin) - begin);
}

/// The rows of a table whose first cell is code, as pairs of that and the second cell, code marks taken off.
std::vector<std::pair<std::string, std::string>> table_rows(const std::string& text) {
    std::istringstream lines(text);
    std::vector<std::pair<std::string, std::string>> rows;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("| `")) continue;
        const std::size_t end = line.find("` | ", 3), second = end + 4;
        rows.emplace_back(line.substr(3, end - 3), line.substr(second, line.find(" |", second) - second));
    }
    return rows;
}

std::vector<std::string> first_cells(const std::string& text) {
    std::vector<std::string> cells;
    for (const auto& row : table_rows(text)) cells.push_back(row.first);
    return cells;
}

std::string type_of(const rapidjson::Value& value) {
    return value.IsNull()     ? "null"
           : value.IsBool()   ? "boolean"
           : value.IsUint64() ? "integer"
           : value.IsNumber() ? "number"
           : value.IsString() ? "string"
           : value.IsArray()  ? "array"
                              : "object";
}

using PathTypes = std::vector<std::pair<std::string, std::set<std::string>>>;

/// Every path of keys in order of appearance, with its types; names that are data as the page writes them.
void collect_paths(const rapidjson::Value& value, const std::string& path, PathTypes& paths) {
    const auto add = [&](const std::string& name, const rapidjson::Value& inner) {
        auto found = std::find_if(paths.begin(), paths.end(), [&](const auto& entry) { return entry.first == name; });
        if (found == paths.end()) found = paths.insert(paths.end(), {name, {}});
        found->second.insert(type_of(inner));
    };
    if (value.IsArray()) {
        for (const auto& element : value.GetArray()) {
            if (!element.IsObject()) add(path + "[]", element);
            collect_paths(element, path + "[]", paths);
        }
    }
    if (!value.IsObject()) return;
    for (const auto& member : value.GetObject()) {
        std::string name = text(member.name);
        if (path == "hits[].entities") name = "<field>";
        if (path == "facets" || path == "significant") name = "<facet>";
        const std::string inner = path.empty() ? name : path + "." + name;
        add(inner, member.value);
        collect_paths(member.value, inner, paths);
    }
}

}  // namespace

TEST_CASE("json: the keys written and the page's table are the same, in order, with their types") {
    // What may be null is null in one result and not in the other.
    SearchResult other = page_result();
    other.qid = other.suggestion.emplace("Musc");
    other.hits[0].shared = {"Elon Musk", "énergie"};
    other.hits[0].duplicates = {"copie.txt"};
    other.hits[0].text = "L'énergie que Musk réclame.";
    other.hits[0].text_highlights = {{2, 10}};
    other.collapsed = {1, true};
    other.added.push_back({"voiture", 0.3, false});
    other.hits[0].score = std::numeric_limits<double>::infinity();
    other.significant.push_back({"person", {{"Elon Musk", 1, 2, 1.5, true}}});
    other.timeline = Timeline{"month", {{"2025-01", 1}}, 0};
    other.explanation =
        Explanation{{{"énergie", "énerg", 12, 20}},
                    "(list énergie)",
                    "Query(énerg)",
                    {{"parse", 12}},
                    {{1, "a", 3, {{"bm25", 1}, {"forms", 1}, {"order", 1}, {"window", 0}, {"lead", 0}, {"kin", 0}}}}};
    other.missing = {"10.0.0.2:7700: no answer in time"};
    PathTypes written;
    for (const SearchResult& result : {other, page_result()})
        collect_paths(parsed(formatted("json", result)), "", written);
    // The page names `highlights[][]` alone for pairs of numbers.
    std::erase_if(written, [](const auto& entry) {
        return entry.first.starts_with("hits[].") && entry.first.ends_with("highlights[]");
    });
    const std::string table = section(page(), "json, jsonl");
    std::vector<std::pair<std::string, std::string>> keys;
    for (auto& [key, types] : written) {
        const bool nullable = types.erase("null") == 1;
        REQUIRE(types.size() == 1);
        keys.emplace_back(key, *types.begin() + (nullable ? " or null" : ""));
    }
    CHECK(keys == table_rows(table));
}

TEST_CASE("page: columns of csv, fields of template and formats are those of the program") {
    std::vector<std::string> columns, fields, formats;
    for (const HitColumn& column : record_columns(true)) columns.emplace_back(column.name);
    CHECK(columns == first_cells(section(page(), "tsv, csv")));
    for (const std::string& cell : first_cells(section(page(), "template")))
        fields.push_back(cell.substr(1, cell.size() - 2));
    std::set<std::string> known;
    for (const HitColumn& column : hit_columns()) known.emplace(column.name);
    CHECK(fields.size() == known.size());
    CHECK(std::set<std::string>(fields.begin(), fields.end()) == known);
    for (const OutputFormat& format : output_formats()) formats.emplace_back(format.name);
    CHECK(formats == first_cells(section(page(), "")));
}

TEST_CASE("page: every example is what the program writes") {
    const std::string all = page();
    OutputOptions options;
    options.template_text = "{rank}\\t{score:.3f}\\t{path}";
    for (const OutputFormat& format : output_formats()) {
        CAPTURE(format.name);
        std::string example = formatted(format.name, page_result(), options);
        std::erase(example, '\r');
        CHECK_THAT(all, Catch::Contains("\n" + example + "```"));
    }
}

TEST_CASE("options: --format names every format but template, which has its own option") {
    std::string formats;
    for (const OutputFormat& format : output_formats()) {
        if (format.name != "template") formats.append(formats.empty() ? "" : "|").append(format.name);
    }
    const auto& options = searcher_program().commands[0].options;
    const auto row = std::find_if(options.begin(), options.end(), [](const Option& o) { return o.name == "format"; });
    REQUIRE(row != options.end());
    CHECK(row->values == formats);
}

TEST_CASE("json: an empty result has every key, with null for what is not there") {
    CHECK(formatted("json", {}) ==
          "{\"schema\":1,\"query\":\"\",\"qid\":null,\"total\":0,\"exact\":true,\"relaxed\":false,\"hits\":[],"
          "\"facets\":{},\"added\":[],\"suggestion\":null}\n");
}

TEST_CASE("json: what is set is written") {
    SearchResult result = page_result();
    result.qid = "12";
    result.exact = false;
    result.relaxed = true;
    result.suggestion = "Musc";
    result.hits[0].author = "A. Nonyme";
    result.hits[0].url = "https://exemple.fr/1";
    const auto document = parsed(formatted("jsonl", result));
    CHECK(text(document["qid"]) == "12");
    CHECK_FALSE(document["exact"].GetBool());
    CHECK(document["relaxed"].GetBool());
    CHECK(text(document["suggestion"]) == "Musc");
    const auto& hit = document["hits"][0];
    CHECK(text(hit["author"]) == "A. Nonyme");
    CHECK(text(hit["url"]) == "https://exemple.fr/1");
    CHECK(hit["score"].GetDouble() == 3.25);
    CHECK(document["facets"]["person"][0]["count"].GetUint64() == 1);
}

TEST_CASE("json: indented on a terminal, jsonl never") {
    OutputOptions terminal;
    terminal.terminal = true;
    SearchResult result;
    result.hits = {bare_hit(1, "a", "b")};
    result.hits[0].highlights = {{0, 1}, {2, 3}};
    const std::string indented = formatted("json", result, terminal);
    CHECK_THAT(indented, Catch::StartsWith("{\n  \"schema\": 1,\n"));
    CHECK_THAT(indented, Catch::Contains("\"highlights\": [[0, 1], [2, 3]]"));
    const std::string line = formatted("jsonl", result, terminal);
    CHECK(std::count(line.begin(), line.end(), '\n') == 1);
    CHECK(parsed(indented) == parsed(line));
}

TEST_CASE("json: hostile strings come back as they were, nothing raw on the way") {
    const std::vector<std::string> rows{
        "\033[31mrouge\033[0m",
        "tab\tligne\nretour\r",
        "\"guillemets\" \\ /",
        "\x7f \u009b31m",
        "\u202Eedrol\u202C \u2066\u2069",
        "\u2028\u2029",
        "👩‍👧 e\u0301 日本",
        std::string("nul\0nul", 7),
        "",
    };
    OutputOptions terminal;
    terminal.terminal = true;
    for (const std::string& row : rows) {
        CAPTURE(row);
        SearchResult result = page_result();
        result.query = result.hits[0].title = result.hits[0].id = row;
        result.facets[0].values[0].value = row;
        for (const OutputOptions& options : {OutputOptions{}, terminal}) {
            const std::string json = formatted("json", result, options);
            const auto document = parsed(json);
            CHECK(text(document["query"]) == row);
            CHECK(text(document["hits"][0]["title"]) == row);
            CHECK(text(document["hits"][0]["id"]) == row);
            CHECK(text(document["facets"]["person"][0]["value"]) == row);
            for (const std::string_view raw : {"\033", "\x7f", "\u009b", "\u202E", "\u2066", "\u2028", "\r"}) {
                CHECK(json.find(raw) == std::string::npos);
            }
        }
    }
}

TEST_CASE("json: bytes that are no UTF-8 make valid JSON all the same") {
    SearchResult result;
    result.query = "a\xff\xc3z";
    CHECK(text(parsed(formatted("json", result))["query"]) == "a\uFFFD\uFFFDz");
}

TEST_CASE("json: one formatter writes one object a result") {
    auto formatter = make_formatter("jsonl", {});
    REQUIRE(formatter);
    const std::string first = (*formatter)->result(page_result());
    CHECK((*formatter)->result(page_result()) == first);
}

TEST_CASE("json: of near-duplicates all ids are written, where they were asked for") {
    SearchResult result = page_result();
    CHECK_THAT(formatted("json", result), !Catch::Contains("duplicate") && !Catch::Contains("groups"));
    result.hits.push_back(bare_hit(2, "b.txt", ""));
    result.hits[0].duplicates = {"c.txt", "d.txt"};
    result.collapsed = {2, false};
    const auto document = parsed(formatted("jsonl", result));
    CHECK(document["groups"].GetUint64() == 2);
    CHECK_FALSE(document["groups_exact"].GetBool());
    CHECK(document["hits"][0]["duplicates"].GetUint64() == 2);
    CHECK(text(document["hits"][0]["duplicate_ids"][1]) == "d.txt");
    CHECK(document["hits"][1]["duplicates"].GetUint64() == 0);
    CHECK(document["hits"][1]["duplicate_ids"].Empty());
}
