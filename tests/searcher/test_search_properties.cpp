#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "common/dates.hpp"
#include "common/text/fold.hpp"
#include "searcher/search.hpp"
#include "searcher/weeks.hpp"
#include "tests/damage.hpp"
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

TEST_CASE("search: the best hits are the same whether the total is wanted or not") {
    const RandomIndex index(9, 900);
    Result<Searcher> searcher = Searcher::open(index.path());
    REQUIRE(searcher);
    std::mt19937 random(16);
    std::size_t hits = 0;
    for (int i = 0; i < 400; ++i) {
        const auto word = [&random] { return random_words()[random() % 7]; };
        const std::string phrase = "\"" + word() + " " + word() + "\"", near = word() + " PROCHE/3 " + word();
        const std::string queries[] = {phrase,
                                       near,
                                       phrase + " " + word(),
                                       phrase + " -" + phrase,
                                       "+" + phrase + "^2 " + word(),
                                       phrase + " OU " + word(),
                                       "(" + near + ") " + phrase};
        SearchRequest request;
        request.query = queries[random() % std::size(queries)];
        request.match = random() % 2 == 0 ? MatchMode::all : MatchMode::any;
        request.sort = random() % 3 == 0 ? SortOrder::date : SortOrder::relevance;
        request.limit = 1 + random() % 10;
        request.records = request.snippets = false;
        const auto ids = [&](bool exact) {
            request.exact_total = exact;
            const Result<SearchResult> result = searcher->search(request);
            REQUIRE(result);
            CHECK(result->total >= result->hits.size());
            std::vector<std::pair<std::string, double>> list;
            for (const Hit& hit : result->hits) list.emplace_back(hit.id, hit.score);
            return list;
        };
        INFO(request.query);
        const auto with_total = ids(true);
        CHECK(ids(false) == with_total);
        hits += with_total.size();
    }
    CHECK(hits > 1000);
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
        check(
            "source:source3.fr " + a + " " + b,
            [&](const auto& d) { return d.source == "source3.fr" && (has(d, a) || has(d, b)); }, MatchMode::any);
        check("date:2021-03..2022", [&](const auto& d) {
            return d.date.size() >= 7 && d.date.substr(0, 7) >= "2021-03" && d.date.substr(0, 4) <= "2022";
        });
    }
}

