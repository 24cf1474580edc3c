// A program of its own: the language of messages is read once.
#include <cstdlib>

#include <catch2/catch.hpp>

#include "tests/searcher/output/sample.hpp"

using namespace limier;

namespace {
[[maybe_unused]] const int k_messages_in_french = setenv("LC_ALL", "fr_FR.UTF-8", 1);
}

TEST_CASE("text in French: plurals, spaces and labels") {
    SearchResult result;
    result.query = "q";
    CHECK(formatted("text", result) == "Aucun résultat pour «\u00A0q\u00A0»\n");
    result.total = 1;
    CHECK(formatted("text", result) == "1 résultat pour «\u00A0q\u00A0»\n");
    result.total = 2;
    result.exact = false;
    CHECK(formatted("text", result) == "Environ 2 résultats pour «\u00A0q\u00A0»\n");
    result.total = 12345;
    result.exact = true;
    result.relaxed = true;
    result.suggestion = "r";
    result.facets = {{"date:month", {{"2025-01", 1234, false}}}, {"person", {{"Elon Musk", 2, true}}}};
    CHECK(formatted("text", result) ==
          "12\u202F345 résultats pour «\u00A0q\u00A0»\n"
          "Aucun document n'a tous les mots ; ceux-ci en ont au moins un.\n"
          "Vouliez-vous dire : r ?\n"
          "\n"
          "Dates (mois)\n"
          "  2025-01  1\u202F234\n"
          "\n"
          "Personnes\n"
          "* Elon Musk  2\n");
}

TEST_CASE("text in French: near-duplicates") {
    SearchResult result;
    result.query = "q";
    result.total = 3;
    result.hits = {bare_hit(1, "a", "")};
    result.hits[0].duplicates = {"b", "c"};
    result.collapsed = {1, true};
    CHECK(formatted("text", result) ==
          "3 résultats pour «\u00A0q\u00A0» en 1 groupe\n\n1. a\n   /a\n   + 2 copies : b, c\n");
    result.collapsed = {2, false};
    CHECK(formatted("text", result).starts_with("3 résultats pour «\u00A0q\u00A0» en au moins 2 groupes (1–1)\n"));
}

TEST_CASE("formats in French: only text speaks") {
    for (const std::string format : {"json", "tsv", "csv", "trec", "ids"}) {
        const std::string out = formatted(format, page_result());
        CHECK_THAT(out, !Catch::Contains("ésultat"));
        CHECK_THAT(out, Catch::Contains("eco/banque.txt"));
    }
    const auto error = make_formatter("xml", {});
    REQUIRE_FALSE(error);
    CHECK(error.error().message == "format inconnu : xml");
}
