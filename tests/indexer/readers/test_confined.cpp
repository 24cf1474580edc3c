#include <chrono>
#include <fstream>

#include <catch2/catch.hpp>

#include "indexer/readers/confined.hpp"
#include "tests/indexer/readers/pack.hpp"
#include "tests/indexer/readers/taken.hpp"
#include "tests/scratch.hpp"

using namespace limier;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

const std::string k_killed = "its parser fails: killed by signal 11 (Segmentation fault)";
const std::string k_rest = ": the rest is not read";

void write(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

std::string zip(const fs::path& path, const std::vector<std::string>& names) {
    std::vector<Entry> entries;
    for (const std::string& name : names) entries.push_back({name, "Texte de " + name + "."});
    return pack(path, k_zip, entries);
}

void gzip(const fs::path& path, const std::string& bytes) {
    pack(path, {"", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP}, {{"data", bytes}});
}

/// A process that a file's name takes over.
SourceOptions hostile(std::chrono::milliseconds time = 60s) {
    SourceOptions options;
    options.parsers.command = {LIMIER_HOSTILE_PARSER};
    options.parsers.time = time;
    return options;
}

Taken take(const ScratchFolder& scratch, SourceOptions options) {
    Taken taken = take({scratch.path()}, scratch.path(), std::move(options));
    CHECK(taken.bytes_read == taken.bytes_total);
    return taken;
}

}  // namespace

TEST_CASE("confined: the process that reads has no rights") {
    const ScratchFolder scratch;
    gzip(scratch.path() / "rights.txt.gz", "x");
    CHECK(take(scratch, hostile()).refusals == Names{"rights: left: "});
}

TEST_CASE("confined: a file that makes a parser fail is named and costs itself") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    for (const char* name : {"a", "crash", "b", "abort", "c", "exit", "d", "nonsense", "e", "lie", "f"})
        gzip(root / (std::string(name) + ".txt.gz"), "Bonjour.");
    const Taken taken = take(scratch, hostile());
    CHECK(taken.ids == Names{"a.txt.gz", "b.txt.gz", "c.txt.gz", "d.txt.gz", "e.txt.gz", "f.txt.gz"});
    const std::string hostile_words = ": its parser says what cannot be: it is taken for hostile";
    CHECK(taken.refusals == Names{"abort.txt.gz: its parser fails: killed by signal 6 (Aborted)",
                                  "crash.txt.gz: " + k_killed, "exit.txt.gz: its parser fails: it ends too early",
                                  "lie.txt.gz" + hostile_words, "nonsense.txt.gz" + hostile_words});
}

TEST_CASE("confined: one that never ends or takes all memory costs itself, soon") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    for (const char* name : {"a", "loop", "b", "sleep", "c", "flood", "d"})
        gzip(root / (std::string(name) + ".txt.gz"), "Bonjour.");
    const auto begin = std::chrono::steady_clock::now();
    const Taken taken = take(scratch, hostile(700ms));
    CHECK(std::chrono::steady_clock::now() - begin < 30s);
    CHECK(taken.ids == Names{"a.txt.gz", "b.txt.gz", "c.txt.gz", "d.txt.gz"});
    REQUIRE(taken.refusals.size() == 3);
    CHECK(taken.refusals[1] == "loop.txt.gz: its parser takes longer than 1 s");
    CHECK(taken.refusals[2] == "sleep.txt.gz: its parser takes longer than 1 s");
}

TEST_CASE("confined: of a file of many parts, one that makes a parser fail is named and costs itself") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    zip(root / "a.zip", {"1.txt", "2-crash.txt", "3.txt", "4.png", ".5.txt", "6-abort.txt", "7-lie.txt", "8.txt"});
    pack(root / "b.tar", {"", ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_NONE},
         {{"crash.jsonl", "{\"body\":\"un\"}"}, {"e.jsonl", "{\"body\":\"un\"}\n{non\n{\"body\":\"deux\"}\n"}});
    const Taken taken = take(scratch, hostile());
    CHECK(taken.ids == Names{"a.zip!/1.txt", "a.zip!/3.txt", "a.zip!/8.txt", "b.tar!/e.jsonl:1", "b.tar!/e.jsonl:3"});
    REQUIRE(taken.refusals.size() == 5);
    CHECK(taken.refusals[0] == "a.zip!/2-crash.txt: " + k_killed);
    CHECK(taken.refusals[1] == "a.zip!/6-abort.txt: its parser fails: killed by signal 6 (Aborted)");
    CHECK(taken.refusals[2].starts_with("a.zip!/7-lie.txt: its parser says what cannot be"));
    CHECK(taken.refusals[3] == "b.tar!/crash.jsonl: " + k_killed);
    CHECK(taken.refusals[4].starts_with("b.tar!/e.jsonl:2: not JSON"));
    CHECK(taken.skipped == std::unordered_map<std::string, std::size_t>{{".png", 1}});
}

