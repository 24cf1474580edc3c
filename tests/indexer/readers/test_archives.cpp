#include <cstring>
#include <fstream>

#include <catch2/catch.hpp>

#include "indexer/readers.hpp"
#include "indexer/readers/archive.hpp"
#include "tests/indexer/readers/pack.hpp"
#include "tests/indexer/readers/taken.hpp"
#include "tests/scratch.hpp"

using namespace limier;
namespace fs = std::filesystem;

namespace {

std::string write(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    return bytes;
}

std::string compressed(const fs::path& path, int filter, const std::string& bytes) {
    return pack(path, {"", ARCHIVE_FORMAT_RAW, filter}, {{"data", bytes}});
}

Taken take(const fs::path& root, SourceOptions options = {}) {
    Taken taken = take({root}, root, std::move(options));
    CHECK(taken.bytes_read == taken.bytes_total);
    return taken;
}

const std::string k_bomb = "it unpacks to more than 64 MiB and 100 times the archive's size: the rest is not read";

}  // namespace

TEST_CASE("archives: members are read as files of their names are, whatever the archive") {
    for (const Shape& shape : k_shapes) {
        INFO(shape.extension);
        const ScratchFolder scratch;
        pack(scratch.path() / ("a" + std::string(shape.extension)), shape,
             {{"presse/", "", AE_IFDIR},
              {"presse/2024-03-12-écoles.txt", "Des écoles\n\nLe maire a parlé.\n"},
              {"n.jsonl", "{\"body\":\"un\"}\n{non\n{\"id\":\"own\",\"body\":\"deux\"}\n"},
              {"x.png", "x"},
              {"y.PNG", "y"},
              {".hidden.txt", "x"},
              {"__MACOSX/._a.txt", "x"},
              {"link.txt", "", AE_IFLNK},
              {"vide.txt", ""}});
        const Taken taken = take(scratch.path());
        const std::string id = "a" + std::string(shape.extension) + "!/";
        REQUIRE(taken.ids == Names{id + "presse/2024-03-12-écoles.txt", id + "n.jsonl:1", "own"});
        CHECK(taken.documents[0].title == "Des écoles");
        CHECK(date_text(taken.documents[0].date) == "2024-03-12");
        CHECK(taken.documents[0].path == (scratch.path() / ("a" + std::string(shape.extension))).string());
        CHECK(taken.documents[2].path == taken.documents[0].path);
        CHECK(taken.refusals ==
              Names{id + "n.jsonl:2: not JSON, column 2: a key in quotes is missing", id + "vide.txt: it is empty"});
        CHECK(taken.skipped == std::unordered_map<std::string, std::size_t>{{".png", 2}});
    }
}

TEST_CASE("archives: a compressed file is read as the file that it was") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    compressed(root / "a.jsonl.gz", ARCHIVE_FILTER_GZIP, "{\"body\":\"un\"}\n{\"id\":\"own\",\"body\":\"deux\"}\n");
    compressed(root / "b.txt.xz", ARCHIVE_FILTER_XZ, "Bonjour.");
    compressed(root / "c.txt.zst", ARCHIVE_FILTER_ZSTD, "Bonsoir.");
    compressed(root / "d.TXT.BZ2", ARCHIVE_FILTER_BZIP2, "Bonne nuit.");
    compressed(root / "e.png.gz", ARCHIVE_FILTER_GZIP, "x");
    const std::string one = contents(root / "a.jsonl.gz");
    write(root / "f.jsonl.gz", one + one);  // what `cat` makes of two
    pack(root / "g.tar", k_tar, {{"h.jsonl.gz", one}});
    const Taken taken = take(root);
    CHECK(taken.ids == Names{"a.jsonl.gz:1", "own", "b.txt.xz", "c.txt.zst", "d.TXT.BZ2", "f.jsonl.gz:1", "own",
                             "f.jsonl.gz:3", "own", "g.tar!/h.jsonl.gz:1", "own"});
    CHECK(taken.documents[2].text == "Bonjour.");
    CHECK(taken.refusals.empty());
    CHECK(taken.skipped == std::unordered_map<std::string, std::size_t>{{".gz", 1}});
}

