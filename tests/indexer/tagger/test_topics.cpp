#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "common/text/fold.hpp"
#include "indexer/readers.hpp"
#include "indexer/tagger/lexicon.hpp"
#include "tests/indexer/tagger/tagged.hpp"

using namespace limier;

namespace {

const TopicTagger& tagger() {
    static const TopicTagger instance;
    return instance;
}

std::vector<TopicScore> topics_in(const std::string& text, std::vector<Zone> zones = {}) {
    return Tagged(
               text, {}, [](const TagInput& input, Annotations& out) { tagger().tag(input, out); }, std::move(zones))
        .annotations.topics;
}

bool has_topic(const std::vector<TopicScore>& topics, std::string_view slug) {
    return std::any_of(topics.begin(), topics.end(), [slug](const TopicScore& topic) { return topic.slug == slug; });
}

double score_of(const std::vector<TopicScore>& topics, std::string_view slug) {
    for (const TopicScore& topic : topics)
        if (topic.slug == slug) return topic.score;
    return 0;
}

}  // namespace

TEST_CASE("topics: cues in any inflection make a topic") {
    const struct {
        const char *text, *slug;
        bool expected;
    } rows[] = {
        {"Une levée de fonds et un tour de table : le financement est là.", "financement", true},
        {"Des levées de fonds, des financements.", "financement", true},
        {"Les finances publiques, le financier et la financière.", "financement", false},
        {"L'agriculteur et les éleveurs manifestent avec la FNSEA.", "agriculture", true},
        {"OpenAI et l'intelligence artificielle", "intelligence-artificielle", true},
        {"Il y a environ dix ans, aux environs de Lyon.", "environnement", false},
        {"L'environnement, la protection de l’environnement", "environnement", true},
        {"Des danses, un ballet.", "danse", true},
        {"Dans la rue, un ballet.", "danse", false},
        {"Le golf, encore le golf.", "golf", true},
        {"Le golfe, encore le golfe.", "golf", false},
        {"L'attaquant a marqué, l'attaquant encore.", "football", true},
        {"L'attaque de la ville, l'attaque encore.", "football", false},
        {"L'Élysée se tait, le chef de l'État aussi.", "presidence", true},
        {"Les Champs-Élysées se taisent, le chef de l'État aussi.", "presidence", false},
        {"Le tour de table, ce tour de table.", "financement", true},
        {"Il fait le tour. De table en table, le tour. De table encore.", "financement", false},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(has_topic(topics_in(row.text), row.slug) == row.expected);
    }
}

TEST_CASE("topics: a cue said once in passing makes none, in the title it does") {
    const std::string prose = "Le maire a inauguré la halle devant une foule de voisins venus en nombre. ";
    std::string text;
    for (int i = 0; i < 20; ++i) text += prose;
    CHECK_FALSE(has_topic(topics_in(text + "Un tour de table. " + prose), "financement"));
    Document document;
    document.title = "Une levée de fonds";
    document.title_apart = true;
    document.text = text;
    Analyser analyser;
    std::vector<Token> title, body;
    analyser.analyse(document.title, title);
    analyser.analyse(document.text, body);
    Annotations out;
    tagger().tag({document, title, body, analyser}, out);
    CHECK(has_topic(out.topics, "financement"));
}

TEST_CASE("topics: a capital of a cue is asked of the text") {
    CHECK(has_topic(topics_in("La PAC et la FNSEA, la PAC encore."), "agriculture"));
    CHECK_FALSE(has_topic(topics_in("la pac et la fnsea, la pac encore."), "agriculture"));
}

TEST_CASE("topics: a cue of weight 1 supports a topic and makes none") {
    CHECK(topics_in("L'argent, la dette. L'argent, la dette. L'argent, la dette.").empty());
    const std::string text = "Le tour de table, le tour de table.";
    CHECK(score_of(topics_in(text + " L'argent, la dette."), "financement") > score_of(topics_in(text), "financement"));
}

TEST_CASE("topics: the weights of cues order topics") {
    // football^5 against foot^4, said as often
    CHECK(score_of(topics_in("Football, football."), "football") > score_of(topics_in("Foot, foot."), "football"));
}

TEST_CASE("topics: what a cue counts for has a bound") {
    const auto score = [](int times) {
        std::string text;
        for (int i = 0; i < times; ++i) text += "mercato ";
        return score_of(topics_in(text), "mercato");
    };
    CHECK(score(4) > score(2));
    CHECK(score(400) - score(40) < score(4) - score(2));
    CHECK(score(400) <
          score_of(topics_in("mercato, recrue, clause libératoire, indemnité de transfert, mercato."), "mercato"));
}

