#include <catch2/catch.hpp>

#include "indexer/tagger/parts.hpp"

using namespace limier;

TEST_CASE("listed names: each gets the value that the tagger would give it") {
    const NameTagger tagger;
    const std::vector<ListedName> names{
        {"Emma", Field::person, 90},           {"Emma Rouault", Field::person, 2},
        {"Mme Lefebvre", Field::person, 3},    {"Sophie Lefebvre", Field::person, 1},
        {"Hubert Lefebvre", Field::person, 1}, {"au docteur Larivière", Field::person, 1},
        {"Larivière", Field::person, 4},       {"Musk", Field::person, 1},
        {"Elon Musk", Field::person, 1},       {"x.AI", Field::org, 1},
        {"Etats-Unis", Field::place, 1},       {"…", Field::place, 1},
    };
    const std::vector<std::string> values = tagger.canonical_values(names);
    REQUIRE(values.size() == names.size());
    CHECK(values[0] == "Emma Rouault");
    CHECK(values[1] == "Emma Rouault");
    CHECK(values[2] == "Sophie Lefebvre");
    CHECK(values[3] == "Sophie Lefebvre");
    CHECK(values[4] == "Hubert Lefebvre");
    CHECK(values[5] == values[6]);
    CHECK(values[7] == "Elon Musk");
    CHECK(values[9] == "xAI");
    CHECK(values[10] == "États-Unis");
    CHECK(values[11] == "…");
    CHECK(tagger.canonical_values({}).empty());
}
