#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "searcher/search.hpp"
#include "tests/searcher/random_index.hpp"

using namespace limier;

namespace {

using Words = std::vector<std::string>;

std::set<std::string> found(Searcher& searcher, const std::string& query, MatchMode mode = MatchMode::all) {
    SearchRequest request;
    request.query = query;
    request.match = mode;
    request.limit = 100000;
    request.records = request.snippets = false;
    const Result<SearchResult> result = searcher.search(request);
    INFO(query);
    REQUIRE(result);
    std::set<std::string> ids;
    for (const Hit& hit : result->hits) ids.insert(hit.id);
    CHECK(result->total == ids.size());
    CHECK(result->exact);
    return ids;
}

std::set<std::string> expected(const RandomIndex& index, const std::function<bool(const RandomArticle&)>& holds) {
    std::set<std::string> ids;
    for (const RandomArticle& article : index.articles()) {
        if (holds(article)) ids.insert(article.id);
    }
    return ids;
}

bool in_part(const RandomArticle& article, const std::function<bool(const Words&)>& holds) {
    return holds(article.title) || holds(article.body);
}

bool has_phrase(const Words& text, const Words& phrase) {
    return std::search(text.begin(), text.end(), phrase.begin(), phrase.end()) != text.end();
}

bool has(const RandomArticle& article, const std::string& word) {
    return in_part(article, [&](const Words& text) { return has_phrase(text, {word}); });
}

/// Two words, distinct places, at most `distance` apart.
bool has_near(const Words& text, const std::string& a, const std::string& b, std::size_t distance, bool ordered) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (std::size_t j = 0; j < text.size(); ++j) {
            if (i == j || text[i] != a || text[j] != b || (ordered && j < i)) continue;
            if ((i > j ? i - j : j - i) <= distance) return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("search: phrases find what a scan of the words finds") {
    const RandomIndex index(1, 900);
    REQUIRE(index.report().documents == 900);
    Result<Searcher> searcher = Searcher::open(index.path());
    REQUIRE(searcher);
    std::mt19937 random(11);
    std::size_t hits = 0;
    for (int i = 0; i < 1000; ++i) {
        Words phrase;
        for (std::size_t n = 2 + random() % 3; n > 0; --n)
            phrase.push_back(random_words()[random() % (2 + random() % 8)]);
        const auto want = expected(index, [&](const RandomArticle& article) {
            return in_part(article, [&](const Words& text) { return has_phrase(text, phrase); });
        });
        hits += want.size();
        REQUIRE(found(*searcher, "\"" + RandomIndex::joined(phrase) + "\"") == want);
    }
    CHECK(hits > 1000);
}

TEST_CASE("search: NEAR and ADJ find what a scan of the words finds") {
    const RandomIndex index(2, 600);
    Result<Searcher> searcher = Searcher::open(index.path());
    REQUIRE(searcher);
    std::mt19937 random(12);
    for (int i = 0; i < 500; ++i) {
        const std::string a = random_words()[random() % 10], b = random_words()[random() % 10];
        const std::size_t distance = 1 + random() % 6;
        for (const bool ordered : {false, true}) {
            const auto want = expected(index, [&](const RandomArticle& article) {
                return in_part(article, [&](const Words& text) { return has_near(text, a, b, distance, ordered); });
            });
            REQUIRE(found(*searcher, a + (ordered ? " ADJ/" : " PROCHE/") + std::to_string(distance) + " " + b) ==
                    want);
        }
    }
}

TEST_CASE("search: boolean trees find what set arithmetic finds") {
    const RandomIndex index(3, 500);
    Result<Searcher> searcher = Searcher::open(index.path());
    REQUIRE(searcher);
    std::mt19937 random(13);
    for (int i = 0; i < 200; ++i) {
        const std::string a = random_words()[random() % 10], b = random_words()[random() % 10],
                          c = random_words()[random() % 10];
        const auto check = [&](const std::string& query, const std::function<bool(const RandomArticle&)>& holds,
                               MatchMode mode = MatchMode::all) {
            INFO(query);
            REQUIRE(found(*searcher, query, mode) == expected(index, holds));
        };
        check(a + " " + b, [&](const auto& d) { return has(d, a) && has(d, b); });
        check(
            a + " " + b, [&](const auto& d) { return has(d, a) || has(d, b); }, MatchMode::any);
        check(a + " ET " + b + " OU " + c, [&](const auto& d) { return (has(d, a) && has(d, b)) || has(d, c); });
        check("(" + a + " OR " + b + ") -" + c, [&](const auto& d) { return (has(d, a) || has(d, b)) && !has(d, c); });
        check(a + " SAUF " + b, [&](const auto& d) { return has(d, a) && !has(d, b); });
        check(
            "+" + a + " " + b, [&](const auto& d) { return has(d, a); }, MatchMode::any);
        check("title:" + a, [&](const auto& d) { return has_phrase(d.title, {a}); });
        check(a.substr(0, 3) + "*", [&](const auto& d) {
            return std::any_of(random_words().begin(), random_words().end(),
                               [&](const std::string& w) { return w.starts_with(a.substr(0, 3)) && has(d, w); });
        });
        check("source:source3.fr " + a, [&](const auto& d) { return d.source == "source3.fr" && has(d, a); });
        check("date:2021-03..2022", [&](const auto& d) {
            return d.date.size() >= 7 && d.date.substr(0, 7) >= "2021-03" && d.date.substr(0, 4) <= "2022";
        });
    }
}

TEST_CASE("search: facet counts equal a count by hand") {
    const RandomIndex index(4, 1500);
    Result<Searcher> searcher = Searcher::open(index.path());
    REQUIRE(searcher);
    std::mt19937 random(14);
    for (int i = 0; i < 300; ++i) {
        const std::string word = random_words()[random() % 10];
        SearchRequest request;
        request.query = i == 0 ? "*" : word;
        request.limit = random() % 20;
        request.records = request.snippets = false;
        request.facets = *parse_facets("source,date:year,date:month,date");
        request.facet_limit = 0;
        const Result<SearchResult> result = searcher->search(request);
        REQUIRE(result);
        std::map<std::string, std::map<std::string, std::uint64_t>> want;
        for (const RandomArticle& article : index.articles()) {
            if (i != 0 && !has(article, word)) continue;
            ++want["source"][article.source];
            if (article.date.empty()) continue;
            ++want["date:year"][article.date.substr(0, 4)];
            ++want["date:month"][article.date.substr(0, 7)];
            ++want["date"][article.date];
        }
        REQUIRE(result->facets.size() == 4);
        for (const Facet& facet : result->facets) {
            std::map<std::string, std::uint64_t> got;
            for (const FacetValue& value : facet.values) got[value.value] = value.count;
            INFO(word << " " << facet.name);
            REQUIRE(got == want[facet.name]);
            REQUIRE(
                std::is_sorted(facet.values.begin(), facet.values.end(), [](const FacetValue& a, const FacetValue& b) {
                    return a.count != b.count ? a.count > b.count : a.value < b.value;
                }));
        }
    }
}

TEST_CASE("search: pages put together are the whole answer, each hit once") {
    const RandomIndex index(5, 400);
    Result<Searcher> searcher = Searcher::open(index.path());
    REQUIRE(searcher);
    for (const SortOrder sort : {SortOrder::relevance, SortOrder::date, SortOrder::date_down, SortOrder::title}) {
        SearchRequest request;
        request.query = "lapin";
        request.sort = sort;
        request.snippets = false;
        request.limit = 100000;
        const Result<SearchResult> whole = searcher->search(request);
        REQUIRE(whole);
        REQUIRE(whole->hits.size() > 50);
        std::vector<std::string> all, paged, dates;
        for (const Hit& hit : whole->hits) {
            all.push_back(hit.id);
            dates.push_back(hit.date);
        }
        request.limit = 7;
        for (request.offset = 0; request.offset < all.size(); request.offset += 7) {
            const Result<SearchResult> page = searcher->search(request);
            REQUIRE(page);
            for (const Hit& hit : page->hits) {
                paged.push_back(hit.id);
                CHECK(hit.rank == paged.size());
            }
        }
        CHECK(paged == all);
        const auto undated = std::find(dates.begin(), dates.end(), "");
        if (sort == SortOrder::date || sort == SortOrder::date_down) {
            CHECK(std::all_of(undated, dates.end(), [](const std::string& date) { return date.empty(); }));
            CHECK(undated != dates.end());
        }
        if (sort == SortOrder::date) CHECK(std::is_sorted(dates.begin(), undated));
        if (sort == SortOrder::date_down) CHECK(std::is_sorted(dates.begin(), undated, std::greater<>()));
    }
}

TEST_CASE("search: an index does not depend on the number of threads") {
    const RandomIndex one(6, 1300, 1), four(6, 1300, 4);
    Result<Searcher> a = Searcher::open(one.path()), b = Searcher::open(four.path());
    REQUIRE(a);
    REQUIRE(b);
    const auto bytes = [](const Searcher& searcher) {
        std::ifstream in(searcher.index().generation() / "columns-000000.lim", std::ios::binary);
        std::string all{std::istreambuf_iterator<char>(in), {}};
        // The path of the input is part of a record; the two indexes read two files.
        return all.size();
    };
    CHECK(bytes(*a) == bytes(*b));
    for (const std::string query : {"lapin volcan", "\"lapin bretagne\"", "wagon OU parfum"})
        CHECK(found(*a, query) == found(*b, query));
}
