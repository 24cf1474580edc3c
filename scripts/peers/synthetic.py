#!/usr/bin/env python3
"""Documents that look like French press to an index: Zipfian words, names, dates, sources. A seed always writes the same.

scripts/peers/synthetic.py COUNT FILE.jsonl [SEED]
The shape follows what is known of text: word frequency falls as a power of the rank (Mandelbrot, 1953), lengths of documents
are log-normal, a document keeps to a few names of its own. The words mean nothing.
"""
import bisect
import itertools
import json
import math
import random
from pathlib import Path
import sys

FUNCTION_WORDS = """de la le et les des en un une du dans que qui à au pour est par sur plus il ne pas avec se ce son sa ses
aux cette mais ont été être nous vous elle ils sont comme fait leur sans tout après avant entre deux sous aussi même dont où""".split()
ONSETS = "b c d f g l m n p r s t v ch br cr dr fr gr pl pr tr bl cl fl gl qu j".split()
NUCLEI = "a e i o u é è ou ai on an in oi eu au".split()
CODAS = ["", "", "", "", "", "", "r", "s", "l", "t", "n", "c"]
ENDINGS = ["", "", "s"] + """e er é ée és ent ement tion tions eur eurs euse if ive ité ités age ages ance ances able ables ique iques iste istes
ier ière ais ait a ont ons eux ure ures oir ien ienne""".split()
SOURCES = [f"{place}.example" for place in """le-matin la-depeche l-echo le-rivage le-courrier la-tribune
le-journal la-gazette l-observateur le-quotidien la-voix les-nouvelles""".split()]
VOCABULARY, PERSONS, ORGANISATIONS, PLACES, AUTHORS = 200_000, 4_000, 1_500, 1_500, 400
ZIPF, SHIFT = 1.3, 6
MEDIAN_WORDS, SPREAD, LONGEST = 160, 0.6, 4_000
VOWELS = "aeiouéèêhœ"


def stem(chance):
    syllables = chance.choices((1, 2, 3), (8, 5, 1))[0]
    return "".join(chance.choice(ONSETS) + chance.choice(NUCLEI) + chance.choice(CODAS) for _ in range(syllables))


def vocabulary(chance, size):
    """Function words first, then stems each with a few endings, so that a stemmer has its work."""
    words = dict.fromkeys(FUNCTION_WORDS)
    while len(words) < size:
        root = stem(chance)
        for ending in chance.sample(ENDINGS, chance.randint(1, 5)):
            words[root + ending] = None
    words = list(words)[:size]
    content = words[len(FUNCTION_WORDS) :]
    chance.shuffle(content)
    return FUNCTION_WORDS + content


def zipf_sums(size, exponent):
    return list(itertools.accumulate(1 / (rank + SHIFT) ** exponent for rank in range(size)))


def names(chance, size, parts):
    return [" ".join(stem(chance).capitalize() for _ in range(parts)) for _ in range(size)]


class Writer:
    """Makes one document after the other."""

    def __init__(self, seed):
        self.chance = chance = random.Random(seed)
        self.words = vocabulary(chance, VOCABULARY)
        self.sums = zipf_sums(VOCABULARY, ZIPF)
        self.names = names(chance, PERSONS, 2) + names(chance, ORGANISATIONS, 1) + names(chance, PLACES, 1)
        chance.shuffle(self.names)
        self.name_sums = zipf_sums(len(self.names), 0.9)
        self.authors = names(chance, AUTHORS, 2)

    def drawn(self, count):
        total, sums, words, uniform = self.sums[-1], self.sums, self.words, self.chance.random
        return [words[bisect.bisect(sums, uniform() * total)] for _ in range(count)]

    def sentence(self, words, cast):
        chance = self.chance
        if cast and chance.random() < 0.4:
            words[chance.randrange(len(words))] = chance.choice(cast)
        for i in range(len(words) - 1):
            if words[i] in ("le", "la", "de") and words[i + 1][0] in VOWELS:
                words[i : i + 2] = ["", words[i][0] + "’" + words[i + 1]]
        text = " ".join(filter(None, words))
        return text[0].upper() + text[1:] + "."

    def date(self):
        chance = self.chance
        return f"{chance.randint(2005, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"

    def body(self, cast):
        length = min(LONGEST, int(chance_lognormal(self.chance))) + 20
        words, sentences, place = self.drawn(length), [], 0
        while place < length:
            end = place + self.chance.randint(8, 28)
            sentences.append(self.sentence(words[place:end], cast))
            place = end
        return "\n".join(" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4))

    def document(self, number):
        cast = self.chance.choices(self.names, cum_weights=self.name_sums, k=self.chance.randint(1, 5))
        return {
            "id": f"s{number:08}",
            "title": self.sentence(self.drawn(self.chance.randint(5, 10)), cast)[:-1],
            "date": self.date(),
            "source": self.chance.choice(SOURCES),
            "author": self.chance.choice(self.authors),
            "body": self.body(cast),
        }


def chance_lognormal(chance):
    return chance.lognormvariate(math.log(MEDIAN_WORDS), SPREAD)


def write(count, path, seed=1):
    writer = Writer(seed)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count):
            out.write(json.dumps(writer.document(number), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: synthetic.py COUNT FILE.jsonl [SEED]")
    write(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 1)
