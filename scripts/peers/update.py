"""What an update of a hundredth of an index takes beside its build, and a query after ten of them beside one before."""
import itertools
import random
import shutil
import subprocess
import sys
import time

from peers import measure, report, synthetic, workload

UPDATES = 10
DOCUMENTS = 100_000


def update(bench):
    documents = bench.options.data and bench.documents()
    if documents is None:
        documents = bench.work / f"synthetic-{DOCUMENTS}-{bench.options.seed}.jsonl"
        documents.exists() or synthetic.write(DOCUMENTS, documents, bench.options.seed)
    limier, chance = bench.limier, random.Random(bench.options.seed)
    lines = list(workload.read_lines(documents))
    share = max(1, len(lines) // 100)
    asked = bench.work / "update-queries.txt"
    asked.write_text("\n".join(questions(lines, chance, 80 * bench.options.queries)), encoding="utf-8")
    builds, updates = [], []
    for _ in range(bench.options.rounds):
        builds.append(bench.build_index(documents, limier, limier.threads[-1], documents.stem))
    db = bench.database(documents.stem, limier)
    before = seconds_of_queries(bench, db, asked)
    for number in range(UPDATES):
        changes = bench.work / "update.jsonl"
        workload.write_documents(changed(lines, chance, share, number), changes)
        updates.append(measure.run_measured([limier.indexer, "update", changes, "--db", db, "--quiet"]))
    after = seconds_of_queries(bench, db, asked)
    subprocess.run([limier.indexer, "check", "--db", db], check=True, stdout=subprocess.DEVNULL)
    build = min(run.wall for run in builds)
    taken = sorted(run.wall for run in updates)
    shutil.rmtree(db)  # it is no longer an index of the documents
    bench.results["update"] = {"documents": len(lines), "build_s": build, "update_s": taken, "queries_before_s": before, "queries_after_s": after}
    report.heading(f"Update: {share} of {len(lines)} documents, half new and half changed, {UPDATES} times")
    report.table(
        ["", "share", "s", "beside s"],
        [
            ["an update, median, beside a build", f"{taken[len(taken) // 2] / build:.1%}", f"{taken[len(taken) // 2]:.2f}", f"{build:.2f}"],
            ["the slowest", f"{taken[-1] / build:.1%}", f"{taken[-1]:.2f}", f"{build:.2f}"],
            ["queries after all beside before", f"{after / before:.2f}", f"{after:.2f}", f"{before:.2f}"],
        ],
    )


def changed(lines, chance, share, number):
    """Texts of the index under new ids, and under ids of others."""
    replaced = chance.sample(lines, share)
    for place, document in enumerate(chance.sample(lines, share)):
        own = replaced[place]["id"] if place % 2 else f"new-{number}-{place}"
        yield {**document, "id": own, "body": document["body"] + f" Mise à jour {number}."}


def questions(lines, chance, count):
    kinds = itertools.cycle(("{0}", "{0} {1}", '"{2}"', "{0} OU {1}"))
    for document in chance.choices(lines, k=count):
        words = document["body"].replace(".", "").split()
        place = chance.randrange(max(1, len(words) - 1))
        yield next(kinds).format(chance.choice(words), chance.choice(words), " ".join(words[place : place + 2]))


def seconds_of_queries(bench, db, asked):
    """Of the best round of a batch."""
    best = sys.float_info.max
    for _ in range(bench.options.rounds):
        begin = time.perf_counter()
        subprocess.run([bench.limier.searcher, "--db", db, "--queries", asked, "--format", "ids"], stdout=subprocess.DEVNULL, check=False)
        best = min(best, time.perf_counter() - begin)
    return best
