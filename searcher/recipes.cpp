#include "searcher/recipes.hpp"

#include <array>

namespace limier {
namespace {

constexpr auto k_recipes = std::to_array<Example>({
    {R"sh(searcher --db presse.db -n 0 --facet person --format json topic:sport | jq -r '.facets.person[] | "\(.count)\t\(.value)"')sh",
     "Who is in the articles on a subject, counted", "Qui est dans les articles sur un sujet, avec les nombres"},
    {R"sh(searcher --db presse.db -n 0 --facet person --format json person:Musk | jq -r '.facets.person[] | select(.selected | not).value')sh",
     "Who is named together with somebody", "Qui est nommé avec quelqu’un"},
    {R"sh(searcher --db presse.db -n 0 --facet date:month --facet-limit 1000 --format json '*' | jq -r '.facets["date:month"][] | [.value, .count] | @tsv' | sort)sh",
     "Articles by month, in order of time, for a spreadsheet or gnuplot",
     "Les articles par mois, dans l’ordre du temps, pour un tableur ou gnuplot"},
    {R"sh(searcher --db presse.db --template '{path}' -0 budget | sort -zu | xargs -0 grep -il euros)sh",
     "Files that match and hold something more", "Les fichiers trouvés qui contiennent aussi autre chose"},
    {R"sh(searcher --db presse.db -n 1000 --format tsv énergie | cut -f 5,7 | sort -r)sh",
     "Dates and titles, the latest first", "Dates et titres, les derniers d’abord"},
    {R"sh(searcher --db presse.db -n 1000 --format csv topic:financement | tee financement.csv | head -n 1)sh",
     "All hits as a table for a spreadsheet", "Tous les résultats en tableau, pour un tableur"},
    {R"sh(comm -12 <(searcher --db presse.db -n 1000 --format ids 'person:Musk' | sort) <(searcher --db presse.db -n 1000 --format ids 'org:OpenAI' | sort))sh",
     "Documents that two queries find", "Les documents que trouvent deux requêtes"},
    {R"sh(comm -23 <(searcher --db presse.db -n 1000 --format ids topic:politique | sort) <(searcher --db presse.db -n 1000 --format ids has:amount | sort))sh",
     "What one query finds and another does not", "Ce que trouve une requête et non une autre"},
    {R"sh(printf 'topic:%s\n' sport culture politique | searcher --db presse.db --count)sh",
     "How many for each of a list of queries", "Combien pour chacune d’une liste de requêtes"},
    {R"sh(searcher --db presse.db --queries corpus/queries.tsv --format trec | awk '{ hits[$1]++ } END { for (q in hits) print hits[q], q }' | sort -n | head -n 5)sh",
     "Queries that find least, of a batch", "Les requêtes d’un lot qui trouvent le moins"},
    {R"sh(searcher --db presse.db --queries corpus/queries.tsv --format trec | awk 'NR == FNR { if ($4 > 0) good[$1, $3]; next } $4 == 1 { n++; ok += ($1, $3) in good } END { printf "P@1 %.2f\n", ok / n }' corpus/qrels.txt -)sh",
     "Precision of the first hit against judgements (TREC)sh",
     "Précision du premier résultat d’après des jugements (TREC)"},
    {R"sh(searcher --db presse.db --kwic 4 --format tsv budget | awk -F '\t' '{ print $NF }' | tr -cs '[:alpha:]' '\n' | sort | uniq -c | sort -rn | head -n 5)sh",
     "Words that follow a word", "Les mots qui suivent un mot"},
    {R"sh(searcher --db presse.db -n 3 --format ids --similar "$(searcher --db presse.db -n 1 --format ids Stargate)")sh",
     "More like the best hit of a query", "Ce qui ressemble au premier résultat d’une requête"},
    {R"sh(searcher --db presse.db -n 2 --format json grève | jq -r '.hits[] | .title, "  " + .snippet')sh",
     "Titles and passages as plain text", "Titres et extraits en texte simple"},
    {R"sh(searcher --db presse.db -n 0 --facet org --format json 'amount:>=1e9' | jq -c '.facets.org | map({(.value): .count}) | add')sh",
     "Organisations beside amounts of a milliard or more, as one object",
     "Les organisations à côté de montants d’un milliard ou plus, en un objet"},
    {R"sh(searcher --db presse.db -n 5 --format ids -- -has:date)sh", "Documents without a date",
     "Les documents sans date"},
    {R"sh(searcher --db presse.db --queries veille.tsv --since 1h --format tsv | cut -f 1,8)sh",
     "Standing queries for cron: what the last hour brought, by query and title; status 1 where it is nothing",
     "Veille pour cron : ce qu’a apporté la dernière heure, par requête et titre ; code 1 s’il n’y a rien"},
    {R"sh(indexer annotate corpus/politique/*.txt | jq -r '.entities[] | select(.field == "person").value' | sort | uniq -c | sort -rn | head -n 5)sh",
     "Persons most named in files that no index holds", "Les personnes les plus nommées de fichiers non indexés"},
    {R"sh(indexer export --db presse.db | jq -r 'select(.author == "").id' | wc -l)sh",
     "How many documents have no author", "Combien de documents n’ont pas d’auteur"},
    {R"sh(find corpus -name '*.txt' -newermt 2000-01-01 -print0 | indexer update - -0 --db presse.db --quiet && searcher --db presse.db --count '*')sh",
     "Index what find finds", "Indexer ce que trouve find"},
});

}  // namespace

std::span<const Example> searcher_recipes() { return k_recipes; }

}  // namespace limier
