#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "searcher/search.hpp"
#include "searcher/similar.hpp"
#include "tests/searcher/random_index.hpp"
#include "tests/searcher/small_index.hpp"

using namespace limier;

namespace {

SearchResult similar(const std::filesystem::path& path, SimilarTo to, const std::string& query = {}) {
    Result<Searcher> searcher = Searcher::open(path);
    REQUIRE(searcher);
    SearchRequest request;
    request.query = query;
    request.similar = std::move(to);
    Result<SearchResult> result = searcher->search(request);
    REQUIRE(result);
    return std::move(*result);
}

std::vector<std::string> ids(const SearchResult& result) {
    std::vector<std::string> ids;
    for (const Hit& hit : result.hits) ids.push_back(hit.id);
    return ids;
}

TEST_CASE("similar: what shares names and rare words comes first, itself never") {
    const SmallIndex index({
        "Elon Musk présente une fusée réutilisable à Boca Chica.",            // a
        "La fusée réutilisable d'Elon Musk a décollé de Boca Chica.",         // b
        "Le maraîcher présente ses tomates anciennes au marché de Limoges.",  // c
        "Une fusée a décollé hier.",                                          // d
        "Les tomates anciennes ont gelé au marché.",                          // e
    });
    const SearchResult like_a = similar(index.path(), {true, "a", "a"});
    REQUIRE(like_a.total >= 2);
    CHECK(like_a.hits[0].id == "b");
    CHECK(std::find(like_a.hits[0].shared.begin(), like_a.hits[0].shared.end(), "Elon Musk") !=
          like_a.hits[0].shared.end());
    const std::vector<std::string> found = ids(like_a);
    CHECK(std::find(found.begin(), found.end(), "a") == found.end());
    CHECK(ids(similar(index.path(), {true, "c", "c"})).front() == "e");
    CHECK(ids(similar(index.path(), {true, "a", "a"}, "décoller")) == std::vector<std::string>{"b"});
}

TEST_CASE("similar: a text that is not in the index") {
    const SmallIndex index({"Les tomates anciennes ont gelé au marché.", "Une fusée a décollé hier."});
    CHECK(ids(similar(index.path(), {false, "Des tomates au marché, gelées.", "x"})) == std::vector<std::string>{"a"});
    CHECK(similar(index.path(), {false, "Zut et flûte.", "x"}).total == 0);
    CHECK(similar(index.path(), {false, "", "x"}).total == 0);
}

TEST_CASE("similar: an id that no document has is an error") {
    const SmallIndex index({"Une fusée a décollé hier."});
    Result<Searcher> searcher = Searcher::open(index.path());
    REQUIRE(searcher);
    SearchRequest request;
    request.similar = SimilarTo{true, "z", "z"};
    const Result<SearchResult> result = searcher->search(request);
    REQUIRE(!result);
    CHECK(result.error().code == Code::not_found);
}

TEST_CASE("similar: each hit shares what it is said to share, in order of the model") {
    const RandomIndex random(7, 120);
    Result<Searcher> searcher = Searcher::open(random.path());
    REQUIRE(searcher);
    const Index& index = searcher->index();
    for (std::uint32_t row = 0; row < index.documents(); row += 9) {
        const Index::Place place = index.place(row + 1);
        const std::string id(place.segment->record(place.row).id);
        const std::optional<Model> model = model_of_document(index, id);
        REQUIRE(model);
        CHECK(model->document == row + 1);
        SearchRequest request;
        request.similar = SimilarTo{true, id, id};
        const Result<SearchResult> result = searcher->search(request);
        REQUIRE(result);
        for (const Hit& hit : result->hits) {
            CHECK(hit.id != id);
            CHECK_FALSE(hit.shared.empty());
        }
        for (std::size_t i = 1; i < model->terms.size(); ++i)
            CHECK(model->terms[i].weight <= model->terms[i - 1].weight);
    }
}

}  // namespace
