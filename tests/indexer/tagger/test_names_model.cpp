#include <algorithm>
#include <fstream>
#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "indexer/tagger/names/compiled_model.hpp"
#include "indexer/tagger/names/correction.hpp"
#include "indexer/tagger/train/examples.hpp"
#include "indexer/tagger/train/measure.hpp"
#include "indexer/tagger/train/model_file.hpp"
#include "marked.hpp"

using namespace limier;

namespace {

const Gazetteer& gazetteer() {
    static const Gazetteer loaded{UserLexicon{}};
    return loaded;
}

/// Clubs of towns, which no rule tells.
constexpr std::string_view k_toy =
    "# doc 1\n"
    "Hier soir, [ORG Vorlac] a battu [ORG Tremoune] devant son public.\n"
    "La route de [LOC Vorlac] est fermée.\n"
    "# doc 2\n"
    "Hier soir, [ORG Quélande] a battu [ORG Brissou] devant son public.\n"
    "La route de [LOC Brissou] est fermée.\n"
    "# doc 3\n"
    "Hier soir, [ORG Galmiers] a battu [ORG Fontreuil] devant son public.\n"
    "La route de [LOC Galmiers] est fermée.\n";

std::string toy_model(std::uint64_t seed) {
    const auto documents = read_bracketed(k_toy, "toy");
    REQUIRE(documents);
    std::vector<TrainingSequence> sequences;
    for (const AnnotatedDocument& document : *documents) add_examples(gazetteer(), document, {}, sequences);
    FitOptions options;
    options.seed = seed;
    options.least_count = 1;
    options.epochs = 30;
    return model_bytes(fit(sequences, options), "toy\n", 1024);
}

LabelScores random_scores(std::mt19937& random) {
    LabelScores scores;
    for (std::int32_t& score : scores) score = static_cast<std::int32_t>(random() % 61) - 30;
    return scores;
}

/// The names of a text by the rules and a model: `org Darvenne`.
std::vector<std::string> named(const SequenceModel& model, const std::string& text) {
    Scene scene(gazetteer(), {}, text);
    Reading reading = read_by_rules(scene, {});
    correct(model, scene, reading);
    std::vector<std::string> names;
    for (const Candidate& name : reading.chosen)
        names.push_back(std::string(info(name.field).name) + " " + std::string(scene.surface(name.first, name.last)));
    return names;
}

}  // namespace

TEST_CASE("names model: equal text, options and seed give equal bytes") {
    const std::string bytes = toy_model(1);
    CHECK(bytes == toy_model(1));
    CHECK(bytes != toy_model(2));
}

TEST_CASE("names model: what it learnt it tells of names it never saw") {
    const std::string bytes = toy_model(1);
    const auto model = SequenceModel::read(bytes);
    REQUIRE(model);
    CHECK(model->account() == "toy\n");
    CHECK(named(*model, "Hier soir, Darvenne a battu Mostruc devant son public.") ==
          std::vector<std::string>{"org Darvenne", "org Mostruc"});
    CHECK(named(*model, "La route de Darvenne est fermée.") == std::vector<std::string>{"place Darvenne"});
    CHECK(named(*model, "Rien de tel ici.").empty());
    CHECK(named(*model, "").empty());
}

TEST_CASE("names model: cut or altered bytes are refused") {
    const std::string bytes = toy_model(1);
    REQUIRE(SequenceModel::read(bytes));
    for (std::size_t size = 0; size < bytes.size(); size += size < 300 ? 1 : 977)
        CHECK_FALSE(SequenceModel::read(std::string_view(bytes).substr(0, size)));
    CHECK_FALSE(SequenceModel::read(bytes + "x"));
    for (std::size_t at = 0; at < bytes.size(); at += at < 300 ? 1 : 977) {
        std::string altered = bytes;
        altered[at] = static_cast<char>(altered[at] ^ 0x40);
        const auto model = SequenceModel::read(altered);
        REQUIRE_FALSE(model);
        CHECK(model.error().code == Code::damaged);
    }
}

