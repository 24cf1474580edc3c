"""How each engine is installed, builds, is asked, and what it does otherwise than the others."""
import os
import pathlib
import shutil
import subprocess
import sys

from peers import measure, recoll

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
THREE, FIVE = "source,year,month", "source,author,year,month,day"
# What is asked of an answer: ten hits; a page (snippets and an exact total); facets alone; a page with facets.
MODES = {
    "plain": [],
    "page": ["--page"],
    "facets": ["--facets", THREE, "--limit", "0"],
    "page and facets": ["--page", "--facets", THREE],
    "page and five facets": ["--page", "--facets", FIVE],
}
TUNED_C = ["-std=c++20", "-O2", "-Wall", "-Wextra"]


class MissingTool(Exception):
    """A peer cannot be installed here; the message says what it needs."""


def need(program, how):
    if shutil.which(program) is None:
        raise MissingTool(f"{program} is not installed; {how}")


def make(command, **options):
    done = subprocess.run([str(part) for part in command], check=False, text=True, capture_output=True, **options)
    if done.returncode:
        raise MissingTool(f"{command[0]} failed:\n{done.stdout}{done.stderr}".strip())


class Engine:
    """A peer: a program of this folder with the command line of README.md."""

    name = label = note = ""
    threads = (1,)
    converses = True  # answers question after question

    def __init__(self, work):
        self.programs = work / "programs"

    def setup(self):
        """Compiles what is needed into the work folder. Raises MissingTool."""

    def program(self):
        """The command's first words, and the file whose presence says that it is installed."""
        raise NotImplementedError

    def installed(self):
        return self.program()[1].exists()

    def version(self):
        return ""

    def prepare(self, documents, db):
        """What comes before a build and does not count."""

    def build_command(self, documents, db, threads):
        return [*self.program()[0], "build", documents, db, "--threads", threads]

    def analyse_command(self, documents):
        """Prints how fast its words are found; nothing where only its index can tell."""
        return [*self.program()[0], "analyse", documents]

    def query_command(self, db, mode):
        return [*self.program()[0], "query", db, *MODES[mode]]

    def query_line(self, query):
        return "\t".join((query.asks, query.words, query.narrowed))

    def one_shot(self, db, query):
        """A shell's words that start, answer one question and end."""
        line = self.query_line(query)
        return ["sh", "-c", 'printf "%s\\n" "$0" | exec "$@"', line, *map(str, self.query_command(db, "plain"))]


class Xapian(Engine):
    name, label = "xapian", "Xapian, stock"
    note = "TermGenerator, QueryParser, French stemmer, default flush; words with positions, and stems; elisions stay"

    def setup(self):
        need("g++", "apt-get install g++ libxapian-dev rapidjson-dev")
        self.programs.mkdir(parents=True, exist_ok=True)
        make(["g++", *TUNED_C, HERE / "xapian.cpp", "-o", self.programs / "xapian", "-lxapian"])

    def program(self):
        return [self.programs / "xapian"], self.programs / "xapian"

    def version(self):
        return measure.first_line(["xapian-config", "--version"]).split(" ")[-1]

    def build_command(self, documents, db, threads):
        return [*self.program()[0], "build", documents, db]


class Lucene(Engine):
    name, label = "lucene", "Lucene"
    note = "FrenchAnalyzer (elisions, stop list, light stemmer), default buffers and merges; times include the start of the JVM"
    threads = (1, 2)

    def setup(self):
        need("mvn", "apt-get install maven openjdk-17-jdk-headless")
        target = self.programs / "lucene"
        make(["mvn", "-q", "-B", f"-Dwork={target}", "compile", "dependency:copy-dependencies"], cwd=HERE / "lucene")

    def program(self):
        target = self.programs / "lucene"
        path = f"{target}/classes:{target}/dependency/*"
        return ["java", "-Xmx512m", "-cp", path, "LucenePeer"], target / "classes/LucenePeer.class"

    def version(self):
        jars = sorted((self.programs / "lucene/dependency").glob("lucene-core-*.jar"))
        return jars[-1].stem.removeprefix("lucene-core-") if jars else ""


class Tantivy(Engine):
    name, label = "tantivy", "Tantivy"
    note = "default tokenizer and French stemmer, no stop list; besides its indexing threads one that reads and some that merge"
    threads = (1, 2)

    def setup(self):
        need("cargo", "Tantivy needs a newer Rust than Debian 12's: install one with rustup")
        make(
            ["cargo", "build", "--release", "--locked"],
            cwd=HERE / "tantivy",
            env={**os.environ, "CARGO_TARGET_DIR": str(self.programs / "tantivy")},
        )

    def program(self):
        file = self.programs / "tantivy/release/tantivy-peer"
        return [file], file

    def version(self):
        lines = (HERE / "tantivy/Cargo.lock").read_text(encoding="utf-8").splitlines()
        return lines[lines.index('name = "tantivy"') + 1].split('"')[1]


