// The judged queries of corpus/ against the figures they had when they were last looked at. After a change that is
// meant, UPDATE=1 writes what came to tests/data/relevance.tsv; read the difference before you commit it.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "indexer/build.hpp"
#include "searcher/search.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

constexpr std::size_t k_cut = 10;
constexpr double k_query_slack = 0.02;
constexpr double k_mean_slack = 0.005;

const std::filesystem::path k_corpus = std::filesystem::path(LIMIER_SOURCE_DIR) / "corpus";
const std::filesystem::path k_stored = std::filesystem::path(LIMIER_SOURCE_DIR) / "tests/data/relevance.tsv";

using Grades = std::map<std::string, int>;  ///< of one query, by document
using Ranking = std::vector<std::string>;

struct Query {
    std::string qid;
    std::string text;
};

struct Figures {
    double ndcg = 0;
    double recall = 0;
};

using FiguresByQuery = std::map<std::string, Figures>;

std::vector<Query> read_queries() {
    std::ifstream file(k_corpus / "queries.tsv");
    std::vector<Query> queries;
    for (Query query; std::getline(file, query.qid, '\t') && std::getline(file, query.text);) queries.push_back(query);
    return queries;
}

std::map<std::string, Grades> read_judgements() {
    std::ifstream file(k_corpus / "qrels.txt");
    std::map<std::string, Grades> judgements;
    std::string qid;
    std::string iteration;
    std::string document;
    for (int grade = 0; file >> qid >> iteration >> document >> grade;) judgements[qid][document] = grade;
    REQUIRE(file.eof());
    return judgements;
}

FiguresByQuery read_stored() {
    std::ifstream file(k_stored);
    FiguresByQuery stored;
    std::string qid;
    for (Figures row; file >> qid >> row.ndcg >> row.recall;) stored[qid] = row;
    REQUIRE(file.eof());
    return stored;
}

void write_stored(const FiguresByQuery& figures) {
    std::ofstream file(k_stored);
    file << std::fixed;
    file.precision(3);
    for (const auto& [qid, row] : figures) file << qid << '\t' << row.ndcg << '\t' << row.recall << '\n';
    REQUIRE(file);
}

double gain(int grade, std::size_t place) { return (std::exp2(grade) - 1) / std::log2(static_cast<double>(place) + 2); }

int grade_of(const Grades& grades, const std::string& document) {
    const auto found = grades.find(document);
    return found == grades.end() ? 0 : found->second;
}

std::size_t relevant_documents(const Grades& grades) {
    return static_cast<std::size_t>(
        std::count_if(grades.begin(), grades.end(), [](const auto& judged) { return judged.second > 0; }));
}

/// nDCG of the first ten (Järvelin and Kekäläinen, 2002), gain 2^grade-1; and which share of the relevant documents
/// that can stand among ten stands there. There must be a relevant one.
Figures figures_of(const Ranking& ranking, const Grades& grades) {
    std::vector<int> ideal;
    for (const auto& judged : grades) ideal.push_back(judged.second);
    std::sort(ideal.rbegin(), ideal.rend());
    double reached = 0;
    double best = 0;
    double found = 0;
    for (std::size_t place = 0; place < std::min(k_cut, ranking.size()); ++place) {
        const int grade = grade_of(grades, ranking[place]);
        reached += gain(grade, place);
        found += grade > 0 ? 1 : 0;
    }
    for (std::size_t place = 0; place < std::min(k_cut, ideal.size()); ++place) best += gain(ideal[place], place);
    const std::size_t most = std::min(k_cut, relevant_documents(grades));
    return {reached / best, found / static_cast<double>(most)};
}

Figures mean_of(const FiguresByQuery& figures) {
    Figures mean;
    for (const auto& [qid, row] : figures) {
        mean.ndcg += row.ndcg / static_cast<double>(figures.size());
        mean.recall += row.recall / static_cast<double>(figures.size());
    }
    return mean;
}

/// An index of corpus/ and a searcher on it.
class CorpusIndex {
 public:
    CorpusIndex() : searcher_(make(folder_.path() / "db")) { REQUIRE(searcher_); }

