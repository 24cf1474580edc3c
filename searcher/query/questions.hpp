// What the words of a question or request are for: `pouvez-vous me dire quel est le montant de …` asks for montant at
// most.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "searcher/query/ast.hpp"

namespace limier {

enum class WordUse : std::uint8_t {
    content,
    frame,  ///< only asks: `combien`, `pouvez-vous`, the `est` of `qui est`; no document need have it
    kind,   ///< says of what kind the answer is: the `date` of `à quelle date`
};

/// The use of each operand of a list. Only plain words have another than content; where no other word would be left all
/// are content.
std::vector<WordUse> word_uses(std::span<const Node> operands);

}  // namespace limier
