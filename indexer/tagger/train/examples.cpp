#include "indexer/tagger/train/examples.hpp"

#include <algorithm>

#include "indexer/tagger/names/evidence.hpp"
#include "indexer/tagger/names/features.hpp"
#include "indexer/tagger/names/rules.hpp"

namespace limier {
namespace {

/// One of so many stretches has what the rules said among its features: always, it would teach to believe them, never,
/// to believe the words too much.
constexpr std::size_t k_silver_with_rules = 3;

/// The label of each word by the annotation; a name begins with the first word that is wholly inside of it.
std::vector<Label> labels_of(const Scene& scene, const std::vector<AnnotatedName>& names) {
    std::vector<Label> labels(scene.size(), k_outside);
    std::uint32_t i = 0;
    for (const AnnotatedName& name : names) {
        while (i < scene.size() && scene.word(i).begin < name.begin) ++i;
        bool first = true;
        for (; i < scene.size() && scene.word(i).begin < name.end; ++i) {
            labels[i] = first ? begin_label(name.kind) : inside_label(name.kind);
            first = false;
        }
    }
    return labels;
}

/// Whether the rules see the same persons, organisations and places on the words of a line.
bool agreed(std::span<const Label> labels, std::span<const Evidence> evidence) {
    constexpr Label k_other = begin_label(NameKind::other);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (labels[i] == evidence[i].label) continue;
        const bool misc = (labels[i] >= k_other || labels[i] == k_outside) &&
                          (evidence[i].label >= k_other || evidence[i].label == k_outside);
        if (!misc) return false;
    }
    return true;
}

}  // namespace

void add_examples(const Gazetteer& gazetteer, const AnnotatedDocument& document, const ExampleOptions& options,
                  std::vector<TrainingSequence>& out) {
    Scene scene(gazetteer, {}, document.text);
    const Reading reading = read_by_rules(scene, {});
    const std::vector<Evidence> evidence = gather_evidence(scene, reading.proposed, reading.chosen);
    const std::vector<Label> labels = labels_of(scene, document.names);
    std::uint32_t line_end = 0;
    bool wanted = true;
    FeatureList features;
    for (std::uint32_t i = 0; i < scene.size();) {
        if (options.silver && i >= line_end) {
            line_end = i + 1;
            while (line_end < scene.size() && (scene.word(line_end).gap & k_gap_line) == 0) ++line_end;
            wanted = agreed(std::span(labels).subspan(i, line_end - i), std::span(evidence).subspan(i, line_end - i));
        }
        const auto wanted_word = [&](std::uint32_t k) { return evidence[k].active || labels[k] != k_outside; };
        if (!wanted || !wanted_word(i)) {
            ++i;
            continue;
        }
        TrainingSequence sequence;
        sequence.weight = options.weight;
        const bool with_rules = !options.silver || out.size() % k_silver_with_rules == 0;
        const std::uint32_t first = i;
        for (; i < scene.size() && wanted_word(i); ++i) {
            if (i > first && stands_apart(scene, i, evidence[i]) && !is_inside(labels[i])) break;
            // Where they agree the rules know products, events and works better.
            sequence.labels.push_back(options.silver ? evidence[i].label : labels[i]);
            features_of(scene, evidence, i, with_rules, features);
            const std::span<const std::uint64_t> list = features;
            sequence.features.emplace_back(list.begin(), list.end());
        }
        out.push_back(std::move(sequence));
    }
}

}  // namespace limier