TEST_CASE("archives: no name leads out of an archive") {
    const std::pair<std::string, std::string> rows[] = {
        {"a/b.txt", "a/b.txt"},
        {"../../etc/passwd", "etc/passwd"},
        {"/etc/passwd", "etc/passwd"},
        {"a/../../b", "a/b"},
        {"./a//b/.", "a/b"},
        {"a\\..\\b.txt", "a/b.txt"},
        {"C:\\b.txt", "C:/b.txt"},
        {"..", ""},
        {"", ""},
        {"a\nb\x1b[31m\x7f\xC2\x85.txt", "a\uFFFDb\uFFFD[31m\uFFFD\uFFFD.txt"},
        {"e\u0301t\u00e9.txt", "été.txt"},
        {"...", "..."},
    };
    for (const auto& [name, clean] : rows) {
        CHECK(clean_member_path(name) == clean);
        CHECK(clean_member_path(clean) == clean);
    }
    CHECK(is_utf8(clean_member_path("\xE9t\xE9.txt")));
    CHECK(clean_member_path("\xE9.txt") != clean_member_path("\xE8.txt"));

    const ScratchFolder scratch;
    pack(scratch.path() / "a.zip", k_zip, {{"../../etc/passwd.txt", "root"}, {"/b.txt", "b"}, {"..", "c"}});
    const Taken taken = take(scratch.path());
    CHECK(taken.ids == Names{"a.zip!/etc/passwd.txt", "a.zip!/b.txt"});
    CHECK(taken.refusals == Names{"a.zip: a member without a name"});
}

TEST_CASE("archives: two deep and no deeper") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    const std::string one = pack(root / "1.zip", k_zip, {{"a.txt", "a"}});
    const std::string two = pack(root / "2.tar.gz", k_shapes[3], {{"1.zip", one}, {"b.txt", "b"}});
    pack(root / "3.7z", k_shapes[7], {{"2.tar.gz", two}, {"c.txt", "c"}});
    const Taken taken = take(root);
    CHECK(taken.ids ==
          Names{"1.zip!/a.txt", "2.tar.gz!/1.zip!/a.txt", "2.tar.gz!/b.txt", "3.7z!/2.tar.gz!/b.txt", "3.7z!/c.txt"});
    CHECK(taken.refusals == Names{"3.7z!/2.tar.gz!/1.zip: archives in archives in archives are not opened"});
}

TEST_CASE("archives: encrypted members are refused by name") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    pack(root / "a.zip", k_zip, {{"d/", "", AE_IFDIR}, {"d/a.txt", "Un."}, {"b.txt", "Deux."}},
         "zip:encryption=traditional");
    pack(root / "b.zip", k_zip, {{"a.txt", "Un."}}, "zip:encryption=aes256");
    pack(root / "c.zip", k_zip, {{"a.txt", "Un."}});
    const Taken taken = take(root);
    CHECK(taken.ids == Names{"c.zip!/a.txt"});
    CHECK(taken.refusals ==
          Names{"a.zip!/d/a.txt: it is encrypted", "a.zip!/b.txt: it is encrypted", "b.zip!/a.txt: it is encrypted"});
}

TEST_CASE("archives: a bomb is refused by name, and costs no memory") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    const std::string blanks(std::size_t{100} << 20, ' ');
    pack(root / "lines.zip", k_zip, {{"a.txt", "a"}, {"b.jsonl", blanks}, {"c.txt", "c"}});
    pack(root / "passed.tgz", k_tgz, {{"a.txt", "a"}, {"b.png", blanks}, {"c.txt", "c"}});
    compressed(root / "single.txt.gz", ARCHIVE_FILTER_GZIP, blanks);
    const std::string third = pack(root / "third.zip", k_zip, {{"a.txt", std::string(std::size_t{30} << 20, ' ')}});
    // Each of them may unpack to 64 MiB; all within one archive may not.
    pack(root / "wide.zip", k_zip, {{"1.zip", third}, {"2.zip", third}, {"3.zip", third}, {"a.txt", "a"}});
    const Taken taken = take(root);
    CHECK(taken.ids == Names{"lines.zip!/a.txt", "passed.tgz!/a.txt"});
    CHECK(taken.refusals == Names{"lines.zip!/b.jsonl: " + k_bomb, "passed.tgz!/b.png: " + k_bomb,
                                  "single.txt.gz: " + k_bomb, "third.zip!/a.txt: nothing but blanks",
                                  "wide.zip!/1.zip!/a.txt: nothing but blanks",
                                  "wide.zip!/2.zip!/a.txt: nothing but blanks", "wide.zip!/3.zip!/a.txt: " + k_bomb,
                                  "wide.zip!/a.txt: " + k_bomb});
}

