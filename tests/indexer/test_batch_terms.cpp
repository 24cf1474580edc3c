#include <fstream>
#include <random>
#include <sstream>

#include <catch2/catch.hpp>

#include "indexer/batch_terms.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

/// Gives the same to Xapian and to the batch.
class Both {
 public:
    explicit Both(const std::filesystem::path& folder)
        : folder_(folder), database_((folder / "by-xapian").string(), Xapian::DB_CREATE | Xapian::DB_NO_TERMLIST) {}

    void term(const std::string& term, std::uint32_t wdf) {
        batch_.term(term, wdf);
        document_.add_term(term, wdf);
    }
    void value(unsigned slot, const std::string& value) {
        batch_.value(slot, value);
        document_.add_value(slot, value);
    }
    void words(const std::string& text) {
        std::vector<Token> tokens;
        analyser_.analyse(text, tokens);
        std::vector<std::uint32_t> forms;
        for (const Token& token : tokens) {
            forms.push_back(token.form);
            document_.add_term(analyser_.form(token.form).term);
            document_.add_term("S" + analyser_.form(token.form).term);
        }
        batch_.words("", forms, analyser_);
        batch_.words("S", forms, analyser_);
    }
    void end_document() {
        batch_.end_document();
        database_.add_document(document_);
        document_ = Xapian::Document();
    }
    void write() {
        database_.commit();
        REQUIRE(batch_.write(folder_ / "in-bulk"));
    }

 private:
    std::filesystem::path folder_;
    Xapian::WritableDatabase database_;
    BatchTerms batch_;
    Xapian::Document document_;
    Analyser analyser_;
};

/// All that a database has, as lines.
std::string content(const std::filesystem::path& path) {
    const Xapian::Database database(path.string());
    std::ostringstream out;
    out << database.get_doccount() << " " << database.get_lastdocid() << " " << database.get_total_length() << " "
        << database.get_doclength_lower_bound() << " " << database.get_doclength_upper_bound() << " "
        << database.has_positions() << "\n";
    for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
        out << *term << " " << term.get_termfreq() << " " << database.get_collection_freq(*term) << " "
            << database.get_wdf_upper_bound(*term) << ":";
        for (auto at = database.postlist_begin(*term); at != database.postlist_end(*term); ++at)
            out << " " << *at << "/" << at.get_wdf() << "/" << at.get_doclength();
        out << "\n";
    }
    for (Xapian::valueno slot = 0; slot < 300; ++slot) {
        if (database.get_value_freq(slot) == 0) continue;
        out << "slot " << slot << " " << database.get_value_freq(slot) << " " << database.get_value_lower_bound(slot)
            << " " << database.get_value_upper_bound(slot) << "\n";
        for (auto at = database.valuestream_begin(slot); at != database.valuestream_end(slot); ++at)
            out << at.get_docid() << " " << *at << "\n";
    }
    for (auto at = database.postlist_begin(""); at != database.postlist_end(""); ++at) {
        const Xapian::Document document = database.get_document(*at);
        out << *at << " " << database.get_doclength(*at) << " " << document.get_data() << ":";
        for (Xapian::valueno slot = 0; slot < 300; ++slot)
            if (const std::string value = document.get_value(slot); !value.empty()) out << " " << slot << "=" << value;
        out << "\n";
    }
    return out.str();
}

bool is_sound(const std::filesystem::path& path) {
    std::ostringstream report;
    const bool sound = Xapian::Database::check(path.string(), 0, &report) == 0;
    INFO(report.str());
    CHECK(sound);
    return sound;
}

/// What Xapian wrote, what we wrote, and both after Xapian compacted them, twice over, have one content.
void check_equal(const std::filesystem::path& folder) {
    const std::string expected = content(folder / "by-xapian");
    REQUIRE(is_sound(folder / "in-bulk"));
    REQUIRE((content(folder / "in-bulk") == expected));
    const std::filesystem::path twice[] = {folder / "by-xapian", folder / "by-xapian"},
                                mixed[] = {folder / "in-bulk", folder / "in-bulk"};
    compact_databases(twice, folder / "twice");
    compact_databases(mixed, folder / "twice-in-bulk");
    REQUIRE(is_sound(folder / "twice-in-bulk"));
    REQUIRE((content(folder / "twice-in-bulk") == content(folder / "twice")));
}

}  // namespace

TEST_CASE("bulk: documents of every kind are written as Xapian writes them") {
    const ScratchFolder folder;
    Both both(folder.path());
    both.words("L'été des élections, les élections de l'été");
    both.term("Qa", 0);
    both.term("XPER:elon musk", 7);
    both.term("XPER:elon musk", 2);  // again: the sum
    both.value(0, "20240101");
    both.end_document();
    both.end_document();  // nothing at all
    both.term(std::string("nul\0in\0it", 9), 3);
    both.term(std::string(245, 'x'), 1);
    both.term(std::string(244, 'x') + "\xFF", 300'000);
    both.term("\xC3\xA9t\xC3\xA9", 126);
    both.term("\xC3\xA9t\xC3\xA9s", 127);
    both.value(2, std::string("\0\1", 2));
    both.value(200, "high");
    both.end_document();
    both.value(3, "no term");
    both.end_document();
    both.write();
    check_equal(folder.path());
}

TEST_CASE("bulk: random documents are written as Xapian writes them") {
    std::mt19937 random(17);
    const std::vector<std::tuple<int, std::size_t, std::size_t>> rows{
        {1, 5, 5}, {40, 3000, 8000}, {3000, 40, 60}, {700, 300, 20'000}};
    for (const auto& [documents, longest, vocabulary] : rows) {
        const ScratchFolder folder;
        Both both(folder.path());
        for (int i = 0; i < documents; ++i) {
            for (auto n = random() % longest; n > 0; --n) {
                // A few terms in nearly every document, many in one or two.
                const double x = static_cast<double>(random() % 1000) / 1000;
                const auto rank = static_cast<std::size_t>(x * x * x * static_cast<double>(vocabulary));
                both.term("t" + std::to_string(rank * 7919 % 1'000'003), static_cast<std::uint32_t>(random() % 5));
            }
            both.value(0, std::to_string(2000 + random() % 20));
            if (random() % 3 == 0) both.value(1, std::string(random() % 200, 'v') + std::to_string(random()));
            both.end_document();
        }
        both.write();
        check_equal(folder.path());
    }
}

TEST_CASE("bulk: more documents than two bytes of a key number") {
    const ScratchFolder folder;
    Both both(folder.path());
    for (std::uint32_t i = 0; i < 40'000; ++i) {
        both.term("all", 1 + i % 3);
        both.value(0, "v");
        both.end_document();
    }
    both.write();
    check_equal(folder.path());
}

TEST_CASE("bulk: a folder that cannot be written is an error") {
    const ScratchFolder folder;
    std::ofstream(folder.path() / "file") << "x";
    BatchTerms batch;
    batch.term("a", 1);
    batch.end_document();
    const Result<void> written = batch.write(folder.path() / "file" / "db");
    REQUIRE_FALSE(written);
    CHECK(written.error().code == Code::io);
}
