#include <algorithm>
#include <cmath>
#include <fstream>

#include <catch2/catch.hpp>

#include "searcher/rerank.hpp"
#include "searcher/search.hpp"
#include "tests/searcher/random_index.hpp"
#include "tests/searcher/small_index.hpp"

using namespace limier;

namespace {

std::string ranking(const SmallIndex& index, const std::string& query, MatchMode mode) {
    Result<Searcher> searcher = Searcher::open(index.path());
    REQUIRE(searcher);
    SearchRequest request;
    request.query = query;
    request.match = mode;
    const Result<SearchResult> result = searcher->search(request);
    REQUIRE(result);
    std::string ids;
    double score = 1e9;
    for (const Hit& hit : result->hits) {
        CHECK(hit.score <= score);
        score = hit.score;
        ids += hit.id;
    }
    return ids;
}

/// Knows the frequency of every term of the index.
Xapian::MSet some_match(const Index& index) {
    Xapian::Enquire enquire(index.database());
    enquire.set_query(Xapian::Query::MatchAll);
    return enquire.get_mset(0, 1);
}

RankedWord ranked_word(const Index& index, const std::string& text) {
    RankedWord word{text, {Analyser().stem(text)}, {{}}, false, 1};
    const auto [first, last] = index.segments()[0].segment.forms_of(word.terms[0]);
    for (std::uint32_t form = first; form < last; ++form) word.forms[0].push_back(form);
    return word;
}

std::string filler(std::size_t words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) text += i % 2 == 0 ? " tasse" : " bleue";
    return text + " ";
}

}  // namespace

TEST_CASE("rerank: of documents with the same stems, what agrees more comes first") {
    const std::string between = filler(30);
    struct Case {
        std::string says;
        std::vector<std::string> texts;
        std::string query;
        MatchMode mode;
        std::string ranking;
    };
    const Case cases[] = {
        {"the form typed", {"les marchés ouverts", "le marché ouvert"}, "marché", MatchMode::all, "ba"},
        {"the form typed, its plural", {"les marchés ouverts", "le marché ouvert"}, "marchés", MatchMode::all, "ab"},
        {"the accents typed", {"la cote baisse", "la côte baisse"}, "côte", MatchMode::all, "b"},
        {"without accents, its own form", {"la côte baisse", "la cote baisse"}, "cote", MatchMode::all, "ba"},
        {"neighbours as in the query",
         {"blanc volcan lapin noir", "lapin blanc volcan noir"},
         "lapin blanc",
         MatchMode::all,
         "ba"},
        {"a stop word between them",
         {"centre et vraies données", "centre des données vraies"},
         "centre de données",
         MatchMode::all,
         "ba"},
        {"words close together",
         {"tasse lapin" + between + "volcan tasse", between + "tasse lapin rose volcan"},
         "volcan lapin",
         MatchMode::all,
         "ba"},
        {"words at the beginning",
         {between + between + between + "lapin", "lapin" + between + between + between},
         "lapin",
         MatchMode::all,
         "ba"},
        {"of a compound as of its parts",
         {"lapin de garenne, arc puis ciel", "lapin arc-en-ciel de garenne"},
         "lapin arc-en-ciel",
         MatchMode::any,
         "ba"},
        {"a word of the same beginning",
         {"la Bretagne du tambour", "la Bretagne des colonies", "la Bretagne coloniale"},
         "Bretagne colonisation",
         MatchMode::any,
         "cba"},
        {"more than the noun that is asked for",
         {"le pays du granit rose", "un satellite du granit bleu"},
         "Quel pays a un satellite",
         MatchMode::any,
         "ba"},
        {"words of a phrase that does not stand there",
         {"violon du tambour", "violon du lapin qui est noir", "violon du granit"},
         "violon \"lapin noir\"",
         MatchMode::any,
         "bac"},
    };
    for (const Case& row : cases) {
        CAPTURE(row.says);
        CHECK(ranking(SmallIndex(row.texts), row.query, row.mode) == row.ranking);
    }
}

TEST_CASE("rerank: words in the title count twice what those at the beginning do") {
    const RandomIndex random(5, 200);
    Result<Searcher> searcher = Searcher::open(random.path());
    REQUIRE(searcher);
    const Index& index = searcher->index();
    const std::vector<RankedWord> words{ranked_word(index, "lapin")};
    Reranker reranker(index, words, some_match(index), false);
    double in_title = 0, in_body = 0;
    for (std::uint32_t row = 0; row < index.documents(); ++row) {
        const RandomArticle& article = random.articles()[row];
        const bool title = std::count(article.title.begin(), article.title.end(), "lapin") > 0;
        const bool body = std::count(article.body.begin(), article.body.end(), "lapin") > 0;
        const Agreement agreement = reranker(row + 1);
        CHECK((agreement.lead > 0) == (title || body));
        CHECK((agreement.forms > 0) == (title || body));
        CHECK(agreement.order == 0);
        CHECK(agreement.kin == 0);
        if (title) in_title = agreement.lead;
        if (body && !title) in_body = agreement.lead;
    }
    CHECK(in_body > 0);
    CHECK(in_title == Approx(2 * in_body));
}

TEST_CASE("rerank: order and window are what a walk over the words finds") {
    const RandomIndex random(11, 300);
    Result<Searcher> searcher = Searcher::open(random.path());
    REQUIRE(searcher);
    const Index& index = searcher->index();
    std::mt19937 dice(3);
    for (int round = 0; round < 50; ++round) {
        std::vector<std::string> asked = random_words();
        std::shuffle(asked.begin(), asked.end(), dice);
        asked.resize(2 + dice() % 3);
        std::vector<RankedWord> words;
        for (const std::string& text : asked) words.push_back(ranked_word(index, text));
        Reranker reranker(index, words, some_match(index), false);
        for (std::uint32_t row = 0; row < index.documents(); ++row) {
            const std::vector<std::string>& body = random.articles()[row].body;
            bool neighbours = false;
            for (std::size_t i = 0; i + 1 < asked.size(); ++i)
                for (std::size_t at = 0; at + 1 < body.size(); ++at)
                    neighbours = neighbours || (body[at] == asked[i] && body[at + 1] == asked[i + 1]);
            double best = 0;
            for (std::size_t begin = 0; begin < body.size(); ++begin) {
                double weight = 0;
                for (const std::string& word : asked) {
                    const auto end =
                        body.begin() +
                        std::min<std::ptrdiff_t>(std::ssize(body), std::ssize(asked) * 4 + std::ptrdiff_t(begin));
                    if (std::find(body.begin() + std::ptrdiff_t(begin), end, word) == end) continue;
                    const double uses = index.database().get_termfreq(Analyser().stem(word)), all = index.documents();
                    weight += std::log(1 + (all - uses + 0.5) / (uses + 0.5));
                }
                best = std::max(best, weight);
            }
            const Agreement agreement = reranker(row + 1);
            REQUIRE((agreement.order > 0) == neighbours);
            REQUIRE(agreement.window == Approx(0.6 * best));
        }
    }
}
