#include "common/text/accents.hpp"

#include <algorithm>
#include <array>

namespace limier {
namespace {

// Written for Limier: verb forms in -e beside participles in -é (marche, marché), nouns (cote, côté; peche is none,
// peche fishing is pêche without accent, yet a fruit and a sin too), grammatical words (ou, la, du, sur). Sorted.
constexpr std::string_view k_words[] = {
    "a",         "affaire",    "age",       "agrafe",    "aide",     "aides",     "aime",      "air",
    "alarme",    "allie",      "allies",    "amende",    "amendes",  "ancre",     "annonce",   "annonces",
    "appele",    "approche",   "approches", "arme",      "armes",    "arrange",   "arrive",    "assure",
    "attache",   "attaque",    "attaques",  "avance",    "avances",  "baisse",    "baisses",   "balance",
    "barre",     "base",       "bases",     "bile",      "blanche",  "blesse",    "bloque",    "bouche",
    "boucle",    "bourse",     "branche",   "brique",    "bronze",   "brusque",   "cache",     "cadre",
    "cadres",    "calcule",    "calme",     "campagne",  "cane",     "cape",      "carre",     "casque",
    "casse",     "cause",      "causes",    "cesse",     "chaine",   "change",    "changes",   "charge",
    "charges",   "chasse",     "chauffe",   "cherche",   "chiffre",  "chiffres",  "choque",    "classe",
    "classes",   "cloche",     "coche",     "code",      "codes",    "colle",     "commande",  "commandes",
    "commence",  "communique", "complexe",  "compose",   "compte",   "comptes",   "concerne",  "conclus",
    "confie",    "conserve",   "considere", "conteste",  "continue", "contrarie", "contraste", "controle",
    "cote",      "cotes",      "couche",    "couches",   "coupe",    "coupes",    "courbe",    "course",
    "crane",     "cree",       "crispe",    "croise",    "cuisine",  "culte",     "cure",      "danse",
    "date",      "dates",      "de",        "debauche",  "debite",   "decide",    "declare",   "declasse",
    "delivre",   "demande",    "demandes",  "depeche",   "depense",  "des",       "desire",    "despote",
    "detaille",  "dicte",      "diffuse",   "digere",    "dispute",  "divise",    "domine",    "donne",
    "dose",      "doute",      "doutes",    "drague",    "dresse",   "droite",    "du",        "due",
    "dues",      "dure",       "dures",     "ecarte",    "echappe",  "elabore",   "elle",      "emballe",
    "embauche",  "empire",     "emploie",   "enfle",     "engage",   "enleve",    "enquete",   "entame",
    "entoure",   "entre",      "espace",    "estime",    "exige",    "expose",    "fabrique",  "face",
    "fache",     "fatigue",    "favorise",  "ferme",     "fermes",   "fiche",     "figure",    "figures",
    "film",      "filme",      "fixe",      "flambe",    "foncier",  "fonde",     "fondes",    "force",
    "forces",    "forme",      "formes",    "formule",   "fouille",  "foule",     "frappe",    "frappes",
    "freine",    "fume",       "gage",      "gagne",     "garde",    "gardes",    "gare",      "gates",
    "gene",      "geste",      "glace",     "goutte",    "grace",    "grave",     "greffe",    "grille",
    "grimpe",    "grippe",     "groupe",    "groupes",   "guide",    "habille",   "habite",    "haie",
    "hale",      "hate",       "hausse",    "hausses",   "herite",   "heurte",    "honore",    "image",
    "impose",    "incline",    "indique",   "influence", "installe", "insulte",   "intrigue",  "invite",
    "jeune",     "jeunes",     "joue",      "juge",      "juges",    "jure",      "la",        "laisse",
    "lance",     "large",      "lasse",     "latte",     "leve",     "libre",     "licence",   "lie",
    "ligne",     "limite",     "limites",   "livre",     "livres",   "loge",      "lutte",     "luttes",
    "magnetise", "male",       "mange",     "manque",    "marche",   "marches",   "marge",     "marie",
    "marine",    "marque",     "marques",   "masque",    "masse",    "masses",    "mate",      "melange",
    "menace",    "menaces",    "mene",      "mesure",    "mesures",  "meuble",    "mine",      "mines",
    "modere",    "module",     "monte",     "montre",    "moque",    "mouille",   "mur",       "mure",
    "mures",     "murs",       "mute",      "nage",      "ne",       "neglige",   "nie",       "noir",
    "nomine",    "nomme",      "note",      "notes",     "notre",    "oblige",    "observe",   "occupe",
    "offense",   "ordonne",    "organise",  "ose",       "ou",       "outrage",   "pale",      "panne",
    "parle",     "partage",    "parti",     "partie",    "parties",  "passe",     "passes",    "pate",
    "pates",     "patine",     "pause",     "peche",     "peches",   "pecheur",   "pecheurs",  "peigne",
    "peine",     "peines",     "pense",     "perce",     "perche",   "peste",     "peuple",    "photographie",
    "piege",     "pilote",     "pince",     "pique",     "place",    "places",    "plante",    "plie",
    "plisse",    "plonge",     "pointe",    "porte",     "portes",   "pose",      "poses",     "poste",
    "postes",    "pousse",     "pratique",  "pratiques", "pre",      "precise",   "preface",   "prepare",
    "presente",  "presse",     "presses",   "prive",     "procure",  "profile",   "programme", "programmes",
    "projette",  "promene",    "propose",   "protege",   "prouve",   "provoque",  "public",    "publie",
    "quitte",    "quotes",     "range",     "rape",      "rappelle", "rase",      "rate",      "rayonne",
    "reclame",   "recrute",    "recule",    "redige",    "reforme",  "refuse",    "regarde",   "regle",
    "relance",   "relie",      "remarque",  "remplace",  "renonce",  "rente",     "repare",    "repas",
    "reste",     "retire",     "retraite",  "retraites", "reunis",   "reve",      "revolte",   "ride",
    "rime",      "ris",        "risque",    "risques",   "rode",     "ronde",     "rose",      "roule",
    "rue",       "ruse",       "sacre",     "sale",      "sales",    "saute",     "scie",      "seche",
    "secrete",   "semble",     "serre",     "siege",     "signe",    "signes",    "sinistre",  "soigne",
    "sonde",     "sondes",     "songe",     "sors",      "souffle",  "souffre",   "soupire",   "source",
    "suicide",   "suppose",    "sur",       "sure",      "sures",    "surface",   "surs",      "surveille",
    "tache",     "taches",     "taille",    "tailles",   "tape",     "tares",     "tasse",     "taxe",
    "taxes",     "te",         "tempere",   "tente",     "tentes",   "terrasse",  "terre",     "teste",
    "the",       "theorise",   "tire",      "tisse",     "titre",    "titres",    "tombe",     "tombes",
    "touche",    "touches",    "tourne",    "trace",     "traces",   "traite",    "traites",   "transforme",
    "travaille", "traverse",   "trempe",    "trompe",    "trouve",   "tube",      "tue",       "type",
    "use",       "vague",      "vante",     "varie",     "veille",   "vende",     "verres",    "verse",
    "vide",      "vides",      "vise",      "visite",    "visites",  "vogue",     "voile",     "voiles",
    "vole",      "voles",      "vote",      "votes",     "votre",    "voute"};
static_assert(std::is_sorted(std::begin(k_words), std::end(k_words)));

}  // namespace

bool unaccented_word(std::string_view form) { return std::binary_search(std::begin(k_words), std::end(k_words), form); }

}  // namespace limier
