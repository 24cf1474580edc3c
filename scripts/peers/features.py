"""What other programs find of French texts: each is given the texts and asked in its own language, as its manual says it.

`index(texts)` of an engine indexes them, the number of a text being its name; `find(kind, words)` gives the numbers of the texts
found. None: its query language cannot say that. Refused: it calls the query an error.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

from peers import engines

NEAR = 5
MOST = "1000000"


class Refused(Exception):
    """The program takes the query for an error."""


def run(command, **options):
    return subprocess.run([str(part) for part in command], check=False, text=True, capture_output=True, **options)


def must(command, **options):
    done = run(command, **options)
    if done.returncode:
        raise engines.MissingTool(f"{command[0]} failed:\n{done.stdout}{done.stderr}".strip())
    return done.stdout


def numbers(text, pattern):
    return {int(number) for number in re.findall(pattern, text, re.MULTILINE)}


def xapian_syntax(kind, words):
    """The language of Xapian's query parser, as Omega and notmuch give it."""
    if kind == "fuzzy" or (kind == "pattern" and not re.fullmatch(r"[^*?]+\*", words)):
        return None
    first, _, second = words.partition(" ")
    return {
        "exact": f'"{words}"',
        "phrase": f'"{words}"',
        "near": f"{first} NEAR/{NEAR} {second}",
        "ordered": f"{first} ADJ/{NEAR} {second}",
    }.get(kind, words)


class Engine:
    """In a scratch folder; `programs` keeps what was fetched, `binaries` has Limier's own."""

    def __init__(self, work, programs, binaries):
        self.work, self.programs, self.binaries = work, programs, binaries

    def close(self):
        """Ends what `index` started."""


class Limier(Engine):
    label = "Limier"

    def index(self, texts):
        lines = (json.dumps({"id": str(i), "body": text}) for i, text in enumerate(texts))
        must([self.binaries / "indexer/indexer", "build", "-", "--db", self.work / "db", "--quiet"], input="\n".join(lines))

    def find(self, kind, words):
        first, _, second = words.partition(" ")
        query = {
            "exact": f'"{words}"',
            "phrase": f'"{words}"',
            "near": f"{first} NEAR/{NEAR} {second}",
            "ordered": f"{first} ADJ/{NEAR} {second}",
            "fuzzy": f"{words}~",
        }.get(kind, words)
        done = run(
            [self.binaries / "searcher/searcher", "--db", self.work / "db", "--match", "all", "--format", "ids", "-n", MOST, "--", query]
        )
        if done.returncode > 1:
            raise Refused(done.stderr)
        return {int(number) for number in done.stdout.split()}


class Omega(Engine):
    """scriptindex and the CGI program with a template that says French and AND; the shipped one stems as English."""

    label = "Omega"
    TEMPLATE = "$set{stemmer,french}$set{default_op,and}$set{flag_wildcard,true}$hitlist{hit=$field{id}$html{\n}}$if{$error,error=$error}"

    def index(self, texts):
        engines.need("scriptindex", "apt-get install xapian-omega")
        (self.work / "templates").mkdir()
        (self.work / "templates/ids").write_text(self.TEMPLATE)
        (self.work / "conf").write_text(f"database_dir {self.work}\ntemplate_dir {self.work}/templates\nlog_dir {self.work}\ncdb_dir {self.work}\n")
        (self.work / "script").write_text("id : field boolean=Q unique=Q\ntext : index\n")
        records = "".join(f"id={i}\ntext={text}\n\n" for i, text in enumerate(texts))
        must(["scriptindex", "--stemmer=french", self.work / "default", self.work / "script"], input=records)

    def find(self, kind, words):
        query = xapian_syntax(kind, words)
        if query is None:
            return None
        asked = [f"P={query}", "DB=default", "FMT=ids", "HITSPERPAGE=1000"]
        done = run(["/usr/lib/cgi-bin/omega/omega", *asked], env={**os.environ, "OMEGA_CONFIG_FILE": str(self.work / "conf")})
        if "error=" in done.stdout:
            raise Refused(done.stdout)
        return numbers(done.stdout, r"hit=(\d+)")


