#include <cstdlib>
#include <fstream>

#include <catch2/catch.hpp>

#include "common/child_process.hpp"
#include "indexer/readers.hpp"
#include "tests/indexer/readers/invariants.hpp"
#include "tests/scratch.hpp"

using namespace limier;
namespace fs = std::filesystem;

namespace {

/// A PDF of one page: lines of text in Windows-1252, the first one large, and its document information as PDF writes
/// it.
std::string pdf(const std::vector<std::string>& lines, const std::string& info) {
    std::string page = "BT /F 20 Tf 80 TL 72 720 Td";
    for (const std::string& line : lines) page += " (" + line + ") Tj T* /F 12 Tf 14 TL";
    page += " ET";
    const std::vector<std::string> objects = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        "<< /Length " + std::to_string(page.size()) + " >>\nstream\n" + page + "\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< " + info + " >>",
    };
    std::string bytes = "%PDF-1.4\n";
    std::string places = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const std::string offset = std::to_string(bytes.size());
        places += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
        bytes += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string start = std::to_string(bytes.size());
    return bytes + "xref\n0 7\n" + places + "trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n" + start +
           "\n%%EOF\n";
}

const std::vector<std::string> k_lines = {
    "La mairie r\xE9nove ses \xE9"
    "coles",
    "", "Le conseil a vot\xE9 jeudi un budget de deux", "millions d'euros pour les b\xE2timents."};

struct Read {
    std::vector<Document> documents;
    std::vector<Refusal> refusals;
};

Read read(const std::string& name, const std::string& bytes) {
    const ScratchFolder scratch;
    std::ofstream(scratch.path() / name, std::ios::binary) << bytes;
    Result<DocumentSource> source = DocumentSource::open({scratch.path()});
    REQUIRE(source);
    Read read;
    while (auto document = source->next()) {
        CHECK(broken_invariant(*document) == "");
        read.documents.push_back(std::move(*document));
    }
    read.refusals = source->refusals();
    return read;
}

bool has_poppler() { return find_program("pdftotext") && find_program("pdfinfo"); }

}  // namespace

TEST_CASE("pdf: its text, and title, author and date where they are sensible") {
    REQUIRE(has_poppler());  // scripts/setup test
    struct Row {
        const char *info, *name, *title, *author, *date;
        bool apart;
    };
    const Row rows[] = {
        {"/Title (Budget des \\351coles) /Author (Claire Fontanel) /CreationDate (D:20240312101500+01'00')", "a.pdf",
         "Budget des écoles", "Claire Fontanel", "2024-03-12", true},
        {"", "a.pdf", "La mairie rénove ses écoles", "", "", false},
        {"/Title (La Mairie r\\351nove ses \\351coles)", "a.pdf", "La mairie rénove ses écoles", "", "", false},
        {"/Title (Microsoft Word - tract.doc) /Author (cfontanel)", "a.pdf", "La mairie rénove ses écoles", "", "",
         false},
        {"/Title (Budget 2024) /CreationDate (D:2024)", "budget 2024.pdf", "La mairie rénove ses écoles", "",
         "2024-01-01", false},
        {"/Title (tract-v3.indd) /Author (Poste 12)", "2023-05-06.pdf", "La mairie rénove ses écoles", "", "2023-05-06",
         false},
        {"/Title (  ) /CreationDate (garbage)", "a.PDF", "La mairie rénove ses écoles", "", "", false},
    };
    for (const Row& row : rows) {
        INFO(row.info << " " << row.name);
        const Read got = read(row.name, pdf(k_lines, row.info));
        REQUIRE(got.documents.size() == 1);
        CHECK(got.refusals.empty());
        const Document& document = got.documents[0];
        CHECK(document.id == row.name);
        CHECK(document.title == row.title);
        CHECK(document.title_apart == row.apart);
        CHECK(document.author == row.author);
        CHECK(date_text(document.date) == row.date);
        CHECK(document.text.find("Le conseil a voté jeudi un budget de deux") != std::string::npos);
    }
}

TEST_CASE("pdf: one that is none, is cut off, or has no text is refused by name") {
    REQUIRE(has_poppler());  // scripts/setup test
    const std::string whole = pdf(k_lines, "");
    struct Row {
        std::string bytes, reason;
    };
    const Row rows[] = {
        {"no PDF at all", "pdftotext: exit status 1: Syntax Warning: May not be a PDF file (continuing anyway)"},
        {"", "pdftotext: exit status 1: Syntax Error: Document stream is empty"},
        {whole.substr(0, 40), "pdftotext: exit status 1: Syntax Error: End of file inside dictionary"},
        {pdf({}, ""), "pdftotext: it gives no text"},
    };
    for (const Row& row : rows) {
        const Read got = read("x.pdf", row.bytes);
        CHECK(got.documents.empty());
        REQUIRE(got.refusals.size() == 1);
        CHECK(got.refusals[0].what.ends_with("/x.pdf"));
        CHECK(got.refusals[0].reason == row.reason);
    }
}

TEST_CASE("pdf: without Poppler a file is refused with the way to install it") {
    const std::string path = std::getenv("PATH");
    ::setenv("PATH", "/nonexistent", 1);
    const Read got = read("x.pdf", "x");
    ::setenv("PATH", path.c_str(), 1);
    REQUIRE(got.refusals.size() == 1);
    CHECK(got.refusals[0].reason == "pdftotext: there is no such program: apt-get install poppler-utils");
}
