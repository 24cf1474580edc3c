#!/usr/bin/env python3
"""Which of 24 kinds of files programs read: formats.py FOLDER [BIN]

Writes into FOLDER/files one small file a kind, each with a word of its own, has Limier (BIN), omindex and recollindex index them, and
asks for the words. Needs python3 -m pip install reportlab python-docx xlsxwriter python-pptx odfpy ebooklib warcio py7zr
(their own writers, so that no program is asked for a file made to suit it), and apt-get install xapian-omega recollcmd xapian-tools
poppler-utils unrtf unzip catdoc libmime-tools-perl markdown python3-lxml python3-py7zr python3-openpyxl, what the two call for help.
"""
import email.message
import gzip
import io
import json
import mailbox
import os
import pathlib
import subprocess
import sys
import tarfile
import zipfile

import docx
import odf.opendocument
import odf.table
import odf.text
import pptx
import py7zr
import xlsxwriter
from ebooklib import epub
from reportlab.pdfgen import canvas
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

KINDS = ("txt", "latin", "html", "md", "pdf", "docx", "odt", "rtf", "epub", "xlsx", "ods", "pptx", "eml", "attached", "mbox",
         "zip", "targz", "seven", "gz", "csv", "jsonl", "json", "rss", "warc")  # fmt: skip


def said(kind):
    return f"La mairie annonce un projet, dit le mot motx{kind}."


def write_texts(folder):
    (folder / "a.txt").write_text(said("txt"), encoding="utf-8")
    (folder / "latin.txt").write_text("Élève déçu. " + said("latin"), encoding="cp1252")
    (folder / "b.html").write_text(f"<html><head><meta charset=utf-8><title>Page</title></head><body><p>{said('html')}</p></body></html>")
    (folder / "c.md").write_text("# Titre\n\n" + said("md"))
    (folder / "d.rtf").write_text(r"{\rtf1\ansi " + said("rtf") + "}")
    (folder / "e.csv").write_text("titre,date,texte\nUn titre,2025-01-02,\"" + said("csv") + '"\n')
    (folder / "f.jsonl").write_text(json.dumps({"id": "1", "title": "Un", "body": said("jsonl")}) + "\n" + '{"id": "2", "title": "Deux", "body": "Un autre."}\n')
    (folder / "g.json").write_text(json.dumps([{"id": "3", "title": "Un", "body": said("json")}]))
    item = f"<item><title>Un</title><link>https://exemple.fr/1</link><description>{said('rss')}</description></item>"
    (folder / "h.rss.xml").write_text(f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Fil</title>{item}</channel></rss>')


def write_office(folder):
    page = canvas.Canvas(str(folder / "i.pdf"))
    page.drawString(72, 700, said("pdf"))
    page.save()
    letter = docx.Document()
    letter.add_paragraph(said("docx"))
    letter.save(folder / "j.docx")
    book = xlsxwriter.Workbook(folder / "k.xlsx")
    book.add_worksheet().write(0, 0, said("xlsx"))
    book.close()
    slides = pptx.Presentation()
    slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = said("pptx")
    slides.save(folder / "l.pptx")
    text = odf.opendocument.OpenDocumentText()
    text.text.addElement(odf.text.P(text=said("odt")))
    text.save(folder / "m.odt")
    sheet, table, row, cell = odf.opendocument.OpenDocumentSpreadsheet(), odf.table.Table(name="a"), odf.table.TableRow(), odf.table.TableCell()
    cell.addElement(odf.text.P(text=said("ods")))
    row.addElement(cell)
    table.addElement(row)
    sheet.spreadsheet.addElement(table)
    sheet.save(folder / "n.ods")
    novel, chapter = epub.EpubBook(), epub.EpubHtml(title="Un", file_name="un.xhtml", lang="fr")
    novel.set_identifier("x")
    novel.set_title("Livre")
    chapter.content = f"<h1>Un</h1><p>{said('epub')}</p>"
    for part in (chapter, epub.EpubNcx(), epub.EpubNav()):
        novel.add_item(part)
    novel.toc, novel.spine = (chapter,), ["nav", chapter]
    epub.write_epub(str(folder / "o.epub"), novel)


def mail(number, kind):
    one = email.message.EmailMessage()
    for name, value in (("From", "une@exemple.fr"), ("Subject", "Sujet"), ("Date", "Thu, 2 Jan 2025 10:00:00 +0000"), ("Message-ID", f"<{number}@exemple.fr>")):
        one[name] = value
    one.set_content(said(kind))
    return one


def write_packed(folder):
    letter = mail(1, "eml")
    letter.add_attachment(said("attached").encode(), maintype="text", subtype="plain", filename="piece.txt")
    (folder / "p.eml").write_bytes(letter.as_bytes())
    box = mailbox.mbox(folder / "q.mbox")
    box.add(mail(2, "mbox"))
    box.close()
    with zipfile.ZipFile(folder / "r.zip", "w") as packed:
        packed.writestr("dedans.txt", said("zip"))
    with tarfile.open(folder / "s.tar.gz", "w:gz") as packed:
        inside = tarfile.TarInfo("dedans.txt")
        inside.size = len(said("targz"))
        packed.addfile(inside, io.BytesIO(said("targz").encode()))
    with py7zr.SevenZipFile(folder / "t.7z", "w") as packed:
        packed.writestr(said("seven"), "dedans.txt")
    (folder / "u.txt.gz").write_bytes(gzip.compress(said("gz").encode()))
    html = f"<html><head><title>Web</title></head><body><article><p>{said('warc')}</p></article></body></html>"
    with open(folder / "v.warc.gz", "wb") as file:
        writer = WARCWriter(file, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record("https://exemple.fr/", "response", payload=io.BytesIO(html.encode()), http_headers=headers))


def run(*command):
    # Debian's helpers of the two call Debian's own Python.
    environment = {**os.environ, "PATH": "/usr/bin:/bin"}
    return subprocess.run([str(word) for word in command], check=False, text=True, capture_output=True, env=environment).stdout


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    work = pathlib.Path(sys.argv[1]).resolve()
    binaries = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parents[2] / "build/release").resolve()
    files = work / "files"
    files.mkdir(parents=True)
    for write in (write_texts, write_office, write_packed):
        write(files)
    run(binaries / "indexer/indexer", "build", files, "--db", work / "limier")
    run("omindex", "--db", work / "omega", "--url", "/", files)
    (work / "recoll").mkdir()
    (work / "recoll/recoll.conf").write_text(f"topdirs = {files}\nloglevel = 1\n")
    run("recollindex", "-z", "-c", work / "recoll")
    found = {
        "Limier": lambda word: run(binaries / "searcher/searcher", "--db", work / "limier", "--format", "ids", "--", word).strip(),
        "Omega": lambda word: "Exactly 0 matches" not in run("quest", "-d", work / "omega", "-s", "none", word),
        "Recoll": lambda word: "file://" in run("recollq", "-c", work / "recoll", "-b", word),
    }
    for label, finds in found.items():
        read = [kind for kind in KINDS if finds(f"motx{kind}")]
        print(f"{label}: {len(read)} of {len(KINDS)}; not {', '.join(kind for kind in KINDS if kind not in read) or 'one'}")


if __name__ == "__main__":
    main()