TEST_CASE("confined: an archive of nothing but failures is given up") {
    const ScratchFolder scratch;
    std::vector<std::string> names;
    for (int i = 0; i < 40; ++i) names.push_back("crash-" + std::to_string(i) + ".txt");
    zip(scratch.path() / "a.zip", names);
    gzip(scratch.path() / "b.txt.gz", "Bonjour.");
    const Taken taken = take(scratch, hostile());
    CHECK(taken.ids == Names{"b.txt.gz"});
    REQUIRE(taken.refusals.size() == 17);
    CHECK(taken.refusals.back() == "a.zip!/crash-16.txt: " + k_killed + k_rest);
}

TEST_CASE("confined: a file that is read after one that harmed the process is not blamed") {
    const ScratchFolder scratch;
    for (const char* name : {"1-poison", "2", "3"}) gzip(scratch.path() / (std::string(name) + ".txt.gz"), "Bonjour.");
    zip(scratch.path() / "4.zip", {"1.txt", "2-poison.txt", "3.txt", "4.txt"});
    const Taken taken = take(scratch, hostile());
    CHECK(taken.ids == Names{"1-poison.txt.gz", "2.txt.gz", "3.txt.gz", "4.zip!/1.txt", "4.zip!/2-poison.txt",
                             "4.zip!/3.txt", "4.zip!/4.txt"});
    CHECK(taken.refusals.empty());
}

#ifndef LIMIER_SANITIZED
TEST_CASE("confined: a file that takes all memory costs itself") {
    const ScratchFolder scratch;
    for (const char* name : {"a", "memory", "n"}) gzip(scratch.path() / (std::string(name) + ".txt.gz"), "Bonjour.");
    // Elements of four bytes take a hundred as a tree.
    std::string elements = "<document><body><t>Bonjour.</t>";
    for (int i = 0; i < 4'000'000; ++i) elements += "<r/>";
    pack(scratch.path() / "bomb.docx", k_zip, {{"word/document.xml", elements + "</body></document>"}});
    write(scratch.path() / "bomb.xml", elements + "</body></document>");
    SourceOptions options = hostile();
    options.parsers.address_space = std::uint64_t{400} << 20;
    const Taken taken = take(scratch, std::move(options));
    CHECK(taken.ids == Names{"a.txt.gz", "n.txt.gz"});
    const std::string reason = ": its parser needs more memory than 400 MiB";
    CHECK(taken.refusals == Names{"bomb.docx" + reason, "bomb.xml" + reason, "memory.txt.gz" + reason});
}
#endif

TEST_CASE("confined: a program that is none costs each file, and says so") {
    const ScratchFolder scratch;
    gzip(scratch.path() / "a.txt.gz", "Bonjour.");
    write(scratch.path() / "b.txt", "Bonsoir.");
    SourceOptions options;
    options.parsers.command = {"/etc/passwd"};
    const Taken taken = take(scratch, std::move(options));
    CHECK(taken.ids == Names{"b.txt"});
    CHECK(taken.refusals == Names{"a.txt.gz: its parser fails: exit status 127"});
}