class Recoll(Engine):
    label = "Recoll"

    def index(self, texts):
        engines.need("recollindex", "apt-get install recollcmd")
        files = self.work / "files"
        files.mkdir()
        for number, text in enumerate(texts):
            (files / f"{number}.txt").write_text(text + "\n", encoding="utf-8")
        (self.work / "conf").mkdir()
        (self.work / "conf/recoll.conf").write_text(f"topdirs = {files}\nindexstemminglanguages = french\nloglevel = 1\n")
        must(["recollindex", "-z", "-c", self.work / "conf"])

    def find(self, kind, words):
        if kind == "fuzzy":
            return None
        query = {
            "exact": f'"{words}"l',
            "phrase": f'"{words}"',
            "near": f'"{words}"p{NEAR - 1}',
            "ordered": f'"{words}"o{NEAR - 1}',
        }.get(kind, words)
        plain = ["-a"] if kind == "pasted" else []  # its search of all words, without its query language
        done = run(["recollq", "-c", self.work / "conf", "-s", "french", *plain, "-b", "-n", "0", query])
        if done.returncode and "error" in (done.stdout + done.stderr).lower():
            raise Refused(done.stderr)
        return numbers(done.stdout, r"/(\d+)\.txt$")


def write_mails(folder, texts):
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    for number, text in enumerate(texts):
        headers = f"From: Une <une@exemple.fr>\nTo: Un <un@exemple.fr>\nSubject: -\nMessage-ID: <{number}@exemple.fr>\nDate: Thu, 2 Jan 2025 10:00:00 +0000\n"
        kind = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
        (folder / "cur" / f"{number}:2,S").write_text(f"{headers}{kind}\n{text}\n", encoding="utf-8")


class Notmuch(Engine):
    label = "notmuch"

    def __init__(self, *folders):
        super().__init__(*folders)
        self.environment = {**os.environ, "NOTMUCH_CONFIG": str(self.work / "conf")}

    def index(self, texts):
        engines.need("notmuch", "apt-get install notmuch")
        write_mails(self.work / "mail", texts)
        (self.work / "conf").write_text(f"[database]\npath={self.work}/mail\n[user]\nname=Un\nprimary_email=un@exemple.fr\n")
        must(["notmuch", "new", "--quiet"], env=self.environment)

    def find(self, kind, words):
        query = xapian_syntax(kind, words)
        if query is None:
            return None
        done = run(["notmuch", "search", "--output=files", "--", query], env=self.environment)
        if done.returncode:
            raise Refused(done.stderr)
        return numbers(done.stdout, r"/(\d+):2,S$")


class Mu(Engine):
    label = "mu"

    def index(self, texts):
        engines.need("mu", "apt-get install maildir-utils")
        write_mails(self.work / "mail", texts)
        must(["mu", "init", f"--muhome={self.work}/home", f"--maildir={self.work}/mail"])
        must(["mu", "index", f"--muhome={self.work}/home", "--quiet"])

    def find(self, kind, words):
        if kind in ("near", "ordered", "fuzzy") or (kind == "pattern" and not re.fullmatch(r"[^*?]+\*", words)):
            return None
        query = f'"{words}"' if kind in ("exact", "phrase") else words
        done = run(["mu", "find", f"--muhome={self.work}/home", "--fields=l", "--", query])
        if done.returncode not in (0, 2, 4):  # 2 and 4 say that nothing was found
            raise Refused(done.stderr)
        return numbers(done.stdout, r"/(\d+):2,S$")


