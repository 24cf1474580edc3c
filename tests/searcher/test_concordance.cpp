#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "searcher/concordance.hpp"
#include "searcher/hits.hpp"
#include "searcher/search.hpp"
#include "tests/searcher/random_index.hpp"
#include "tests/searcher/small_index.hpp"

using namespace limier;

namespace {

Concordance concordance(const std::filesystem::path& path, const std::string& query, ConcordanceRequest wanted) {
    Result<Searcher> searcher = Searcher::open(path);
    REQUIRE(searcher);
    SearchRequest request;
    request.query = query;
    request.concordance = wanted;
    Result<SearchResult> result = searcher->search(request);
    REQUIRE(result);
    REQUIRE(result->concordance);
    CHECK(result->hits.empty());
    return std::move(*result->concordance);
}

std::vector<std::string> lines(const Concordance& found) {
    std::vector<std::string> lines;
    for (const ConcordanceLine& line : found.lines)
        lines.push_back(line.id + ":" + line.left + "[" + line.keyword + "]" + line.right);
    return lines;
}

TEST_CASE("concordance: each place as it stands in the text, phrases whole") {
    const SmallIndex index({"L'énergie des données : le centre de données, au centre de tout. Des Données !"});
    const std::pair<const char*, std::vector<std::string>> rows[] = {
        {"\"centre de données\"", {"a:données : le [centre de données], au centre"}},
        {"centre", {"a:données : le [centre] de données", "a:données, au [centre] de tout"}},
        {"donnée",
         {"a:L'énergie des [données] : le centre", "a:centre de [données], au centre", "a:tout. Des [Données] !"}},
        {"énerg*", {"a:L'[énergie] des données"}},
        {"centre PROCHE/3 données",
         {"a:L'énergie des [données : le centre] de données", "a:centre de [données, au centre] de tout"}},
        {"centre -tramway", {"a:données : le [centre] de données", "a:données, au [centre] de tout"}},
    };
    for (const auto& [query, expected] : rows) {
        CAPTURE(query);
        const std::vector<std::string> got = lines(concordance(index.path(), query, {2}));
        CHECK(got == expected);
    }
}

TEST_CASE("concordance: sorted by the words on either side") {
    const SmallIndex index({"un rat gris, deux rats blancs. Le rat : énorme ; trois rats d'eau"});
    const auto right = lines(concordance(index.path(), "rat", {1, ConcordanceOrder::right}));
    CHECK(right == std::vector<std::string>{"a:deux [rats] blancs", "a:trois [rats] d'eau", "a:Le [rat] : énorme",
                                            "a:un [rat] gris"});
    const auto left = lines(concordance(index.path(), "rat", {1, ConcordanceOrder::left}));
    CHECK(left == std::vector<std::string>{"a:deux [rats] blancs", "a:Le [rat] : énorme", "a:trois [rats] d'eau",
                                           "a:un [rat] gris"});
}

TEST_CASE("concordance: a window of lines is the window of all lines") {
    const RandomIndex random(3, 150);
    for (const ConcordanceOrder order : {ConcordanceOrder::position, ConcordanceOrder::left, ConcordanceOrder::right}) {
        const Concordance all = concordance(random.path(), "lapin OU \"lapin noir\"", {3, order, 0, 100000});
        REQUIRE(all.total > 20);
        CHECK(all.lines.size() == all.total);
        const Concordance window = concordance(random.path(), "lapin OU \"lapin noir\"", {3, order, 7, 9});
        CHECK(window.total == all.total);
        const std::vector<std::string> expected = lines(all);
        CHECK(lines(window) == std::vector<std::string>(expected.begin() + 7, expected.begin() + 16));
        CHECK(concordance(random.path(), "lapin", {3, order, all.total + 5, 9}).lines.empty());
    }
}

TEST_CASE("concordance: the words of each text are all found, with their bytes") {
    const RandomIndex random(9, 80);
    Result<Searcher> searcher = Searcher::open(random.path());
    REQUIRE(searcher);
    const Index& index = searcher->index();
    Analyser analyser;
    for (const std::string word : {"lapin", "noir", "tambour"}) {
        std::size_t expected = 0;
        for (std::uint32_t row = 0; row < index.documents(); ++row) {
            const RandomArticle& article = random.articles()[row];
            const auto count = [&word](const std::vector<std::string>& words) {
                return static_cast<std::size_t>(std::count(words.begin(), words.end(), word));
            };
            const Segment& segment = *index.place(row + 1).segment;
            const bool twice = holds_title(segment.text(row), segment.record(row).title);
            expected += count(article.body) + (twice ? 0 : count(article.title));
        }
        const Concordance found = concordance(random.path(), word, {4, ConcordanceOrder::position, 0, 100000});
        CHECK(found.total == expected);
        for (const ConcordanceLine& line : found.lines) {
            CHECK(line.place.end - line.place.begin == line.keyword.size());
            std::vector<Token> tokens;
            analyser.analyse(line.keyword, tokens);
            REQUIRE(!tokens.empty());
            CHECK(analyser.form(tokens[0].form).term == analyser.stem(word));
        }
    }
}

TEST_CASE("concordance: of fields alone the names, and of nothing nothing") {
    const SmallIndex index({"Hier Elon Musk a ri. Musk rit encore."});
    CHECK(lines(concordance(index.path(), "person:Musk", {1})) ==
          std::vector<std::string>{"a:Elon [Musk] a", "a:ri. [Musk] rit"});
    CHECK(lines(concordance(index.path(), "person:\"Elon Musk\"", {1})) ==
          std::vector<std::string>{"a:Hier [Elon Musk] a", "a:ri. [Musk] rit"});
    CHECK(concordance(index.path(), "id:a", {1}).total == 0);
    CHECK(concordance(index.path(), "absent", {1}).total == 0);
}

}  // namespace
