// An index that was updated answers as one that was built whole.
#include <fstream>
#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "indexer/build.hpp"
#include "searcher/search.hpp"
#include "tests/scratch.hpp"
#include "tests/searcher/random_index.hpp"

using namespace limier;

namespace {

/// The articles of a folder, by id, that come, change and go.
class Newsroom {
 public:
    explicit Newsroom(unsigned seed) : random_(seed) {}

    std::filesystem::path file() const { return folder_.path() / "articles.jsonl"; }
    std::filesystem::path db(const std::string& name) const { return folder_.path() / name; }
    std::size_t size() const { return articles_.size(); }

    void write(std::size_t articles) {
        for (; articles > 0; --articles) articles_["doc" + std::to_string(next_++)] = article();
    }
    void change(std::size_t most) {
        for (auto& [id, body] : articles_)
            if (random_() % articles_.size() < most) body = article();
    }
    std::vector<std::string> forget(std::size_t most) {
        std::vector<std::string> ids;
        for (const auto& [id, body] : articles_)
            if (random_() % articles_.size() < most) ids.push_back(id);
        for (const std::string& id : ids) articles_.erase(id);
        return ids;
    }
    void save() const {
        std::ofstream out(file());
        for (const auto& [id, members] : articles_) out << "{\"id\":\"" << id << "\"," << members << "}\n";
    }
    BuildReport build(const std::string& name, bool update, bool prune = true) const {
        BuildOptions options;
        options.paths = {file()};
        options.db = db(name);
        options.jobs = 2;
        options.update = update;
        options.prune = prune;
        return build_index(options);
    }

 private:
    std::string article() {
        const auto words = [this](std::size_t least, std::size_t most) {
            std::vector<std::string> list;
            for (std::size_t n = least + random_() % (most - least + 1); n > 0; --n)
                list.push_back(random_words()[random_() % random_words().size()]);
            return RandomIndex::joined(list);
        };
        std::string members = "\"title\":\"" + words(0, 4) + "\",\"body\":\"" + words(1, 25) +
                              "\",\"source\":\"source" + std::to_string(random_() % 5) + ".fr\"";
        if (random_() % 3 > 0) members += ",\"author\":\"Auteur " + std::to_string(random_() % 40) + "\"";
        if (random_() % 3 > 0)
            members +=
                ",\"date\":\"202" + std::to_string(random_() % 4) + "-0" + std::to_string(1 + random_() % 9) + "\"";
        return members + ",\"page\":" + std::to_string(random_() % 9) + ".50";
    }

    ScratchFolder folder_;
    std::mt19937 random_;
    std::size_t next_ = 0;
    std::map<std::string, std::string> articles_;
};

const char* const k_queries[] = {"lapin",
                                 "lapin volcan",
                                 "has:author",
                                 "-has:date",
                                 "\"lapin noir\" OU tambour",
                                 "\"granit parfum\"",
                                 "lap* -volcan",
                                 "*",
                                 "fromage PROCHE/4 violon",
                                 "source:source1.fr",
                                 "author:\"Auteur 3\" OU wagon",
                                 "date:2021..",
                                 "titre:lapin",
                                 "*on",
                                 "absent"};

SearchRequest request_for(const std::string& query) {
    SearchRequest request;
    request.query = query;
    request.limit = 100'000;
    request.facets = *parse_facets("source,author,date:year,date:month");
    request.facet_limit = 0;
    return request;
}

std::map<std::string, double> scores(const SearchResult& result) {
    std::map<std::string, double> scores;
    for (const Hit& hit : result.hits) REQUIRE(scores.emplace(hit.id, hit.score).second);
    return scores;
}

/// Same documents, totals and facets; and, where asked, scores.
void check_equal(Searcher& one, Searcher& other, bool scored) {
    CHECK(one.index().documents() == other.index().documents());
    for (const char* const query : k_queries) {
        for (const SortOrder sort : {SortOrder::relevance, SortOrder::date, SortOrder::title}) {
            for (const bool exact : {true, false}) {
                SearchRequest request = request_for(query);
                request.sort = sort;
                request.exact_total = exact;
                const Result<SearchResult> a = one.search(request), b = other.search(request);
                INFO(query);
                REQUIRE(a);
                REQUIRE(b);
                CHECK(a->total == b->total);
                CHECK(a->exact == b->exact);
                const auto by_id = scores(*a), expected = scores(*b);
                REQUIRE(by_id.size() == expected.size());
                for (const auto& [id, score] : expected) {
                    REQUIRE(by_id.contains(id));
                    if (scored) CHECK(by_id.at(id) == Approx(score).margin(1e-6));
                }
                if (sort == SortOrder::date) {
                    for (std::size_t i = 0; i < a->hits.size(); ++i) CHECK(a->hits[i].date == b->hits[i].date);
                }
                REQUIRE(a->facets.size() == b->facets.size());
                for (std::size_t f = 0; f < a->facets.size(); ++f) {
                    const auto &got = a->facets[f].values, &want = b->facets[f].values;
                    INFO(a->facets[f].name);
                    REQUIRE(got.size() == want.size());
                    for (std::size_t i = 0; i < got.size(); ++i) {
                        CHECK(got[i].value == want[i].value);
                        CHECK(got[i].count == want[i].count);
                    }
                }
                request.limit = 0;
                CHECK(one.search(request)->total == b->total);
            }
        }
    }
}

void check_equal(const std::vector<std::filesystem::path>& one, const std::filesystem::path& other, bool scored) {
    Result<Searcher> a = Searcher::open(one), b = Searcher::open(other);
    REQUIRE(a);
    REQUIRE(b);
    check_equal(*a, *b, scored);
}

}  // namespace

