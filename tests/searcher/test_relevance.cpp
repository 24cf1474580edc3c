// The judged queries of corpus/ against stored figures. UPDATE=1 writes what came instead: read the difference first.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "indexer/build.hpp"
#include "searcher/search.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

constexpr const char* k_figures = LIMIER_SOURCE_DIR "/tests/data/relevance.tsv";
constexpr std::size_t k_cut = 10;
constexpr double k_query_slack = 0.02;
constexpr double k_mean_slack = 0.005;

struct Figures {
    double ndcg = 0, recall = 0;
};

using Grades = std::map<std::string, int>;

std::map<std::string, Grades> read_qrels() {
    std::map<std::string, Grades> qrels;
    std::ifstream in(LIMIER_SOURCE_DIR "/corpus/qrels.txt");
    std::string qid, zero, document;
    int grade = 0;
    while (in >> qid >> zero >> document >> grade) qrels[qid][document] = grade;
    return qrels;
}

std::map<std::string, std::string> read_queries() {
    std::map<std::string, std::string> queries;
    std::ifstream in(LIMIER_SOURCE_DIR "/corpus/queries.tsv");
    for (std::string line; std::getline(in, line);)
        queries[line.substr(0, line.find('\t'))] = line.substr(line.find('\t') + 1);
    return queries;
}

/// nDCG with gain 2^grade - 1 (Burges et al., 2005), and the share of relevant documents among the first ten.
Figures figures_of(const std::vector<std::string>& ranking, const Grades& grades) {
    std::vector<int> best;
    std::size_t relevant = 0, found = 0;
    for (const auto& [document, grade] : grades) {
        best.push_back(grade);
        relevant += grade > 0;
    }
    std::sort(best.rbegin(), best.rend());
    double gain = 0, ideal = 0;
    for (std::size_t i = 0; i < std::min(ranking.size(), k_cut); ++i) {
        const auto judged = grades.find(ranking[i]);
        const int grade = judged == grades.end() ? 0 : judged->second;
        gain += (std::pow(2.0, grade) - 1) / std::log2(static_cast<double>(i) + 2);
        found += grade > 0;
    }
    for (std::size_t i = 0; i < std::min(best.size(), k_cut); ++i)
        ideal += (std::pow(2.0, best[i]) - 1) / std::log2(static_cast<double>(i) + 2);
    return {gain / ideal, static_cast<double>(found) / static_cast<double>(std::min(relevant, k_cut))};
}

std::string three(double value) {
    std::ostringstream out;
    out.precision(3);
    out << std::fixed << value;
    return out.str();
}

}  // namespace

TEST_CASE("relevance: no judged query of the corpus falls behind its stored figures") {
    const ScratchFolder folder;
    BuildOptions options;
    options.paths = {LIMIER_SOURCE_DIR "/corpus"};
    options.db = folder.path() / "db";
    REQUIRE_FALSE(build_index(options).error);
    Result<Searcher> searcher = Searcher::open(options.db);
    REQUIRE(searcher);
    const auto qrels = read_qrels();
    const auto queries = read_queries();
    CHECK(queries.size() >= 40);
    std::map<std::string, Figures> stored;
    std::ifstream in(k_figures);
    for (std::string qid; in >> qid;) in >> stored[qid].ndcg >> stored[qid].recall;
    std::string table;
    double mean = 0, stored_mean = 0;
    for (const auto& [qid, query] : queries) {
        INFO(qid << " " << query);
        REQUIRE(qrels.contains(qid));
        const Grades& grades = qrels.at(qid);
        for (const auto& [document, grade] : grades) {
            INFO(document);
            const auto text = searcher->text_of(document);
            REQUIRE(text);
            CHECK(text->has_value());
        }
        SearchRequest request;
        request.query = query;
        request.limit = k_cut;
        request.relax = true;
        request.records = false;
        const Result<SearchResult> result = searcher->search(request);
        REQUIRE(result);
        std::vector<std::string> ranking;
        for (const Hit& hit : result->hits) ranking.push_back(hit.id);
        const Figures now = figures_of(ranking, grades);
        table += qid + "\t" + three(now.ndcg) + "\t" + three(now.recall) + "\n";
        mean += now.ndcg / static_cast<double>(queries.size());
        if (std::getenv("UPDATE") != nullptr) continue;
        REQUIRE(stored.contains(qid));
        stored_mean += stored[qid].ndcg / static_cast<double>(queries.size());
        CHECK(now.ndcg >= stored[qid].ndcg - k_query_slack);
        CHECK(now.recall >= stored[qid].recall - k_query_slack);
    }
    if (std::getenv("UPDATE") != nullptr) std::ofstream(k_figures) << table;
    WARN("mean nDCG@10 of " << queries.size() << " queries: " << three(mean));
    CHECK(mean >= stored_mean - k_mean_slack);
    CHECK(mean >= 0.8);
}
