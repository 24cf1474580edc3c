#include <fstream>

#include <catch2/catch.hpp>

#include "common/column_sections.hpp"
#include "common/store.hpp"
#include "common/store_files.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

/// Writes and publishes a generation of one document with this text.
Result<void> publish(const std::filesystem::path& path, const std::string& text) {
    Result<NewGeneration> generation = NewGeneration::begin(path);
    if (!generation) return generation.error();
    Analyser analyser;
    std::vector<Token> tokens;
    analyser.analyse(text, tokens);
    SegmentBuilder columns;
    Record record;
    record.id = "a";
    columns.add({record, {}, text, {}, tokens, {}}, analyser);
    Xapian::Document document;
    for (const Token& token : tokens) document.add_term(analyser.form(token.form).term);
    const std::string part = part_name(0);
    if (Result<void> made = generation->make_part(part); !made) return made;
    Xapian::WritableDatabase database(generation->database(part).string(), Xapian::DB_CREATE);
    database.add_document(document);
    database.commit();
    database.close();
    if (Result<void> done = columns.write(generation->columns(part)); !done) return done;
    return generation->publish(std::vector<IndexPart>{{part, {}, {}}}, {"test", "2025-01-14T00:00:00Z"});
}

std::size_t generations(const std::filesystem::path& path) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path))
        count += entry.path().filename().string().starts_with("generation-");
    return count;
}

}  // namespace

TEST_CASE("store: a published index opens, and a reader keeps the generation it opened") {
    const ScratchFolder folder;
    const auto path = folder.path() / "db";
    REQUIRE(publish(path, "premier texte"));
    Result<Index> first = Index::open(path);
    REQUIRE(first);
    CHECK(first->documents() == 1);
    CHECK_FALSE(first->republished());
    REQUIRE(publish(path, "deuxième texte"));
    CHECK(first->republished());
    REQUIRE(publish(path, "troisième texte"));
    const Index::Place place = first->place(1);
    CHECK(place.segment->text(place.row) == "premier texte");
    CHECK(first->database().term_exists("premi"));
    const Result<Index> third = Index::open(path);
    REQUIRE(third);
    CHECK(third->place(1).segment->text(0) == "troisième texte");
    CHECK(generations(path) == 2);
    CHECK(check_index(path).value().empty());
}

TEST_CASE("store: what is not published vanishes, and remains of a killed build go at the next") {
    const ScratchFolder folder;
    const auto path = folder.path() / "db";
    REQUIRE(publish(path, "texte"));
    { REQUIRE(NewGeneration::begin(path)); }
    CHECK(generations(path) == 1);
    std::filesystem::create_directories(path / "generation-000007" / "scratch");
    REQUIRE(Index::open(path));
    REQUIRE(publish(path, "autre"));
    CHECK_FALSE(std::filesystem::exists(path / "generation-000007" / "scratch"));
    CHECK(generations(path) == 2);
}

TEST_CASE("store: a first build that was killed leaves nothing in the way of the next") {
    const ScratchFolder folder;
    const auto path = folder.path() / "db";
    std::filesystem::create_directories(path / "generation-000001" / "part-000000");
    std::ofstream(path / ".lock") << "4242\n";
    std::ofstream(path / "XAPIANDB.new") << "auto generation-0";
    REQUIRE(publish(path, "texte"));
    CHECK(generations(path) == 1);
    CHECK(check_index(path).value().empty());
}

TEST_CASE("store: any changed or missing byte of stub and manifest is named, and no index opens by a damaged stub") {
    const ScratchFolder folder;
    const auto path = folder.path() / "db";
    REQUIRE(publish(path, "premier"));
    REQUIRE(publish(path, "deuxième"));
    const auto generation = Index::open(path)->generation();
    for (const auto& file : {path / "XAPIANDB", generation / "MANIFEST"}) {
        const std::string sound = read_file(file);
        const auto check = [&](const std::string& damaged) {
            std::ofstream(file, std::ios::binary | std::ios::trunc) << damaged;
            INFO(file << " is:\n" << damaged);
            const auto problems = check_index(path);
            REQUIRE(problems);
            REQUIRE(problems->size() == 1);
            REQUIRE(problems->front().find(file.string()) != std::string::npos);
            if (file.filename() != "XAPIANDB") return;
            const auto opened = Index::open(path);
            REQUIRE_FALSE(opened);
            REQUIRE(opened.error().code == Code::damaged);
        };
        for (std::size_t at = 0; at < sound.size(); ++at) {
            for (const int bit : {1, 2, 64, 128}) {
                std::string damaged = sound;
                damaged[at] = static_cast<char>(damaged[at] ^ bit);
                check(damaged);
            }
            check(sound.substr(0, at));
        }
        check(sound + "\n");
        std::ofstream(file, std::ios::binary | std::ios::trunc) << sound;
    }
    CHECK(check_index(path).value().empty());
}

