#include <algorithm>
#include <fstream>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "indexer/build.hpp"
#include "searcher/facets.hpp"
#include "searcher/search.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

/// An index of texts that say a few topics each, of all depths.
class TopicIndex {
 public:
    TopicIndex(unsigned seed, std::size_t documents) {
        constexpr const char* k_cues[] = {
            "football",   "rugby",      "levée de fonds",     "agriculture", "blé",    "blanchiment d'argent",
            "avortement", "astronomie", "Bundesliga",         "athlétisme",  "jardin", "bande dessinée",
            "obésité",    "Rafale",     "Ligue des champions"};
        std::mt19937 random(seed);
        std::ofstream out(folder_.path() / "articles.jsonl");
        for (std::size_t i = 0; i < documents; ++i) {
            std::string text;
            for (std::size_t n = random() % 4; n > 0; --n) {
                const std::string cue = k_cues[random() % std::size(k_cues)];
                for (int times = 0; times < 4; ++times) text += "Voici " + cue + ". ";
            }
            out << R"({"id":")" << seed << '-' << i << R"(","title":"","body":")" << text << "Fin.\"}\n";
        }
        out.close();
        BuildOptions options;
        options.paths = {folder_.path() / "articles.jsonl"};
        options.db = folder_.path() / "db";
        build_index(options);
    }
    std::filesystem::path path() const { return folder_.path() / "db"; }

 private:
    ScratchFolder folder_;
};

SearchResult found(Searcher& searcher, const std::string& query, const char* facets, std::size_t limit = 0,
                   FacetOrder order = FacetOrder::count) {
    SearchRequest request;
    request.query = query;
    request.limit = 0;
    request.facets = *parse_facets(facets);
    request.facet_limit = limit;
    request.facet_order = order;
    Result<SearchResult> result = searcher.search(request);
    REQUIRE(result);
    return std::move(*result);
}

void check_tree(const std::vector<std::filesystem::path>& paths) {
    Result<Searcher> searcher = Searcher::open(paths);
    REQUIRE(searcher);
    for (const std::string query :
         {"*", "football", "topic:sport", "blé OU avortement", "topic:football SAUF rugby", "rien"}) {
        CAPTURE(query);
        const SearchResult result = found(*searcher, query, "topic:tree,topic");
        const std::vector<FacetValue>& tree = result.facets[0].values;
        std::map<std::string, FacetValue> seen;
        for (const FacetValue& value : tree) {
            CAPTURE(value.value);
            // The other way to the same number: the terms of the aliases that are above a topic.
            CHECK(found(*searcher, "(" + query + ") topic:\"" + value.value + "\"", "").total == value.count);
            CHECK(value.depth == (value.parent.empty() ? 0 : seen.at(value.parent).depth + 1));
            CHECK((value.parent.empty() || seen.at(value.parent).count >= value.count));
            CHECK(seen.emplace(value.value, value).second);
        }
        for (const FacetValue& value : result.facets[1].values) CHECK(seen.at(value.value).count >= value.count);
        for (const FacetOrder order : {FacetOrder::count, FacetOrder::name}) {
            const std::vector<FacetValue> all = found(*searcher, query, "topic:tree", 0, order).facets[0].values;
            const std::vector<FacetValue> some = found(*searcher, query, "topic:tree", 7, order).facets[0].values;
            CHECK(some.size() >= std::min<std::size_t>(all.size(), 7));
            // A shorter list leaves values out, and no value without what is above it.
            std::set<std::string> listed;
            auto at = all.begin();
            for (const FacetValue& value : some) {
                at = std::find_if(at, all.end(), [&](const FacetValue& other) { return other.value == value.value; });
                REQUIRE(at != all.end());
                CHECK((value.parent.empty() || listed.contains(value.parent)));
                listed.insert(value.value);
            }
        }
    }
}

/// Names of the values listed, a star before those selected.
std::string names(const std::vector<FacetValue>& values) {
    std::string text;
    for (const FacetValue& value : values)
        text += (text.empty() ? "" : ", ") + std::string(value.selected ? "*" : "") + value.value;
    return text;
}

}  // namespace

TEST_CASE("topic tree: a count is what topic: finds, in one index and in several") {
    const TopicIndex index(1, 400), more(2, 90);
    check_tree({index.path()});
    check_tree({index.path(), more.path()});
}

TEST_CASE("topic tree: what is selected, and what a word leaves") {
    const TopicIndex index(3, 200);
    Result<Searcher> searcher = Searcher::open(index.path());
    REQUIRE(searcher);
    const auto listed = [&](const char* query, const char* facets, std::size_t limit = 0) {
        return names(found(*searcher, query, facets, limit).facets[0].values);
    };
    CHECK(listed("topic:rugby", "topic:tree~rug") == "Sport, *Rugby");
    CHECK(listed("*", "topic:arbre~rug") == "Sport, Rugby");
    const std::string below = listed("topic:sport", "topic:tree~sport");
    CHECK(below.starts_with("*Sport, *"));
    CHECK(below.find(", *Rugby") != std::string::npos);
    CHECK(listed("topic:sport", "topic:tree", 1) == "*Sport");
    // Chosen, and of no document found.
    CHECK(listed("topic:rugby introuvable", "topic:tree") == "Sport, *Rugby");
    CHECK_FALSE(parse_facets("topic:forest"));
    CHECK_FALSE(parse_facets("person:tree"));
    CHECK_FALSE(parse_significant("topic:tree"));
}
