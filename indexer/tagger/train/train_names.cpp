// train_names: fits the model of names to annotated text, measures it and writes it (README.md).
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/tagger/names/correction.hpp"
#include "indexer/tagger/train/examples.hpp"
#include "indexer/tagger/train/measure.hpp"
#include "indexer/tagger/train/model_file.hpp"

namespace limier {
namespace {

constexpr std::string_view k_usage =
    "Usage: train_names [OPTION...] FILE...\n"
    "Fits the model of names to annotated files (.ann, .conll).\n\n"
    "  --silver FILE      labels of another tagger, used where the rules agree\n"
    "  --out FILE         write the model\n"
    "  --test FILE        print scores, of the rules alone and with the model\n"
    "  --seed N, --epochs N, --rate X, --l2 X, --least N, --silver-weight X, --buckets N\n";

[[noreturn]] void fail(const std::string& message) {
    std::cerr << "train_names: " << message << "\n";
    std::exit(2);
}

struct Options {
    std::vector<std::string> annotated, silver, tests;
    std::string out;
    FitOptions fit;
    float silver_weight = 0.3F;
    std::uint32_t buckets = 1U << 14;
};

template <class Number>
void set_number(Number& number, const std::string& name, std::string_view text) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number <= 0)
        fail(name + ": " + std::string(text) + " is no number above 0");
}

Options parse(const std::vector<std::string>& arguments) {
    Options options;
    const std::map<std::string, std::function<void(const std::string&)>> known = {
        {"--silver", [&](const std::string& value) { options.silver.push_back(value); }},
        {"--test", [&](const std::string& value) { options.tests.push_back(value); }},
        {"--out", [&](const std::string& value) { options.out = value; }},
        {"--seed", [&](const std::string& value) { set_number(options.fit.seed, "--seed", value); }},
        {"--epochs", [&](const std::string& value) { set_number(options.fit.epochs, "--epochs", value); }},
        {"--rate", [&](const std::string& value) { set_number(options.fit.rate, "--rate", value); }},
        {"--l2", [&](const std::string& value) { set_number(options.fit.l2, "--l2", value); }},
        {"--least", [&](const std::string& value) { set_number(options.fit.least_count, "--least", value); }},
        {"--silver-weight",
         [&](const std::string& value) { set_number(options.silver_weight, "--silver-weight", value); }},
        {"--buckets", [&](const std::string& value) { set_number(options.buckets, "--buckets", value); }},
    };
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto option = known.find(arguments[i]);
        if (option == known.end() && arguments[i].starts_with('-'))
            fail(arguments[i] + ": no such option\n" + std::string(k_usage));
        if (option == known.end()) {
            options.annotated.push_back(arguments[i]);
        } else {
            if (++i == arguments.size()) fail(arguments[i - 1] + ": a value is missing");
            option->second(arguments[i]);
        }
    }
    if (options.annotated.empty()) fail("no annotated file\n" + std::string(k_usage));
    if ((options.buckets & (options.buckets - 1)) != 0) fail("--buckets: no power of two");
    return options;
}

Corpus read(const std::string& path) {
    auto corpus = read_corpus(path);
    if (!corpus) fail(corpus.error().message);
    return std::move(*corpus);
}

std::string line_of(std::string_view kind, const Corpus& corpus) {
    char digest[17];
    std::snprintf(digest, sizeof digest, "%016llx", static_cast<unsigned long long>(corpus.digest));
    return std::string(kind) + " " + corpus.name + " " + std::to_string(corpus.documents.size()) + " documents xxh3 " +
           digest + "\n";
}

std::string line_of(const Options& options) {
    char line[200];
    std::snprintf(line, sizeof line, "seed %llu epochs %d rate %g l2 %g least %u silver-weight %g buckets %u\n",
                  static_cast<unsigned long long>(options.fit.seed), options.fit.epochs, options.fit.rate,
                  options.fit.l2, options.fit.least_count, double{options.silver_weight}, options.buckets);
    return line;
}

void print(const std::string& what, const Score& score) {
    std::printf("  %-16s", what.c_str());
    for (std::size_t kind = 0; kind < k_name_kinds; ++kind)
        std::printf("  %s %.3f", std::string(k_kind_names[kind]).c_str(), score[kind].f1());
    const Counts sum = without_other(score);
    std::printf("  PER, ORG, LOC: P %.3f R %.3f F1 %.4f\n", sum.precision(), sum.recall(), sum.f1());
}

void test(const Gazetteer& gazetteer, const SequenceModel& model, const std::string& path) {
    Score by_rules{}, with_model{};
    for (const AnnotatedDocument& document : read(path).documents) {
        Scene scene(gazetteer, {}, document.text);
        Reading reading = read_by_rules(scene, {});
        measure(document, scene, reading.chosen, by_rules);
        correct(model, scene, reading);
        measure(document, scene, reading.chosen, with_model);
    }
    std::printf("%s\n", path.c_str());
    print("rules", by_rules);
    print("with the model", with_model);
}

int run(const Options& options) {
    const Gazetteer gazetteer{UserLexicon{}};
    std::vector<TrainingSequence> sequences;
    std::string account = line_of(options);
    const auto add = [&](const std::string& path, std::string_view kind, const ExampleOptions& how) {
        const Corpus corpus = read(path);
        account += line_of(kind, corpus);
        for (const AnnotatedDocument& document : corpus.documents) add_examples(gazetteer, document, how, sequences);
    };
    for (const std::string& path : options.annotated) add(path, "annotated", {});
    for (const std::string& path : options.silver) add(path, "silver", {options.silver_weight, true});
    const std::string bytes = model_bytes(fit(sequences, options.fit), account, options.buckets);
    const auto model = SequenceModel::read(bytes);
    if (!model) fail(model.error().message);
    std::printf("%s%zu stretches of words, %zu bytes\n", account.c_str(), sequences.size(), bytes.size());
    for (const std::string& path : options.tests) test(gazetteer, *model, path);
    if (options.out.empty()) return 0;
    std::ofstream file(options.out, std::ios::binary);
    file << bytes;
    file.close();
    if (!file) fail(options.out + ": cannot be written");
    return 0;
}

}  // namespace
}  // namespace limier

int main(int count, char** arguments) {
    return limier::run(limier::parse(std::vector<std::string>(arguments + 1, arguments + count)));
}