TEST_CASE("archives: what is damaged, empty or another thing is refused with its name") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    std::string lines, noise;
    unsigned state = 1;
    for (int i = 0; i < 20'000; ++i) {
        state = state * 1664525u + 1013904223u;
        lines += "{\"body\":\"" + std::to_string(state) + "\"}\n";
    }
    const std::string gzip = compressed(root / "cut.jsonl.gz", ARCHIVE_FILTER_GZIP, lines);
    write(root / "cut.jsonl.gz", gzip.substr(0, gzip.size() / 2));
    const std::string tar = pack(root / "cut.tar", k_tar, {{"a.txt", "Un."}, {"b.txt", lines}});
    write(root / "cut.tar", tar.substr(0, 5000));
    pack(root / "empty.tar", k_tar, {});
    pack(root / "empty.zip", k_zip, {});
    write(root / "none.7z", "");
    write(root / "none.txt.gz", "");
    write(root / "not.zip", "Du texte, pas une archive.");
    write(root / "text.txt.gz", "Du texte.");
    compressed(root / "twice.txt.gz", ARCHIVE_FILTER_GZIP, compressed(root / "once.txt.xz", ARCHIVE_FILTER_XZ, "x"));
    const Taken taken = take(root);
    CHECK(taken.ids.size() > 5000);
    CHECK(taken.ids.size() < 15000);
    CHECK(taken.ids[0] == "cut.jsonl.gz:1");
    CHECK(taken.ids[taken.ids.size() - 2] == "cut.tar!/a.txt");
    CHECK(taken.ids.back() == "once.txt.xz");
    REQUIRE(taken.refusals.size() == 10);
    CHECK(taken.refusals[0].starts_with("cut.jsonl.gz:"));
    CHECK(taken.refusals[0].ends_with(": it cannot be unpacked: truncated gzip input"));
    CHECK(taken.refusals[1].starts_with("cut.tar!/b.txt: it cannot be unpacked: "));
    CHECK(taken.refusals[2].starts_with("cut.tar: it cannot be unpacked: "));
    const Names rest(taken.refusals.begin() + 3, taken.refusals.end());
    CHECK(rest == Names{"empty.tar: there is nothing in it", "empty.zip: there is nothing in it",
                        "none.7z: there is nothing in it", "none.txt.gz: there is nothing in it",
                        "not.zip: it cannot be unpacked: Unrecognized archive format",
                        "text.txt.gz: it is not compressed", "twice.txt.gz: it is compressed more than once"});
}

TEST_CASE("archives: bytes that chance changed are refused or read, never a crash") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    unsigned state = 7;
    const auto random = [&state](std::size_t below) {
        state = state * 1664525u + 1013904223u;
        return (state >> 8) % below;
    };
    for (const Shape& shape : k_shapes) {
        const fs::path path = root / ("a" + std::string(shape.extension));
        const std::string bytes =
            pack(path, shape, {{"a.txt", std::string(2000, 'a')}, {"b.jsonl", "{\"body\":\"x\"}"}});
        for (int round = 0; round < 60; ++round) {
            std::string changed = bytes;
            for (std::size_t i = random(4) + 1; i > 0; --i)
                changed[random(changed.size())] = static_cast<char>(random(256));
            write(path, changed);
            const Taken taken = take(root);
            CHECK(taken.ids.size() + taken.refusals.size() + taken.skipped.size() <= 8);
        }
        fs::remove(path);
    }
}

TEST_CASE("archives: a command is given a copy of a member, which is gone afterwards") {
    const ScratchFolder scratch;
    pack(scratch.path() / "a.zip", k_zip, {{"../b.Doc", "Un texte."}, {"c.d!oc", "x"}});
    SourceOptions options;
    options.filters.push_back(*parse_filter("doc=sh -c 'cat \"$1\"; echo; echo \"$1\"' cat %f"));
    const Taken taken = take(scratch.path(), std::move(options));
    REQUIRE(taken.ids == Names{"a.zip!/b.Doc"});
    const std::string& text = taken.documents[0].text;
    CHECK(text.starts_with("Un texte.\n"));
    const std::string copy = text.substr(text.find('\n') + 1);
    CHECK(copy.ends_with(".Doc\n"));
    CHECK_FALSE(fs::exists(copy.substr(0, copy.size() - 1)));
}
