#include "searcher/query/questions.hpp"

#include <string>
#include <utility>

#include <catch2/catch.hpp>

namespace limier {
namespace {

/// The query, the words of the frame in brackets and that of the kind in braces.
std::string marked(const std::string& query) {
    const auto parsed = parse_query(query, Leniency::strict);
    REQUIRE(parsed);
    const std::vector<WordUse> uses = word_uses(parsed->root.children);
    REQUIRE(uses.size() == parsed->root.children.size());
    std::string out;
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const std::string& word = parsed->root.children[i].value;
        out += (i == 0 ? "" : " ") + (uses[i] == WordUse::frame  ? "[" + word + "]"
                                      : uses[i] == WordUse::kind ? "{" + word + "}"
                                                                 : word);
    }
    return out;
}

TEST_CASE("questions: what only asks is told from what is asked for") {
    const std::pair<const char*, const char*> rows[] = {
        {"quel est le montant de l'amende ?", "[quel] [est] le {montant} de l'amende"},
        {"Quelle fut la durée du siège", "[Quelle] [fut] la {durée} du siège"},
        {"à quelle date ouvre le musée", "à quelle {date} ouvre le musée"},
        {"qui a volé les bijoux", "[qui] [a] volé les bijoux"},
        {"combien de médailles", "[combien] de médailles"},
        {"Depuis quand la ville a-t-elle un maire ?", "Depuis [quand] la ville a-t-elle un maire"},
        {"où est né Hugo", "[où] [est] né Hugo"},
        {"Pourquoi y a-t-il des marées ?", "[Pourquoi] [y] [a-t-il] des marées"},
        {"comment s'appelle le maire", "[comment] [s'appelle] le maire"},
        {"Pouvez-vous me dire quel est le prix du gaz ?", "[Pouvez-vous] [me] [dire] [quel] [est] le {prix} du gaz"},
        {"je voudrais savoir quand ferme l'usine, s'il vous plaît",
         "[je] [voudrais] [savoir] [quand] ferme l'usine [s'il] [vous] [plaît]"},
        {"J’aimerais connaître les horaires svp", "[J’aimerais] [connaître] les horaires [svp]"},
        {"est-ce que le loup revient", "[est-ce] que le loup revient"},
        {"qu'est-ce que la TVA", "[qu'est-ce] que la TVA"},
        // Text that only looks like it.
        {"le vent d'est souffle", "le vent d'est souffle"},
        {"la presse se demande comment voter", "la presse se demande comment voter"},
        {"je veux voir Syracuse", "[je] [veux] [voir] Syracuse"},
        {"la France est prête", "la France est prête"},
        {"Merci patron", "Merci patron"},
        // Nothing else would be left.
        {"comment", "comment"},
        {"où est", "où est"},
        {"pouvez-vous me dire", "pouvez-vous me dire"},
        // What the user insists on.
        {"+comment voter", "comment voter"},
        {"comment^2 voter", "comment voter"},
        {"\"comment\" voter", "comment voter"},
    };
    for (const auto& [query, expected] : rows) CHECK(marked(query) == expected);
}

}  // namespace
}  // namespace limier