TEST_CASE("topics: a cue early in the text and in a short text counts more") {
    std::string filler;
    for (int i = 0; i < 60; ++i) filler += "Des voisins sont venus voir la halle. ";
    const std::string cues = "Le mercato et la clause libératoire, le mercato encore. ";
    CHECK(score_of(topics_in(cues + filler), "mercato") > score_of(topics_in(filler + cues), "mercato"));
    CHECK(score_of(topics_in(cues), "mercato") > score_of(topics_in(cues + filler), "mercato"));
}

TEST_CASE("topics: the longest cue of a topic counts alone") {
    const std::vector<TopicScore> topics = topics_in("La réforme des retraites, la réforme des retraites.");
    REQUIRE(has_topic(topics, "retraites"));
    CHECK(topics.front().cues == std::vector<std::string>{"réforme des retraites"});
}

TEST_CASE("topics: the strongest cue stands first, each once") {
    const std::vector<TopicScore> topics = topics_in("Une recrue, le mercato, le mercato, une recrue.");
    REQUIRE(has_topic(topics, "mercato"));
    CHECK(topics.front().cues == std::vector<std::string>{"mercato", "recrue"});
}

TEST_CASE("topics: a parent is no topic of its child's text") {
    const std::vector<TopicScore> topics = topics_in("Une levée de fonds, un tour de table.");
    CHECK(has_topic(topics, "financement"));
    CHECK_FALSE(has_topic(topics, "finance"));
    CHECK_FALSE(has_topic(topics, "economie"));
}

TEST_CASE("topics: two taggers and two analysers say the same") {
    const std::string text = "Le mercato et l'élection, le mercato et le scrutin, la FNSEA et les éleveurs.";
    Analyser other;
    std::vector<Token> tokens;
    other.analyse("Des mots vus avant donnent aux formes d'autres numéros : scrutin, mercato.", tokens);
    Document document;
    document.text = text;
    other.analyse(text, tokens);
    Annotations out;
    const TopicTagger second;
    second.tag({document, {}, tokens, other}, out);
    const std::vector<TopicScore> topics = topics_in(text);
    REQUIRE(topics.size() >= 2);
    REQUIRE(out.topics.size() == topics.size());
    for (std::size_t i = 0; i < topics.size(); ++i) {
        CHECK(out.topics[i].slug == topics[i].slug);
        CHECK(out.topics[i].score == topics[i].score);
        CHECK(out.topics[i].cues == topics[i].cues);
    }
}

TEST_CASE("topics: small letters within a name of a place are no cues") {
    const auto topics = [](Field field) {
        const std::string name = "Lo-le-Vignoble, les vignes, le vignoble, la vigne et le vin";
        return Tagged(name, {},
                      [&](const TagInput& input, Annotations& out) {
                          Mention& mention = out.mentions.emplace_back();
                          mention.field = field;
                          mention.end = static_cast<std::uint32_t>(name.size());
                          tagger().tag(input, out);
                      })
            .annotations.topics;
    };
    CHECK(topics(Field::place).empty());
    CHECK(has_topic(topics(Field::org), "viticulture"));
}

TEST_CASE("topics: words of a person's name and furniture are no cues") {
    const std::string text = "Lire aussi : la levée de fonds, le financement, le tour de table\nIl pleut.";
    CHECK(has_topic(topics_in(text), "financement"));
    CHECK_FALSE(has_topic(topics_in(text, {{Zone::Kind::related, 0, 66}}), "financement"));
    Tagged tagged("Jean Financement a parlé. Jean Financement part. Jean Financement revient.", {},
                  [](const TagInput& input, Annotations& out) {
                      for (const std::uint32_t begin : {0u, 26u, 49u}) {
                          Mention& mention = out.mentions.emplace_back();
                          mention.begin = begin;
                          mention.end = begin + 16;
                      }
                      tagger().tag(input, out);
                  });
    CHECK(tagged.annotations.topics.empty());
}

TEST_CASE("topics: scores fall, lie between 0 and 1, and rest on cues of the text") {
    std::size_t found = 0;
    Result<DocumentSource> source = DocumentSource::open({LIMIER_SOURCE_DIR "/corpus"});
    REQUIRE(source);
    while (const std::optional<Document> document = source->next()) {
        const std::vector<TopicScore> topics = topics_in(document->text);
        double last = 1;
        for (const TopicScore& topic : topics) {
            INFO(document->id << " " << topic.slug);
            CHECK(topic.score > 0);
            CHECK(topic.score <= last);
            REQUIRE_FALSE(topic.cues.empty());
            for (const std::string& cue : topic.cues) CHECK(document->text.find(cue) != std::string::npos);
            last = topic.score;
            ++found;
        }
    }
    CHECK(found > 100);
}

