#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include <catch2/catch.hpp>

#include "common/output/json.hpp"
#include "indexer/build.hpp"
#include "searcher/search.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

/// Whether a query of all words finds a text that stands alone in an index.
bool finds(const std::string& text, const std::string& query) {
    const ScratchFolder folder;
    std::filesystem::create_directory(folder.path() / "in");
    std::ofstream(folder.path() / "in" / "a.txt") << text << "\n";
    BuildOptions options;
    options.paths = {folder.path() / "in"};
    options.db = folder.path() / "db";
    options.jobs = 1;
    const BuildReport report = build_index(options);
    REQUIRE_FALSE(report.error);
    Result<Searcher> searcher = Searcher::open(options.db);
    REQUIRE(searcher);
    SearchRequest request;
    request.query = query;
    const Result<SearchResult> result = searcher->search(request);
    REQUIRE(result);
    return result->total > 0;
}

}  // namespace

TEST_CASE("french: every probe matches as a reader of French expects") {
    std::ifstream rows(LIMIER_SOURCE_DIR "/tests/data/french-probes.tsv");
    std::string row;
    int checked = 0;
    while (std::getline(rows, row)) {
        if (row.empty() || row[0] == '#') continue;
        std::istringstream fields(row);
        std::string text, query, match;
        std::getline(fields, text, '\t');
        std::getline(fields, query, '\t');
        std::getline(fields, match, '\t');
        INFO(row);
        CHECK(finds(text, query) == (match == "1"));
        ++checked;
    }
    CHECK(checked >= 58);
}

TEST_CASE("french: every row of the table of analysis holds, all texts in one index") {
    std::ifstream rows(LIMIER_SOURCE_DIR "/tests/data/french-analysis.tsv");
    std::map<std::string, std::vector<std::pair<std::string, bool>>> queries;  // by text
    for (std::string row; std::getline(rows, row);) {
        if (row.empty() || row[0] == '#') continue;
        const std::size_t first = row.find('\t'), second = row.find('\t', first + 1);
        queries[row.substr(0, first)].emplace_back(row.substr(first + 1, second - first - 1), row.ends_with("\t1"));
    }
    const ScratchFolder folder;
    std::ofstream out(folder.path() / "texts.jsonl");
    std::size_t id = 0;
    for (const auto& [text, asked] : queries) {
        out << JsonWriter()
                   .begin_object()
                   .key("id")
                   .string(std::to_string(id++))
                   .key("body")
                   .string(text)
                   .end_object()
                   .take()
            << "\n";
    }
    out.close();
    BuildOptions options;
    options.paths = {folder.path() / "texts.jsonl"};
    options.db = folder.path() / "db";
    REQUIRE_FALSE(build_index(options).error);
    Result<Searcher> searcher = Searcher::open(options.db);
    REQUIRE(searcher);
    std::size_t checked = 0;
    id = 0;
    for (const auto& [text, asked] : queries) {
        for (const auto& [query, match] : asked) {
            SearchRequest request;
            request.query = query;
            request.limit = queries.size();
            const Result<SearchResult> result = searcher->search(request);
            INFO(text << " | " << query);
            REQUIRE(result);
            const bool found = std::any_of(result->hits.begin(), result->hits.end(),
                                           [&id](const Hit& hit) { return hit.id == std::to_string(id); });
            CHECK(found == match);
            ++checked;
        }
        ++id;
    }
    CHECK(checked >= 430);
}

TEST_CASE("french: accents count when typed and not when they are not") {
    const struct {
        const char *text, *query;
        bool match;
    } rows[] = {
        {"Le marché recule.", "marche", true},
        {"Il marche vite.", "marché", false},
        {"LE MARCHE RECULE.", "marche", true},
        {"LE MARCHE RECULE.", "marché", true},
        {"LA COTE et le marche", "marché", false},
        {"Des écoles ferment.", "ecole", true},
        {"Une ecole ferme.", "écoles", true},
        {"Des élèves modèles.", "eleve modele", true},
        {"Où aller ?", "ou", true},
        {"Lui ou moi, ici.", "où", false},
        {"Un thé vert.", "the", false},
        {"Ils sont réélus.", "reelu", true},
        {"C’est cuit.", "C'EST", true},
        {"Noël à Aix", "NOEL", true},
        {"Une femme âgée", "agee", true},
        {"œufs frais", "oeuf", true},
        {"Lætitia", "Laetitia", true},
        {"Une réunion à l’Élysée", "élysee", true},
        {"Une réunion à l’Élysée", "élyse*", true},
        {"Des élèves élevés", "\"éleves\"", true},
        {"Une pêche mûre", "péch*", false},
        {"Il est à côté. La côte est loin.", "\"est à côte\"", false},
    };
    for (const auto& row : rows) {
        INFO(row.text << " <- " << row.query);
        CHECK(finds(row.text, row.query) == row.match);
    }
}

TEST_CASE("french: inflections and derivations meet, lookalikes do not") {
    const struct {
        const char *text, *query;
        bool match;
    } rows[] = {
        {"Des yeux bleus.", "œil", true},
        {"Un œil bleu.", "yeux", true},
        {"1 000 000 de voix", "1000000", true},
        {"1000000 voix", "1 000 000", true},
        {"L’I.A. progresse", "IA", true},
        {"Les lois votées", "loi", true},
        {"Les emplois créés", "emploi", true},
        {"La police enquête", "poli", false},
        {"Un port de pêche", "porte", false},
        {"Une porte close", "port", false},
        {"Un mot générique", "général", false},
        {"Le week-end", "weekend", true},
        {"Le weekend", "week-end", true},
        {"L’e-mail reçu", "email", true},
        {"Les actrices jouent", "acteur", true},
        {"Des prud’hommes", "prud'homme", true},
        {"Aujourd'hui encore", "hui", false},
        {"500.000 francs", "500 000", true},
        {"Le 1er mai", "1re", true},
        {"Le XXIe siècle", "siècles", true},
        {"Il habite l’île", "ile", true},
        {"C++ et Rust", "C++", true},
        {"des dossiers,des plaintes", "plainte", true},
    };
    for (const auto& row : rows) {
        INFO(row.text << " <- " << row.query);
        CHECK(finds(row.text, row.query) == row.match);
    }
}
