#include "indexer/tagger/names/rules.hpp"

#include <algorithm>
#include <utility>

#include "indexer/tagger/names/coreference.hpp"

namespace limier {
namespace {

/// Whether the candidate stands in furniture that is no place for it. The town of an agency's dateline is one.
bool in_zone(const Scene& scene, std::span<const Zone> zones, const Candidate& candidate) {
    if (scene.word(candidate.first).in_title) return false;
    const std::uint32_t begin = scene.word(candidate.first).begin, end = scene.word(candidate.last - 1).end;
    return std::any_of(zones.begin(), zones.end(), [&](const Zone& zone) {
        return begin < zone.end && end > zone.begin &&
               !(zone.kind == Zone::Kind::agency && candidate.field == Field::place);
    });
}

void drop_never(const Scene& scene, std::vector<Candidate>& candidates) {
    std::erase_if(candidates, [&scene](const Candidate& candidate) {
        return scene.gazetteer().is_never(scene.hash(candidate.first, candidate.last));
    });
}

/// Every source in turn; the lexicon's come first and win where all else is equal.
std::vector<Candidate> candidates_of(Scene& scene) {
    scene.mark(find_known(scene));
    std::vector<Candidate> all(scene.known().begin(), scene.known().end());
    find_persons(scene, all);
    find_organisations(scene, all);
    find_places(scene, all);
    find_events_and_works(scene, all);
    drop_never(scene, all);
    return all;
}

}  // namespace

void drop_unwanted(const Scene& scene, std::span<const Zone> zones, std::vector<Candidate>& candidates) {
    drop_never(scene, candidates);
    if (zones.empty()) return;
    std::erase_if(candidates, [&](const Candidate& candidate) { return in_zone(scene, zones, candidate); });
}

Reading read_by_rules(Scene& scene, std::span<const Zone> zones) {
    Reading reading;
    reading.proposed = candidates_of(scene);
    reading.chosen = choose(scene, reading.proposed);
    drop_unwanted(scene, zones, reading.chosen);
    reading.chosen = with_repeats(scene, std::move(reading.chosen));
    drop_unwanted(scene, zones, reading.chosen);
    return reading;
}

}  // namespace limier
