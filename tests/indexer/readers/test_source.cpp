#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/readers.hpp"
#include "indexer/readers/walk.hpp"
#include "tests/indexer/readers/taken.hpp"
#include "tests/scratch.hpp"

using namespace limier;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, std::string_view bytes) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("source: folders are read depth first by the bytes of names") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    for (const char* name : {"b.txt", "a/z.txt", "a/B.TXT", "a/b/c.txt", "c/x.jsonl", "é.txt", "B.txt"})
        write(root / name,
              std::string(name).ends_with("jsonl") ? "{\"body\":\"x\"}\n{\"id\":\"own\",\"body\":\"y\"}" : "Un texte.");
    write(root / "notes.psd", "x");
    write(root / "a/other.PSD", "x");
    write(root / "a/none", "x");
    const Taken taken = take({root}, root);
    CHECK(taken.ids == Names{"B.txt", "a/B.TXT", "a/b/c.txt", "a/z.txt", "b.txt", "c/x.jsonl:1", "own", "é.txt"});
    CHECK(taken.refusals.empty());
    CHECK(taken.skipped == std::unordered_map<std::string, std::size_t>{{".psd", 2}, {"", 1}});
    CHECK(taken.documents[1].path == (root / "a/B.TXT").string());
    CHECK(taken.bytes_read == taken.bytes_total);
    CHECK(taken.bytes_total > 0);
    CHECK(take({root}, root).ids == taken.ids);
}

TEST_CASE("source: arguments keep their order, a file met twice is read once") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    write(root / "d/a.txt", "a");
    write(root / "d/b.txt", "b");
    write(root / "e.ndjson", "{\"body\":\"x\"}");
    fs::create_symlink(root / "d/a.txt", root / "d/link.txt");
    CHECK(take({root / "d/b.txt", root / "d/../d/", root / "e.ndjson", root / "d"}, root).ids ==
          Names{"b.txt", "a.txt", "e.ndjson:1"});
    CHECK(take({root / "d/link.txt"}, root).ids == Names{"link.txt"});
    write(root / "far/away/f.txt", "f");
    fs::create_directory_symlink(root / "far/away", root / "near");
    write(root / "far/g.txt", "g");
    const Taken behind = take({root / "near/../g.txt"}, root);
    REQUIRE(behind.ids == Names{"g.txt"});
    CHECK(behind.documents[0].path == (root / "far/g.txt").string());
}

TEST_CASE("source: found files are listed as they were found, also where the id is no end of the path") {
    const std::vector<FoundFile> given{{"/d/a/b.txt", "a/b.txt", "b.txt", 7},
                                       {"/d/c.txt", "c.txt", "c.txt", 0, true},
                                       {"/real/c.txt", "link/d.txt", "c.txt", 8, true},
                                       {"/d/\xff.txt", "\xef\xbf\xbd.txt", "\xff.txt", 9},
                                       {"-", "-", "-.jsonl", 0, true, [](std::string&, std::size_t) { return 0; }}};
    FoundFiles files;
    for (const FoundFile& file : given) files.add(file);
    REQUIRE(files.size() == given.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
        const FoundFile file = files[i];
        CHECK(file.path == given[i].path);
        CHECK(file.id == given[i].id);
        CHECK(file.name == given[i].name);
        CHECK(file.size == given[i].size);
        CHECK(file.named == given[i].named);
        CHECK((file.bytes == nullptr) == (given[i].bytes == nullptr));
    }
}

TEST_CASE("source: hidden files and what .limierignore names are skipped") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path() / ".archive";
    for (const char* name : {"a.txt", ".hidden.txt", ".git/b.txt", "draft-1.txt", "keep/draft-2.txt", "keep/c.txt",
                             "old/d.txt", "sub/old/e.txt", "sub/only.txt", "sub/f.txt"})
        write(root / name, "x");
    write(root / ".limierignore", "\xEF\xBB\xBF# drafts\r\n\r\ndraft-*\r\n/old/\r\nsub/only.txt\n");
    write(root / "keep/.limierignore", "!draft-*\nc.t?t\n");
    CHECK(take({root}, root).ids == Names{"a.txt", "keep/draft-2.txt", "sub/f.txt", "sub/old/e.txt"});
    CHECK(take({root / ".hidden.txt", root / "draft-1.txt"}, root).ids == Names{".hidden.txt", "draft-1.txt"});
}

TEST_CASE("source: links that go in circles end") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    write(root / "a/x.txt", "x");
    write(root / "b/y.txt", "y");
    fs::create_directory_symlink(root, root / "a/up");
    fs::create_directory_symlink(root / "b", root / "a/b");
    fs::create_directory_symlink(root / "a", root / "b/a");
    fs::create_directory_symlink(".", root / "self");
    fs::create_symlink("loop.txt", root / "loop.txt");
    fs::create_symlink("nothing", root / "dangling.txt");
    const Taken taken = take({root}, root);
    CHECK(taken.ids == Names{"a/b/y.txt", "a/x.txt"});
    Names refusals = taken.refusals;
    std::sort(refusals.begin(), refusals.end());
    CHECK(refusals == Names{"dangling.txt: a symbolic link to nothing", "loop.txt: its symbolic links go in a circle"});
}

TEST_CASE("source: many folders that link to one another are walked once each") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    for (int i = 0; i < 12; ++i) {
        write(root / std::to_string(i) / "x.txt", "x");
        for (int j = 0; j < 12; ++j)
            fs::create_directory_symlink(root / std::to_string(j),
                                         root / std::to_string(i) / ("to" + std::to_string(j)));
    }
    CHECK(take({root}, root).ids.size() == 12);
}

