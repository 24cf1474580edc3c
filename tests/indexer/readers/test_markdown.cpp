#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "indexer/readers/format.hpp"
#include "tests/indexer/readers/invariants.hpp"

using namespace limier;

namespace {

Reading read(const std::string& bytes, const SourceOptions* options = nullptr) {
    InputFile file{"/in/note.md", "note.md", bytes.size(), "note.md", options};
    Reading reading = read_markdown_file(file, bytes);
    for (const Document& document : reading.documents) CHECK(broken_invariant(document) == "");
    return reading;
}

Document note(const std::string& bytes, const SourceOptions* options = nullptr) {
    INFO(bytes.substr(0, 400));
    Reading reading = read(bytes, options);
    REQUIRE(reading.documents.size() == 1);
    CHECK(reading.refusals.empty());
    return std::move(reading.documents[0]);
}

std::string refusal(const std::string& bytes) {
    const Reading reading = read(bytes);
    CHECK(reading.documents.empty());
    REQUIRE(reading.refusals.size() == 1);
    return reading.refusals[0].reason;
}

std::string other(const Document& document, const std::string& name) {
    for (const auto& [key, json] : document.extra) {
        if (key == name) return json;
    }
    return {};
}

}  // namespace

TEST_CASE("markdown: the text is what a reader sees, without its marks") {
    struct Row {
        const char *markdown, *text;
    };
    const Row rows[] = {
        {"L'*É*tat a **rouvert** le `port`.", "L'État a rouvert le port."},
        {"Un [lien](http://x.example \"t\") et <http://y.example>.", "Un lien et http://y.example."},
        {"Un [renvoi][r].\n\n[r]: http://x.example\n", "Un renvoi."},
        {"Une ![photo *de* nuit](x.png) ici.", "Une  ici."},
        {"une ligne\nqui continue\\\net finit  \nlà", "une ligne qui continue\net finit\nlà"},
        {"## Deux ##\n\nTrois\n===\n", "Deux\n\nTrois"},
        {"- un\n- deux\n  - dedans\n\nfin", "un\ndeux\ndedans\n\nfin"},
        {"1. un\n\n2. deux\n\n   suite\n", "un\ndeux\nsuite"},
        {"> cité\n\n---\n\n***\n\nfin", "cité\n\nfin"},
        {"```sh\na\n  b\n```\n\n    indenté\n", "a\n  b\n\nindenté"},
        {"| a | b |\n|---|:-:|\n| c | d |\n", "a | b\nc | d"},
        {"un<br>deux <b>gras</b><!-- x -->", "un\ndeux gras"},
        {"<div>\n<p>dans une boîte</p>\n<script>x</script></div>\n\nfin", "dans une boîte\n\nfin"},
        {"L&rsquo;été \\*nu\\* &amp; 2 \\[3\\]", "L’été *nu* & 2 [3]"},
        {"un \xE9t\xE9 \xE0 la mer", "un été à la mer"},
        {"a\r\nb\r\n\r\nc\r\n", "a b\n\nc"},
    };
    for (const Row& row : rows) {
        INFO(row.markdown);
        CHECK(note(row.markdown).text == row.text);
    }
}

TEST_CASE("markdown: the title is that of the front matter, else the first heading of level 1") {
    const std::string body = "\n\nLe conseil a voté le budget de la ville.\n";
    const Document both = note("---\ntitle: Le budget\n---\n# Un titre" + body);
    CHECK(both.title == "Le budget");
    CHECK(both.title_apart);
    const Document heading = note("# Un *titre*" + body);
    CHECK(heading.title == "Un titre");
    CHECK_FALSE(heading.title_apart);
    CHECK(note("## Section\n\n# Un titre" + body).title == "Un titre");
    CHECK(note("---\ntitle: Un titre\n---\n# Un titre" + body).text ==
          "Un titre\n\nLe conseil a voté le budget de la ville.");
}

