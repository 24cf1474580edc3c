#!/usr/bin/env python3
"""SQLite FTS5 with its unicode61 tokenizer, as a peer of Limier's benchmark; README.md beside it says how it is driven."""
import json
import pathlib
import sqlite3
import sys
import time

FACET_VALUES = 10
SNIPPET_TOKENS = 50
SCHEMA = """
CREATE TABLE documents (id TEXT UNIQUE, title TEXT, date TEXT, source TEXT, author TEXT, year TEXT, month TEXT,
  day TEXT, body TEXT);
CREATE INDEX by_source ON documents (source);
CREATE INDEX by_year ON documents (year);
CREATE VIRTUAL TABLE words USING fts5 (title, body, content='documents', tokenize='unicode61');
"""


def build(source, db):
    pathlib.Path(db).unlink(missing_ok=True)
    connection = sqlite3.connect(db)
    connection.executescript(SCHEMA)
    with open(source, encoding="utf-8") as lines, connection:
        for line in lines:
            row = json.loads(line)
            date = row["date"]
            cut = (date[:4], date[:7], date)
            values = (row["id"], row["title"], date, row["source"], row["author"], *cut, row["body"])
            done = connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            connection.execute(
                "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (done.lastrowid, row["title"], row["body"])
            )
    connection.close()


def match_text(kind, words):
    if kind == "prefix":
        return f'"{words}"*'
    if kind == "phrase":
        return f'"{words}"'
    return (" OR " if kind == "or" else " AND ").join(f'"{word}"' for word in words.split())


class Peer:
    def __init__(self, db, page, facets, limit):
        self.connection = sqlite3.connect(db)
        self.page, self.facets, self.limit = page, facets, limit

    def rows(self, sql, values):
        return self.connection.execute(sql, values).fetchall()

    def condition(self, kind, words, narrowed):
        """FROM and WHERE of a query, its values; `narrowed` is empty, `source=NAME` or `year=YYYY`."""
        if kind == "all":
            return "FROM documents", []
        sql, values = "FROM words JOIN documents ON documents.rowid = words.rowid WHERE words MATCH ?", [
            match_text(kind, words)
        ]
        if narrowed:
            field, value = narrowed.split("=", 1)
            sql += f" AND documents.{'source' if field == 'source' else 'year'} = ?"
            values.append(value)
        return sql, values

    def hits(self, kind, sql, values):
        if not self.limit:
            return []
        columns = ["id", "title", "date", "source"]
        chosen = ", ".join(f"documents.{name}" for name in columns)
        order = "" if kind == "all" else "ORDER BY rank"
        if self.page:
            columns.append("snippet")
            chosen += (
                ", substr(body, 1, 300)"
                if kind == "all"
                else f", snippet(words, 1, '<b>', '</b>', '...', {SNIPPET_TOKENS})"
            )
        rows = self.rows(f"SELECT {chosen} {sql} {order} LIMIT ?", [*values, self.limit])
        return [dict(zip(columns, row)) for row in rows]

    def answer(self, kind, words, narrowed):
        sql, values = self.condition(kind, words, narrowed)
        answer = {"total": -1, "hits": self.hits(kind, sql, values)}
        if self.page or self.facets:
            answer["total"] = self.rows(f"SELECT count(*) {sql}", values)[0][0]
        for name in self.facets:
            counted = f"SELECT {name}, count(*) AS n {sql} GROUP BY {name} ORDER BY n DESC LIMIT ?"
            answer[name] = {value: n for value, n in self.rows(counted, [*values, FACET_VALUES + 1]) if value}
        return answer


def query(db, options):
    limit = int(options[options.index("--limit") + 1]) if "--limit" in options else 10
    facets = options[options.index("--facets") + 1].split(",") if "--facets" in options else []
    peer = Peer(db, "--page" in options, facets, limit)
    for line in sys.stdin:
        kind, words, narrowed = (line.rstrip("\n").split("\t") + ["", ""])[:3]
        begin = time.perf_counter()
        text = json.dumps(peer.answer(kind, words, narrowed), ensure_ascii=False)
        microseconds = (time.perf_counter() - begin) * 1e6
        sys.stdout.write(f'{text[:-1]}, "us": {microseconds:.1f}}}\n')
        sys.stdout.flush()


def main(arguments):
    if arguments[:1] == ["build"] and len(arguments) >= 3:
        build(arguments[1], arguments[2])
    elif arguments[:1] == ["query"] and len(arguments) >= 2:
        query(arguments[1], arguments[2:])
    else:
        sys.exit("usage: build INPUT DB | query DB [--page] [--facets NAME,…] [--limit N]")


if __name__ == "__main__":
    main(sys.argv[1:])