namespace {

using ByHand = std::map<std::string, std::map<std::string, std::uint64_t>>;

ByHand count_by_hand(const std::vector<RandomArticle>& articles,
                     const std::function<bool(const RandomArticle&)>& holds) {
    ByHand want;
    for (const RandomArticle& article : articles) {
        if (!holds(article)) continue;
        ++want["source"][article.source];
        if (!article.author.empty()) ++want["author"][article.author];
        if (article.date.empty()) continue;
        ++want["date:year"][article.date.substr(0, 4)];
        ++want["date"][article.date];
        if (article.date.size() >= 7) ++want["date:month"][article.date.substr(0, 7)];
        if (article.date.size() == 10) ++want["date:day"][article.date];
        if (article.date.size() == 10) ++want["date:week"][week_text(*parse_date(article.date))];
    }
    return want;
}

/// The values of a facet in its order: the first `limit` (0: all), and the selected one.
std::vector<std::pair<std::string, std::uint64_t>> in_order(const std::map<std::string, std::uint64_t>& counts,
                                                            std::size_t limit, const std::string& selected) {
    std::vector<std::pair<std::string, std::uint64_t>> list(counts.begin(), counts.end());
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<std::pair<std::string, std::uint64_t>> kept;
    for (const auto& value : list) {
        if (limit == 0 || kept.size() < limit || value.first == selected) kept.push_back(value);
    }
    return kept;
}

/// Holds the facets of many queries, which match a few documents to all, against a count by hand.
void check_facets(const std::vector<std::filesystem::path>& db, const std::vector<RandomArticle>& articles,
                  unsigned seed) {
    Result<Searcher> searcher = Searcher::open(db);
    REQUIRE(searcher);
    std::mt19937 random(seed);
    for (int i = 0; i < 300; ++i) {
        const std::string a = random_words()[random() % 10], b = random_words()[random() % 10],
                          c = random_words()[random() % 10];
        SearchRequest request;
        std::function<bool(const RandomArticle&)> holds;
        std::string selected;
        if (i % 5 == 0) {
            request.query = "*";
            holds = [](const RandomArticle&) { return true; };
        } else if (i % 5 == 1) {
            request.query = a + " OU " + b + " OU " + c;
            holds = [&](const RandomArticle& d) { return has(d, a) || has(d, b) || has(d, c); };
        } else if (i % 5 == 2) {
            request.query = "\"" + a + " " + b + " " + c + "\"";
            holds = [&](const RandomArticle& d) {
                return in_part(d, [&](const Words& text) { return has_phrase(text, {a, b, c}); });
            };
        } else if (i % 5 == 3) {
            selected = "source3.fr";
            request.query = "source:source3.fr OU " + a;
            holds = [&](const RandomArticle& d) { return d.source == selected || has(d, a); };
        } else {
            request.query = a;
            holds = [&](const RandomArticle& d) { return has(d, a); };
        }
        request.limit = random() % 20;
        request.records = request.snippets = false;
        request.facets = *parse_facets("source,author,date:year,date:month,date:week,date:day,date");
        request.facet_limit = random() % 2 == 0 ? 0 : 1 + random() % 12;
        const Result<SearchResult> result = searcher->search(request);
        REQUIRE(result);
        REQUIRE(result->facets.size() == 7);
        ByHand want = count_by_hand(articles, holds);
        for (const Facet& facet : result->facets) {
            std::vector<std::pair<std::string, std::uint64_t>> got;
            for (const FacetValue& value : facet.values) {
                got.emplace_back(value.value, value.count);
                CHECK(value.selected == (value.value == selected));
            }
            INFO(request.query << " " << facet.name << " " << request.facet_limit);
            REQUIRE(got == in_order(want[facet.name], request.facet_limit, selected));
        }
    }
}

/// Documents of an index: none, all, single ones, or runs that take more or less of it.
std::vector<Xapian::docid> random_documents(std::mt19937& random, std::uint32_t all) {
    const auto kind = random() % 6;
    if (kind == 0) return {};
    std::vector<Xapian::docid> documents;
    const std::uint32_t longest = kind < 4 ? 1 : 200, gap = kind == 1 ? all / 3 : kind == 2 ? 1 + all / 100 : 3;
    for (Xapian::docid next = 1; next <= all;) {
        if (kind < 5) next += static_cast<Xapian::docid>(random() % gap);
        for (auto n = 1 + random() % longest; n > 0 && next <= all; --n) documents.push_back(next++);
        if (kind < 5) ++next;
    }
    return documents;
}

/// What the documents have of a facet, document by document.
std::map<std::string, std::uint64_t> walked(const Index& index, std::span<const Xapian::docid> documents,
                                            const FacetRequest& request) {
    std::map<std::string, std::uint64_t> counts;
    for (const Xapian::docid document : documents) {
        const Index::Place place = index.place(document);
        if (request.field != Field::date) {
            const FacetColumn column = place.segment->facet(request.field);
            for (const std::uint32_t value : column.values(place.row)) ++counts[std::string(column.label(value))];
            continue;
        }
        Date date = place.segment->date(place.row);
        const bool week = request.period == FacetRequest::Period::week;
        const bool lacks = request.period == FacetRequest::Period::day || week ? date.day == 0
                           : request.period == FacetRequest::Period::month     ? date.month == 0
                                                                               : date.year == 0;
        if (lacks) continue;
        if (request.period == FacetRequest::Period::year) date.month = date.day = 0;
        if (request.period == FacetRequest::Period::month) date.day = 0;
        ++counts[week ? week_text(date) : date_text(date)];
    }
    return counts;
}

/// These names are ASCII of one shape: their bytes sort as French does.
std::vector<std::pair<std::string, std::uint64_t>> by_name(const std::map<std::string, std::uint64_t>& counts,
                                                           std::size_t limit) {
    std::vector<std::pair<std::string, std::uint64_t>> list(counts.begin(), counts.end());
    if (limit != 0) list.resize(std::min(list.size(), limit));
    return list;
}

bool has_word_so(const std::string& name, const std::string& begin) {
    return (" " + fold_key(name)).find(" " + begin) != std::string::npos;
}

void check_counts(const std::vector<std::filesystem::path>& db, unsigned seed) {
    const Result<Index> index = Index::open(db);
    REQUIRE(index);
    const std::vector<Xapian::docid> all = index->all_documents();
    REQUIRE(all.size() == index->documents());
    std::mt19937 random(seed);
    const std::string words[] = {"", "~1", "~AUTEUR", "~Auteur 7", "~é"};
    for (int i = 0; i < 120; ++i) {
        auto documents = random_documents(random, index->documents());
        for (Xapian::docid& document : documents) document = all[document - 1];
        const auto requests =
            *parse_facets("source,author" + words[random() % 5] + ",date:year,date:month,date:week,date:day,date");
        const FacetListing listing{random() % 3 == 0 ? 0 : 1 + random() % 40,
                                   random() % 2 == 0 ? FacetOrder::name : FacetOrder::count,
                                   static_cast<std::uint32_t>(1 + random() % 4)};
        const std::vector<Facet> facets = count_facets(*index, documents, requests, {}, listing);
        REQUIRE(facets.size() == requests.size());
        for (std::size_t f = 0; f < facets.size(); ++f) {
            std::vector<std::pair<std::string, std::uint64_t>> got;
            for (const FacetValue& value : facets[f].values) got.emplace_back(value.value, value.count);
            auto want = walked(*index, documents, requests[f]);
            std::erase_if(want, [&](const auto& value) {
                return value.second < listing.least || !has_word_so(value.first, requests[f].word);
            });
            INFO(facets[f].name << "~" << requests[f].word << " of " << documents.size() << " documents, limit "
                                << listing.limit << ", at least " << listing.least);
            REQUIRE(got == (listing.order == FacetOrder::count ? in_order(want, listing.limit, "")
                                                               : by_name(want, listing.limit)));
        }
    }
}

}  // namespace

