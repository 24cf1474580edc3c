#include "searcher/query/synonyms.hpp"

#include <fstream>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "tests/scratch.hpp"

namespace limier {
namespace {

std::string widened(const Synonyms& synonyms, Analyser& analyser, const std::string& query) {
    auto parsed = parse_query(query, Leniency::strict);
    REQUIRE(parsed);
    synonyms.expand(parsed->root, analyser);
    return print_query(parsed->root);
}

std::string write(const ScratchFolder& folder, const std::string& text) {
    const std::string path = (folder.path() / "synonymes.tsv").string();
    std::ofstream(path) << text;
    return path;
}

TEST_CASE("synonyms: words get theirs, the longest run first, and all else stays") {
    const ScratchFolder folder;
    Analyser analyser;
    Synonyms synonyms(analyser);
    REQUIRE(synonyms.add_file(write(folder, "# des mots\r\n\ntroène\tsaule pleureur\r\nQZX\tquartz xylène gris\n"),
                              analyser));
    const std::pair<const char*, const char*> rows[] = {
        {"vieux troène", "vieux troène OR \"saule pleureur\"^0.3"},
        {"troènes", "troènes OR \"saule pleureur\"^0.3"},
        {"troene", "troene OR \"saule pleureur\"^0.3"},
        {"les saules pleureurs d'ici", "les (saules pleureurs) OR troène^0.3 d'ici"},
        {"saule", "saule"},
        {"+troène", "+(troène OR \"saule pleureur\"^0.3)"},
        {"-troène chat", "-troène chat"},
        {"\"troène\" chat", "\"troène\" chat"},
        {"title:troène chat", "title:troène chat"},
        {"troène PROCHE/3 chat", "troène NEAR/3 chat"},
        {"chat OU troène", "chat OR (troène OR \"saule pleureur\"^0.3)"},
        {"quartz xylène gris", "(quartz xylène gris) OR (QZX^0.3)"},
        {"le qzx", "le qzx OR \"quartz xylène gris\"^0.3"},
    };
    for (const auto& [query, expected] : rows) CHECK(widened(synonyms, analyser, query) == expected);
}

TEST_CASE("synonyms: those compiled in are sound, and widen inflected words") {
    Analyser analyser;
    const Synonyms synonyms(analyser);
    auto parsed = parse_query("les automobiles et l'IA", Leniency::strict);
    REQUIRE(parsed);
    const std::vector<std::string> added = synonyms.expand(parsed->root, analyser);
    CHECK(added == std::vector<std::string>{"véhicule", "voiture", "intelligence artificielle"});
}

TEST_CASE("synonyms: a bad file is refused with the line") {
    const ScratchFolder folder;
    Analyser analyser;
    Synonyms synonyms(analyser);
    const auto alone = synonyms.add_file(write(folder, "a\tb\n\nseul\n"), analyser);
    REQUIRE(!alone);
    CHECK(alone.error().message.find("synonymes.tsv:3") != std::string::npos);
    CHECK(widened(synonyms, analyser, "seul") == "seul");
    const auto missing = synonyms.add_file((folder.path() / "absent").string(), analyser);
    REQUIRE(!missing);
    CHECK(missing.error().message.find("absent") != std::string::npos);
}

}  // namespace
}  // namespace limier
