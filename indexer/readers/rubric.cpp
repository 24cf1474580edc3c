#include <algorithm>
#include <array>

#include "common/text/utf8.hpp"
#include "indexer/readers/furniture.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

constexpr std::size_t k_longest_rubric = 60;

// Rubrics of general newspapers, folded.
constexpr auto k_rubrics = std::to_array<std::string_view>({"a la une",
                                                            "actualite",
                                                            "actualites",
                                                            "actu",
                                                            "afrique",
                                                            "agriculture",
                                                            "ai",
                                                            "ameriques",
                                                            "analyse",
                                                            "art",
                                                            "arts",
                                                            "asie",
                                                            "automobile",
                                                            "billet",
                                                            "breve",
                                                            "breves",
                                                            "chronique",
                                                            "cinema",
                                                            "climat",
                                                            "courrier des lecteurs",
                                                            "critique",
                                                            "culture",
                                                            "debats",
                                                            "decryptage",
                                                            "disparition",
                                                            "ecologie",
                                                            "economie",
                                                            "edito",
                                                            "editorial",
                                                            "education",
                                                            "elections",
                                                            "energie",
                                                            "enquete",
                                                            "entreprises",
                                                            "entretien",
                                                            "environnement",
                                                            "etranger",
                                                            "europe",
                                                            "faits divers",
                                                            "football",
                                                            "france",
                                                            "grand angle",
                                                            "grand format",
                                                            "high tech",
                                                            "ia",
                                                            "idees",
                                                            "international",
                                                            "interview",
                                                            "insolite",
                                                            "justice",
                                                            "l'editorial",
                                                            "litterature",
                                                            "livres",
                                                            "medias",
                                                            "monde",
                                                            "musique",
                                                            "opinion",
                                                            "opinions",
                                                            "planete",
                                                            "point de vue",
                                                            "police",
                                                            "politique",
                                                            "portrait",
                                                            "proche orient",
                                                            "region",
                                                            "regions",
                                                            "reportage",
                                                            "sante",
                                                            "science",
                                                            "sciences",
                                                            "societe",
                                                            "sport",
                                                            "sports",
                                                            "tech",
                                                            "technologie",
                                                            "technologies",
                                                            "technos",
                                                            "television",
                                                            "tribune",
                                                            "une",
                                                            "verbatim",
                                                            "voyage"});

}  // namespace

Rubric rubric_of(std::string_view line) {
    if (line.size() > k_longest_rubric) return Rubric::no;
    bool all_known = true;
    bool capitals = true;
    std::size_t words = 1;
    for (std::size_t at = 0; at < line.size();) {
        const char32_t c = next_code_point(line, at);
        if (is_space(c)) ++words;
        if (!is_space(c) && c != U'-' && c != U'’' && c != U'\'' && !is_upper(c)) capitals = false;
    }
    for (std::size_t at = 0; at <= line.size();) {
        const std::size_t end = std::min(line.find_first_of("|/>", at), line.size());
        const std::string_view part = trimmed(line.substr(at, end - at));
        const auto is_part = [part](std::string_view name) {
            std::size_t place = 0;
            return skip_prefix(part, place, name) && trimmed(part.substr(place)).empty();
        };
        if (std::none_of(k_rubrics.begin(), k_rubrics.end(), is_part)) all_known = false;
        at = end + 1;
    }
    if (all_known) return Rubric::known;
    return capitals && words == 1 && line.size() > 1 ? Rubric::likely : Rubric::no;
}

}  // namespace limier