class Fts5(Engine):
    name, label = "fts5", "SQLite FTS5"
    note = "unicode61, no stemmer; facets by GROUP BY; a Python program asks it"

    def setup(self):
        """Its stemming ranker alone is compiled: what the benchmark drives is Python's own SQLite."""
        need("g++", "apt-get install g++ libsqlite3-dev libstemmer-dev rapidjson-dev")
        self.programs.mkdir(parents=True, exist_ok=True)
        make(["g++", *TUNED_C, HERE / "fts5.cpp", "-o", self.programs / "fts5", "-lsqlite3", "-lstemmer"])

    def program(self):
        return [sys.executable, HERE / "fts5.py"], HERE / "fts5.py"

    def version(self):
        import sqlite3

        return sqlite3.sqlite_version

    def build_command(self, documents, db, threads):
        return [*self.program()[0], "build", documents, db]

    def analyse_command(self, documents):
        return []


class Recoll(Engine):
    """Built and asked by its own two programs; none of them answers more than one question."""

    name, label = "recoll", "Recoll"
    note = "a file a document, written before its time begins; stems found by a table at query time; on all processors"
    converses = False

    def setup(self):
        need("recollindex", "apt-get install recollcmd")

    def program(self):
        found = shutil.which("recollindex")
        return ["recollindex"], pathlib.Path(found or "recollindex is not installed")

    def version(self):
        return (measure.first_line(["recollq", "-v"]).split(" ") + [""])[1]

    def prepare(self, documents, db):
        files = documents.with_suffix(".files")
        if not files.exists():
            recoll.split(documents, files)
        recoll.configure(files, db)

    def build_command(self, documents, db, threads):
        return ["recollindex", "-z", "-c", db]

    def analyse_command(self, documents):
        return []

    def one_shot(self, db, query):
        return ["recollq", "-c", db, "-n", "10", query.words]


class Untagged(Engine):
    """Limier's build with its taggers left out: what the others do, and no more."""

    name, label = "untagged", "Limier, nothing tagged"
    note = "the same build without taggers, by a program of the benchmark"
    threads = (1, 2)

    def __init__(self, work, binaries):
        super().__init__(work)
        self.builder = binaries / "tests/bench/bench_untagged"

    def installed(self):
        return self.builder.exists()

    def build_command(self, documents, db, threads):
        return [self.builder, documents, db, threads]


class Limier(Engine):
    """Driven through its own command line only."""

    name, label = "limier", "Limier"
    note = "tags names, amounts, dates and topics too, and indexes them; a page's JSON carries them"
    threads = (1, 2)
    SHOWN = {
        "plain": ["--format", "tsv"],
        "page": ["--format", "jsonl"],
        "facets": ["--format", "jsonl", "-n", "0", "--facet", "source,date:year,date:month"],
        "page and facets": ["--format", "jsonl", "--facet", "source,date:year,date:month"],
        "page and five facets": ["--format", "jsonl", "--facet", "source,author,date:year,date:month,date:day"],
    }

    def __init__(self, work, binaries):
        super().__init__(work)
        self.indexer, self.searcher = binaries / "indexer/indexer", binaries / "searcher/searcher"
        self.analysis = binaries / "tests/bench/bench_analysis"
        self.ranking = binaries / "tests/bench/bench_ranking"

    def installed(self):
        return self.indexer.exists() and self.searcher.exists()

    def version(self):
        return measure.first_line([str(self.indexer), "--version"]).split(" ")[1]

    def build_command(self, documents, db, threads):
        return [self.indexer, "build", documents, "--db", db, "--jobs", threads, "--quiet"]

    def analyse_command(self, documents):
        return [self.analysis, documents] if self.analysis.exists() else []

    def query_command(self, db, mode):
        return [self.searcher, "--db", db, "--queries", "-", *self.SHOWN[mode]]

    def query_text(self, query):
        if query.kind == "all":
            return "*"
        text = {
            "or": query.words.replace(" ", " OR "),
            "phrase": f'"{query.words}"',
            "prefix": query.words + "*",
        }.get(query.asks, query.words)
        if query.narrowed:
            field, value = query.narrowed.split("=", 1)
            text += f' {"source" if field == "source" else "date"}:"{value}"'
        return text

    def query_line(self, query):
        return "q\t" + self.query_text(query)

    def one_shot(self, db, query):
        return [self.searcher, "--db", db, "--format", "tsv", self.query_text(query)]


def peers(work):
    return [Xapian(work), Lucene(work), Tantivy(work), Fts5(work), Recoll(work)]
