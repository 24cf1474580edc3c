#include <catch2/catch.hpp>

#include "indexer/readers/path_date.hpp"

using namespace limier;

TEST_CASE("path date: the member of an archive goes by its own path, then by the archive's") {
    const struct {
        const char *path, *id, *date;
    } rows[] = {
        {"/a/2024-03-05-titre.html", "2024-03-05-titre.html", "2024-03-05"},
        {"/a/20240305_titre.md", "x", "2024-03-05"},
        {"/a/2024/03/05/titre.docx", "2024/03/05/titre.docx", "2024-03-05"},
        {"/a/2024-03.jsonl", "42", "2024-03"},
        {"/a/2019-01-01.zip", "2019-01-01.zip!/2024/03/05/titre.html", "2024-03-05"},
        {"/a/2019-01-01.zip", "2019-01-01.zip!/titre.html", "2019-01-01"},
        {"/a/2024/titre.html", "titre.html", ""},
        {"", "", ""},
    };
    for (const auto& row : rows) {
        CAPTURE(row.path, row.id);
        Document document;
        document.path = row.path;
        document.id = row.id;
        CHECK(date_text(date_of_file(document)) == row.date);
    }
}
