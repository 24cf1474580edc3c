"""Other engines as rankers of a judged collection: each indexes it in memory and prints a TREC run for its queries."""
from peers import engines


def commands(work, corpus, queries, depth):
    """Names, and the command of each engine that is installed in the work folder."""
    rank = ["rank", corpus, queries, depth]
    xapian, lucene, tantivy = engines.Xapian(work), engines.Lucene(work), engines.Tantivy(work)
    if xapian.installed():
        yield "Xapian, stock", [*xapian.program()[0], *rank]
    if lucene.installed():
        yield "Lucene", [*lucene.program()[0], *rank]
        yield "Lucene, accents folded", [*lucene.program()[0], *rank, "--folding"]
    if tantivy.installed():
        yield "Tantivy", [*tantivy.program()[0], *rank]
    if (program := work / "programs/fts5").exists():
        yield "SQLite FTS5, Snowball", [program, *rank]
