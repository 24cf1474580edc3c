#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "indexer/readers/detect.hpp"
#include "tests/indexer/readers/pack.hpp"
#include "tests/indexer/readers/taken.hpp"
#include "tests/scratch.hpp"

using namespace limier;

TEST_CASE("detect: a format is known by its first bytes, whatever the name") {
    const struct {
        std::string bytes;
        const char* named;
        const char* format;
    } rows[] = {
        {"%PDF-1.7\n", ".txt", ".pdf"},
        {"\xEF\xBB\xBF\n%PDF-1.4", "", ".pdf"},
        {"\x1F\x8B\x08", "", ".gz"},
        {std::string("\xFD"
                     "7zXZ\0",
                     6),
         "", ".xz"},
        {"\x28\xB5\x2F\xFD", "", ".zst"},
        {"BZh9", "", ".bz2"},
        {"7z\xBC\xAF\x27\x1C", "", ".7z"},
        {"PK\x05\x06", "", ".zip"},
        {"{\\rtf1\\ansi Un mot.}", ".txt", ".rtf"},
        {"WARC/1.0\r\n", "", ".warc"},
        {"<!DOCTYPE html>\n<html>", ".txt", ".html"},
        {"<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">", "", ".html"},
        {"\n <p>Un fragment</p>", "", ".html"},
        {"<?xml version=\"1.0\"?>\n<rss>", ".dat", ".xml"},
        {"<TEI xmlns=\"x\">", "", ".xml"},
        {"< 3 mots", "", ".txt"},
        {"{\"title\":\"x\"}\n{\"title\":\"y\"}\n", "", ".jsonl"},
        {"{\"title\":\"x\"}\n", "", ".json"},
        {"[\n {\"title\"", "", ".json"},
        {"[Le lac] se vide", "", ".txt"},
        {"{un mot} entre accolades", "", ".txt"},
        {"From a@b Tue Jan 14 10:00:00 2025\nReceived: x\nFrom: a@b\n", "", ".mbox"},
        {"Return-Path: <a@b>\nReceived: by x\n  on y\nSubject: z\n", ".txt", ".eml"},
        {"From here on: nothing.\nSubject: x\n", "", ".txt"},
        {"Date: 14 janvier\n\nUn article.", "", ".txt"},
        {"titre;texte\nx;y\n", "", ".csv"},
        {"\"id\",\"body\"\n", ".txt", ".csv"},
        {"id\ttitle\n", "", ".tsv"},
        {"Un titre, puis un texte\n", "", ".txt"},
        {"---\ntitle: x\n---\n", "", ".md"},
        {"# Un titre\n\nUn texte.", "", ".md"},
        {"Un texte.", ".md", ".md"},
        {"Un texte.", ".log", ".txt"},
        {"D\xE9j\xE0 l'\xE9t\xE9.", "", ".txt"},
        {std::string("\xFF\xFEU\0n\0", 6), "", ".txt"},
        {std::string("\x7F"
                     "ELF\2\1\1\0\0\0\0\0\0\0\0\0",
                     16),
         ".txt", ""},
        {std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16), "", ""},
    };
    for (const auto& row : rows) {
        CAPTURE(row.bytes);
        CHECK(format_of_bytes(row.bytes, row.named) == row.format);
    }
}