TEST_CASE("names model: the labels are the best of all, and the margin is what the best other loses") {
    const std::string bytes = toy_model(1);
    const auto model = SequenceModel::read(bytes);
    REQUIRE(model);
    std::mt19937 random(11);
    for (int round = 0; round < 200; ++round) {
        std::vector<LabelScores> words(1 + random() % 4);
        for (LabelScores& scores : words) scores = random_scores(random);
        std::vector<Label> best;
        model->best_labels(words, best);
        REQUIRE(best.size() == words.size());
        Label before = k_outside;
        for (const Label label : best) {
            REQUIRE(may_follow(before, label));
            before = label;
        }
        for (std::size_t at = 0; at < words.size(); ++at) {
            const double margin = model->margin(words, best, at);
            REQUIRE(margin >= 0);
            // With that much more for another label, the labels are others; with less, they are not.
            std::vector<LabelScores> less = words;
            less[at][best[at]] -= static_cast<std::int32_t>(margin * k_weight_unit) - 1;
            std::vector<Label> same;
            model->best_labels(less, same);
            if (margin * k_weight_unit >= 1) CHECK(same == best);
            less[at][best[at]] -= 3;
            model->best_labels(less, same);
            CHECK(same[at] != best[at]);
        }
    }
}

TEST_CASE("names model: the one in the program says what it was made of") {
    const auto model = SequenceModel::read(compiled_model());
    REQUIRE(model);
    CHECK(compiled_model().size() <= 8'000'000);
    for (const std::string name : {"press-1.ann", "press-2.ann", "press-3.ann"}) {
        const auto corpus = read_corpus(std::string(LIMIER_SOURCE_DIR) + "/indexer/tagger/train/data/" + name);
        REQUIRE(corpus);
        char digest[17];
        std::snprintf(digest, sizeof digest, "%016llx", static_cast<unsigned long long>(corpus->digest));
        CHECK(model->account().find(name + " " + std::to_string(corpus->documents.size()) + " documents xxh3 " +
                                    digest) != std::string_view::npos);
    }
}

TEST_CASE("names model: a user's lexicon and what is never a name go before it") {
    UserLexicon user;
    REQUIRE(user.add("product\tQuélande\nnever\tVorlac\n", "test"));
    const NameTagger tagger(user);
    Document document;
    document.text = "Hier soir, Vorlac a battu Quélande devant le public de Quélande.";
    Analyser analyser;
    std::vector<Token> tokens;
    analyser.analyse(document.text, tokens);
    Annotations out;
    tagger.tag({document, {}, tokens, analyser}, out);
    CHECK(mark(document.text, out.mentions, false) ==
          "Hier soir, Vorlac a battu [product Quélande] devant le public de [product Quélande].");
}

TEST_CASE("annotated text: brackets, documents and tokens") {
    const auto documents =
        read_bracketed("# doc a\nÀ [LOC Brest], [PER Léa Roy] (12 [ans]).\n\n# doc b\nRien.\n", "test");
    REQUIRE(documents);
    REQUIRE(documents->size() == 2);
    const AnnotatedDocument& first = documents->front();
    CHECK(first.id == "a");
    CHECK(first.text == "À Brest, Léa Roy (12 [ans]).\n");
    REQUIRE(first.names.size() == 2);
    CHECK(first.text.substr(first.names[1].begin, first.names[1].end - first.names[1].begin) == "Léa Roy");
    CHECK(first.names[1].kind == NameKind::person);
    CHECK(documents->back().names.empty());

    const auto broken = read_bracketed("Rien.\nÀ [LOC Brest\n", "test");
    REQUIRE_FALSE(broken);
    CHECK(broken.error().message == "test:2: a bracket does not close");
    CHECK_FALSE(read_corpus("/no/such/file.ann"));
}
