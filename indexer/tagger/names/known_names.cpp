#include <algorithm>
#include <array>

#include "indexer/tagger/names/candidates.hpp"

namespace limier {
namespace {

constexpr std::uint16_t k_joining = k_gap_blank | k_gap_hyphen | k_gap_apostrophe;

/// An alias that the words of a place spell.
struct Match {
    std::uint32_t first, last;
    const AliasName* alias;
};

/// Whether the words have a capital wherever the alias has one.
bool spelled_like(const Scene& scene, std::uint32_t first, std::uint32_t last, const AliasName& alias) {
    for (std::uint32_t i = first; i < last; ++i) {
        const Word& word = scene.word(i);
        const std::uint32_t bit = i - first < 32 ? 1U << (i - first) : 0;
        if ((word.gap & k_gap_stop) != 0 && i > first && (alias.stops & bit) == 0 && !scene.initial(i - 1))
            return false;
        if (word.shouted) continue;
        // `coupe du monde`, `prix Nobel`: the kind of event is a common noun as well.
        const bool kind = i == first && last - first > 1 && scene.has(i, k_cue_event_head | k_cue_event_of) &&
                          (alias.capital & ~bit) != 0;
        if ((alias.capital & bit) != 0 && !word.upper_first && !kind) return false;
        if ((alias.inner & bit) != 0 && !word.upper_first && !word.upper_later) return false;
        // `AMI` is no friend: short capitals want capitals; `Otan` for OTAN is how newspapers print long ones.
        constexpr std::uint8_t k_short = 3;
        if ((alias.shouted & bit) != 0 && !word.all_upper && word.letters <= k_short) return false;
    }
    return true;
}

/// A single word whose capital may come from its place: at the beginning of a sentence, in a line of capitals.
bool may_be_plain(const Scene& scene, const Match& match) {
    const Word& word = scene.word(match.first);
    if (match.last - match.first > 1 || (word.all_upper && !word.shouted)) return false;
    if (match.alias->capital == 0) return false;
    if (!word.starts && !word.shouted) return scene.has(match.first, k_cue_day);
    return scene.has(match.first, k_cue_common | k_cue_day) || scene.seen_small(word.hash);
}

bool extends(const Scene& scene, std::uint32_t i) {
    const std::uint16_t gap = scene.word(i).gap;
    if ((gap & ~k_joining) == 0) return true;
    constexpr std::uint8_t k_short = 3;
    return (gap & ~(k_joining | k_gap_stop)) == 0 && scene.word(i - 1).upper_first &&
           scene.word(i - 1).letters <= k_short;
}

void matches_at(const Scene& scene, std::uint32_t first, std::vector<Match>& out) {
    if ((scene.word(first).gap & k_gap_at) != 0) return;
    const Gazetteer& gazetteer = scene.gazetteer();
    const Phrase* phrase = scene.phrase(first);
    std::uint64_t hash = 0;
    for (std::uint32_t i = first; phrase != nullptr;) {
        hash = sequence_hash(hash, scene.word(i).hash);
        ++i;
        for (std::uint32_t at = phrase->alias; at != HashIndex::k_none; at = gazetteer.alias(at).next) {
            const Match match{first, i, &gazetteer.alias(at)};
            if (spelled_like(scene, first, i, *match.alias) && !may_be_plain(scene, match)) out.push_back(match);
        }
        if (i >= scene.size() || !phrase->may_go_on(scene.word(i).hash) || !extends(scene, i)) return;
        phrase = gazetteer.find(sequence_hash(hash, scene.word(i).hash));
    }
}

/// Prepositions and the like prove something only right before the name.
bool is_small_cue(std::uint64_t hash) {
    static constexpr std::array<std::uint64_t, 10> words = {
        word_hash("la"), word_hash("a"),  word_hash("de"),  word_hash("en"),   word_hash("au"),
        word_hash("du"), word_hash("et"), word_hash("aux"), word_hash("avec"), word_hash("entre")};
    return std::find(words.begin(), words.end(), hash) != words.end();
}

/// Words to the nearest cue of the entity, beginning with 1; 0 where none is within four.
std::uint32_t cue_distance(const Scene& scene, const Match& match) {
    constexpr std::uint32_t k_reach = 4;
    static constexpr std::uint64_t a = word_hash("a");
    const auto cues = scene.gazetteer().cues(scene.gazetteer().entity(match.alias->entity));
    const auto is_cue = [&](std::uint32_t i, std::uint32_t distance, bool before) {
        const std::uint64_t hash = scene.word(i).hash;
        if (std::find(cues.begin(), cues.end(), hash) == cues.end()) return false;
        if (!is_small_cue(hash)) return true;
        return distance == 1 && before && (hash != a || scene.is_a_grave(i));
    };
    for (std::uint32_t distance = 1; distance <= k_reach; ++distance) {
        if (match.first >= distance && is_cue(match.first - distance, distance, true)) return distance;
        if (match.last - 1 + distance < scene.size() && is_cue(match.last - 1 + distance, distance, false))
            return distance;
    }
    return 0;
}

/// Decides the matches of one place: the longest that the document settles.
class Settler {
 public:
    Settler(const Scene& scene, const std::vector<Match>& matches) : scene_(scene) {
        for (const Match& match : matches) {
            if (!match.alias->ambiguous) established_.push_back(match.alias->entity);
        }
        std::sort(established_.begin(), established_.end());
    }

