#!/usr/bin/env python3
"""Recoll as a peer of Limier's benchmark: it reads files, so each document becomes one before its time begins.

recoll.py split INPUT.jsonl FOLDER     a text file a document, title on the first line
recoll.py configure FOLDER DB          a configuration for recollindex -c DB
"""
import json
import pathlib
import re
import shutil
import sys


def split(source, folder):
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with open(source, encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            name = re.sub(r"[^\w-]", "_", row["id"])[:80]
            (folder / f"{number:07}-{name}.txt").write_text(f"{row['title']}\n{row['body']}\n", encoding="utf-8")


def configure(folder, db):
    db = pathlib.Path(db)
    shutil.rmtree(db, ignore_errors=True)
    db.mkdir(parents=True)
    settings = {"topdirs": pathlib.Path(folder).resolve(), "indexstemminglanguages": "french", "loglevel": 1}
    (db / "recoll.conf").write_text("".join(f"{key} = {value}\n" for key, value in settings.items()), encoding="utf-8")


if __name__ == "__main__":
    command = sys.argv[1:2]
    if command == ["split"] and len(sys.argv) == 4:
        split(*sys.argv[2:])
    elif command == ["configure"] and len(sys.argv) == 4:
        configure(*sys.argv[2:])
    else:
        sys.exit(__doc__)
