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
    {"adieux", "adieu"},
    {"ambassadrice", "ambassadeur"},
    {"ambassadrices", "ambassadeur"},
    {"anglais", "anglais"},
    {"autrice", "auteur"},
    {"autrices", "auteur"},
    {"aveux", "aveu"},
    {"aïeux", "aïeul"},
    {"bail", "bail"},
    {"bal", "bal"},
    {"balai", "balai"},
    {"balais", "balai"},
    {"bals", "bal"},
    {"basse", "bas"},
    {"basses", "bas"},
    {"baux", "bail"},
    {"beau", "beau"},
    {"beaux", "beau"},
    {"bel", "beau"},
    {"belle", "beau"},
    {"belles", "beau"},
    {"bijou", "bijou"},
    {"bijoux", "bijou"},
    {"blanche", "blanc"},
    {"blanches", "blanc"},
    {"brève", "bref"},
    {"brèves", "bref"},
    {"cailloux", "caillou"},
    {"chanteuse", "chanteur"},
    {"chanteuses", "chanteur"},
    {"cheffe", "chef"},
    {"cheffes", "chef"},
    {"chercheuse", "chercheur"},
    {"chercheuses", "chercheur"},
    {"cheveux", "cheveu"},
    {"choux", "chou"},
    {"chroniqueuse", "chroniqueur"},
    {"chroniqueuses", "chroniqueur"},
    {"cieux", "ciel"},
    {"convoi", "convoi"},
    {"convois", "convoi"},
    {"corail", "corail"},
    {"coraux", "corail"},
    {"coureuse", "coureur"},
    {"coureuses", "coureur"},
    {"danseuse", "danseur"},
    {"danseuses", "danseur"},
    {"dieux", "dieu"},
    {"douce", "doux"},
    {"douces", "doux"},
    {"délai", "délai"},
    {"délais", "délai"},
    {"effroi", "effroi"},
    {"emploi", "emploi"},
    {"emplois", "emploi"},
    {"enjeux", "enjeu"},
    {"entraîneuse", "entraîneur"},
    {"entraîneuses", "entraîneur"},
    {"envoi", "envoi"},
    {"envois", "envoi"},
    {"essai", "essai"},
    {"essais", "essai"},
    {"fausse", "faux"},
    {"fausses", "faux"},
    {"feux", "feu"},
    {"fol", "fou"},
    {"folle", "fou"},
    {"folles", "fou"},
    {"footballeuse", "footballeur"},
    {"footballeuses", "footballeur"},
    {"fou", "fou"},
    {"fous", "fou"},
    {"franche", "franc"},
    {"franches", "franc"},
    {"français", "français"},
    {"fraîche", "frais"},
    {"fraîches", "frais"},
    {"genou", "genou"},
    {"genoux", "genou"},
    {"grecque", "grec"},
    {"grecques", "grec"},
    {"grosse", "gros"},
    {"grosses", "gros"},
    {"générique", "générique"},
    {"génériques", "générique"},
    {"impératrice", "impératrice"},
    {"impératrices", "impératrice"},
    {"jeux", "jeu"},
    {"joueuse", "joueur"},
    {"joueuses", "joueur"},
    {"lieux", "lieu"},
    {"loi", "loi"},
    {"lois", "loi"},
    {"longue", "long"},
    {"longues", "long"},
    {"madame", "madame"},
    {"marché", "marché"},
    {"marchés", "marché"},
    {"matrice", "matrice"},
    {"matrices", "matrice"},
    {"maux", "mal"},
    {"mesdames", "madame"},
    {"messieurs", "monsieur"},
    {"milieux", "milieu"},
    {"mol", "mou"},
    {"molle", "mou"},
    {"molles", "mou"},
    {"monsieur", "monsieur"},
    {"mou", "mou"},
    {"mous", "mou"},
    {"nageuse", "nageur"},
    {"nageuses", "nageur"},
    {"neveux", "neveu"},
    {"nouveau", "nouveau"},
    {"nouveaux", "nouveau"},
    {"nouvel", "nouveau"},
    {"nouvelle", "nouveau"},
    {"nouvelles", "nouveau"},
    {"nulle", "nul"},
    {"nulles", "nul"},
    {"oeil", "oeil"},
    {"openai", "openai"},
    {"organe", "organe"},
    {"organes", "organe"},
    {"paroi", "paroi"},
    {"parois", "paroi"},
    {"paysanne", "paysan"},
    {"paysannes", "paysan"},
    {"police", "police"},
    {"polices", "police"},
    {"porte", "porte"},
    {"portes", "porte"},
    {"porteuse", "porteur"},
    {"porteuses", "porteur"},
    {"pourvoi", "pourvoi"},
    {"pourvois", "pourvoi"},
    {"poux", "pou"},
    {"publique", "public"},
    {"publiques", "public"},
    {"quai", "quai"},
    {"quais", "quai"},
    {"retrait", "retrait="},
    {"retraits", "retrait="},
    {"roi", "roi"},
    {"rois", "roi"},
    {"rousse", "roux"},
    {"rousses", "roux"},
    {"serveuse", "serveur"},
    {"serveuses", "serveur"},
    {"soupiraux", "soupirail"},
    {"sèche", "sec"},
    {"sèches", "sec"},
    {"tournoi", "tournoi"},
    {"tournois", "tournoi"},
    {"travail", "travail"},
    {"travailleuse", "travailleur"},
    {"travailleuses", "travailleur"},
    {"travaux", "travail"},
    {"turque", "turc"},
    {"turques", "turc"},
    {"univers", "univers="},
    {"vantaux", "vantail"},
    {"vendeuse", "vendeur"},
    {"vendeuses", "vendeur"},
    {"vieil", "vieux"},
    {"vieille", "vieux"},
    {"vieilles", "vieux"},
    {"vieux", "vieux"},
    {"vitrail", "vitrail"},
    {"vitraux", "vitrail"},
    {"vive", "vif"},
    {"vives", "vif"},
    {"voeux", "voeu"},
    {"voyageuse", "voyageur"},
    {"voyageuses", "voyageur"},
    {"yeux", "oeil"},
    {"émail", "émail"},
    {"émaux", "émail"},
    {"épaisse", "épais"},
    {"épaisses", "épais"},
};

