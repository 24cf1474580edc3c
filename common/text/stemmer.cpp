#include "common/text/stemmer.hpp"

#include <algorithm>

#include <libstemmer.h>

namespace limier {
namespace {

struct Exception {
    std::string_view form, term;
};

// Words that Snowball joins with another, or leaves apart from their own inflections. Sorted. Terms are written so that
// no stem of Snowball's meets them by chance.
constexpr Exception k_exceptions[] = {
    {"actrice", "acteur"},
    {"actrices", "acteur"},
    {"anglais", "anglais"},
    {"aïeux", "aïeul"},
    {"bail", "bail"},
    {"bal", "bal"},
    {"balai", "balai"},
    {"balais", "balai"},
    {"bals", "bal"},
    {"baux", "bail"},
    {"beau", "beau"},
    {"beaux", "beau"},
    {"bel", "beau"},
    {"belle", "beau"},
    {"belles", "beau"},
    {"bijou", "bijou"},
    {"bijoux", "bijou"},
    {"cieux", "ciel"},
    {"convoi", "convoi"},
    {"convois", "convoi"},
    {"corail", "corail"},
    {"coraux", "corail"},
    {"délai", "délai"},
    {"délais", "délai"},
    {"effroi", "effroi"},
    {"emploi", "emploi"},
    {"emplois", "emploi"},
    {"envoi", "envoi"},
    {"envois", "envoi"},
    {"essai", "essai"},
    {"essais", "essai"},
    {"fol", "fou"},
    {"folle", "fou"},
    {"folles", "fou"},
    {"fou", "fou"},
    {"fous", "fou"},
    {"français", "français"},
    {"genou", "genou"},
    {"genoux", "genou"},
    {"générique", "générique"},
    {"génériques", "générique"},
    {"impératrice", "impératrice"},
    {"impératrices", "impératrice"},
    {"loi", "loi"},
    {"lois", "loi"},
    {"madame", "madame"},
    {"marché", "marché"},
    {"marchés", "marché"},
    {"matrice", "matrice"},
    {"matrices", "matrice"},
    {"mesdames", "madame"},
    {"messieurs", "monsieur"},
    {"mol", "mou"},
    {"molle", "mou"},
    {"molles", "mou"},
    {"monsieur", "monsieur"},
    {"mou", "mou"},
    {"mous", "mou"},
    {"nouveau", "nouveau"},
    {"nouveaux", "nouveau"},
    {"nouvel", "nouveau"},
    {"nouvelle", "nouveau"},
    {"nouvelles", "nouveau"},
    {"oeil", "oeil"},
    {"organe", "organe"},
    {"organes", "organe"},
    {"paroi", "paroi"},
    {"parois", "paroi"},
    {"police", "police"},
    {"polices", "police"},
    {"porte", "porte"},
    {"portes", "porte"},
    {"pourvoi", "pourvoi"},
    {"pourvois", "pourvoi"},
    {"quai", "quai"},
    {"quais", "quai"},
    {"roi", "roi"},
    {"rois", "roi"},
    {"soupiraux", "soupirail"},
    {"tournoi", "tournoi"},
    {"tournois", "tournoi"},
    {"travail", "travail"},
    {"travaux", "travail"},
    {"univers", "univers="},
    {"vantaux", "vantail"},
    {"vieil", "vieux"},
    {"vieille", "vieux"},
    {"vieilles", "vieux"},
    {"vieux", "vieux"},
    {"vitrail", "vitrail"},
    {"vitraux", "vitrail"},
    {"yeux", "oeil"},
    {"émail", "émail"},
    {"émaux", "émail"},
};

static_assert(std::is_sorted(std::begin(k_exceptions), std::end(k_exceptions),
                             [](const Exception& a, const Exception& b) { return a.form < b.form; }));

// Snowball takes -ais for a verb ending: français -> franc, française -> français.
constexpr std::string_view k_ais[] = {
    "albanais",     "anglais",    "antillais",   "avignonnais", "béarnais", "bordelais",   "camerounais",
    "congolais",    "dijonnais",  "finlandais",  "français",    "gabonais", "ghanéens",    "hollandais",
    "irlandais",    "islandais",  "japonais",    "libanais",    "lyonnais", "maltais",     "marseillais",
    "martiniquais", "mauvais",    "montréalais", "nantais",     "népalais", "néerlandais", "néozélandais",
    "orléanais",    "ougandais",  "polonais",    "portugais",   "rennais",  "rwandais",    "réunionnais",
    "soudanais",    "sénégalais", "thaïlandais", "écossais",
};

/// -trice is the feminine of -teur, but for a few (exceptions).
std::string masculine(std::string_view form) {
    const std::string_view bare = form.ends_with("trices") ? form.substr(0, form.size() - 1) : form;
    if (bare.size() >= 8 && bare.ends_with("trice")) return std::string(bare.substr(0, bare.size() - 4)) + "eur";
    return std::string(form);
}

}  // namespace

void Stemmer::Close::operator()(void* stemmer) const { sb_stemmer_delete(static_cast<sb_stemmer*>(stemmer)); }

Stemmer::Stemmer() : snowball_(sb_stemmer_new("french", "UTF_8")) {}

std::string Stemmer::stem(std::string_view form) {
    const auto row =
        std::lower_bound(std::begin(k_exceptions), std::end(k_exceptions), form,
                         [](const Exception& exception, std::string_view wanted) { return exception.form < wanted; });
    if (row != std::end(k_exceptions) && row->form == form) return std::string(row->term);
    for (const std::string_view ending : {std::string_view(""), std::string_view("e"), std::string_view("es")}) {
        if (!form.ends_with(ending)) continue;
        const std::string_view base = form.substr(0, form.size() - ending.size());
        if (base.ends_with("ais") && std::find(std::begin(k_ais), std::end(k_ais), base) != std::end(k_ais))
            return std::string(base);
    }
    const std::string word = masculine(form);
    auto* snowball = static_cast<sb_stemmer*>(snowball_.get());
    const sb_symbol* stem =
        sb_stemmer_stem(snowball, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    if (stem == nullptr) return word;
    return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(snowball))};
}

}  // namespace limier
