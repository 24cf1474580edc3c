#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "tests/indexer/readers/taken.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

Taken taken(const std::string& json, SourceOptions options = {}) {
    const ScratchFolder scratch;
    std::ofstream(scratch.path() / "a.json", std::ios::binary) << json;
    return take({scratch.path()}, scratch.path(), std::move(options));
}

std::string titles(const Taken& taken) {
    std::string text;
    for (const Document& document : taken.documents) text += (text.empty() ? "" : "|") + document.title;
    return text;
}

}  // namespace

TEST_CASE("json file: an object, a list, and objects behind one another are documents") {
    const struct {
        const char* json;
        Names ids;
    } rows[] = {
        {"{\"title\":\"Le lac\",\n \"body\":\"Il se vide.\"}\n", {"a.json"}},
        {"\xEF\xBB\xBF{\"title\":\"x\"}", {"a.json"}},
        {R"([{"title":"x"}])", {"a.json:1"}},
        {" [ {\"title\":\"x [{\\\"\"} ,\n{\"title\":\"y\",\"o\":{\"l\":[{}]}}\n]\n", {"a.json:1", "a.json:2"}},
        {R"([{"title":"x","id":"un"},{"title":"y"}])", {"un", "a.json:2"}},
        {"{\"title\":\"x\"}\n{\n\"title\":\"y\"\n}{\"title\":\"z\"}", {"a.json", "a.json:2", "a.json:3"}},
        {"\x1e{\"title\":\"x\"}\n\x1e{\"title\":\"y\"}\n", {"a.json", "a.json:2"}},
    };
    for (const auto& row : rows) {
        CAPTURE(row.json);
        const Taken read = taken(row.json);
        CHECK(read.ids == row.ids);
        CHECK(read.refusals == Names());
        CHECK(read.bytes_read == read.bytes_total);
    }
}

TEST_CASE("json file: what services answer is unwrapped") {
    const Taken news = taken(
        R"({"status":"ok","totalResults":2,"articles":[{"source":{"id":null,"name":"ALP"},"title":"Le lac","content":"x"},{"title":"Le col","content":null}]})");
    CHECK(titles(news) == "Le lac|Le col");
    CHECK(news.ids == Names{"a.json:1", "a.json:2"});
    CHECK(news.documents.front().source == "ALP");
    const Taken hits = taken(
        R"({"took":3,"_shards":{"total":1},"hits":{"total":{"value":2},"hits":[{"_id":"a","_source":{"titre":"Le lac","texte":"x"},"sort":[1]},{"_id":"b","_source":{"titre":"Le col","texte":"y"}}]}})");
    CHECK(titles(hits) == "Le lac|Le col");
    CHECK(hits.refusals == Names());
    const Taken feed = taken(
        R"({"version":"1","title":"Le blog","items":[{"title":"Le lac","content_text":"x"},{"title":"Le col","content_html":"<p>Le <b>c</b>ol.</p><p>Oui.</p>"}]})");
    CHECK(titles(feed) == "Le lac|Le col");
    CHECK(feed.documents.back().text == "Le col.\n\nOui.");
}

TEST_CASE("json file: what belongs to an article is no other article") {
    const Taken pictures = taken(R"({"title":"Le lac","images":[{"title":"vue"}],"meta":{"title":"y"}})");
    CHECK(titles(pictures) == "Le lac");
    CHECK(titles(taken(R"({"title":"Le lac","body":"x","related":[{"title":"y","body":"z"}]})")) == "Le lac");
}

TEST_CASE("json file: what is no document is refused with its line, and the rest is taken") {
    const struct {
        const char* json;
        const char* titles;
        Names refusals;
    } rows[] = {
        {"", "", {"a.json: it is empty"}},
        {" \n ", "", {"a.json: no object in it"}},
        {"[]", "", {"a.json: no object in it"}},
        {"12", "", {"a.json:1: not a JSON object but a number"}},
        {"\n\"x\"", "", {"a.json:2: not a JSON object but a string"}},
        {"{}", "", {"a.json:1: neither title nor body"}},
        {R"({"status":"ok","articles":[{"x":1}]})", "", {"a.json:1: neither title nor body"}},
        {"[{\"title\":\"x\"},\n 3,\n{\"title\":\"y\"}]", "x|y", {"a.json:2: not a JSON object but a number"}},
        {"{\"title\":\"x\"}\n]", "x", {"a.json:2: not JSON, column 1: nothing stands there"}},
        {"[{\"title\":\"x\"},\n{\"title\"", "x", {"a.json:2: it ends within a value: the file is cut off"}},
        {"[{\"title\":\"x\"},\n", "x", {"a.json:2: it ends within a value: the file is cut off"}},
        {"{\"title\":\"x\",\n\"body\" 3}",
         "",
         {"a.json:1: not JSON, line 2, column 8: a colon is missing after the key"}},
        {R"({"list":[{"title":"x"},{"title":"y","body":3},{"t":1}]})",
         "x",
         {"a.json:1: in its list, 2: body must be a string, not a number",
          "a.json:1: in its list, 3: neither title nor body"}},
        {"\xFF\xFE{\0", "", {"a.json: it is UTF-16; convert it: iconv -f UTF-16 -t UTF-8"}},
    };
    for (const auto& row : rows) {
        CAPTURE(row.json);
        const Taken read = taken(row.json);
        CHECK(titles(read) == row.titles);
        CHECK(read.refusals == row.refusals);
    }
}

TEST_CASE("json file: however it is cut, nothing hangs and what was whole is taken") {
    const std::string json = R"([{"title":"x\"y","k":[1,{"a":"]}"}]}, {"title":"z"}, true])";
    for (std::size_t length = 0; length <= json.size(); ++length) {
        CAPTURE(length);
        const Taken read = taken(json.substr(0, length));
        CHECK(read.documents.size() == (length > 50 ? 2u : length > 35 ? 1u : 0u));
    }
}

TEST_CASE("json file: deep and wide lists end") {
    CHECK(taken(std::string(1'000'000, '[')).documents.empty());
    CHECK(taken(std::string(1'000'000, '{')).documents.empty());
    std::string many = "[";
    for (int i = 0; i < 50'000; ++i) many += "{\"title\":\"t\"},";
    CHECK(taken(many + "]").documents.size() == 50'000);
}

TEST_CASE("json file: the user's map reaches what is wrapped") {
    SourceOptions options;
    options.map = {{"_id", Key::id}, {"_source.accroche", Key::title}, {"_source.papier", Key::body}};
    const Taken hits = taken(R"({"hits":[{"_id":"a","_source":{"accroche":"Le lac","papier":"x"}}]})", options);
    CHECK(hits.ids == Names{"a"});
    CHECK(titles(hits) == "Le lac");
}
