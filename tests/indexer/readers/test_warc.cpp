#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "tests/indexer/readers/pack.hpp"
#include "tests/indexer/readers/taken.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

std::string record(const std::string& type, const std::string& url, const std::string& content,
                   const std::string& content_type = "application/http; msgtype=response") {
    return "WARC/1.0\r\nWARC-Type: " + type + "\r\n" + (url.empty() ? "" : "WARC-Target-URI: " + url + "\r\n") +
           "WARC-Date: 2025-01-14T10:00:00Z\r\nContent-Type: " + content_type +
           "\r\nContent-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content + "\r\n\r\n";
}

std::string response(const std::string& url, const std::string& body, const std::string& headers = "",
                     const std::string& status = "200 OK") {
    return record("response", url,
                  "HTTP/1.1 " + status + "\r\nContent-Type: text/plain; charset=utf-8\r\n" + headers + "\r\n" + body);
}

Taken taken(const std::string& bytes, const std::string& name = "a.warc") {
    const ScratchFolder scratch;
    std::ofstream(scratch.path() / name, std::ios::binary) << bytes;
    return take({scratch.path()}, scratch.path());
}

std::string gzipped(const std::string& bytes) {
    const ScratchFolder scratch;
    return pack(scratch.path() / "x", {"", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP}, {{"data", bytes}});
}

}  // namespace

TEST_CASE("warc: pages that were fetched well are documents, by their addresses") {
    const std::string bytes =
        record("warcinfo", "", "software: x\r\n", "application/warc-fields") +
        record("request", "https://x.example/a", "GET /a HTTP/1.1\r\n\r\n") +
        response("https://x.example/a", "Le lac se vide.\n") + response("<https://x.example/b/>", "Le col.\n") +
        response("https://x.example/c", "", "Location: /a\r\n", "301 Moved") +
        response("https://x.example/d", "Introuvable", "", "404 Not Found") +
        record("response", "https://x.example/e.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG") +
        record("resource", "https://x.example/f", "<r><titre>La crue</titre><texte>x</texte></r>", "text/xml") +
        record(
            "response", "https://x.example/h",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><head><title>Le gué</title></head><body><nav>Menu"
            "</nav><p>Il monte.</p></body></html>") +
        record("conversion", "https://x.example/g", "Un texte converti.", "text/plain");
    for (const bool compressed : {false, true}) {
        const Taken read = compressed ? taken(gzipped(bytes), "a.warc.gz") : taken(bytes);
        const std::string place = compressed ? "a.warc.gz!/" : "a.warc!/";
        CHECK(read.refusals == Names());
        CHECK(read.ids == Names{place + "https://x.example/a", place + "https://x.example/b/",
                                place + "https://x.example/f", place + "https://x.example/h",
                                place + "https://x.example/g"});
        REQUIRE(read.documents.size() == 5);
        CHECK(read.documents[3].title == "Le gué");
        CHECK(read.documents[3].text == "Il monte.");
        CHECK(read.documents[3].url == "https://x.example/h");
        CHECK(read.documents[0].text == "Le lac se vide.\n");
        CHECK(read.documents[1].url == "https://x.example/b/");
        CHECK(read.documents[2].title == "La crue");
        CHECK(read.skipped == std::unordered_map<std::string, std::size_t>{{"image/png", 1}});
        CHECK(read.bytes_read == read.bytes_total);
    }
    // As crawlers compress: each record by itself.
    const Taken members =
        taken(gzipped(response("https://x.example/a", "Un.")) + gzipped(response("https://x.example/b", "Deux.")),
              "a.warc.gz");
    CHECK(members.documents.size() == 2);
}

TEST_CASE("warc: bodies in chunks and compressed bodies are undone") {
    const std::string chunks = "4\r\nLe l\r\n7;x=y\r\nac vide\r\n0\r\n\r\n";
    CHECK(taken(response("u:1", chunks, "Transfer-Encoding: chunked\r\n")).documents.front().text == "Le lac vide");
    CHECK(taken(response("u:1", "5\r\nLe la", "Transfer-Encoding: chunked\r\n")).documents.front().text == "Le la");
    CHECK(taken(response("u:1", gzipped("Le lac."), "Content-Encoding: gzip\r\n")).documents.front().text == "Le lac.");
    CHECK(taken(response("u:1", "Le lac.", "Content-Encoding: gzip\r\n")).documents.front().text == "Le lac.");
}

TEST_CASE("warc: what is damaged is named, what is whole is taken") {
    CHECK(taken("").refusals == Names{"a.warc: it is empty"});
    CHECK(taken("Bonjour.\n\nOui.").refusals == Names{"a.warc: it is no WARC from here on"});
    CHECK(taken("WARC/1.0\r\nContent-Length: x\r\n\r\n").refusals == Names{"a.warc: it is no WARC from here on"});
    const std::string one = response("u:1", "Un."), two = response("u:2", "Deux.");
    const Taken damaged = taken(one + "du bruit\r\n\r\n" + two);
    CHECK(damaged.documents.size() == 1);
    CHECK(damaged.refusals == Names{"a.warc: it is no WARC from here on"});
    const Taken empty_page = taken(response("u:1", " \n") + two);
    CHECK(empty_page.refusals == Names{"a.warc!/u:1: nothing but blanks"});
    CHECK(empty_page.documents.size() == 1);
    for (std::size_t length = 1; length < one.size() + two.size(); ++length) {
        CAPTURE(length);
        const Taken cut = taken((one + two).substr(0, length));
        CHECK(cut.documents.size() == (length >= one.size() + two.size() - 4 ? 2u
                                       : length >= one.size() - 4            ? 1u
                                                                             : 0u));
        CHECK(cut.refusals.size() <= 1);
    }
    const std::string huge =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: u:1\r\nContent-Length: 99999999999\r\n\r\nx";
    CHECK(taken(huge).refusals == Names{"a.warc!/u:1: it ends within a record: the file is cut off"});
}