class OpenSearch(Engine):
    """A node on 127.0.0.1; its `french` analyzer finds words, a second field with the standard one forms and patterns."""

    label = "OpenSearch"
    PORT = 9271
    WORDS, FORMS = {"type": "french"}, {"type": "standard"}
    FILTERS = {}

    node = None

    def start(self):
        engines.need("mvn", "apt-get install maven openjdk-17-jdk-headless")
        target = self.programs / "opensearch"
        if not (target / "classes/OpenSearchPeer.class").exists():
            engines.make(["mvn", "-q", "-B", f"-Dwork={target}", "compile", "dependency:copy-dependencies"], cwd=engines.HERE / "opensearch")
        path = f"{target}/classes:{target}/dependency/*"
        self.node = subprocess.Popen(
            ["java", "-Xmx1g", "-cp", path, "OpenSearchPeer", str(self.work / "node"), str(self.PORT)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        if not any(line.strip() == "ready" for line in self.node.stdout):
            raise engines.MissingTool("the node of OpenSearch did not start")

    def close(self):
        if self.node:
            self.node.stdin.close()
            self.node.wait()

    def ask(self, method, path, body):
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.PORT}/{path}", data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise Refused(error.read().decode()) from error

    def index(self, texts):
        self.start()
        analysis = {"analyzer": {"words": self.WORDS, "forms": self.FORMS}, "filter": self.FILTERS}
        text = {"type": "text", "analyzer": "words", "fields": {"forms": {"type": "text", "analyzer": "forms"}}}
        self.ask("PUT", "texts", {"settings": {"number_of_shards": 1, "analysis": analysis}, "mappings": {"properties": {"text": text}}})
        lines = (json.dumps({"index": {"_id": i}}) + "\n" + json.dumps({"text": text}) + "\n" for i, text in enumerate(texts))
        self.ask("POST", "texts/_bulk?refresh=true", "".join(lines))

    def find(self, kind, words):
        answer = self.ask("POST", "texts/_search?size=1000", {"_source": False, "query": self.query(kind, words)})
        return {int(hit["_id"]) for hit in answer["hits"]["hits"]}

    def query(self, kind, words):
        if kind in ("near", "ordered"):
            return {"intervals": {"text": {"match": {"query": words, "max_gaps": NEAR - 1, "ordered": kind == "ordered"}}}}
        if kind == "phrase":
            return {"match_phrase": {"text": words}}
        if kind in ("pattern", "fuzzy"):
            written = f"{words}~1" if kind == "fuzzy" else words
            return {"query_string": {"query": written, "default_field": "text.forms"}}
        return {"match": {"text.forms" if kind == "exact" else "text": {"query": words, "operator": "and"}}}


class FoldingOpenSearch(OpenSearch):
    """The filters of its `french` analyzer, as its manual lists them, and accents folded behind them."""

    label = "OpenSearch, accents folded"
    PORT = 9272
    WORDS = {"tokenizer": "standard", "filter": ["elided", "lowercase", "stopped", "stemmed", "asciifolding"]}
    FORMS = {"tokenizer": "standard", "filter": ["elided", "lowercase", "asciifolding"]}
    FILTERS = {
        "elided": {"type": "elision", "articles_case": True, "articles": ["l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu"]},
        "stopped": {"type": "stop", "stopwords": "_french_"},
        "stemmed": {"type": "stemmer", "language": "light_french"},
    }


class Datashare(OpenSearch):
    """As Datashare's documentation and mapping describe it: the standard tokenizer, an analyzer called folding, query_string. Its own
    settings were not seen."""

    label = "Datashare's analyzer in OpenSearch"
    PORT = 9273
    WORDS = FORMS = {"tokenizer": "standard", "filter": ["lowercase", "asciifolding"]}

    def query(self, kind, words):
        written = {
            "exact": f'"{words}"',
            "phrase": f'"{words}"',
            "near": f'"{words}"~{NEAR + 1}',  # two more than words between: the other order
            "fuzzy": f"{words}~1",
        }.get(kind, words)
        return {"query_string": {"query": written, "default_field": "text", "default_operator": "or" if kind == "pasted" else "and"}}

    def find(self, kind, words):
        return None if kind == "ordered" else super().find(kind, words)


class Meilisearch(Engine):
    """Its engine, by the wheel of milli; an index a text, since that gives the twenty best alone. Its search takes any last word for a
    prefix and one letter in five for a slip, and leaves out words from the last on where none has all."""

    label = "Meilisearch"

    def answers(self, questions):
        python = self.programs / "milli/bin/python"
        if not python.exists():
            engines.make([sys.executable, "-m", "venv", python.parent.parent])
            engines.make([python, "-m", "pip", "install", "-q", "--only-binary", ":all:", "milli==1.8.1"])
        asked = [(text, self.query(kind, words)) for kind, words, text in questions]
        done = must([python, engines.HERE / "meilisearch.py", self.work], input=json.dumps([pair for pair in asked if pair[1]]))
        found = iter(json.loads(done))
        return [next(found) if query else None for _, query in asked]

    def query(self, kind, words):
        if kind in ("near", "ordered") or (kind == "pattern" and not words.endswith("*")):
            return None
        return f'"{words}"' if kind in ("exact", "phrase") else words.rstrip("*")


ENGINES = (Limier, Omega, Recoll, Notmuch, Mu, OpenSearch, FoldingOpenSearch, Datashare, Meilisearch)


def answers(engine, questions):
    """True, False, None or Refused for each (kind, words, text): whether the words, asked so, find the text."""
    if isinstance(engine, Meilisearch):
        return engine.answers(questions)
    texts = list(dict.fromkeys(text for _, _, text in questions))
    places = {text: number for number, text in enumerate(texts)}
    engine.index(texts)
    given = []
    for kind, words, text in questions:
        try:
            found = engine.find(kind, words)
            given.append(None if found is None else places[text] in found)
        except Refused:
            given.append(Refused)
    return given


def read(paths):
    """Questions by group: of a table of probes (text, query, 0 or 1) all its words; of features.tsv as its first column says."""
    groups = {}
    for path in paths:
        group = path.stem
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if line.startswith("# ") and path.stem != "french-probes":
                group = line[2:].split(":")[0].split(",")[0]
            elif len(cells) == 4:
                groups.setdefault(group, []).append(((cells[0], cells[1], cells[3]), cells[2] == "1"))
            elif len(cells) == 3 and not line.startswith("#"):
                groups.setdefault(group, []).append((("all", cells[1], cells[0]), cells[2] == "1"))
    return groups


def table(paths, work, binaries, chosen):
    """Rows of how many questions of each group each engine answers as expected, `-` where its language has no such question; with
    what differs, as (engine, group, what came, question)."""
    programs = work / "programs"
    programs.mkdir(parents=True, exist_ok=True)
    groups = read(paths)
    questions = [question for group in groups.values() for question, _ in group]
    columns, differing = {}, []
    for kind in ENGINES:
        if chosen and not any(kind.label.lower().startswith(name) for name in chosen):
            continue
        with tempfile.TemporaryDirectory() as scratch:
            engine = kind(pathlib.Path(scratch), programs, binaries)
            try:
                given = iter(answers(engine, questions))
            except (engines.MissingTool, Refused) as reason:
                print(f"eval: {engine.label} is left out: {reason}", file=sys.stderr)
                continue
            finally:
                engine.close()
        for name, group in groups.items():
            came = [next(given) for _ in group]
            right = sum(one is expected for one, (_, expected) in zip(came, group))
            columns.setdefault(engine.label, []).append("-" if all(one is None for one in came) else str(right))
            differing += [(engine.label, name, one, question) for one, (question, expected) in zip(came, group) if one is not expected]
    rows = [[name, len(group), *(column[i] for column in columns.values())] for i, (name, group) in enumerate(groups.items())]
    return ["asked", "questions", *columns], rows, differing
