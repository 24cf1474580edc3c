#include "searcher/repl/filters.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "searcher/query/parse.hpp"
#include "searcher/repl/trail.hpp"
#include "tests/common/english.hpp"

using namespace limier;

namespace {

std::vector<Node> filters(const std::string& text) {
    Result<std::vector<Node>> read = read_filters(text);
    REQUIRE(read);
    return std::move(*read);
}

std::string texts(const std::vector<Node>& nodes) {
    std::string all;
    for (const Node& node : nodes) all += (all.empty() ? "" : " | ") + filter_text(node);
    return all;
}

}  // namespace

TEST_CASE("filters: a value of a facet is asked for as it stands") {
    for (const std::string value : {"Elon Musk", "OpenAI", "x.AI", "le « petit » Stargate", "dit \"le Roi\"", "a OU b",
                                    "L’Équipe (journal)", "-1", "ET", "C++", "100 %", "2024", "a:b", "qui ?"}) {
        CAPTURE(value);
        const Node node = filter_on(info(Field::person), value);
        const Result<ParsedQuery> read = parse_query(filter_text(node), Leniency::strict);
        REQUIRE(read);
        REQUIRE(read->root.children.size() == 1);
        CHECK(read->root.children[0].kind == NodeKind::field);
        CHECK(read->root.children[0].field->field == Field::person);
        CHECK(read->root.children[0].exact);
        CHECK(read->root.children[0].value == value);
    }
    CHECK(filter_text(filter_on(info(Field::date), "2025-01")) == "date:2025-01");
}

TEST_CASE("filters: read as in a query, and a value of several words without quotes") {
    CHECK(texts(filters("person:Musk")) == "person:Musk");
    CHECK(texts(filters("person:Elon Musk")) == "person:\"Elon Musk\"");
    CHECK(texts(filters("personne:\"Elon Musk\" date:2024..2025")) == "person:\"Elon Musk\" | date:2024..2025");
    CHECK(texts(filters("-topic:sport")) == "-topic:sport");
    CHECK(texts(filters("has:person -has:date")) == "has:person | -has:date");
    CHECK(texts(filters("person:=Orange personne:=\"La Poste\"")) == "person:=Orange | person:=\"La Poste\"");
    CHECK(texts(filters("lang:(fr OU de)")).find("lang:(fr O") == 0);
    for (const char* const text : {"Musk", "grève person:Musk", "\"Elon Musk\"", "Musk*", "nul:champ"}) {
        CAPTURE(text);
        const Result<std::vector<Node>> read = read_filters(text);
        REQUIRE(!read);
        CHECK(read.error().code == Code::usage);
    }
    CHECK(!read_filters("person:"));
    CHECK(!read_filters("(person:Musk"));
}

TEST_CASE("filters: the query stands as it was typed beside them where that is read the same") {
    const std::vector<Node> two = filters("person:\"Elon Musk\" date:2025-01");
    CHECK(narrowed("Stargate  \"centre de données\"", two).text ==
          "Stargate  \"centre de données\" person:\"Elon Musk\" date:2025-01");
    CHECK(narrowed("", two).text == "person:\"Elon Musk\" date:2025-01");
    CHECK(narrowed("  ", two).text.find("person:\"Elon Musk\" date:2025-01") != std::string::npos);
    CHECK(narrowed("a OU b", two).text == "a OU b person:\"Elon Musk\" date:2025-01");
    CHECK(narrowed("(chat", {}).text == "(chat");
}

TEST_CASE("filters: what is malformed does not swallow them, and what was ignored is said") {
    const std::vector<Node> one = filters("person:\"Elon Musk\"");
    for (const char* const query : {"chat ET", "(chat", "\"chat", "chat SAUF"}) {
        CAPTURE(query);
        const NarrowedQuery both = narrowed(query, one);
        const Result<ParsedQuery> read = parse_query(both.text, Leniency::lenient);
        REQUIRE(read);
        REQUIRE(!read->root.children.empty());
        CHECK(print_tree(read->root.children.back()) == print_tree(one[0]));
        CHECK(both.notes.size() + read->notes.size() > 0);
    }
}

TEST_CASE("filters: whatever the query, they stand beside all of it") {
    constexpr std::string_view pieces[] = {"chat", "ET", "OU", "SAUF",    "(",   ")", "\"",       "«",
                                           "»",    "-",  "+",  "person:", "été", "*", "^2",       "~",
                                           ":",    " ",  " ",  " ",       ",",   "5", "date:2024"};
    std::mt19937 random(7);
    const std::vector<Node> two = filters("topic:sport -lang:en");
    for (int round = 0; round < 3000; ++round) {
        std::string query;
        for (std::size_t n = random() % 9; n > 0; --n) query += pieces[random() % std::size(pieces)];
        CAPTURE(query);
        const Result<ParsedQuery> alone = parse_query(query, Leniency::lenient);
        const Result<ParsedQuery> beside = parse_query(narrowed(query, two).text, Leniency::lenient);
        REQUIRE(beside);
        Node whole = alone ? alone->root : Node{};
        std::erase_if(whole.children, [](const Node& node) { return node.kind == NodeKind::all; });
        whole.children.insert(whole.children.end(), two.begin(), two.end());
        CHECK(print_tree(beside->root) == print_tree(whole));
    }
}

TEST_CASE("trail: each step is taken back in turn, filters and all") {
    Trail trail({SearchRequest{}, {}});
    CHECK_FALSE(trail.now().asks());
    Inquiry next = trail.now();
    next.request.query = "Stargate";
    trail.go(next);
    next.filters = filters("person:Musk");
    trail.go(next);
    next.request.sort = SortOrder::date;
    next.request.offset = 10;
    trail.go(next);
    CHECK(trail.now().asks());
    REQUIRE(trail.back());
    CHECK(trail.now().request.sort == SortOrder::relevance);
    CHECK(texts(trail.now().filters) == "person:Musk");
    REQUIRE(trail.back());
    CHECK(trail.now().filters.empty());
    CHECK(trail.now().request.query == "Stargate");
    REQUIRE(trail.back());
    CHECK_FALSE(trail.now().asks());
    CHECK_FALSE(trail.back());
    CHECK_FALSE(trail.now().asks());
}

TEST_CASE("trail: the oldest of very many steps are forgotten") {
    Trail trail({SearchRequest{}, {}});
    for (std::size_t i = 1; i <= 5000; ++i) {
        Inquiry next = trail.now();
        next.request.offset = i;
        trail.go(std::move(next));
    }
    std::size_t steps = 0;
    while (trail.back()) ++steps;
    CHECK(steps == 1000);
    CHECK(trail.now().request.offset == 4000);
}