TEST_CASE("update: an index that was updated many times answers as one built of what there is now") {
    Newsroom newsroom(7);
    newsroom.write(300);
    newsroom.save();
    REQUIRE_FALSE(newsroom.build("grown", false).error);
    std::size_t most_parts = 0;
    for (int round = 1; round <= 12; ++round) {
        const std::vector<std::string> gone = newsroom.forget(5);
        newsroom.change(6);
        newsroom.write(static_cast<std::size_t>(round % 4) * 4);
        newsroom.save();
        const BuildReport report = newsroom.build("grown", true);
        REQUIRE_FALSE(report.error);
        CHECK(report.removed == gone.size());
        CHECK(report.documents + report.unchanged == newsroom.size());
        most_parts = std::max(most_parts, Index::open(newsroom.db("grown"))->segments().size());
        if (round % 4 != 0) continue;
        REQUIRE_FALSE(newsroom.build("whole", false).error);
        check_equal({newsroom.db("grown")}, newsroom.db("whole"), false);
        CHECK(check_index(newsroom.db("grown"))->empty());
    }
    CHECK(most_parts > 1);
    CHECK(most_parts <= 4);
    BuildOptions options;
    options.indexes = {newsroom.db("grown")};
    options.db = newsroom.db("grown");
    REQUIRE_FALSE(build_index(options).error);
    CHECK(Index::open(newsroom.db("grown"))->segments().size() == 1);
    check_equal({newsroom.db("grown")}, newsroom.db("whole"), true);
}

TEST_CASE("update: what is the same is left alone, and nothing is published") {
    Newsroom newsroom(8);
    newsroom.write(50);
    newsroom.save();
    REQUIRE_FALSE(newsroom.build("db", false).error);
    const auto before = Index::open(newsroom.db("db"))->generation();
    const BuildReport report = newsroom.build("db", true);
    REQUIRE_FALSE(report.error);
    CHECK(report.unchanged == 50);
    CHECK(report.documents == 0);
    CHECK(Index::open(newsroom.db("db"))->generation() == before);
}

TEST_CASE("update: without --prune what is not met stays; a reader keeps the state it opened") {
    Newsroom newsroom(9);
    newsroom.write(40);
    newsroom.save();
    REQUIRE_FALSE(newsroom.build("db", false).error);
    Result<Searcher> reader = Searcher::open(newsroom.db("db"));
    REQUIRE(reader);
    newsroom.forget(10);
    newsroom.write(3);
    newsroom.save();
    for (int i = 0; i < 3; ++i) {
        newsroom.write(1);
        newsroom.save();
        REQUIRE_FALSE(newsroom.build("db", true, false).error);
    }
    CHECK(reader->search(request_for("*"))->total == 40);
    REQUIRE(reader->refresh());
    CHECK(reader->search(request_for("*"))->total == 46);
}

TEST_CASE("remove: the documents are gone, the last one too, and can come back") {
    Newsroom newsroom(10);
    newsroom.write(5);
    newsroom.save();
    REQUIRE_FALSE(newsroom.build("db", false).error);
    const BuildReport report = remove_documents(newsroom.db("db"), {"doc1", "doc3", "doc1", "nobody"});
    REQUIRE_FALSE(report.error);
    CHECK(report.removed == 2);
    CHECK(report.refusals.size() == 2);
    Result<Searcher> searcher = Searcher::open(newsroom.db("db"));
    REQUIRE(searcher);
    CHECK(scores(*searcher->search(request_for("*"))).size() == 3);
    CHECK_FALSE(searcher->text_of("doc1")->has_value());
    CHECK(remove_documents(newsroom.db("db"), {"doc0", "doc2", "doc4"}).removed == 3);
    REQUIRE(searcher->refresh());
    CHECK(searcher->search(request_for("*"))->total == 0);
    CHECK(check_index(newsroom.db("db"))->empty());
    CHECK(newsroom.build("db", true).documents == 5);
    REQUIRE(searcher->refresh());
    CHECK(searcher->search(request_for("*"))->total == 5);
    CHECK(searcher->text_of("doc1")->has_value());
}

TEST_CASE("search: several indexes answer as one of all their documents") {
    Newsroom whole(11), rest(12);
    whole.write(150);
    whole.save();
    REQUIRE_FALSE(whole.build("first", false).error);
    std::ifstream before(whole.file());
    std::string lines{std::istreambuf_iterator<char>(before), {}};
    std::string more;
    rest.write(40);
    rest.save();
    {
        std::ifstream in(rest.file());
        for (std::string line; std::getline(in, line);) more += "{\"id\":\"rest-" + line.substr(7) + "\n";
    }
    std::ofstream(rest.file()) << more;
    REQUIRE_FALSE(rest.build("second", false).error);
    std::ofstream(whole.file()) << lines + more;
    REQUIRE_FALSE(whole.build("whole", false).error);
    check_equal({whole.db("first"), rest.db("second")}, whole.db("whole"), true);
    CHECK(Index::open(std::vector{whole.db("first"), whole.db("first")}).error().code == Code::usage);
}
