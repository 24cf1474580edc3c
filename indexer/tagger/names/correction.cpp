#include "indexer/tagger/names/correction.hpp"

#include <algorithm>

#include "indexer/tagger/names/evidence.hpp"
#include "indexer/tagger/names/features.hpp"

namespace limier {
namespace {

/// The field of a product, event or work that no rule proposed.
Field other_field(const Scene& scene, std::uint32_t first, std::uint32_t last) {
    if ((scene.word(first).gap & k_gap_quote) != 0) return Field::work;
    if (scene.has(first, k_cue_event_head | k_cue_event_of) || scene.word(last - 1).digits) return Field::event;
    return Field::product;
}

Field field_of(const Scene& scene, NameKind kind, std::uint32_t first, std::uint32_t last) {
    switch (kind) {
        case NameKind::person:
            return Field::person;
        case NameKind::organisation:
            return Field::org;
        case NameKind::place:
            return Field::place;
        default:
            return other_field(scene, first, last);
    }
}

/// What was said of the same words, of the rules' choice first.
const Candidate* same_span(const Reading& reading, const Candidate& name, NameKind kind) {
    const auto same = [&](const Candidate& other) {
        return other.first == name.first && other.last == name.last && kind_of(other.field) == kind;
    };
    for (const std::vector<Candidate>* list : {&reading.chosen, &reading.proposed}) {
        const auto found = std::find_if(list->begin(), list->end(), same);
        if (found != list->end()) return &*found;
    }
    return nullptr;
}

}  // namespace

void correct(const SequenceModel& model, const Scene& scene, Reading& reading) {
    const std::vector<Evidence> evidence = gather_evidence(scene, reading.proposed, reading.chosen);
    std::vector<Candidate> names;
    FeatureList features;
    std::vector<LabelScores> scores;
    std::vector<Label> labels;
    for (const Candidate& candidate : reading.chosen) {
        if (evidence[candidate.first].fixed) names.push_back(candidate);
    }
    for (std::uint32_t first = 0; first < scene.size();) {
        std::uint32_t last = first;
        scores.clear();
        while (last < scene.size() && evidence[last].active && !evidence[last].fixed) {
            features_of(scene, evidence, last, true, features);
            scores.push_back(model.scores(features));
            ++last;
        }
        model.best_labels(scores, labels);
        for (std::uint32_t i = first; i < last;) {
            if (labels[i - first] == k_outside) {
                ++i;
                continue;
            }
            const NameKind kind = kind_of_label(labels[i - first]);
            Candidate name{.first = i, .last = i + 1, .field = Field::person, .strength = k_fair, .why = "model"};
            while (name.last < last && is_inside(labels[name.last - first])) ++name.last;
            name.field = field_of(scene, kind, name.first, name.last);
            if (const Candidate* same = same_span(reading, name, kind)) {
                name = *same;
            } else {
                name.entity = any_entity(scene, name.first, name.last, name.field);
            }
            names.push_back(name);
            i = name.last;
        }
        first = last + (last == first ? 1 : 0);
    }
    std::sort(names.begin(), names.end(), [](const Candidate& a, const Candidate& b) { return a.first < b.first; });
    reading.chosen = std::move(names);
}

}  // namespace limier
