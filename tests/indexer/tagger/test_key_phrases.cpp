#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "common/text/phrase_key.hpp"
#include "indexer/given_keywords.hpp"
#include "indexer/indexing.hpp"
#include "indexer/readers.hpp"
#include "indexer/tagger/lexicon.hpp"
#include "tests/indexer/tagger/tagged.hpp"

using namespace limier;

namespace {

const Tagger& tagger() {
    static const Tagger instance;
    return instance;
}

AnalysedDocument analysed(Document document) {
    static Analyser analyser;
    return analyse_document(std::move(document), analyser, &tagger());
}

std::vector<std::string> phrases_of(const Document& document) {
    std::vector<std::string> values;
    for (const KeyPhrase& phrase : analysed(document).annotations.key_phrases) values.push_back(phrase.value);
    return values;
}

std::vector<std::string> phrases_in(const std::string& text) {
    Document document;
    document.text = text;
    return phrases_of(document);
}

bool has(const std::vector<std::string>& values, std::string_view value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

std::string key_of(std::string_view phrase) {
    Analyser analyser;
    return phrase_key(phrase, analyser);
}

}  // namespace

TEST_CASE("phrase keys: inflections and small words do not matter") {
    CHECK(key_of("la réforme des retraites") == key_of("Réformes de la retraite"));
    CHECK(key_of("l’intelligence artificielle") == key_of("intelligences artificielles"));
    CHECK(key_of("lutte contre la fraude") == key_of("luttes contre les fraudes"));
    CHECK(key_of("réforme") != key_of("retraite"));
    CHECK(key_of("de la") == "de la");
    CHECK(key_of("« ! »").empty());
}

TEST_CASE("key phrases: noun phrases as they are printed, without what leads to them") {
    const struct {
        const char *text, *phrase;
        bool expected;
    } rows[] = {
        {"La réforme des retraites divise. La réforme des retraites revient.", "réforme des retraites", true},
        {"L’intelligence artificielle avance, dit-on de l’intelligence artificielle.", "intelligence artificielle",
         true},
        {"Le chiffre d'affaires monte.", "chiffre d'affaires", false},  // nothing begins with a word of all work
        {"Le port et la pêche. Un grand port de pêche.", "port de pêche", true},
        {"Il porte la caisse, elle porte la caisse.", "porte", false},
        {"Les aires marines protégées, des aires marines protégées.", "aires marines protégées", true},
        {"Un rond-point, le rond-point.", "rond-point", true},
        {"Un rond-point, le rond-point.", "point", false},
        {"Trois cents moutons. Des moutons !", "cents moutons", false},
        {"Le moulin. À vent, le moulin tourne.", "moulin À vent", false},
        {"L'usine de\nbatteries ouvre ; l'usine de\nbatteries ferme.", "usine de batteries", true},
        {"LA MOISSON DES BLÉS\nLa moisson recule.", "moisson", true},
        {"Les papillomavirus (HPV) : le vaccin contre les HPV.", "HPV", true},
    };
    for (const auto& row : rows) {
        INFO(row.text << " / " << row.phrase);
        CHECK(has(phrases_in(row.text), row.phrase) == row.expected);
    }
}

TEST_CASE("key phrases: variants are one, under the form used most") {
    const std::vector<std::string> found =
        phrases_in("Les aides régionales tombent. Une aide régionale, puis les aides régionales.");
    CHECK(has(found, "aides régionales"));
    CHECK_FALSE(has(found, "aide régionale"));
}

TEST_CASE("key phrases: a name is none, and may be part of one") {
    const std::vector<std::string> found = phrases_in(
        "Emmanuel Macron était à Paris. Le maire de Limoges a salué Emmanuel Macron. Le maire de Limoges attend.");
    CHECK_FALSE(has(found, "Emmanuel Macron"));
    CHECK_FALSE(has(found, "Paris"));
    CHECK(has(found, "maire de Limoges"));
}

TEST_CASE("key phrases: none in furniture, in another language, in a document that is not French") {
    Document document;
    document.text = "Lire aussi : le budget de la commune\nLa bibliothèque ouvre une salle de lecture.";
    document.zones = {{Zone::Kind::related, 0, 37}};
    CHECK_FALSE(has(phrases_of(document), "budget de la commune"));
    CHECK(has(phrases_of(document), "bibliothèque"));
    Document english;
    english.text = "The library opens a reading room for the students of the town.";
    english.lang = "en";
    CHECK(phrases_of(english).empty());
}

TEST_CASE("key phrases: the document's own keywords come first, each once") {
    Document document;
    document.text = "Le port de pêche ferme. La criée du port de pêche ferme aussi.";
    const struct {
        const char *name, *json;
        std::vector<std::string> expected;
    } rows[] = {
        {"keywords", R"(["Criée","Ports de pêche","criées"])", {"Criée", "Ports de pêche"}},
        {"mots-clés", R"("pêche hauturière; quotas, quotas")", {"pêche hauturière", "quotas"}},
        {"Tags", R"([{"name":"Bretagne"},{"id":7},3,null,""])", {"Bretagne"}},
        {"keywords", R"(12)", {}},
        {"section", R"("Mer")", {}},
    };
    for (const auto& row : rows) {
        INFO(row.name << " " << row.json);
        document.extra = {{row.name, row.json}};
        const std::vector<KeyPhrase> found = analysed(document).annotations.key_phrases;
        REQUIRE(found.size() > row.expected.size());
        std::set<std::string> keys;
        for (std::size_t i = 0; i < found.size(); ++i) {
            CHECK(found[i].given == (i < row.expected.size()));
            if (found[i].given) CHECK(found[i].value == row.expected[i]);
            CHECK(keys.insert(found[i].key).second);
        }
    }
}

TEST_CASE("key phrases: what is found of the corpus keeps its promises") {
    Result<DocumentSource> source = DocumentSource::open({LIMIER_SOURCE_DIR "/corpus"});
    REQUIRE(source);
    Analyser analyser;
    while (const std::optional<Document> document = source->next()) {
        const AnalysedDocument found = analysed(*document);
        double last = 1;
        CHECK(found.annotations.key_phrases.size() <= 10);
        for (const KeyPhrase& phrase : found.annotations.key_phrases) {
            INFO(document->id << " " << phrase.value);
            const std::string& text = phrase.in_title ? document->title : document->text;
            CHECK(phrase.key == phrase_key(phrase.value, analyser));
            if (!phrase.given)
                CHECK(phrase.key == phrase_key(text.substr(phrase.begin, phrase.end - phrase.begin), analyser));
            CHECK(phrase.score <= last);
            CHECK(phrase.score > 0);
            last = phrase.score;
        }
    }
}

TEST_CASE("key phrases: of those that a reader would file the articles under, four in ten are found") {
    std::map<std::string, std::set<std::string>> wanted;
    Analyser analyser;
    std::ifstream rows(LIMIER_SOURCE_DIR "/tests/data/corpus-keywords.tsv");
    for (std::string row; std::getline(rows, row);) {
        const std::size_t tab = row.find('\t');
        if (row.starts_with('#') || tab == std::string::npos) continue;
        wanted[row.substr(0, tab)].insert(phrase_key(row.substr(tab + 1), analyser));
    }
    REQUIRE(wanted.size() == 28);
    std::size_t right = 0, given = 0, count = 0;
    Result<DocumentSource> source = DocumentSource::open({LIMIER_SOURCE_DIR "/corpus"});
    REQUIRE(source);
    while (const std::optional<Document> document = source->next()) {
        const auto known = wanted.find(document->id);
        if (known == wanted.end()) continue;
        count += known->second.size();
        for (const KeyPhrase& phrase : analysed(*document).annotations.key_phrases) {
            ++given;
            right += known->second.contains(phrase.key);
        }
    }
    CHECK(static_cast<double>(right) / static_cast<double>(given) >= 0.38);
    CHECK(static_cast<double>(right) / static_cast<double>(count) >= 0.39);
}

TEST_CASE("key phrases: the lexicon of words is sorted, each word once, its kinds known") {
    const std::set<std::string_view> kinds = {"-", "n", "na", "an", "a", "p", "vn", "before", "general"};
    std::string_view last;
    for (const auto& row : lexicon_rows("words", 3)) {
        INFO(row[0]);
        CHECK(last < row[0]);
        CHECK(kinds.contains(row[1]));
        CHECK((row[2].empty() || std::stoi(std::string(row[2])) > 70));
        last = row[0];
    }
}