    /// Null when none of the matches, all of one first word, is sure enough.
    const Match* settle(std::span<const Match> matches) const {
        const Match* best = nullptr;
        std::uint32_t best_rank = 0;
        for (const Match& match : matches) {
            const std::uint32_t rank = rank_of(match);
            if (rank == 0) continue;
            const bool longer = best != nullptr && match.last > best->last;
            if (best == nullptr || longer || (match.last == best->last && rank > best_rank)) {
                best = &match;
                best_rank = rank;
            }
        }
        return best;
    }

 private:
    /// The article that a clipped alias lacks, as in `du Monde`, `l'Équipe`.
    bool after_article(const Match& match) const {
        static constexpr std::array<std::uint64_t, 7> articles = {word_hash("du"), word_hash("au"), word_hash("le"),
                                                                  word_hash("la"), word_hash("l"),  word_hash("aux"),
                                                                  word_hash("les")};
        return match.first > 0 && scene_.joined(match.first) && !scene_.hyphened(match.first) &&
               std::find(articles.begin(), articles.end(), scene_.word(match.first - 1).hash) != articles.end();
    }

    /// `Lézignan (Aude)`: a region behind a town.
    bool in_brackets(const Match& match) const {
        if (scene_.gazetteer().entity(match.alias->entity).field != Field::place || match.first == 0) return false;
        if (scene_.word(match.first).gap != (k_gap_blank | k_gap_open) || !scene_.capital(match.first - 1))
            return false;
        return match.last >= scene_.size() || (scene_.word(match.last).gap & k_gap_close) != 0;
    }

    /// `NICE, 9 juin`: a town in capitals at the beginning of a line.
    bool in_dateline(const Match& match) const {
        const Word& word = scene_.word(match.first);
        if (scene_.gazetteer().entity(match.alias->entity).field != Field::place || !word.all_upper) return false;
        if (match.first > 0 && (word.gap & k_gap_line) == 0) return false;
        return match.last < scene_.size() &&
               (scene_.word(match.last).gap & (k_gap_comma | k_gap_open | k_gap_dash)) != 0;
    }

    /// `« Le Monde »`: a title, of a newspaper or a work, and nothing else in quotation marks.
    bool in_quotes(const Match& match) const {
        const Field field = scene_.gazetteer().entity(match.alias->entity).field;
        if ((field != Field::org && field != Field::work) || match.last - match.first < 2) return false;
        return (scene_.word(match.first).gap & k_gap_quote) != 0 && match.last < scene_.size() &&
               (scene_.word(match.last).gap & k_gap_quote) != 0;
    }

    std::uint32_t rank_of(const Match& match) const {
        constexpr std::uint32_t k_near = 20, k_established = 15, k_sure_alias = 30, k_bracket = 14;
        if (!match.alias->ambiguous) return k_sure_alias;
        // A capital that the place explains is no sign that the name is meant.
        if (scene_.word(match.first).starts && match.last - match.first == 1 && plain_word(scene_, match.first))
            return 0;
        std::uint32_t rank = 0;
        if (match.alias->clipped && !after_article(match)) return 0;
        if (in_brackets(match) || in_dateline(match) || in_quotes(match)) rank = k_bracket;
        if (std::binary_search(established_.begin(), established_.end(), match.alias->entity)) rank = k_established;
        if (const std::uint32_t distance = cue_distance(scene_, match); distance != 0)
            rank = std::max(rank, k_near - distance);
        return rank;
    }

    const Scene& scene_;
    std::vector<std::uint32_t> established_;
};

}  // namespace

std::vector<Candidate> find_known(const Scene& scene) {
    std::vector<Match> matches;
    for (const std::uint32_t i : scene.listed()) {
        if (scene.phrase(i)->alias != HashIndex::k_none || scene.may_go_on(i)) matches_at(scene, i, matches);
    }
    const Settler settler(scene, matches);
    std::vector<Candidate> found;
    for (std::size_t at = 0; at < matches.size();) {
        std::size_t end = at;
        while (end < matches.size() && matches[end].first == matches[at].first) ++end;
        const Match* match = settler.settle(std::span(matches).subspan(at, end - at));
        at = end;
        if (match == nullptr) continue;
        const Entity& entity = scene.gazetteer().entity(match->alias->entity);
        found.push_back({match->first, match->last, entity.field, k_sure, match->alias->entity, HashIndex::k_none,
                         entity.of_user ? "user-lexicon" : "lexicon"});
    }
    return choose(scene, std::move(found));
}

}  // namespace limier