TEST_CASE("store: a damaged head of a database, on which Xapian would crash, is named and not opened") {
    const ScratchFolder folder;
    const auto path = folder.path() / "db";
    REQUIRE(publish(path, "texte"));
    const auto head = database_head(path / "generation-000001" / part_name(0));
    const std::string whole = read_file(head);
    REQUIRE(whole.size() > 50);
    const auto write = [&head](const std::string& bytes) { std::ofstream(head, std::ios::binary) << bytes; };
    const auto is_named = [&] {
        const Result<Index> index = Index::open(path);
        return !index && index.error().code == Code::damaged &&
               index.error().message.find(head.string()) != std::string::npos;
    };
    for (std::size_t at = 0; at < whole.size(); ++at) {
        CAPTURE(at);
        for (const int bit : {1, 64}) {
            std::string flipped = whole;
            flipped[at] = static_cast<char>(flipped[at] ^ bit);
            write(flipped);
            REQUIRE(is_named());
        }
        write(whole.substr(0, at));
        REQUIRE(is_named());
    }
    write(whole);
    CHECK(Index::open(path));
}

TEST_CASE("store: a damaged or lost stub loses nothing before the next publication") {
    const ScratchFolder folder;
    const auto path = folder.path() / "db";
    REQUIRE(publish(path, "premier"));
    const std::string sound = read_file(path / "XAPIANDB");
    std::ofstream(path / "XAPIANDB") << "auto";
    { REQUIRE(NewGeneration::begin(path)); }
    std::filesystem::remove(path / "XAPIANDB");
    { REQUIRE(NewGeneration::begin(path)); }
    std::ofstream(path / "XAPIANDB") << sound;
    CHECK(check_index(path).value().empty());
    std::ofstream(path / "XAPIANDB") << "auto";
    REQUIRE(publish(path, "deuxième"));
    CHECK(generations(path) == 1);
    CHECK(check_index(path).value().empty());
}

TEST_CASE("store: a Xapian database of others is no index of ours, and nothing is written there") {
    const ScratchFolder folder;
    std::ofstream(folder.path() / "XAPIANDB") << "auto ../theirs\n";
    CHECK(Index::open(folder.path()).error().code == Code::not_found);
    CHECK(NewGeneration::begin(folder.path()).error().code == Code::usage);
    CHECK(check_index(folder.path()).error().code == Code::not_found);
}

TEST_CASE("store: a damaged part that would be merged unread is refused") {
    const ScratchFolder folder;
    const auto path = folder.path() / "db";
    REQUIRE(publish(path, "premier"));
    const auto part = Index::open(path)->segments()[0].folder;
    CHECK(check_part(part));
    const auto file = part / "xapian" / "postlist.glass";
    std::string bytes = read_file(file);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    const auto checked = check_part(part);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().message.find("postlist.glass") != std::string::npos);
}

TEST_CASE("store: errors say what is wrong and what to do") {
    const ScratchFolder folder;
    const auto missing = Index::open(folder.path() / "none");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == Code::not_found);
    CHECK(missing.error().hint.find("indexer build") != std::string::npos);

    std::ofstream(folder.path() / "file") << "x";
    CHECK_FALSE(NewGeneration::begin(folder.path() / "file"));
    std::filesystem::create_directory(folder.path() / "mine");
    std::ofstream(folder.path() / "mine" / "letter.txt") << "precious";
    const auto refused = NewGeneration::begin(folder.path() / "mine");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::usage);
    CHECK(std::filesystem::exists(folder.path() / "mine" / "letter.txt"));

    const auto path = folder.path() / "db";
    const auto held = NewGeneration::begin(path);
    REQUIRE(held);
    const auto second = NewGeneration::begin(path);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Code::busy);
}

TEST_CASE("store: an index of another schema is refused") {
    const ScratchFolder folder;
    const auto path = folder.path() / "db";
    REQUIRE(publish(path, "texte"));
    const auto generation = Index::open(path)->generation();
    Xapian::WritableDatabase database((generation / part_name(0) / "xapian").string(), Xapian::DB_OPEN);
    database.set_metadata("limier:schema", "99");
    database.commit();
    // As before the head of a database had a digest.
    Result<ColumnFileWriter> removed = ColumnFileWriter::create(generation / part_name(0) / "removed.lim", 1);
    REQUIRE(removed);
    removed->begin(k_removed);
    REQUIRE(removed->finish());
    const auto other = Index::open(path);
    REQUIRE_FALSE(other);
    CHECK(other.error().code == Code::schema);
    CHECK(other.error().message.find("99") != std::string::npos);
}

TEST_CASE("store: a long value keeps its term within Xapian's limit and apart from others") {
    const std::string long_value(5000, 'x');
    CHECK(field_term("Q", "court") == "Qcourt");
    CHECK(field_term("Q", long_value).size() <= 245);
    CHECK(field_term("Q", long_value) != field_term("Q", long_value + "y"));
}