TEST_CASE("topics: of the judged articles of the corpus, most main topics are found") {
    std::map<std::string, std::set<std::string>> judged;
    std::ifstream rows(LIMIER_SOURCE_DIR "/tests/data/corpus-entities.tsv");
    for (std::string row; std::getline(rows, row);) {
        std::istringstream fields(row);
        std::string id, field, value;
        std::getline(fields, id, '\t');
        std::getline(fields, field, '\t');
        std::getline(fields, value);
        if (field == "topic") judged[id].insert(value);
    }
    REQUIRE(judged.size() >= 30);
    std::size_t wanted = 0, right = 0, given = 0;
    const Tagger all;  // topics read the names
    Analyser analyser;
    std::vector<Token> title, text;
    Result<DocumentSource> source = DocumentSource::open({LIMIER_SOURCE_DIR "/corpus"});
    REQUIRE(source);
    while (const std::optional<Document> document = source->next()) {
        const auto gold = judged.find(document->id);
        if (gold == judged.end()) continue;
        wanted += gold->second.size();
        analyser.analyse(document->title, title);
        analyser.analyse(document->text, text);
        for (const TopicScore& topic : all.tag(*document, title, text, analyser).topics) {
            ++given;
            right += gold->second.contains(topic.label);
        }
    }
    // The judged topics are one to three a document, so what else it touches counts against precision.
    CHECK(static_cast<double>(right) / static_cast<double>(wanted) >= 0.8);
    CHECK(static_cast<double>(right) / static_cast<double>(given) >= 0.55);
}

TEST_CASE("topics: a topic is asked for by its names and those of its ancestors") {
    std::set<std::string> names;
    for (const Alias& alias : tagger().aliases("Financement")) {
        CHECK(alias.field == Field::topic);
        CHECK(alias.value == "Financement");
        names.insert(alias.alias);
    }
    CHECK(names.contains("financement"));
    CHECK(names.contains("levée de fonds"));
    CHECK(names.contains("Finance"));
    CHECK(tagger().aliases("Rien de tel").empty());
    CHECK(names.contains("economie"));
    CHECK(names.contains("Économie"));
    const auto above = tagger().ancestors("Financement");
    REQUIRE(above.size() == 2);
    CHECK((above[0].slug == "finance" && above[0].label == "Finance"));
    CHECK((above[1].slug == "economie" && above[1].label == "Économie"));
    CHECK(tagger().ancestors("Économie").empty());
    CHECK(tagger().ancestors("rien").empty());
}

TEST_CASE("topics: the vocabulary keeps the promises of its README") {
    std::set<std::string, std::less<>> slugs, labels;
    std::map<std::string, std::string> owners;
    std::string last;
    const auto rows = lexicon_rows("topics", 6);
    for (const auto& row : rows) {
        INFO(row[0]);
        CHECK(slugs.emplace(row[0]).second);
        CHECK(labels.emplace(row[1]).second);
        CHECK(last < row[0]);
        last = row[0];
        CHECK_FALSE(cell_parts(row[5]).empty());
        for (const std::string_view name : {row[0], row[1]}) {
            const auto [owner, is_new] = owners.emplace(fold_key(name), row[0]);
            CHECK((is_new || owner->second == row[0]));
        }
        std::set<std::string_view> cues;
        for (const std::string_view name : cell_parts(row[4])) {
            INFO(name);
            const auto [owner, is_new] = owners.emplace(fold_key(name), row[0]);
            CHECK((is_new || owner->second == row[0]));
        }
        for (const std::string_view cue : cell_parts(row[5])) {
            const std::size_t hat = cue.find('^');
            INFO(cue);
            CHECK(cues.insert(cue.substr(0, hat)).second);
            CHECK((hat == std::string_view::npos ||
                   (hat + 2 == cue.size() && cue[hat + 1] >= '1' && cue[hat + 1] <= '5')));
        }
    }
    for (const auto& row : rows) {
        INFO(row[0] << " < " << row[2]);
        CHECK((row[2].empty() || slugs.contains(row[2])));
        CHECK(tagger().ancestors(row[1]).size() < 5);  // a circle would go through all topics
    }
}
