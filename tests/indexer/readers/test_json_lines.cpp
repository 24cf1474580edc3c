#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "indexer/readers.hpp"
#include "indexer/readers/json_object.hpp"
#include "tests/indexer/readers/invariants.hpp"

using namespace limier;

namespace {

Document read(std::string_view json) {
    Result<Document> document = read_json_object(json, "/a/x.jsonl", 7);
    INFO(json);
    if (!document) FAIL(document.error().message);
    CHECK(broken_invariant(*document) == "");
    return std::move(*document);
}

std::string reason(std::string_view json) {
    const Result<Document> document = read_json_object(json, "/a/x.jsonl", 7);
    return document ? "taken" : document.error().message;
}

std::string extra_of(const Document& document) {
    std::string list;
    for (const auto& [name, value] : document.extra) list += (list.empty() ? "" : " ") + name + "=" + value;
    return list;
}

std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += piece;
    return text;
}

}  // namespace

TEST_CASE("json: the known keys are taken") {
    const Document document = read(
        R"({"id":"a-1","title":" Le lac ","body":" Il se vide.\n","date":"14/01/2019","source":"ALP","author":"Par Claire Fontanel","url":"https://x.fr","lang":"oc"})");
    CHECK(document.id == "a-1");
    CHECK(document.path == "/a/x.jsonl");
    CHECK(document.title == "Le lac");
    CHECK(document.title_apart);
    CHECK(document.text == " Il se vide.\n");
    CHECK(date_text(document.date) == "2019-01-14");
    CHECK(document.source == "ALP");
    CHECK(document.author == "Claire Fontanel");
    CHECK(document.url == "https://x.fr");
    CHECK(document.lang == "oc");
    CHECK(document.extra.empty());
}

TEST_CASE("json: an id is a string, a number or the line") {
    CHECK(read(R"({"id":12,"body":"x"})").id == "12");
    CHECK(read(R"({"id":12345678901234567890123,"body":"x"})").id == "12345678901234567890123");
    CHECK(read(R"({"body":"x"})").id == "/a/x.jsonl:7");
    CHECK(read(R"({"id":null,"body":"x"})").id == "/a/x.jsonl:7");
    CHECK(read(R"({"id":" ","body":"x"})").id == "/a/x.jsonl:7");
}

TEST_CASE("json: other names stand in for a key that says nothing, and are extra keys else") {
    CHECK(read(R"({"headline":"Le lac","text":"Il se vide."})").title == "Le lac");
    CHECK(read(R"({"headline":"Le lac","text":"Il se vide."})").text == "Il se vide.");
    CHECK(extra_of(read(R"({"headline":"Le lac","content":"x"})")).empty());
    const Document both = read(R"({"text":"autre","body":"Il se vide.","title":"","titre":"Le lac"})");
    CHECK(both.text == "Il se vide.");
    CHECK(both.title == "Le lac");
    CHECK(extra_of(both) == R"(text="autre")");
    CHECK(extra_of(read(R"({"body":"x","text":["y"]})")) == R"(text=["y"])");
}

TEST_CASE("json: other names are known in the spellings that exports have") {
    const Document document = read(
        R"({"Headline":"Le lac","articleBody":"Il se vide.","published_at":"2019-01-14T08:00:00Z","Permalink":"https://x.fr","Langue":"oc"})");
    CHECK(document.title == "Le lac");
    CHECK(document.text == "Il se vide.");
    CHECK(date_text(document.date) == "2019-01-14");
    CHECK(document.url == "https://x.fr");
    CHECK(document.lang == "oc");
    CHECK(extra_of(document).empty());
    // The best of several names, and only dates are dates.
    CHECK(read(R"({"texte":"b","content":"a"})").text == "a");
    const Document draft = read(R"({"body":"x","published":"yes"})");
    CHECK_FALSE(draft.date);
    CHECK(extra_of(draft) == R"(published="yes")");
}

TEST_CASE("json: an author and a source may be things with a name") {
    const Document one = read(
        R"({"body":"x","author":{"@type":"Person","name":"Claire Fontanel","image":{"name":"photo"}},"source":{"id":null,"name":"ALP"}})");
    CHECK(one.author == "Claire Fontanel");
    CHECK(one.source == "ALP");
    CHECK(read(R"({"body":"x","author":["Claire Fontanel",{"age":3,"name":"Karim Haddad"}]})").author ==
          "Claire Fontanel, Karim Haddad");
    const Document feed = read(R"({"body":"x","authors":[{"name":"Claire Fontanel"},{"name":"Karim Haddad"}]})");
    CHECK(feed.author == "Claire Fontanel, Karim Haddad");
    CHECK(extra_of(feed).empty());
}

TEST_CASE("json: the user's map says which members are keys") {
    const FieldMap map{{"contenu.html", Key::body}, {"h1", Key::title}, {"meta.gens.nom", Key::author}};
    Result<Members> members = read_members(
        R"({"h1":"Le lac","title":"autre","contenu":{"html":"Il se vide.","x":1},"meta":{"gens":[{"nom":"Claire Fontanel"},{"nom":"Karim Haddad"}]}})",
        map);
    REQUIRE(members);
    const Result<Document> document = std::move(*members).document("i", "/p");
    REQUIRE(document);
    CHECK(document->title == "Le lac");
    CHECK(document->text == "Il se vide.");
    CHECK(document->author == "Claire Fontanel, Karim Haddad");
    CHECK(extra_of(*document).starts_with(R"(title="autre" contenu={"html":"Il se vide.","x":1} meta=)"));
    CHECK(parse_mapping("body=contenu.html").value() == std::pair(std::string("contenu.html"), Key::body));
    for (const char* bad : {"", "body", "body=", "corps=x", "=x"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_mapping(bad));
    }
}

TEST_CASE("json: a language is the code of two letters, whichever tag says it") {
    for (const char* tag : {"fr", "FR", "fr-FR", "fr_CA.UTF-8", "fra", "Français"}) {
        CAPTURE(tag);
        CHECK(read(std::string(R"({"body":"x","lang":")") + tag + "\"}").lang == "fr");
    }
    CHECK(read(R"({"body":"x","lang":"oc"})").lang == "oc");
    CHECK(read(R"({"body":"x","lang":"ar-MA"})").lang == "ar");
}

TEST_CASE("json: other keys are kept as JSON") {
    CHECK(
        extra_of(read(R"({"body":"x","tags":["é","b"],"n":1.50,"big":1e300,"t":true,"z":null,"o":{"a":{"b":[]}}})")) ==
        R"(tags=["é","b"] n=1.50 big=1e300 t=true z=null o={"a":{"b":[]}})");
    CHECK(extra_of(read("{\"body\":\"x\",\"k\\\"\":\"a\\u0085\\n\"}")) == "k\"=\"a\\u0085\\n\"");
}

TEST_CASE("json: of a key met twice the last one counts") {
    const Document document = read(R"({"body":"a","body":"b","k":1,"k":2,"id":"x","id":"y"})");
    CHECK(document.text == "b");
    CHECK(document.id == "y");
    CHECK(extra_of(document) == "k=2");
}

TEST_CASE("json: authors are one or several") {
    CHECK(read(R"({"body":"x","author":"Claire Fontanel et Karim Haddad"})").author == "Claire Fontanel, Karim Haddad");
    CHECK(read(R"({"body":"x","author":["Claire Fontanel","Karim Haddad"]})").author ==
          "Claire Fontanel, Karim Haddad");
    CHECK(read(R"({"body":"x","author":[]})").author == "");
    CHECK(read(R"({"body":"x","author":"Propos recueillis par Idriss Benhamou"})").author == "Idriss Benhamou");
    CHECK(read(R"({"body":"x","author":"la rédaction"})").author == "la rédaction");
}

TEST_CASE("json: a date that cannot be read is kept as it was") {
    const Document document = read(R"({"body":"PARIS, 12 août 2024 (AFP) – Le lac.","date":"hier \"soir\""})");
    CHECK_FALSE(document.date);
    CHECK(extra_of(document) == R"(date="hier \"soir\"")");
    CHECK(date_text(read(R"({"body":"PARIS, 12 août 2024 (AFP) – Le lac.","date":""})").date) == "2024-08-12");
    CHECK(date_text(read(R"({"body":"PARIS, 12 août 2024 (AFP) – Le lac.","date":"2025-01"})").date) == "2025-01");
}

TEST_CASE("json: zones and bylines are found in bodies; the object's own keys win") {
    const Document found =
        read(R"({"title":"Le lac","body":"PARIS (AFP) – Il se vide.\nLire aussi : Les mers\nPar Claire Fontanel"})");
    REQUIRE(found.zones.size() == 3);
    CHECK(found.zones[0].kind == Zone::Kind::agency);
    CHECK(found.zones[1].kind == Zone::Kind::related);
    CHECK(found.zones[2].kind == Zone::Kind::byline);
    CHECK(found.author == "Claire Fontanel");
    CHECK(found.source == "AFP");
    CHECK(read(R"({"body":"PARIS (AFP) – Il se vide.","source":"Le Lac"})").source == "Le Lac");
}

TEST_CASE("json: a body without a title apart may begin with one") {
    const Document with = read(R"({"body":"Le lac se vide\n\nLe conseil a voté jeudi soir. Puis il est parti."})");
    CHECK(with.title == "Le lac se vide");
    CHECK_FALSE(with.title_apart);
    CHECK(with.title_end == 14);
    const Document without = read(R"({"body":"Le conseil a voté jeudi soir.\nPuis il est parti."})");
    CHECK(without.title == "");
    CHECK_FALSE(without.title_apart);
    const Document apart = read(R"({"title":"Autre","body":"Le lac se vide\n\nLe conseil a voté jeudi soir."})");
    CHECK(apart.title_apart);
    CHECK(apart.title_end == 0);
}

TEST_CASE("json: text is made clean, and what was bad is counted") {
    CHECK(read(R"({"body":"e\u0301t\u00e9"})").text == "été");
    CHECK(read(R"({"body":"a\u0000b"})").text == "ab");
    CHECK(read(std::string_view("{\"body\":\"a\0b\"}", 14)).text == "ab");
    CHECK(read(R"({"body":"\ud83d\ude00"})").text == "😀");
    for (const char* lone : {R"({"body":"a\ud83db"})", R"({"body":"a\uDE00b"})"}) {
        CHECK(read(lone).text == "a\uFFFDb");
        CHECK(read(lone).replaced == 1);
    }
    CHECK(read(R"({"body":"\ud83d\ud83d\ude00"})").text == "\uFFFD😀");
    CHECK(read(R"({"body":"\\ud83d"})").text == "\\ud83d");
    const Document latin = read("{\"body\":\"pr\xE9sident\",\"k\":\"\xE9\"}");
    CHECK(latin.text == "pr\uFFFDsident");
    CHECK(latin.replaced == 2);
    CHECK(extra_of(latin) == "k=\"\uFFFD\"");
    CHECK(read("\xEF\xBB\xBF{\"body\":\"x\"}").text == "x");
}

TEST_CASE("json: what is no document is refused with its place and reason") {
    const struct {
        const char* json;
        const char* reason;
    } rows[] = {
        {"", "not JSON, column 1: nothing stands there"},
        {"[]", "not a JSON object but a list"},
        {"12", "not a JSON object but a number"},
        {"null", "not a JSON object but null"},
        {"\"x\"", "not a JSON object but a string"},
        {"{}", "neither title nor body"},
        {R"({"title":" ","body":"\n"})", "neither title nor body"},
        {R"({"id":"x"})", "neither title nor body"},
        {R"({"body":"x"} {)", "not JSON, column 14: something follows the object"},
        {R"({"body":"x",})", "not JSON, column 13: a key in quotes is missing"},
        {R"({"body" "x"})", "not JSON, column 9: a colon is missing after the key"},
        {R"({"é":"é" "body":"x"})", "not JSON, column 10: a comma or a closing brace is missing"},
        {R"({"k":[1 2]})", "not JSON, column 9: a comma or a closing bracket is missing"},
        {R"({"body":"x)", "not JSON, column 11: a closing quote is missing"},
        {R"({"body":"\x"})", "not JSON, column 10: an escape or control character is not valid"},
        {R"({"body":"\u12"})", "not JSON, column 10: an escape or control character is not valid"},
        {"{\"body\":\"\x01\"}", "not JSON, column 10: an escape or control character is not valid"},
        {R"({"body":x})", "not JSON, column 9: a value is not valid"},
        {R"({"body":12})", "body must be a string, not a number"},
        {R"({"body":["x"]})", "body must be a string, not a list"},
        {R"({"title":{"a":1},"body":"x"})", "title must be a string, not an object"},
        {R"({"id":true,"body":"x"})", "id must be a string or a number, not a boolean"},
        {R"({"id":[],"body":"x"})", "id must be a string or a number, not a list"},
        {R"({"date":2019,"body":"x"})", "date must be a string, not a number"},
        {R"({"author":[1],"body":"x"})", "author must be a string, not a number"},
        {R"({"author":[["x"]],"body":"x"})", "author must be a string, not a list"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.json);
        CHECK(reason(row.json) == std::string("/a/x.jsonl:7: ") + row.reason);
    }
}

TEST_CASE("json: deep nesting is refused, not a crash") {
    const std::string deep = R"({"body":"x","k":)";
    for (const std::size_t levels : {201u, 10'000u, 1'000'000u}) {
        CHECK(reason(deep + repeated("[", levels) + repeated("]", levels) + "}") ==
              "/a/x.jsonl:7: nested deeper than 200 levels");
        CHECK(reason(deep + repeated("{\"a\":", levels)) == "/a/x.jsonl:7: nested deeper than 200 levels");
    }
    CHECK(reason(deep + repeated("[", 199) + repeated("]", 199) + "}") == "taken");
    CHECK(reason(repeated("[", 10'000)) == "/a/x.jsonl:7: not a JSON object but a list");
}

TEST_CASE("json: many keys take no quadratic time") {
    std::string json = R"({"body":"x")";
    for (int i = 0; i < 100'000; ++i) json += ",\"k" + std::to_string(i) + "\":" + std::to_string(i);
    CHECK(read(json + "}").extra.size() == 100'000);
}

TEST_CASE("json: a damaged object is refused or makes a sound document") {
    const std::string whole =
        R"({"id":1,"title":"Le lac é","body":"PARIS (AFP) – e\u0301 \ud83d\ude00\nPar Claire Fontanel","tags":["a",{"b":null}],"date":"2019-01"})";
    std::mt19937 random(11);
    std::size_t taken = 0;
    for (int i = 0; i < 20000; ++i) {
        std::string json = whole;
        for (std::size_t n = 1 + random() % 3; n > 0; --n) {
            const std::size_t at = random() % json.size();
            switch (random() % 3) {
                case 0:
                    json[at] = static_cast<char>(random());
                    break;
                case 1:
                    json.erase(at, 1 + random() % 8);
                    break;
                default:
                    json.insert(at, json.substr(random() % json.size(), random() % 8));
            }
            if (json.empty()) json = "{";
        }
        const Result<Document> document = read_json_object(json, "/x", 1);
        if (!document) continue;
        ++taken;
        CAPTURE(json);
        REQUIRE(broken_invariant(*document) == "");
    }
    CHECK(taken > 1000);
}