TEST_CASE("markdown: front matter says what it says, in YAML, in what is nearly YAML, in TOML") {
    struct Row {
        const char *front, *title, *date, *author;
    };
    const Row rows[] = {
        {"---\ntitle: \"L'eau\"\ndate: 2024-03-12T10:00:00+01:00\nauthor: Ana Roy\n---\n", "L'eau", "2024-03-12",
         "Ana Roy"},
        {"---\ntitre: L'eau\nauteurs:\n  - Ana Roy\n  - Luc Roy\n...\n", "L'eau", "", "Ana Roy, Luc Roy"},
        {"---\ntitle: >\n  L'eau\n  monte\nauthor: {name: Ana Roy, url: x}\ndate: 2024-03\n---\n", "L'eau monte",
         "2024-03", "Ana Roy"},
        {"---\nauthors: [{name: Ana Roy}, {name: Luc Roy}]\n---\n", "", "", "Ana Roy, Luc Roy"},
        // No YAML, but what people write.
        {"---\ntitle: Paris : la crue: jour 2\ndate: 2024-03-12\ntags: [a, b\n---\n", "Paris : la crue: jour 2",
         "2024-03-12", ""},
        {"+++\ntitle = \"L'eau\"\ndate = 2024-03-12T10:00:00Z\nauthors = [\"Ana Roy\", 'Luc Roy']\n[menu]\ntitle = "
         "\"x\"\n+++\n",
         "L'eau", "2024-03-12", "Ana Roy, Luc Roy"},
        {"--- \r\ntitle: L'eau\r\n---\r\n", "L'eau", "", ""},
        {"\xEF\xBB\xBF---\ntitle: L'eau\n---\n", "L'eau", "", ""},
        {"---\ntitle: ~\nauthor:\ndate: bientôt\n---\n", "", "", ""},
    };
    for (const Row& row : rows) {
        INFO(row.front);
        const Document document = note(std::string(row.front) + "Il pleut sur la ville.");
        CHECK(document.title == row.title);
        CHECK(date_text(document.date) == row.date);
        CHECK(document.author == row.author);
        CHECK(document.text == "Il pleut sur la ville.");
    }
    const Document full = note(
        "---\ntags: [port, 'Brest']\ncategories: {a: [1, true, null]}\ndraft: false\nsource: [A, B]\nid: 12\nx: &a "
        "[y]\n"
        "z: *a\nmeta: {place: Brest}\n---\nIl pleut.");
    CHECK(other(full, "tags") == "[\"port\",\"Brest\"]");
    CHECK(other(full, "categories") == "{\"a\":[\"1\",true,null]}");
    CHECK(other(full, "draft") == "false");
    CHECK(other(full, "z") == "null");
    CHECK(full.source == "A, B");
    CHECK(full.id == "12");
    const SourceOptions options{{}, nullptr, {{"meta.place", Key::source}, {"rubrique", Key::author}}};
    const Document mapped = note("---\nmeta: {place: Brest}\nrubrique: Eau\n---\nIl pleut.", &options);
    CHECK(mapped.source == "Brest");
    CHECK(mapped.author == "Eau");
}

TEST_CASE("markdown: what is no front matter is text") {
    for (const char* text :
         {"---\ntitle: a\n\nfin", "---\nune phrase\n---\nfin", "---\n---\nfin", "----\ntitle: a\n----\nfin",
          " ---\ntitle: a\n---\nfin", "---\n- a\n- b\n---\nfin", "***\ntitle: a\n***\nfin"}) {
        INFO(text);
        const Document document = note(text);
        CHECK(document.text.ends_with("fin"));
        CHECK(document.text.size() > 3 - (std::string_view(text).starts_with("---\n---") ? 1 : 0));
        CHECK(document.extra.empty());
    }
}

TEST_CASE("markdown: what says nothing or is a bomb is refused, what is deep is read") {
    const auto many = [](std::size_t count, const std::string& piece) {
        std::string bytes;
        for (std::size_t i = 0; i < count; ++i) bytes += piece;
        return bytes;
    };
    CHECK(refusal("") == "neither title nor body");
    CHECK(refusal(" \n\n---\n<!-- x -->\n") == "neither title nor body");
    CHECK(refusal(many(100'000, "![[]()")) == "a paragraph with more than 20,000 brackets: no article");
    CHECK(note(many(100'000, ">") + "fond").text == "fond");
    CHECK(note("---\na: " + many(30'000, "[") + "\n---\nfin").text == "fin");
    std::string bomb = "---\na: &a [x,x,x,x,x,x,x,x,x]\n";
    for (char name = 'b'; name < 'z'; ++name) {
        const std::string before(1, static_cast<char>(name - 1));
        bomb += std::string(1, name) + ": &" + name + " [*" + before + ",*" + before + ",*" + before + "]\n";
    }
    CHECK(other(note(bomb + "---\nfin"), "b") == "[null,null,null]");
}

TEST_CASE("markdown: notes cut and spoiled at random are read or refused, and what is read is sound") {
    const std::string whole =
        "---\ntitle: 'L''eau'\nauthors: [{name: Ana}, *a]\ndate: 2024-03-12\n---\n# L'eau\n\n- un\n  1. deux\n\n> "
        "[a](b) "
        "![c](d) `e`\n\n| a |\n|---|\n\n<div>\n<p>x</div>\n\n```\ncode\n";
    std::mt19937 random(20240312);
    for (unsigned round = 0; round < 1000; ++round) {
        std::string bytes = whole;
        for (unsigned change = 0; change < 1 + round % 6; ++change) {
            const std::size_t at = random() % bytes.size();
            if (random() % 3 == 0) bytes.erase(at, random() % 20);
            if (bytes.empty()) bytes = "x";
            bytes[random() % bytes.size()] = whole[random() % whole.size()];
            bytes.insert(random() % bytes.size(), whole.substr(random() % whole.size(), random() % 30));
        }
        static_cast<void>(read(bytes));
    }
}
