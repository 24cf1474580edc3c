#include <catch2/catch.hpp>

#include "searcher/query/ast.hpp"
#include "searcher/query/operators.hpp"
#include "tests/common/english.hpp"
#include "tests/searcher/query/parse_table.hpp"

using namespace limier;

namespace {

std::string notes_of(const std::string& query, Leniency leniency = Leniency::strict) {
    const Result<ParsedQuery> parsed = parse_query(query, leniency);
    if (!parsed) return "error: " + parsed.error().message;
    std::string all;
    for (const QueryNote& note : parsed->notes) all += std::to_string(note.begin) + " " + note.message + "\n";
    return all;
}

}  // namespace

TEST_CASE("query: every row reads as its tree, strictly and leniently, and its print as the same") {
    for (const auto& [query, tree] : k_parse_rows) {
        INFO(query);
        for (const Leniency leniency : {Leniency::strict, Leniency::lenient}) {
            const Result<ParsedQuery> parsed = parse_query(query, leniency);
            REQUIRE(parsed);
            CHECK(print_tree(parsed->root) == tree);
        }
        const std::string printed = print_query(parse_query(query, Leniency::strict)->root);
        INFO(printed);
        const Result<ParsedQuery> again = parse_query(printed, Leniency::strict);
        REQUIRE(again);
        CHECK(print_tree(again->root) == tree);
    }
}

TEST_CASE("query: the example of every operator and field reads without a note") {
    for (const Operator& row : all_operators()) {
        INFO(row.example);
        CHECK(notes_of(std::string(row.example)).empty());
        CHECK(parse_query(row.example, Leniency::strict)->root.children.front().kind == row.kind);
    }
    for (const FieldInfo& field : all_fields()) {
        INFO(field.example);
        CHECK(notes_of(std::string(field.example)).empty());
    }
}

TEST_CASE("query: the spellings of an operator are one operator") {
    for (const Operator& row : all_operators()) {
        const auto tree = [](std::string_view word) {
            return print_tree(parse_query("chat " + std::string(word) + " chien", Leniency::strict)->root);
        };
        CHECK(tree(row.english) == tree(row.french));
    }
}

TEST_CASE("query: notes say what was read otherwise than it may have been meant") {
    CHECK(notes_of("chat persone:Musk") == "5 no field « persone »: read as words; did you mean person:?\n");
    CHECK(notes_of("has:persone") == "0 no field « persone »: read as words; did you mean has:person?\n");
    CHECK(notes_of("avec:brio") == "0 no field « brio »: read as words\n");
    CHECK(notes_of("has:(a OU b)") == "0 no field « has »: read as words\n");
    CHECK(notes_of("foo:(a OU b)") == "0 no field « foo »: read as words\n");
    CHECK(notes_of("person: Musk") == "0 « person: » before a blank is read as a word\n");
    CHECK(notes_of("LA VIE OU LA MORT") == "7 OU stands in a text in capitals: read as a word\n");
    CHECK(notes_of("chat \"noir") == "5 a quote that nothing closes is ignored\n");
    CHECK(notes_of("fut -elle") == "4 « -elle » is read as the word\n");
    CHECK(notes_of("+a OU b") == "3 + says nothing beside OR\n");
    CHECK(notes_of("a^2 NEAR b") == "0 a weight within NEAR is ignored; put it after the group\n");
    CHECK(notes_of("\"a b\"~3") == "5 after a quotation this is ignored: ~\n");
    for (const std::string text :
         {"Retraites : la réforme", "10:30", "http://exemple.fr/", "Quoi ?", "Paris - Lyon", "5\""})
        CHECK(notes_of(text).empty());
}

TEST_CASE("query: a note says where") {
    const Result<ParsedQuery> parsed = parse_query("é persone:Musk", Leniency::strict);
    REQUIRE(parsed);
    REQUIRE(parsed->notes.size() == 1);
    CHECK(parsed->notes[0].begin == 3);
    CHECK(parsed->notes[0].end == 11);
}

TEST_CASE("query: nodes know their bytes") {
    const std::string query = "été +person:\"Elon Musk\" (chat OU chien)^2 title:mot*";
    const Result<ParsedQuery> parsed = parse_query(query, Leniency::strict);
    REQUIRE(parsed);
    std::vector<std::string> parts;
    for (const Node& node : parsed->root.children) parts.push_back(query.substr(node.begin, node.end - node.begin));
    CHECK(parts == std::vector<std::string>{"été", "+person:\"Elon Musk\"", "chat OU chien)^2", "title:mot*"});
}
