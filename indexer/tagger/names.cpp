#include <algorithm>

#include "indexer/tagger/names/candidates.hpp"
#include "indexer/tagger/names/coreference.hpp"
#include "indexer/tagger/names/gazetteer.hpp"
#include "indexer/tagger/names/scene.hpp"
#include "indexer/tagger/parts.hpp"

namespace limier {
namespace {

/// Whether the candidate stands in furniture that is no place for it. The town of an agency's dateline is one.
bool in_zone(const Scene& scene, const std::vector<Zone>& zones, const Candidate& candidate) {
    if (scene.word(candidate.first).in_title) return false;
    const std::uint32_t begin = scene.word(candidate.first).begin, end = scene.word(candidate.last - 1).end;
    return std::any_of(zones.begin(), zones.end(), [&](const Zone& zone) {
        return begin < zone.end && end > zone.begin &&
               !(zone.kind == Zone::Kind::agency && candidate.field == Field::place);
    });
}

void drop_zones(const Scene& scene, const std::vector<Zone>& zones, std::vector<Candidate>& candidates) {
    if (zones.empty()) return;
    std::erase_if(candidates, [&](const Candidate& candidate) { return in_zone(scene, zones, candidate); });
}

/// Every source in turn; the lexicon's come first and win where all else is equal.
std::vector<Candidate> candidates_of(Scene& scene) {
    scene.mark(find_known(scene));
    std::vector<Candidate> all(scene.known().begin(), scene.known().end());
    find_persons(scene, all);
    find_organisations(scene, all);
    find_places(scene, all);
    find_events_and_works(scene, all);
    return all;
}

Mention mention_of(const Scene& scene, const Document& document, NamedEntity named) {
    Mention mention;
    mention.field = named.at.field;
    mention.value = std::move(named.value);
    mention.begin = scene.word(named.at.first).begin;
    mention.end = scene.word(named.at.last - 1).end;
    // `Chérif C.`: the dot belongs to a surname withheld.
    const std::string_view text = scene.word(named.at.first).in_title ? document.title : document.text;
    const bool withheld = mention.field == Field::person && scene.word(named.at.last - 1).letters == 1;
    if (withheld && mention.end < text.size() && text[mention.end] == '.') ++mention.end;
    mention.in_title = scene.word(named.at.first).in_title;
    mention.known = named.known;
    mention.why = named.at.why;
    return mention;
}

}  // namespace

struct NameTagger::Impl {
    Gazetteer gazetteer;
};

NameTagger::NameTagger() : impl_(std::make_unique<Impl>()) {}
NameTagger::~NameTagger() = default;

void NameTagger::tag(const TagInput& input, Annotations& out) const {
    const Document& document = input.document;
    Scene scene(impl_->gazetteer, document.title_apart ? std::string_view(document.title) : std::string_view(),
                document.text);
    std::vector<Candidate> chosen = choose(scene, candidates_of(scene));
    drop_zones(scene, document.zones, chosen);
    chosen = with_repeats(scene, std::move(chosen));
    drop_zones(scene, document.zones, chosen);
    for (NamedEntity& named : name_all(scene, chosen))
        out.mentions.push_back(mention_of(scene, document, std::move(named)));
}

std::vector<Alias> NameTagger::aliases(Field field, std::string_view value) const {
    return impl_->gazetteer.aliases_of(field, value);
}

}  // namespace limier
