#include <algorithm>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "indexer/indexing.hpp"
#include "indexer/tagger.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

Result<UserLexicon> read(const std::string& rows) {
    const ScratchFolder scratch;
    const std::filesystem::path path = scratch.path() / "mine.tsv";
    std::ofstream(path, std::ios::binary) << rows;
    UserLexicon lexicon;
    if (Result<void> added = lexicon.add(path); !added) {
        Error error = added.error();
        const std::string folder = scratch.path().string() + "/";
        if (error.message.starts_with(folder)) error.message.erase(0, folder.size());
        return error;
    }
    return lexicon;
}

/// `field:value=text` of each mention, then `topic:label` of each topic.
std::string tagged(const std::string& rows, const std::string& text) {
    Result<UserLexicon> lexicon = read(rows);
    if (!lexicon) return lexicon.error().message;
    const Tagger tagger(std::move(*lexicon));
    Analyser analyser;
    Document document;
    document.text = text;
    const AnalysedDocument analysed = analyse_document(std::move(document), analyser, &tagger);
    std::string all;
    const auto add = [&all](const std::string& part) { all += (all.empty() ? "" : " ") + part; };
    for (const Mention& found : analysed.annotations.mentions)
        add(std::string(info(found.field).name) + ":" + found.value + "=" +
            text.substr(found.begin, found.end - found.begin));
    for (const TopicScore& topic : analysed.annotations.topics) add("topic:" + topic.label);
    return all;
}

}  // namespace

TEST_CASE("user lexicon: names and their aliases are found under the name given") {
    const std::string text = "La Bourrasque a gagné. Le conseil de Vrombel salue Vrb et la Bourrasque.";
    CHECK(tagged("", text).find("Bourrasque=") == std::string::npos);
    CHECK(tagged("person\tOdile Crépin\tBourrasque|la Bourrasque\norganisation\tVrombel\tVrb\n", text) ==
          "person:Odile Crépin=La Bourrasque org:Vrombel=Vrombel org:Vrombel=Vrb person:Odile Crépin=la Bourrasque");
}

TEST_CASE("user lexicon: a row goes before what the program knows, and adds to it") {
    const std::string text = "Il a lu Musk hier, dit-on à Musk.";
    CHECK(tagged("", text).find("person:Elon Musk=Musk") != std::string::npos);
    CHECK(tagged("place\tMusk\n", text) == "place:Musk=Musk place:Musk=Musk");
    // Beside the aliases that the entity has.
    CHECK(tagged("person\tElon Musk\tle patron de Vrombel\n", "Musk, le patron de Vrombel, est là.")
              .starts_with("person:Elon Musk=Musk person:Elon Musk=le patron de Vrombel"));
    const Tagger tagger(*read("person\tElon Musk\tZigoto\n"));
    bool mine = false, known = false;
    for (const Alias& alias : tagger.aliases(Field::person, "Elon Musk")) {
        mine = mine || alias.alias == "Zigoto";
        known = known || alias.alias == "Musk";
    }
    CHECK(mine);
    CHECK(known);
}

TEST_CASE("user lexicon: an ambiguous alias needs a cue") {
    const std::string rows = "org\tVrombel Industries\t?Pomme|\tfabricant|usine\n";
    CHECK(tagged(rows, "Elle mange une Pomme verte.").find("Vrombel") == std::string::npos);
    CHECK(tagged(rows, "Le fabricant Pomme recule.").find("org:Vrombel Industries=Pomme") != std::string::npos);
}

TEST_CASE("user lexicon: what is never a name is none, however it was found") {
    const std::string text = "Jeanne Roche vit à Orange. Le groupe Orange recule, dit Jeanne Roche.";
    CHECK(tagged("", text).find("Orange") != std::string::npos);
    const std::string without = tagged("never\tOrange\n", text);
    CHECK(without.find("Orange") == std::string::npos);
    CHECK(without.find("Jeanne Roche") != std::string::npos);
    CHECK(tagged("jamais\tJeanne Roche\n", text).find("Jeanne Roche") == std::string::npos);
}

TEST_CASE("user lexicon: topics of the user's own, and cues for those there are") {
    const std::string text = "Le zbrouf revient. Le zbrouf gagne, et le zbrouf encore.";
    CHECK(tagged("", text) == "");
    CHECK(tagged("sujet\tZbroufs et dérivés\tzbroufologie\tzbrouf^5\tsport\n", text) == "topic:Zbroufs et dérivés");
    CHECK(tagged("topic\tfootball\t\tzbrouf^5\n", text) == "topic:Football");
    const Tagger tagger(*read("sujet\tZbroufs\tzbroufologie\tzbrouf^5\tsport\n"));
    REQUIRE(tagger.ancestors("Zbroufs").size() == 1);
    CHECK(tagger.ancestors("Zbroufs").front().label == "Sport");
    const std::vector<Alias> aliases = tagger.aliases(Field::topic, "Zbroufs");
    CHECK(
        std::any_of(aliases.begin(), aliases.end(), [](const Alias& alias) { return alias.alias == "zbroufologie"; }));
}

TEST_CASE("user lexicon: no topic is above itself") {
    const Tagger tagger(*read("sujet\tZbroufs\t\tzbrouf^5\tFootball\nsujet\tSport\t\tsport^5\tZbroufs\n"));
    const auto above = tagger.ancestors("Zbroufs");
    REQUIRE(above.size() == 2);
    CHECK((above[0].label == "Football" && above[1].label == "Sport"));
    CHECK(tagger.ancestors("Sport").empty());
}

TEST_CASE("user lexicon: it is part of the fingerprint") {
    CHECK(Tagger(*read("never\tX\n")).fingerprint() != Tagger().fingerprint());
    CHECK(Tagger(*read("never\tX\n")).fingerprint() == Tagger(*read("never\tX\n")).fingerprint());
}

TEST_CASE("user lexicon: a line that is no row is an error with its place") {
    const struct {
        const char* rows;
        const char* message;
    } rows[] = {
        {"person\tOdile\n\nfoo\tbar\n", "mine.tsv:3: unknown kind: foo"},
        {"person\n", "mine.tsv:1: the second column must be a name"},
        {"# rien\r\nperson\t \r\n", "mine.tsv:2: the second column must be a name"},
        {"never\t!\n", "mine.tsv:1: the second column must be a name"},
        {"person\tX\ta|!|b\n", "mine.tsv:1: no word between two bars: !"},
        {"person\tX\ta\tb^3\n", "mine.tsv:1: only cues of topics have weights: b^3"},
        {"topic\tX\t\tb^9\n", "mine.tsv:1: a weight is ^1 to ^5: b^9"},
        {"topic\tX\tb\n", "mine.tsv:1: a new topic needs cues, in the fourth column"},
        {"topic\tX\tb\tc\tnulle-part\n", "mine.tsv:1: no such topic to stand below: nulle-part"},
        {"person\tX\ta\tb\tc\n", "mine.tsv:1: only topics have a fifth column"},
        {"topic\tX\ta\tb\tsport\tf\n", "mine.tsv:1: more than five columns"},
        {"keyword\tX\n", "mine.tsv:1: unknown kind: keyword"},
        {"person\t\xE9t\xE9\n", "mine.tsv: it is not UTF-8"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.rows);
        const Result<UserLexicon> lexicon = read(row.rows);
        REQUIRE_FALSE(lexicon);
        CHECK(lexicon.error().message == row.message);
    }
    UserLexicon lexicon;
    CHECK_FALSE(lexicon.add("/no/such/file"));
    CHECK_FALSE(lexicon.add("/"));
}
