// Who is who within one document: short names follow the full ones, repeated names their first reading.
#pragma once

#include <string>
#include <vector>

#include "indexer/tagger/names/scene.hpp"

namespace limier {

/// A candidate with its canonical value.
struct NamedEntity {
    Candidate at;
    std::string value;
    bool known = false;  ///< the value is the lexicon's
};

/// Adds the places where a name that the document establishes stands again, in whole or short: surnames of its people,
/// names read by a rule, acronyms introduced in brackets. `chosen` is disjoint and in order; so is the result.
std::vector<Candidate> with_repeats(const Scene& scene, std::vector<Candidate> chosen);

/// Gives every candidate its value. A surname alone goes to the only person of the document who bears it; of several,
/// to the only one whose gender fits the title before it (`Mme Lefebvre`); else it stays its own value, because the
/// nearest one before is too often the wrong one. An unknown name's value is its fullest form in the document, spelled
/// as most used.
std::vector<NamedEntity> name_all(const Scene& scene, const std::vector<Candidate>& chosen);

}  // namespace limier
