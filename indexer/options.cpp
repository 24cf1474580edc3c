#include "indexer/options.hpp"

#include <array>

namespace limier {
namespace {

constexpr Option k_db{.name = "db", .argument = "DB", .help = "The index", .help_french = "L'index", .required = true};

constexpr Option k_filter{
    .name = "filter",
    .argument = "EXT=COMMAND",
    .help =
        "Read files of this extension as the text that a command prints, run without a shell; %f is the path, the "
        "last word where it is missing",
    .help_french =
        "Lit les fichiers de cette extension comme le texte qu'affiche une commande, lancée sans shell ; %f "
        "est le chemin, dernier mot s'il manque",
    .repeats = true};

constexpr Option k_map{
    .name = "map",
    .argument = "KEY=NAME",
    .help =
        "Take a member or column of the input for id, title, body, date, source, author, url or lang; one within "
        "others by its way there (author=meta.signature)",
    .help_french =
        "Prend un membre ou une colonne de l'entrée pour id, title, body, date, source, author, url ou lang ; "
        "dans un autre, par son chemin (author=meta.signature)",
    .repeats = true};

constexpr Option k_format{
    .name = "format",
    .argument = "FORMAT",
    .help =
        "What the files are: auto, what their content says; or a format by its extension, such as jsonl; when not "
        "given, what their names say",
    .help_french =
        "Ce que sont les fichiers : auto, ce que dit leur contenu ; ou un format par son extension, comme "
        "jsonl ; par défaut, ce que disent leurs noms"};
constexpr Option k_null{
    .name = "null",
    .letter = '0',
    .help = "Paths on stdin end with a zero byte each, as find -print0 writes them",
    .help_french = "Les chemins sur stdin finissent chacun par un octet nul, comme ceux de find -print0"};

constexpr Option k_lexicon{.name = "lexicon",
                           .argument = "FILE",
                           .help =
                               "Names, topics and what is no name, added to what the program knows; lines of kind, "
                               "name, aliases and cues, parted by tabs",
                           .help_french =
                               "Noms, sujets et ce qui n'est pas un nom, ajoutés à ce que sait le programme : "
                               "genre<TAB>nom<TAB>alias<TAB>indices par ligne",
                           .repeats = true};

constexpr Option k_jobs{.name = "jobs",
                        .letter = 'j',
                        .argument = "N",
                        .help = "Work on N threads; when not given, one for each processor",
                        .help_french = "Travaille sur N fils d'exécution ; par défaut, un par processeur"};
constexpr Option k_memory{
    .name = "memory",
    .argument = "SIZE",
    .help = "Keep within about SIZE bytes of memory, the files that are mapped aside; K, M and G are understood",
    .help_french = "Tient dans environ SIZE octets de mémoire, fichiers projetés non compris ; K, M et G sont compris",
    .default_value = "512M"};
constexpr Option k_portable{
    .name = "portable",
    .help = "Write all into Xapian too, so that the index can be served to other machines, and for stock tools",
    .help_french =
        "Écrit tout dans Xapian aussi, pour que l'index puisse être servi à d'autres machines, et pour les "
        "outils courants"};
constexpr Option k_shards{
    .name = "shards",
    .argument = "N",
    .help = "Deal the documents out to N indexes, DB/shard-1-of-N and on, each for a machine of its own",
    .help_french = "Répartit les documents en N index, DB/shard-1-of-N et suivants, chacun pour sa machine"};
constexpr Option k_quiet{.name = "quiet",
                         .letter = 'q',
                         .help = "No progress and no summary, only errors",
                         .help_french = "Ni progression ni bilan, seulement les erreurs"};

constexpr auto k_build_options = std::to_array<Option>(
    {k_db, k_format, k_filter, k_map, k_null, k_lexicon, k_jobs, k_memory, k_portable, k_shards, k_quiet});

constexpr auto k_merge_options = std::to_array<Option>({k_db, k_lexicon, k_jobs, k_memory, k_portable, k_quiet});

constexpr auto k_update_options = std::to_array<Option>({
    k_db,
    k_format,
    k_filter,
    k_map,
    k_null,
    k_lexicon,
    {.name = "prune",
     .help = "Remove from the index what PATH... no longer hold; what cannot be read now stays",
     .help_french = "Retire de l'index ce que PATH... ne contiennent plus ; ce qui ne peut être lu reste"},
    k_jobs,
    k_memory,
    k_quiet,
});

constexpr auto k_optimize_options = std::to_array<Option>({k_db, k_lexicon, k_jobs, k_memory, k_quiet});

constexpr auto k_remove_options = std::to_array<Option>({k_db, k_quiet});

constexpr auto k_stats_options = std::to_array<Option>({
    k_db,
    {.name = "format",
     .argument = "FORMAT",
     .help = "Format of the output",
     .help_french = "Format de sortie",
     .values = "text|json",
     .default_value = "text"},
});

constexpr auto k_check_options = std::to_array<Option>({k_db});

constexpr auto k_annotate_options = std::to_array<Option>({
    k_format,
    k_filter,
    k_map,
    k_lexicon,
    {.name = "mentions",
     .argument = "FILE",
     .help = "Read form<TAB>type<TAB>count lines, the names of one document, and print form<TAB>canonical value",
     .help_french = "Lit des lignes forme<TAB>type<TAB>nombre, les noms d'un document, et affiche forme<TAB>valeur "
                    "canonique"},
    {.name = "tokens",
     .help = "Print the tokens of each document with their stems",
     .help_french = "Affiche les mots de chaque document avec leurs racines"},
    {.name = "color",
     .argument = "WHEN",
     .help = "Whether to show the text with its entities in colour rather than JSON; auto: on a terminal",
     .help_french = "Quand montrer le texte, ses entités en couleurs, plutôt que du JSON ; auto : sur un terminal",
     .values = "auto|always|never",
     .default_value = "auto"},
});

constexpr auto k_commands = std::to_array<Command>({
    {.name = "build",
     .arguments = "PATH...|-",
     .help =
         "Index files and folders anew; an index in place answers until the new one is whole; - is stdin, with JSON "
         "Lines or a list of paths",
     .help_french =
         "Indexe des fichiers et dossiers ; l'index en place répond jusqu'à ce que le nouveau soit entier ; - "
         "est stdin, avec du JSON Lines ou une liste de chemins",
     .options = k_build_options,
     .min_arguments = 1},
    {.name = "update",
     .arguments = "PATH...|-",
     .help = "Add to an index what is new in files and folders, and replace what changed",
     .help_french = "Ajoute à un index ce qui est nouveau dans des fichiers et dossiers, et remplace ce qui a changé",
     .options = k_update_options,
     .min_arguments = 1},
    {.name = "remove",
     .arguments = "ID...|-",
     .help = "Remove documents from an index; - reads their ids from stdin, one a line",
     .help_french = "Retire des documents d'un index ; - lit leurs identifiants sur stdin, un par ligne",
     .options = k_remove_options,
     .min_arguments = 1},
    {.name = "optimize",
     .arguments = "",
     .help = "Write an index anew from the texts that it holds, analysed by this version, without what was removed",
     .help_french = "Réécrit un index à partir des textes qu'il contient, analysés par cette version, sans ce qui fut "
                    "retiré",
     .options = k_optimize_options},
    {.name = "merge",
     .arguments = "DB...",
     .help = "Write one index of the documents of several; of an id that several have, the first has it",
     .help_french = "Écrit un index des documents de plusieurs ; un identifiant commun est celui du premier",
     .options = k_merge_options,
     .min_arguments = 1},
    {.name = "export",
     .arguments = "",
     .help = "Print all documents as JSON Lines, of which the index can be built again",
     .help_french = "Affiche tous les documents en JSON Lines, dont l'index peut être reconstruit",
     .options = k_check_options},
    {.name = "stats",
     .arguments = "",
     .help = "Say what an index holds",
     .help_french = "Dit ce que contient un index",
     .options = k_stats_options},
    {.name = "check",
     .arguments = "",
     .help = "Verify an index against its digests",
     .help_french = "Vérifie un index contre ses empreintes",
     .options = k_check_options},
    {.name = "annotate",
     .arguments = "[PATH...|-]",
     .help = "Print what the taggers see, one JSON object a document; - is stdin",
     .help_french = "Affiche ce que voient les étiqueteurs, un objet JSON par document ; - est stdin",
     .options = k_annotate_options},
});

constexpr auto k_statuses = std::to_array<ExitStatus>({
    {0, "All documents taken", "Tous les documents pris"},
    {1, "Some documents refused, named on stderr; the rest is indexed",
     "Des documents refusés, nommés sur stderr ; le reste est indexé"},
    {2, "Nothing published, or a wrong command line", "Rien de publié, ou une ligne de commande fautive"},
});

constexpr auto k_examples = std::to_array<Example>({
    {"indexer build corpus/ --db presse.db", "Index a folder", "Indexe un dossier"},
    {"indexer build presse.jsonl notes/ --db presse.db --jobs 4 --quiet", "Several inputs on four threads, silently",
     "Plusieurs entrées sur quatre fils, en silence"},
    {"indexer update presse/ --db presse.db --prune", "Keep an index in step with a folder, every night from cron",
     "Tenir un index au pas d'un dossier, chaque nuit par cron"},
    {"indexer remove sport/ancien.txt depeche-12 --db presse.db", "Remove two documents by their ids",
     "Retirer deux documents par leurs identifiants"},
    {"indexer build notes/ --db notes.db --filter 'doc=antiword -m UTF-8 -w 0 %f'",
     "A format that another program reads", "Un format que lit un autre programme"},
    {"indexer stats --db presse.db --format json", "What it holds, for a program", "Son contenu, pour un programme"},
    {"indexer check --db presse.db", "Is it sound?", "Est-il sain ?"},
    {"indexer annotate article.txt", "The entities, dates, amounts and topics of a text",
     "Les entités, dates, montants et sujets d'un texte"},
});

constexpr Program k_program{
    .name = "indexer",
    .summary = "index French text with its entities and topics",
    .summary_french = "indexer des textes français avec leurs entités et leurs sujets",
    .commands = k_commands,
    .statuses = k_statuses,
    .examples = k_examples,
};

}  // namespace

const Program& indexer_program() { return k_program; }

}  // namespace limier
