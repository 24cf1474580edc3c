"""What Limier's ranking takes beside BM25 alone over the same postings."""
import json
import random
import subprocess
import sys

from peers import measure, report, workload


def ranking(bench):
    documents = bench.documents()
    if not bench.limier.ranking.exists():
        sys.exit("bench: nothing to measure\nscripts/build release bench_ranking makes what times the ranking")
    db = bench.need_index(documents, bench.limier, documents.stem)
    titles = [words for words in (document["title"].replace("\n", " ") for document in workload.sampled(documents)) if words.count(" ") >= 3]
    asked = random.Random(bench.options.seed).sample(titles, min(len(titles), 40 * bench.options.queries))
    report.heading(f"Ranking: any word of {len(asked)} titles, ten best, best of {bench.options.rounds} rounds, in one process")
    done = subprocess.run([bench.limier.ranking, db, str(bench.options.rounds)], input="\n".join(asked), capture_output=True, text=True, check=True)
    taken = {name: {f"p{p}": measure.percentile(all, p) for p in (50, 99)} for name, all in json.loads(done.stdout).items()}
    bench.results["ranking"] = taken
    rows = [
        [p, report.ratio(taken["ranked"][p] / taken["plain"][p]), report.microseconds(taken["ranked"][p]), report.microseconds(taken["plain"][p])]
        for p in ("p50", "p99")
    ]
    report.table(["", "times as long", "Limier, µs", "BM25 by Xapian, same postings, µs"], rows)
    print(
        "- Limier: the title read as a query, accents and variants, compounds and quoted phrases confirmed, 24 best read again.\n"
        "- BM25: one stem a word, no stop words, nothing else.\n"
    )
