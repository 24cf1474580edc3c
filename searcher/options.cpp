#include "searcher/options.hpp"

#include <array>

#include "searcher/recipes.hpp"
#include "searcher/repl/dialogue.hpp"

namespace limier {
namespace {

constexpr auto k_options = std::to_array<Option>({
    {.name = "db",
     .argument = "DB",
     .help = "Search this index, a folder or a server (host:port); given several times, all of them as one",
     .help_french = "Cherche dans cet index, dossier ou serveur (hôte:port) ; donné plusieurs fois, dans tous comme en "
                    "un seul",
     .repeats = true,
     .required = true},
    {.name = "limit",
     .letter = 'n',
     .argument = "N",
     .help = "Print at most N hits",
     .help_french = "Affiche au plus N résultats",
     .default_value = "10"},
    {.name = "offset",
     .argument = "N",
     .help = "Skip the first N hits",
     .help_french = "Saute les N premiers résultats",
     .default_value = "0"},
    {.name = "sort",
     .argument = "ORDER",
     .help = "Order of the hits",
     .help_french = "Ordre des résultats",
     .values = "relevance|date|-date|title",
     .default_value = "relevance"},
    {.name = "facet",
     .argument = "F[,F...]",
     .help = "Count the values of these fields among all hits; any field with values, dates by part; person~alt: only "
             "values with a word that begins so",
     .help_french = "Compte les valeurs de ces champs dans tous les résultats ; tout champ à valeurs, dates par "
                    "partie ; person~alt : les seules valeurs dont un mot commence ainsi",
     .values = "person|org|place|product|event|work|topic|keyword|date:year|date:month|date:week|date:day|amount|"
               "amount:range|topic:tree|source|author|lang",
     .repeats = true,
     .open_values = true},
    {.name = "facet-limit",
     .argument = "N",
     .help = "Print at most N values of a facet",
     .help_french = "Affiche au plus N valeurs par facette",
     .default_value = "10"},
    {.name = "facet-order",
     .argument = "ORDER",
     .help = "Order of the values of a facet: most frequent first, or by name",
     .help_french = "Ordre des valeurs d'une facette : les plus fréquentes d'abord, ou par nom",
     .values = "count|name",
     .default_value = "count"},
    {.name = "facet-min",
     .argument = "N",
     .help = "Print only values of a facet that at least N documents have",
     .help_french = "N'affiche que les valeurs d'une facette qu'ont au moins N documents",
     .default_value = "1"},
    {.name = "facet-mode",
     .argument = "MODE",
     .help = "Count each facet among the hits (drill), or as if none of its own values were chosen (multi)",
     .help_french =
         "Compte chaque facette parmi les résultats (drill), ou comme si aucune de ses propres valeurs n'était "
         "choisie (multi)",
     .values = "drill|multi",
     .default_value = "drill"},
    {.name = "significant",
     .argument = "F[,F...]",
     .help =
         "List the values of these fields that the hits have more often than the rest of the index, in how many hits "
         "and in how many documents of the index",
     .help_french = "Liste les valeurs de ces champs que les résultats ont plus souvent que le reste de l'index, dans "
                    "combien de résultats et dans combien de documents de l'index",
     .values = "person|org|place|product|event|work|topic|keyword|when|amount|source|author|lang",
     .repeats = true,
     .open_values = true},
    {.name = "timeline",
     .help = "Show how many hits each year, month, week or day has, from the first to the last",
     .help_french = "Montre combien de résultats a chaque année, mois, semaine ou jour, du premier au dernier"},
    {.name = "timeline-by",
     .argument = "PERIOD",
     .help = "With --timeline, and implying it: the period; auto chooses it by the span",
     .help_french = "Avec --timeline, qu'elle implique : la période ; auto la choisit selon l'étendue",
     .values = "auto|year|month|week|day",
     .default_value = "auto"},
    {.name = "timeline-file",
     .argument = "FILE",
     .help = "With --timeline, and implying it: also draw it into this file, .svg or .png (needs gnuplot)",
     .help_french =
         "Avec --timeline, qu'elle implique : la dessine aussi dans ce fichier, .svg ou .png (il faut gnuplot)"},
    {.name = "match",
     .argument = "HOW",
     .help = "The words of the query that a hit has; not given: all, or any where text output finds none with all",
     .help_french = "Les mots de la requête qu'a un résultat ; par défaut tous, ou au moins un si le format texte n'en "
                    "trouve aucun qui les ait tous",
     .values = "all|any"},
    {.name = "format",
     .argument = "FORMAT",
     .help = "Format of the output",
     .help_french = "Format de sortie",
     .values = "text|json|jsonl|tsv|csv|trec|ids",
     .default_value = "text"},
    {.name = "template",
     .argument = "TEXT",
     .help = "Print each hit by a template, such as '{rank}\\t{score:.3f}\\t{path}'",
     .help_french = "Affiche chaque résultat selon un modèle, comme '{rank}\\t{score:.3f}\\t{path}'"},
    {.name = "null",
     .letter = '0',
     .help = "End each record of ids and --template by a zero byte",
     .help_french = "Termine chaque ligne d'ids et de --template par un octet nul"},
    {.name = "count", .help = "Print the number of hits alone", .help_french = "N'affiche que le nombre de résultats"},
    {.name = "explain",
     .help = "Tell on stderr how the query was understood",
     .help_french = "Dit sur stderr comment la requête a été comprise"},
    {.name = "relax",
     .help = "Where no document has all words, give those that have any, in every format",
     .help_french = "Si aucun document n'a tous les mots, donne ceux qui en ont au moins un, dans tout format"},
    {.name = "expand",
     .help = "Also look for synonyms, and rank by what the best documents have in common",
     .help_french = "Cherche aussi les synonymes, et classe par ce que les meilleurs documents ont en commun"},
    {.name = "full",
     .help = "Show the whole text of each hit with the words of the query marked, instead of a passage",
     .help_french = "Montre le texte entier de chaque résultat, les mots de la requête marqués, au lieu d'un extrait"},
    {.name = "kwic",
     .argument = "N",
     .help = "List each place where the words stand, with N words on each side; --limit (100) and --offset count lines",
     .help_french = "Liste chaque endroit où se trouvent les mots, avec N mots de part et d'autre ; --limit (100) et "
                    "--offset comptent les lignes"},
    {.name = "kwic-sort",
     .argument = "ORDER",
     .help = "Order of these lines: as the documents are ranked, or by the words before or behind",
     .help_french = "Ordre de ces lignes : celui des documents, ou par les mots d'avant ou d'après",
     .values = "position|left|right",
     .default_value = "position"},
    {.name = "similar",
     .argument = "ID",
     .help = "Find what is like this document, or the text of this file (- is stdin), and say what they share; a query "
             "narrows it",
     .help_french =
         "Trouve ce qui ressemble à ce document, ou au texte de ce fichier (- : stdin), et dit ce qu'ils ont "
         "en commun ; une requête restreint"},
    {.name = "collapse",
     .help = "Show of near-duplicates (an agency's text in several papers) the best alone, and how many more there are",
     .help_french = "De quasi-doublons (une dépêche dans plusieurs journaux) ne montre que le meilleur, et dit combien "
                    "d'autres"},
    {.name = "synonyms",
     .argument = "FILE",
     .help = "With --expand, and implying it: more synonyms, a group a line with tabs between",
     .help_french = "Avec --expand, qu'elle implique : d'autres synonymes, un groupe par ligne, séparés par des "
                    "tabulations",
     .repeats = true},
    {.name = "since",
     .argument = "TIME",
     .help = "Only documents indexed then or later: 2025-01-14, 2025-01-14T10:30, 2h, 30j, @SECONDS since 1970",
     .help_french =
         "Seulement les documents indexés depuis : 2025-01-14, 2025-01-14T10:30, 2h, 30j, @SECONDES depuis 1970"},
    {.name = "timeout",
     .argument = "SECONDS",
     .help =
         "Give up a query that takes longer, with an error: a count is exact or it is none; a server is waited for as "
         "long (10 when not given) for each answer",
     .help_french = "Abandonne une requête qui dure davantage, avec une erreur : un compte est exact ou n'est pas ; "
                    "chaque réponse d'un serveur est attendue autant (10 par défaut)"},
    {.name = "partial",
     .help = "Leave out a server that does not answer, and say so",
     .help_french = "Laisse de côté un serveur qui ne répond pas, et le dit"},
    {.name = "color",
     .argument = "WHEN",
     .help = "Whether to colour",
     .help_french = "Quand colorer",
     .values = "auto|always|never",
     .default_value = "auto"},
    {.name = "jobs",
     .letter = 'j',
     .argument = "N",
     .help = "With several queries: answer on N threads; when not given, one for each processor",
     .help_french = "Avec plusieurs requêtes : répond sur N fils d'exécution ; par défaut, un par processeur"},
    {.name = "queries",
     .argument = "FILE",
     .help = "Answer the queries of a file (- is stdin), one a line: QUERY or QID<TAB>QUERY",
     .help_french = "Répond aux requêtes d'un fichier (- : stdin), une par ligne : REQUÊTE ou QID<TAB>REQUÊTE"},
});

constexpr auto k_commands = std::to_array<Command>({
    {.name = "",
     .arguments = "[QUERY...]",
     .help = "Search an index of French text",
     .help_french = "Cherche dans un index de textes français",
     .options = k_options,
     .query_arguments = true},
});

constexpr auto k_statuses = std::to_array<ExitStatus>({
    {0, "Some hit", "Au moins un résultat"},
    {1, "No hit", "Aucun résultat"},
    {2, "An error; with several queries, one of them failed", "Une erreur ; avec plusieurs requêtes, l'une a échoué"},
});

constexpr auto k_examples = std::to_array<Example>({
    {"searcher --db presse.db 'person:Musk topic:financement' --facet person,org,date:month",
     "Documents on a person and a topic, with facets", "Documents sur une personne et un sujet, avec des facettes"},
    {"searcher --db presse.db '\"centre de données\" -topic:sport date:2024..2025-02'",
     "A phrase, an exclusion, a range of dates", "Une expression exacte, une exclusion, un intervalle de dates"},
    {"searcher --db presse.db --template '{path}' -0 énergie | xargs -0 wc -w", "The files, for another program",
     "Les fichiers, pour un autre programme"},
    {"searcher --db presse.db --format trec --queries queries.tsv > run.txt", "A run for trec_eval",
     "Une exécution pour trec_eval"},
    {"searcher --db presse.db", "Ask in a loop; `:help` helps", "Interroge en boucle ; `:help` aide"},
});

std::vector<ManualRow> dialogue() {
    std::vector<ManualRow> rows;
    for (const DialogueCommand& command : dialogue_commands())
        rows.push_back({dialogue_label(command), command.help, command.help_french});
    return rows;
}

std::vector<ManualRow> environment() {
    return {
        {"LIMIER_PAGER, PAGER", "What shows a long answer in the dialogue, less -FRX when not set; empty: nothing does",
         "Ce qui montre une longue réponse dans le dialogue, less -FRX par défaut ; vide : rien"},
        {"LIMIER_OPEN", "What :open starts; xdg-open on a desktop, else the pager",
         "Ce que lance :open ; xdg-open sur un bureau, sinon le pager"},
        {"LC_ALL, LC_MESSAGES, LANG", "Messages are in French where the first that is set begins with fr",
         "Les messages sont en français si la première définie commence par fr"},
        {"NO_COLOR", "No colours where it is set and not empty", "Pas de couleurs si elle est définie et non vide"},
        {"XDG_CACHE_HOME", "Where parts of indexes on servers are kept, in limier/; ~/.cache when not set",
         "Où sont gardées des parts d'index de serveurs, dans limier/ ; ~/.cache par défaut"},
        {"XDG_STATE_HOME", "Where the lines of the dialogue are kept, in limier/history; ~/.local/state when not set",
         "Où sont gardées les lignes du dialogue, dans limier/history ; ~/.local/state par défaut"}};
}

constexpr Program k_program{
    .name = "searcher",
    .summary = "search an index of French text",
    .summary_french = "chercher dans un index de textes français",
    .commands = k_commands,
    .statuses = k_statuses,
    .examples = k_examples,
    .recipes = searcher_recipes,
    .dialogue = dialogue,
    .environment = environment,
};

}  // namespace

const Program& searcher_program() { return k_program; }

}  // namespace limier