static_assert(std::is_sorted(std::begin(k_exceptions), std::end(k_exceptions),
                             [](const Exception& a, const Exception& b) { return a.form < b.form; }));

// Snowball takes -ais, -it, -er and -ions for verb endings: français -> franc, française -> français; crédit -> cred,
// crédits -> crédit; foyer -> foi. These keep themselves, with -s, -e and -es. The words are those of the dictionary of
// Dicollecte whose inflections parted most often in 11 MB of press.
constexpr std::string_view k_bases[] = {
    "abri",        "albanais",     "ami",         "anglais",      "antillais", "appui",       "avignonnais",
    "bandit",      "berger",       "bienfait",    "bordelais",    "boucher",   "boulanger",   "béarnais",
    "camerounais", "cancer",       "commission",  "conflit",      "congolais", "connexion",   "conseiller",
    "cri",         "crédit",       "danger",      "demi",         "dijonnais", "divers",      "débit",
    "déficit",     "dégât",        "délit",       "démission",    "désir",     "ennemi",      "ennui",
    "entier",      "fier",         "finlandais",  "fourmi",       "foyer",     "français",    "gabonais",
    "ghanéens",    "hollandais",   "interdit",    "inédit",       "irlandais", "islandais",   "japonais",
    "leader",      "libanais",     "loisir",      "loyer",        "lyonnais",  "léger",       "maltais",
    "manager",     "maraîcher",    "marseillais", "martiniquais", "mauvais",   "montréalais", "nantais",
    "néerlandais", "néozélandais", "népalais",    "opinion",      "orléanais", "ougandais",   "parfait",
    "passager",    "petit",        "plaisir",     "polonais",     "portrait",  "portugais",   "profit",
    "précis",      "religion",     "rennais",     "reporter",     "rwandais",  "récit",       "réflexion",
    "réunionnais", "scooter",      "soudanais",   "souhait",      "souvenir",  "supporter",   "suspicion",
    "sénégalais",  "thaïlandais",  "usager",      "vrai",         "écossais",  "épais",       "étranger"};

// Too short for Snowball to see that -if and -ive are one.
constexpr std::string_view k_active[] = {"actif", "captif", "festif", "hâtif", "juif",    "massif", "natif",
                                         "naïf",  "neuf",   "passif", "sauf",  "sportif", "veuf"};

// Of other words in -us and -os the s is the plural, which Snowball leaves there: élu and élus, photo and photos.
constexpr std::string_view k_invariable[] = {
    "abus", "bus",  "clos", "confus", "cosmos", "dessous", "dessus", "diffus", "dos",  "gros", "inclus", "intrus",
    "jus",  "nous", "os",   "plus",   "propos", "reclus",  "refus",  "repos",  "sous", "sus",  "tous",   "vous"};

template <std::size_t N>
bool listed(const std::string_view (&words)[N], std::string_view word) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

std::string_view without(std::string_view form, std::string_view ending) {
    return form.substr(0, form.size() - ending.size());
}

/// The base of a listed word, or of a participle in -mis, -pris, -quis (soumis, soumise); empty for other words.
std::string listed_base(std::string_view form) {
    for (const std::string_view ending :
         {std::string_view(), std::string_view("s"), std::string_view("e"), std::string_view("es")}) {
        if (form.ends_with(ending) && listed(k_bases, without(form, ending))) return std::string(without(form, ending));
    }
    for (const std::string_view ending :
         {std::string_view("ve"), std::string_view("ves"), std::string_view("f"), std::string_view("fs")}) {
        if (!form.ends_with(ending)) continue;
        const std::string base = std::string(without(form, ending)) + "f";
        if (listed(k_active, base)) return base;
    }
    for (const std::string_view participle : {"mis", "pris", "quis"})
        if (form.size() >= 6 && form.ends_with(participle)) return std::string(form);
    return {};
}

/// The singular of a word in -us or -os; and the masculine of one in -trice, which is -teur but for a few (exceptions).
std::string before_snowball(std::string_view form) {
    if (form.size() >= 4 && (form.ends_with("us") || form.ends_with("os")) && !listed(k_invariable, form))
        return std::string(form.substr(0, form.size() - 1));
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
    if (std::string base = listed_base(form); !base.empty()) return base;
    const std::string word = before_snowball(form);
    auto* snowball = static_cast<sb_stemmer*>(snowball_.get());
    const sb_symbol* stem =
        sb_stemmer_stem(snowball, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    if (stem == nullptr) return word;
    return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(snowball))};
}

}  // namespace limier