TEST_CASE("facets: counts equal those of a walk over the documents") {
    const RandomIndex index(31, 4000), more(32, 600);
    check_counts({index.path()}, 33);
    check_counts({index.path(), more.path()}, 34);
}

TEST_CASE("search: damage under good checksums is refused or not met, and never a crash") {
    const RandomIndex index(35, 600);
    const auto path = Index::open(index.path())->generation() / "part-000000" / "columns.lim";
    std::ostringstream sound;
    sound << std::ifstream(path, std::ios::binary).rdbuf();
    std::mt19937 random(36);
    int refused = 0;
    for (int i = 0; i < 300; ++i) {
        std::string damaged = sound.str();
        for (int n = 0; n < 40; ++n) damage_sealed(damaged, random);
        std::ofstream(path, std::ios::binary | std::ios::trunc) << damaged;
        Result<Searcher> searcher = Searcher::open(index.path());
        REQUIRE(searcher);
        for (const char* query : {"*", "lapin", "wagon", "\"lapin volcan\"", "lapin PROCHE/3 granit"}) {
            SearchRequest request;
            request.query = query;
            request.facets = *parse_facets("source,author~1,date:year,date:month,date");
            request.significant = *parse_significant("source,author");
            request.timeline = i % 2 == 0 ? FacetRequest::Period::none : FacetRequest::Period::day;
            const Result<SearchResult> result = searcher->search(request);
            if (result) continue;
            CHECK(result.error().code == Code::damaged);
            ++refused;
        }
    }
    CHECK(refused > 300);
}

TEST_CASE("search: facet counts equal a count by hand") {
    const RandomIndex index(4, 1500);
    check_facets({index.path()}, index.articles(), 14);
}

TEST_CASE("search: two indexes answer as one, by hand") {
    const RandomIndex index(7, 700), more(8, 600);
    const std::vector<std::filesystem::path> both{index.path(), more.path()};
    std::vector<RandomArticle> articles = index.articles();
    articles.insert(articles.end(), more.articles().begin(), more.articles().end());
    check_facets(both, articles, 15);
    Result<Searcher> searcher = Searcher::open(both);
    REQUIRE(searcher);
    SearchRequest request;
    request.query = "\"lapin volcan\"";
    request.limit = 0;
    const Result<SearchResult> result = searcher->search(request);
    REQUIRE(result);
    CHECK(result->total ==
          static_cast<std::uint64_t>(std::count_if(articles.begin(), articles.end(), [](const RandomArticle& article) {
              return in_part(article, [](const Words& text) { return has_phrase(text, {"lapin", "volcan"}); });
          })));
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
        std::ifstream in(searcher.index().generation() / "part-000000" / "columns.lim", std::ios::binary);
        std::string all{std::istreambuf_iterator<char>(in), {}};
        // The path of the input is part of a record; the two indexes read two files.
        return all.size();
    };
    CHECK(bytes(*a) == bytes(*b));
    for (const std::string query : {"lapin volcan", "\"lapin bretagne\"", "wagon OU parfum"})
        CHECK(found(*a, query) == found(*b, query));
}
