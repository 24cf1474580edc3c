#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

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

TEST_CASE("french: accents count when typed and not when they are not") {
    const struct {
        const char *text, *query;
        bool match;
    } rows[] = {
        {"Le marché recule.", "marche", true},
        {"Il marche vite.", "marché", false},
        {"LE MARCHE RECULE.", "marche", true},
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