TEST_CASE("source: what cannot be read is refused by name, the rest goes on") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    write(root / "a.txt", "");
    write(root / "b.txt", " \n");
    write(root / "c.jsonl", "");
    write(root / "d.jsonl", "\n \r\n");
    write(root / "z.txt", "Un texte.");
    ::mkfifo((root / "pipe.txt").c_str(), 0600);
    const Taken taken = take({root}, root);
    CHECK(taken.ids == Names{"z.txt"});
    CHECK(taken.refusals == Names{"pipe.txt: not a regular file", "a.txt: it is empty", "b.txt: nothing but blanks",
                                  "c.jsonl: it is empty", "d.jsonl: no line holds an object"});
    write(root / "x.psd", "x");
    write(root / "none", "x");
    const std::string known = known_extensions({}) + "; or --format auto, or --filter EXT=COMMAND";
    CHECK(known.starts_with(".txt, .jsonl, "));
    CHECK(take({root / "x.psd", root / "none", root / "z.txt"}, root).refusals ==
          Names{"x.psd: unknown extension; known: " + known, "none: it has no extension; known: " + known});
    const Result<DocumentSource> missing = DocumentSource::open({root / "missing"});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == Code::not_found);
    CHECK(missing.error().message == (root / "missing").string() + ": it does not exist");
}

TEST_CASE("source: a file without permission is refused with the cause") {
    if (::geteuid() == 0) return;  // root may read everything
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    write(root / "a.txt", "x");
    write(root / "closed/b.txt", "x");
    write(root / "c.jsonl", "{\"body\":\"x\"}");
    fs::permissions(root / "a.txt", fs::perms::none);
    fs::permissions(root / "c.jsonl", fs::perms::none);
    fs::permissions(root / "closed", fs::perms::none);
    const Taken taken = take({root}, root);
    fs::permissions(root / "closed", fs::perms::owner_all);
    CHECK(taken.refusals ==
          Names{"closed: permission denied", "a.txt: permission denied", "c.jsonl: permission denied"});
}

TEST_CASE("source: a file that goes away after it was found is refused") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    write(root / "a.txt", "x");
    write(root / "b.jsonl", "{\"body\":\"x\"}");
    write(root / "c.txt", "x");
    Result<DocumentSource> source = DocumentSource::open({root});
    REQUIRE(source);
    fs::remove(root / "a.txt");
    fs::remove(root / "b.jsonl");
    fs::create_directory(root / "b.jsonl");
    CHECK(source->next()->id == "c.txt");
    CHECK_FALSE(source->next());
    REQUIRE(source->refusals().size() == 2);
    CHECK(source->refusals()[0].reason == "it does not exist");
    CHECK(source->refusals()[1].reason == "not a regular file");
}

TEST_CASE("source: lines end as they like, and bad ones are refused by their number") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    write(root / "x.jsonl",
          "\xEF\xBB\xBF{\"id\":\"a\",\"body\":\"x\"}\r\n\r\n{\"id\":\"b\",\"body\":\"x\"}\n   "
          "\n{\"body\":\n[]\n{\"id\":\"c\",\"body\":\"x\"}");
    const Taken taken = take({root / "x.jsonl"}, root);
    CHECK(taken.ids == Names{"a", "b", "c"});
    CHECK(taken.refusals ==
          Names{"x.jsonl:5: not JSON, column 9: a value is not valid", "x.jsonl:6: not a JSON object but a list"});
    CHECK(taken.bytes_read == taken.bytes_total);
}

TEST_CASE("source: lines longer than a buffer are whole") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    std::string lines;
    for (std::size_t i = 0; i < 9; ++i) lines += "{\"body\":\"" + std::string((256u << 10) - 14 + i, 'x') + "\"}\r\n";
    write(root / "x.jsonl", lines);
    const Taken taken = take({root}, root);
    REQUIRE(taken.documents.size() == 9);
    for (std::size_t i = 0; i < 9; ++i) CHECK(taken.documents[i].text.size() == (256u << 10) - 14 + i);
    CHECK(taken.ids.back() == "x.jsonl:9");
}

TEST_CASE("source: huge lines and texts are refused, not a crash") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    write(root / "x.jsonl", "{\"id\":\"a\",\"body\":\"x\"}\n");
    fs::resize_file(root / "x.jsonl", std::uint64_t{300} << 20);  // a hole: zero bytes without a line end
    std::ofstream(root / "x.jsonl", std::ios::binary | std::ios::app) << "\n{\"id\":\"b\",\"body\":\"x\"}\n";
    write(root / "y.txt", "x");
    fs::resize_file(root / "y.txt", std::uint64_t{8} << 30);
    const Taken taken = take({root}, root);
    CHECK(taken.ids == Names{"a", "b"});
    CHECK(taken.refusals ==
          Names{"x.jsonl:2: a line longer than 128 MiB: no article", "y.txt: longer than 128 MiB: no article"});
}

TEST_CASE("source: names that are no UTF-8 or not NFC make clean ids") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    write(root / "e\u0301te\u0301.txt", "x");
    write(root / "\xE9.txt", "x");
    const Taken taken = take({root}, root);
    CHECK(taken.ids == Names{"été.txt", "\uFFFD.txt"});
    CHECK(taken.documents[0].path == (root / "e\u0301te\u0301.txt").string());
    CHECK(is_utf8(taken.documents[1].path));
}

TEST_CASE("source: UTF-16 is named as such") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    write(root / "x.jsonl", std::string_view("\xFF\xFE{\0}\0\n\0{\0", 10));
    CHECK(take({root}, root).refusals == Names{"x.jsonl:1: it is UTF-16; convert it: iconv -f UTF-16 -t UTF-8"});
}
