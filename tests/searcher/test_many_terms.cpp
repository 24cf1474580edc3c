#include <algorithm>
#include <fstream>
#include <functional>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "indexer/build.hpp"
#include "searcher/query/many_terms.hpp"
#include "searcher/search.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

struct Text {
    std::set<std::string> title, body;
};

bool any_starts(const std::set<std::string>& words, const std::string& prefix) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return word.starts_with(prefix); });
}

/// Forty words that begin alike, and two others, in a hundred and fifty documents.
class Indexed {
 public:
    Indexed() {
        std::mt19937 random(4);
        std::ofstream out(folder_.path() / "texts.jsonl");
        for (int i = 0; i < 150; ++i) {
            Text text;
            std::string title = drawn(random, text.title, 2), body = drawn(random, text.body, 6);
            out << R"({"id":")" << i << R"(","title":")" << title << R"(","body":")" << body << "\"}\n";
            texts_.push_back(std::move(text));
        }
        out.close();
        BuildOptions options;
        options.paths = {folder_.path() / "texts.jsonl"};
        options.db = folder_.path() / "db";
        build_index(options);
    }
    const std::vector<Text>& texts() const { return texts_; }
    std::filesystem::path path() const { return folder_.path() / "db"; }

 private:
    static std::string drawn(std::mt19937& random, std::set<std::string>& words, unsigned most) {
        std::string text;
        for (auto n = random() % (most + 1); n > 0; --n) {
            const auto pick = random() % 80;
            std::string word =
                pick < 40   ? "zorb" + std::string(1, static_cast<char>('a' + pick % 20)) + (pick < 20 ? "k" : "x")
                : pick < 60 ? "granit"
                            : "parfum";
            words.insert(word);
            text += (text.empty() ? "" : " ") + word;
        }
        return text;
    }
    ScratchFolder folder_;
    std::vector<Text> texts_;
};

}  // namespace

TEST_CASE("many terms: a word that stands for many finds what any of them finds, wherever it stands") {
    const Indexed index;
    Result<Searcher> searcher = Searcher::open(index.path());
    REQUIRE(searcher);
    const auto everywhere = [](const Text& text, const std::string& prefix) {
        return any_starts(text.title, prefix) || any_starts(text.body, prefix);
    };
    const struct {
        std::string query;
        std::function<bool(const Text&)> holds;
    } rows[] = {
        {"zorb*", [&](const Text& text) { return everywhere(text, "zorb"); }},
        {"z*", [&](const Text& text) { return everywhere(text, "zorb"); }},
        {"zorb* granit", [&](const Text& text) { return everywhere(text, "zorb") && everywhere(text, "granit"); }},
        {"zorb* OR granit", [&](const Text& text) { return everywhere(text, "zorb") || everywhere(text, "granit"); }},
        {"granit -zorb*", [&](const Text& text) { return everywhere(text, "granit") && !everywhere(text, "zorb"); }},
        {"title:zorb*", [](const Text& text) { return any_starts(text.title, "zorb"); }},
        {"zorb* -title:z*",
         [&](const Text& text) { return everywhere(text, "zorb") && !any_starts(text.title, "zorb"); }},
        {"parfum zorb*^3", [&](const Text& text) { return everywhere(text, "zorb") && everywhere(text, "parfum"); }},
    };
    for (const auto& row : rows) {
        CAPTURE(row.query);
        std::set<std::string> expected;
        for (std::size_t i = 0; i < index.texts().size(); ++i)
            if (row.holds(index.texts()[i])) expected.insert(std::to_string(i));
        REQUIRE(!expected.empty());
        for (const bool exact : {true, false}) {
            SearchRequest request;
            request.query = row.query;
            request.limit = 1000;
            request.exact_total = exact;
            const Result<SearchResult> result = searcher->search(request);
            REQUIRE(result);
            std::set<std::string> found;
            double score = 1e9;
            for (const Hit& hit : result->hits) {
                CHECK(hit.score <= score);
                score = hit.score;
                found.insert(hit.id);
            }
            CHECK(found == expected);
            CHECK(result->total == expected.size());
        }
    }
}

TEST_CASE("many terms: documents come in order, weigh more for more occurrences, and none above the most") {
    const Indexed indexed;
    Result<Searcher> searcher = Searcher::open(indexed.path());
    REQUIRE(searcher);
    const Index& index = searcher->index();
    std::vector<std::string> terms;
    for (auto term = index.database().allterms_begin("zorb"); term != index.database().allterms_end("zorb"); ++term)
        terms.push_back(*term);
    REQUIRE(terms.size() >= k_many_terms);
    const WeightedDocuments all = any_term(index, terms);
    REQUIRE(all.parts.size() == 1);
    const WeightedDocuments::Part& found = all.parts.front();
    CHECK(std::is_sorted(found.documents.begin(), found.documents.end()));
    CHECK(std::adjacent_find(found.documents.begin(), found.documents.end()) == found.documents.end());
    REQUIRE(found.weights.size() == found.documents.size());
    CHECK(*std::max_element(found.weights.begin(), found.weights.end()) == all.most);
    CHECK(*std::min_element(found.weights.begin(), found.weights.end()) > 0);
    CHECK(any_term(index, {"absent", "absente"}).parts.front().documents.empty());
}