TEST_CASE("detect: archives are known by what is in them") {
    const ScratchFolder scratch;
    const auto format = [&scratch](const Shape& shape, const std::vector<Entry>& entries) {
        return format_of_bytes(pack(scratch.path() / "a", shape, entries,
                                    shape.format == k_zip.format ? "zip:compression=store" : nullptr),
                               "");
    };
    CHECK(format(k_zip, {{"a.txt", "x"}}) == ".zip");
    CHECK(format(k_zip, {{"mimetype", "application/epub+zip"}, {"x", "y"}}) == ".epub");
    CHECK(format(k_zip, {{"mimetype", "application/vnd.oasis.opendocument.text"}}) == ".odt");
    CHECK(format(k_zip, {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}) == ".ods");
    CHECK(format(k_zip, {{"mimetype", "application/vnd.oasis.opendocument.presentation-template"}}) == ".odp");
    CHECK(format(k_zip, {{"mimetype", "application/vnd.oasis.opendocument.graphics"}}) == "");
    CHECK(format(k_zip, {{"[Content_Types].xml", "x"}, {"word/document.xml", "x"}}) == ".docx");
    CHECK(format(k_zip, {{"[Content_Types].xml", "x"}, {"xl/workbook.xml", "x"}}) == ".xlsx");
    CHECK(format(k_zip, {{"[Content_Types].xml", "x"}, {"ppt/presentation.xml", "x"}}) == ".pptx");
    CHECK(format(k_zip, {{"[Content_Types].xml", "x"}, {"visio/document.xml", "x"}}) == "");
    const std::string compound = std::string(k_compound_file) + std::string(600, '\0');
    CHECK(format_of_bytes(compound + utf16_name("WordDocument"), "") == ".doc");
    CHECK(format_of_bytes(compound + utf16_name("Workbook"), ".doc") == ".xls");
    CHECK(format_of_bytes(compound + utf16_name("PowerPoint Document"), "") == ".ppt");
    CHECK(format_of_bytes(compound + utf16_name("EncryptedPackage"), ".xlsx") == ".docx");
    CHECK(format_of_bytes(compound, ".xls") == ".xls");
    CHECK(format_of_bytes(compound, ".msg") == "");
    CHECK(format({".tar", ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE}, {{"a.txt", "x"}}) == ".tar");
}

TEST_CASE("detect: files, and members of archives, are read by their content") {
    const ScratchFolder scratch;
    const auto write = [&scratch](const char* name, const std::string& bytes) {
        std::ofstream(scratch.path() / name, std::ios::binary) << bytes;
    };
    write("LISEZMOI", "Le lac se vide\n\nUn texte.\n");
    write("data.txt", "{\"title\":\"un\"}\n{\"title\":\"deux\"}\n");
    write("empty", "");
    write("program", std::string("\x7F"
                                 "ELF\0\0\0\0",
                                 8));
    pack(scratch.path() / "fonds", k_zip,
         {{"note", "Un texte.\n"}, {"t", "title;body\nx;y\n"}, {"i", std::string(9, '\0')}});
    pack(scratch.path() / "g", {"", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP},
         {{"data", "{\"body\":\"x\"}\n{\"body\":\"y\"}"}});
    SourceOptions options;
    options.format = k_by_content;
    const Taken read = take({scratch.path()}, scratch.path(), options);
    CHECK(read.ids == Names{"LISEZMOI", "data.txt:1", "data.txt:2", "fonds!/note", "fonds!/t:2", "g:1", "g:2"});
    CHECK(read.refusals == Names{"empty: it is empty"});
    CHECK(read.skipped == std::unordered_map<std::string, std::size_t>{{"", 2}});
    CHECK(read.bytes_read == read.bytes_total);
    const Taken named = take({scratch.path() / "program"}, scratch.path(), options);
    CHECK(named.refusals == Names{"program: its content is of no known format"});
}

TEST_CASE("detect: a format that is said holds for all files, and within archives") {
    const ScratchFolder scratch;
    std::ofstream(scratch.path() / "a.txt") << "{\"title\":\"un\"}\n";
    std::ofstream(scratch.path() / "b") << "{\"title\":\"deux\"}\n";
    pack(scratch.path() / "c.zip", k_zip, {{"d.log", "{\"title\":\"trois\"}\n"}});
    SourceOptions options;
    options.format = "jsonl";
    CHECK(take({scratch.path()}, scratch.path(), options).ids == Names{"a.txt:1", "b:1", "c.zip!/d.log:1"});
    CHECK(is_format("jsonl"));
    CHECK(is_format("auto"));
    CHECK_FALSE(is_format(".jsonl"));
    CHECK_FALSE(is_format(""));
}