    Searcher& searcher() { return *searcher_; }

    Ranking ranking(const Query& query) {
        SearchRequest request;
        request.query = query.text;
        request.match = MatchMode::all;
        request.relax = true;
        request.limit = k_cut;
        request.snippets = false;
        const Result<SearchResult> result = searcher_->search(request);
        INFO(query.qid << " " << query.text);
        REQUIRE(result);
        Ranking ids;
        for (const Hit& hit : result->hits) ids.push_back(hit.id);
        return ids;
    }

 private:
    static Result<Searcher> make(const std::filesystem::path& db) {
        BuildOptions options;
        options.paths = {k_corpus};
        options.db = db;
        const BuildReport report = build_index(options);
        REQUIRE_FALSE(report.error);
        REQUIRE(report.refusals.empty());
        return Searcher::open(db);
    }

    ScratchFolder folder_;
    Result<Searcher> searcher_;
};

void check_not_below(const std::string& what, const Figures& now, const Figures& stored, double slack) {
    INFO(what << ": nDCG " << now.ndcg << ", stored " << stored.ndcg << "; recall " << now.recall << ", stored "
              << stored.recall);
    CHECK(now.ndcg >= stored.ndcg - slack);
    CHECK(now.recall >= stored.recall - slack);
}

}  // namespace

TEST_CASE("relevance: figures of rankings worked out by hand") {
    const Grades grades{{"a", 3}, {"b", 1}, {"c", 0}};
    CHECK(figures_of({"a", "b", "c"}, grades).ndcg == Approx(1));
    CHECK(figures_of({"a", "b"}, grades).recall == Approx(1));
    // (1 + 7 / log2 3) / (7 + 1 / log2 3)
    CHECK(figures_of({"b", "a"}, grades).ndcg == Approx(0.70981).epsilon(0.0001));
    CHECK(figures_of({"c", "x", "b"}, grades).ndcg == Approx(0.5 / 7.63093).epsilon(0.0001));
    CHECK(figures_of({"c", "x", "b"}, grades).recall == Approx(0.5));
    CHECK(figures_of({}, grades).ndcg == Approx(0));
}

TEST_CASE("relevance: each query is judged, and what is judged exists") {
    CorpusIndex index;
    const std::vector<Query> queries = read_queries();
    std::map<std::string, Grades> judgements = read_judgements();
    CHECK(queries.size() >= 45);
    for (const Query& query : queries) {
        INFO(query.qid << " " << query.text);
        CHECK(relevant_documents(judgements[query.qid]) > 0);
    }
    CHECK(judgements.size() == queries.size());
    for (const auto& [qid, grades] : judgements) {
        for (const auto& [document, grade] : grades) {
            INFO(qid << " " << document);
            CHECK((grade >= 0 && grade <= 3));
            const auto text = index.searcher().text_of(document);
            REQUIRE(text);
            CHECK(text->has_value());
        }
    }
}

TEST_CASE("relevance: no judged query falls below its stored figures") {
    CorpusIndex index;
    std::map<std::string, Grades> judgements = read_judgements();
    std::map<std::string, std::string> names;
    FiguresByQuery now;
    for (const Query& query : read_queries()) {
        REQUIRE(relevant_documents(judgements[query.qid]) > 0);
        now[query.qid] = figures_of(index.ranking(query), judgements[query.qid]);
        names[query.qid] = query.qid + " " + query.text;
    }
    const Figures mean = mean_of(now);
    std::cout << now.size() << " judged queries: mean nDCG@10 " << mean.ndcg << ", mean recall " << mean.recall << '\n';
    if (std::getenv("UPDATE") != nullptr) write_stored(now);

    FiguresByQuery stored = read_stored();
    CHECK(stored.size() == now.size());
    check_not_below("mean", mean, mean_of(stored), k_mean_slack);
    for (const auto& [qid, row] : now) {
        if (stored.contains(qid)) {
            check_not_below(names[qid], row, stored[qid], k_query_slack);
        } else {
            FAIL_CHECK("no stored figures of " << names[qid] << "; UPDATE=1 writes them");
        }
    }
}