TEST_CASE("confined: what is read there is what is read here") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    const std::string inner = zip(root / "a.zip", {"1.txt", "2.txt", ".3.txt", "é/4.md"});
    pack(root / "b.tar", k_tar,
         {{"c.zip", inner}, {"d.csv", "titre,texte,meta\nA,Un.,x\nB,Deux.,y\n"}, {"e.up", "eins"}});
    pack(root / "f.zip", k_zip, {{"x.txt", "Un."}}, "zip:encryption=aes256");
    gzip(root / "g.jsonl.gz",
         "{\"body\":\"un\",\"who\":\"moi\",\"n\":[1,{\"x\":null}]}\n{\"id\":\"own\",\"body\":\"deux\"}\n");
    write(root / "h.mbox",
          "From a Fri Jul  8 12:08:34 2011\nSubject: Un\n\nText.\n\nFrom b Fri Jul  8 12:08:34 2011\n"
          "From: =?koi8-r?B?98HT0Q==?= <a@b>\nContent-Type: text/plain; charset=koi8-r\n\n\xF7\xC1\n");
    write(root / "i.eml", "Date: Tue, 14 Jan 2025 23:32:00 +0100\nSubject: Avant minuit\n\nText.\n");
    write(root / "j.docx", "no zip");
    for (const char* format : {"", "auto"}) {
        SourceOptions options;
        options.format = format;
        options.map = {*parse_mapping("author=who")};
        options.filters = {*parse_filter("up=head -n 1")};
        const Taken here = take(scratch, options);
        options.parsers.command = {LIMIER_HOSTILE_PARSER};
        const Taken there = take(scratch, std::move(options));
        CHECK(here.ids.size() > 10);
        CHECK(there.ids == here.ids);
        CHECK(there.refusals == here.refusals);
        CHECK(there.skipped == here.skipped);
        REQUIRE(there.documents.size() == here.documents.size());
        for (std::size_t i = 0; i < here.documents.size(); ++i) {
            INFO(here.ids[i]);
            // As frames they are equal, paths aside, in all they have.
            std::string a, b;
            append_step(a, {here.documents[i]}, 0);
            append_step(b, {there.documents[i]}, 0);
            CHECK(a == b);
            CHECK(there.documents[i].path == here.documents[i].path);
        }
    }
}

TEST_CASE("confined: frames are what was written, and nothing else is one") {
    FileRequest request{"/a/\xFF", "id", "name.zip", 7, true, 3, {}};
    request.options.map = {{"meta.author", Key::author}};
    request.options.filters = {{".doc", {}}};
    const std::string content = content_of(request);
    const std::optional<FileRequest> read = request_of(content);
    REQUIRE(read);
    CHECK(content_of(*read) == content);
    CHECK(read->path == request.path);
    CHECK_FALSE(request_of(content + "x"));
    for (std::size_t size = 0; size < content.size(); ++size) CHECK_FALSE(request_of(content.substr(0, size)));

    Document document;
    document.id = "a";
    document.title = "é";
    document.text = "é\nBonjour";
    document.title_end = 2;
    document.date = {2025, 1, 14};
    document.extra = {{"k", "[1,2]"}};
    document.zones = {{Zone::Kind::byline, 3, 6}};
    std::string frames;
    append_step(frames, {document}, 5);
    FrameBuffer buffer;
    for (const char c : frames) {
        CHECK_FALSE(buffer.next()->has_value());
        buffer.append({&c, 1});
    }
    const Frame frame = std::move(**buffer.next());
    const auto step = step_of(frame);
    REQUIRE(step);
    CHECK(step->bytes_read == 5);
    std::string again;
    append_step(again, step->step, 5);
    CHECK(again == frames);
    for (std::size_t size = 0; size < frame.content.size(); ++size)
        CHECK_FALSE(step_of({frame.kind, frame.content.substr(0, size)}));

    // Each of these is refused, not used.
    const auto refused = [&document](auto change) {
        Document changed = document;
        change(changed);
        std::string bytes;
        append_step(bytes, {changed}, 0);
        FrameBuffer one;
        one.append(bytes);
        return !step_of(**one.next());
    };
    CHECK_FALSE(refused([](Document&) {}));
    CHECK(refused([](Document& d) { d.title = "\xFF"; }));
    CHECK(refused([](Document& d) { d.text = "\xE9"; }));
    CHECK(refused([](Document& d) { d.title_end = 1; }));
    CHECK(refused([](Document& d) { d.title_end = 100; }));
    CHECK(refused([](Document& d) { d.title_begin = 3; }));
    CHECK(refused([](Document& d) { d.title_apart = true; }));
    CHECK(refused([](Document& d) { d.zones[0].end = 100; }));
    CHECK(refused([](Document& d) { d.zones.push_back({Zone::Kind::byline, 5, 7}); }));
    CHECK(refused([](Document& d) { d.date.month = 13; }));
    CHECK(refused([](Document& d) { d.date = {2025, 2, 30}; }));
    CHECK(refused([](Document& d) { d.extra[0].second = "[1,"; }));
    CHECK(refused([](Document& d) { d.extra[0].second = "1}{"; }));
}
