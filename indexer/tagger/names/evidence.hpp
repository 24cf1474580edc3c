// What the rules and lexicons say of each word of a document: the ground that the sequence tagger stands on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "indexer/tagger/names/labels.hpp"
#include "indexer/tagger/names/scene.hpp"

namespace limier {

struct Evidence {
    Label label = k_outside;    ///< by the rules, repeats of names included
    std::uint8_t strength = 0;  ///< of the candidate that gave it
    std::uint8_t proposed =
        0;  ///< kinds that any candidate gave the word, a bit each; four more where one begins there
    bool bare_elsewhere = false;  ///< the form stands with a capital elsewhere, and the rules see no name there
    bool active = false;          ///< may be part of a name; all others are outside
    bool fixed = false;           ///< the user's own lexicon has decided
    std::uint64_t why = 0;        ///< hash of the rule's name
};

/// Kinds that the lexicon has a name of this word alone for, a bit each; four more where that is ambiguous.
std::uint8_t listed_as(const Scene& scene, std::uint32_t word);

/// Something stands before the word that no name goes across.
inline bool stands_apart(const Scene& scene, std::uint32_t word, const Evidence& evidence) {
    return !scene.joined(word) && !is_inside(evidence.label);
}

/// Evidence on each word. `proposed` are all candidates, `chosen` those that the rules stay with, disjoint and in
/// order of place.
std::vector<Evidence> gather_evidence(const Scene& scene, std::span<const Candidate> proposed,
                                      std::span<const Candidate> chosen);

}  // namespace limier
