// train_names: fits the model of names to annotated text and writes it.
#include <xxhash.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "indexer/tagger/names/correction.hpp"
#include "indexer/tagger/names/features.hpp"
#include "indexer/tagger/train/examples.hpp"
#include "indexer/tagger/train/measure.hpp"
#include "indexer/tagger/train/model_file.hpp"

using namespace limier;

namespace {

struct Source {
    std::string path;
    float weight = 1;
    bool silver = false;
};

struct Options {
    std::vector<Source> sources;
    std::vector<std::string> tests;
    std::string out;
    std::string folds;
    FitOptions fit;
    std::uint32_t buckets = 1U << 14;
    bool errors = false;
};

void print(const char* name, const Score& rules, const Score& model) {
    std::printf("%-28s", name);
    for (const Score* score : {&rules, &model}) {
        const Counts all = without_other(*score);
        std::printf("  P %.3f R %.3f F %.4f |", double(all.right) / double(all.right + all.wrong), double(all.right) / double(all.right + all.missed), all.f1());
        for (const Counts& counts : *score) std::printf(" %.3f", counts.f1());
        std::printf(" ||");
    }
    std::printf("\n");
    std::fflush(stdout);
}

void print_differences(const AnnotatedDocument& document, const Scene& scene, std::span<const Candidate> before, std::span<const Candidate> after) {
    const auto has = [](std::span<const Candidate> list, const Candidate& name) {
        return std::any_of(list.begin(), list.end(), [&](const Candidate& other) { return other.first == name.first && other.last == name.last && kind_of(other.field) == kind_of(name.field); });
    };
    const auto show = [&](const char* sign, const Candidate& name) {
        const std::uint32_t begin = scene.word(name.first).begin, end = scene.word(name.last - 1).end;
        bool right = false;
        for (const AnnotatedName& wanted : document.names) right = right || (wanted.begin == begin && wanted.end == end && wanted.kind == kind_of(name.field));
        std::string around = document.text.substr(begin > 50 ? begin - 50 : 0, 100 + end - begin);
        for (char& c : around) if (c == '\n') c = '|';
        std::printf("%s%s\t%s\t%s\t%s\t%s\n", sign, right ? "right" : "wrong", std::string(k_kind_names[static_cast<std::size_t>(kind_of(name.field))]).c_str(), std::string(name.why).c_str(), document.text.substr(begin, end - begin).c_str(), around.c_str());
    };
    for (const Candidate& name : before) if (!has(after, name)) show("- ", name);
    for (const Candidate& name : after) if (!has(before, name)) show("+ ", name);
}

void test(const Gazetteer& gazetteer, const SequenceModel& model, const std::vector<AnnotatedDocument>& documents,
          Score& rules, Score& corrected, bool errors = false) {
    for (const AnnotatedDocument& document : documents) {
        Scene scene(gazetteer, {}, document.text);
        Reading reading = read_by_rules(scene, {});
        measure(document, scene, reading.chosen, rules);
        const std::vector<Candidate> before = reading.chosen;
        correct(model, scene, reading);
        if (errors) print_differences(document, scene, before, reading.chosen);
        measure(document, scene, reading.chosen, corrected);
    }
}

std::vector<AnnotatedDocument> read(const std::string& path) {
    auto corpus = read_corpus(path);
    if (!corpus) {
        std::cerr << "train_names: " << corpus.error().message << "\n";
        std::exit(2);
    }
    return std::move(*corpus);
}

}  // namespace

int main(int count, char** arguments) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string name = arguments[i];
        const auto value = [&] { return std::string(i + 1 < count ? arguments[++i] : ""); };
        if (name == "--out") options.out = value();
        else if (name == "--test") options.tests.push_back(value());
        else if (name == "--errors") options.errors = true;
        else if (name == "--folds") options.folds = value();
        else if (name == "--epochs") options.fit.epochs = std::stoi(value());
        else if (name == "--rate") options.fit.rate = std::stod(value());
        else if (name == "--l2") options.fit.l2 = std::stod(value());
        else if (name == "--seed") options.fit.seed = std::stoull(value());
        else if (name == "--least") options.fit.least_count = static_cast<std::uint32_t>(std::stoul(value()));
        else if (name == "--buckets") options.buckets = static_cast<std::uint32_t>(std::stoul(value()));
        else {
            Source source;
            source.silver = name == "--silver";
            source.path = source.silver ? value() : name;
            if (const std::size_t at = source.path.find('='); at != std::string::npos) {
                source.weight = std::stof(source.path.substr(at + 1));
                source.path.resize(at);
            }
            options.sources.push_back(source);
        }
    }
    const Gazetteer gazetteer{UserLexicon{}};
    std::vector<TrainingSequence> sequences;
    for (const Source& source : options.sources) {
        const auto corpus = read(source.path);
        const ExampleOptions how{source.weight, source.silver};
        for (const AnnotatedDocument& document : corpus) add_examples(gazetteer, document, how, sequences);
    }
    if (!options.folds.empty()) {
        const auto corpus = read(options.folds);
        Score rules{}, corrected{};
        constexpr std::size_t k_folds = 5;
        for (std::size_t fold = 0; fold < k_folds; ++fold) {
            std::vector<TrainingSequence> here = sequences;
            std::vector<AnnotatedDocument> held;
            for (std::size_t i = 0; i < corpus.size(); ++i) {
                if (i % k_folds == fold) held.push_back(corpus[i]);
                else add_examples(gazetteer, corpus[i], {1, false}, here);
            }
            const std::string bytes = model_bytes(fit(here, options.fit), "", options.buckets);
            auto model = SequenceModel::read(bytes);
            test(gazetteer, *model, held, rules, corrected);
        }
        print("folds", rules, corrected);
        return 0;
    }
    const FittedModel fitted = fit(sequences, options.fit);
    const std::string bytes = model_bytes(fitted, "", options.buckets);
    auto model = SequenceModel::read(bytes);
    if (!model) { std::cerr << model.error().message << "\n"; return 2; }
    std::printf("%zu sequences, %zu features\n", sequences.size(), fitted.features.size());
    for (const std::string& path : options.tests) {
        Score rules{}, corrected{};
        test(gazetteer, *model, read(path), rules, corrected, options.errors);
        print(path.substr(path.rfind('/') + 1).c_str(), rules, corrected);
    }
    if (!options.out.empty()) std::ofstream(options.out, std::ios::binary) << bytes;
}
