"""The documents that are indexed and the questions that are asked: the same for every engine."""
import collections
import itertools
import json
import random
import re

WORD = re.compile(r"(?<![\w'’-])[a-zà-öø-ÿœ]{5,14}(?![\w'’-])")
TITLE_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]{4,}(?![\w'’-])")
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
SAMPLE_DOCUMENTS = 5000
# Frequent function words of five letters and more: an engine with a stop list would be asked for nothing.
FUNCTION_WORDS = set(
    """alors après aucun aucune aussi autre autres avaient avait avant avoir cette chaque comme contre depuis
    derrière devait devant donc elles encore enfin entre était étaient étant faire faisait jamais jusque laquelle lequel lesquels
    leurs lorsque maintenant malgré mêmes moins notamment notre nombre parce parfois pendant peuvent plusieurs plutôt pourquoi
    pourrait pouvoir presque puisque quand quelle quelles quelque quelques quels selon serait seront seulement soient
    souvent surtout tandis toujours toutes toute trois votre voici voilà ainsi auquel auraient aurait ayant celle celles celui
    cependant certains certaines chacun combien comment deux dont durant ensuite environ furent""".split()
)
KINDS = ("one", "and", "or", "title", "phrase", "prefix", "filter")


class Query:
    """A question in no engine's language. `narrowed` is empty, `source=NAME` or `year=YYYY`. `asks` is what an engine is told:
    the words of a title are asked for as any of them."""

    def __init__(self, kind, words="", narrowed=""):
        self.kind, self.words, self.narrowed = kind, words, narrowed
        self.asks = "or" if kind == "title" else kind


def iso_date(text):
    """`YYYY-MM-DD` of a date written so or day first; empty when it is none."""
    if found := ISO_DATE.match(text):
        return found.group(0)
    if found := DAY_FIRST.match(text):
        day, month, year = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    return ""


def plain(document, number):
    return {
        "id": str(document.get("id") or number),
        "title": document.get("title") or "",
        "date": iso_date(document.get("date") or ""),
        "source": document.get("source") or "",
        "author": document.get("author") or "",
        "body": document.get("body") or "",
    }


def corpus_documents(folder):
    """The project's own small corpus: text files (title on the first line) and JSON Lines."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".txt":
            title, _, body = path.read_text(encoding="utf-8").partition("\n")
            yield {"id": path.stem, "title": title, "source": path.parent.name, "body": body.strip()}
        if path.suffix == ".jsonl":
            yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def repeated_corpus(folder, copies):
    documents = list(corpus_documents(folder))
    for copy in range(copies):
        for document in documents:
            # The corpus dates its text files in their text; the peers do not look there.
            date = document.get("date") or f"{2020 + copy % 5}-{1 + copy % 12:02}-15"
            yield {**document, "id": f"{document['id']}-{copy}", "date": date}


def repeated(path, count):
    """So many documents of a file, over and over, each time under new ids."""
    copy = 0
    while count > 0:
        for document in itertools.islice(read_lines(path), count):
            yield {**document, "id": f"{document.get('id')}-{copy}"}
            count -= 1
        copy += 1


def write_documents(documents, target):
    """Writes one object a line with the five keys every engine is given. Documents without a body are left out."""
    partial = target.with_suffix(".partial")
    with open(partial, "w", encoding="utf-8") as out:
        for number, document in enumerate(documents):
            kept = plain(document, number)
            if kept["body"]:
                out.write(json.dumps(kept, ensure_ascii=False) + "\n")
    partial.rename(target)


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def sampled(path):
    documents = []
    for document in read_lines(path):
        documents.append(document)
        if len(documents) == SAMPLE_DOCUMENTS:
            break
    return documents


def document_frequencies(path):
    """In how many of the first documents each word stands, and how many documents these are."""
    documents, frequency = sampled(path), collections.Counter()
    for document in documents:
        frequency.update(set(WORD.findall(document["body"])) - FUNCTION_WORDS)
    return frequency, len(documents)


def words_by_frequency(documents):
    """Three lists of words: in 5 to 40, in 0.5 to 5 and in less than 0.5 of a hundred documents, but in three at least."""
    frequency = collections.Counter()
    for document in documents:
        frequency.update(set(WORD.findall(document["body"])) - FUNCTION_WORDS)
    total = len(documents)
    common, middle, rare = [], [], []
    for word, count in sorted(frequency.items()):
        share = count / total
        if 0.05 <= share < 0.4:
            common.append(word)
        elif 0.005 <= share < 0.05:
            middle.append(word)
        elif share < 0.005 and count >= 3:
            rare.append(word)
    return common, middle, rare


def phrases(documents, known, chance, count):
    """Pairs and triples of known words as they stand in the text."""
    runs = [re.compile(rf"(?<![\w'’-])(?:[a-zà-öø-ÿœ]{{4,14}} ){{{n}}}[a-zà-öø-ÿœ]{{4,14}}(?![\w'’-])") for n in (1, 2)]
    found = []
    for _ in range(count * 200):
        body = chance.choice(documents)["body"]
        run = chance.choice(runs).findall(body)
        phrase = chance.choice(run) if run else ""
        if phrase and known.issuperset(phrase.split()):
            found.append(phrase)
        if len(found) == count:
            break
    return found


def title_words(documents, chance, count):
    """The words of titles, function words left out, four at least."""
    titles = (TITLE_WORD.findall(document["title"]) for document in documents)
    found = [" ".join(word for word in words if word.lower() not in FUNCTION_WORDS) for words in titles]
    long = [words for words in found if words.count(" ") >= 3]
    return chance.sample(long, min(count, len(long)))


def choose_queries(path, count, seed):
    """So many questions of each kind, drawn from the documents themselves; the same seed draws the same."""
    documents, chance = sampled(path), random.Random(seed)
    common, middle, rare = words_by_frequency(documents)
    pools = [pool for pool in (common, middle, rare) if pool]
    if not pools:
        raise SystemExit("bench: too few words in the documents to ask for")

    def word():
        return chance.choice(chance.choice(pools))

    def frequent():
        return chance.choice(common or middle or rare)

    values = sorted({f"source={d['source']}" for d in documents if d["source"]})
    values += sorted({f"year={d['date'][:4]}" for d in documents if d["date"]})
    queries = []
    for _ in range(count):
        queries.append(Query("one", word()))
        queries.append(Query("and", f"{frequent()} {chance.choice(middle or common or rare)}"))
        queries.append(Query("or", f"{frequent()} {word()}"))
        queries.append(Query("prefix", word()[: chance.choice((3, 4, 5))]))
        if values:
            queries.append(Query("filter", frequent(), chance.choice(values)))
    known = {word for pool in pools for word in pool}
    queries += [Query("title", words) for words in title_words(documents, chance, count)]
    queries += [Query("phrase", phrase) for phrase in phrases(documents, known, chance, count)]
    return sorted(queries, key=lambda query: KINDS.index(query.kind))


def choose_facet_queries(queries):
    """Facets are counted over everything, over one word and over two."""
    return [Query("all")] + [query for query in queries if query.kind in ("one", "and")]
