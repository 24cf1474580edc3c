#include <random>

#include <catch2/catch.hpp>

#include "common/ranges.hpp"
#include "tests/indexer/tagger/tagged.hpp"

using namespace limier;

namespace {

constexpr Date k_monday{2025, 2, 10};

std::string dates_in(const std::string& text, Date document = {}, std::vector<Zone> zones = {}) {
    const Tagged tagged(text, document, tag_dates, std::move(zones));
    std::string out;
    for (const DateMention& mention : tagged.annotations.dates) {
        out += (out.empty() ? "" : " | ") + text.substr(mention.begin, mention.end - mention.begin) + "=" +
               date_text(mention.date);
    }
    return out;
}

}  // namespace

TEST_CASE("dates: a date said in full, a month, a year") {
    const struct {
        const char *text, *dates;
    } rows[] = {
        {"le 30 novembre 2022, la première", "30 novembre 2022=2022-11-30"},
        {"le 1er mai 2020", "1er mai 2020=2020-05-01"},
        {"mardi 14 janvier 2019", "mardi 14 janvier 2019=2019-01-14"},
        {"le 14/01/2019.", "14/01/2019=2019-01-14"},
        {"le 2025-01-14", "2025-01-14=2025-01-14"},
        {"en janvier 2024, puis", "janvier 2024=2024-01"},
        {"En février 2024", "février 2024=2024-02"},
        {"en octobre 2024", "octobre 2024=2024-10"},
        {"en 2018, il quitte", "2018=2018"},
        {"depuis 2015", "2015=2015"},
        {"fin 2023", "2023=2023"},
        {"mi-2023", "2023=2023"},
        {"l'été 2024", "2024=2024"},
        {"d'ici 2030", "2030=2030"},
        {"l'année 1984", "1984=1984"},
        {"entre 2019 et 2022", "2019=2019 | 2022=2022"},
        {"la saison 2023-2024", "2023=2023 | 2024=2024"},
        {"l'exercice 2023/2024", "2023=2023 | 2024=2024"},
        {"(2018)", "2018=2018"},
        {"le budget 2025", "2025=2025"},
        {"les Jeux de Paris 2024, a-t-il dit", "2024=2024"},
        {"de OpenAI en 2015.", "2015=2015"},
        {"après les attentats du 11 septembre 2001.", "11 septembre 2001=2001-09-11"},
        {"La rupture date de 2018.", "2018=2018"},
        {"qui datait de 2023, est battu", "2023=2023"},
        {"une hausse de 2018 euros", ""},
        {"29 février 2024", "29 février 2024=2024-02-29"},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(dates_in(row.text) == row.dates);
    }
}

TEST_CASE("dates: what is unsaid comes from the document's date") {
    const struct {
        const char* text;
        Date document;
        const char* dates;
    } rows[] = {
        {"lundi 10 février, un sommet", k_monday, "lundi 10 février=2025-02-10"},
        {"le 28 décembre", k_monday, "28 décembre=2024-12-28"},
        {"le 1er mars", k_monday, "1er mars=2025-03-01"},
        {"vendredi 10 janvier", k_monday, "vendredi 10 janvier=2025-01-10"},
        {"le 10 février", {2025, 2, 0}, "10 février=2025-02-10"},
        {"le 10 février", {2025, 0, 0}, "10 février=2025-02-10"},
        {"le 29 février", {2024, 5, 1}, "29 février=2024-02-29"},
        {"Mercredi, Sam Altman", k_monday, "Mercredi=2025-02-05"},
        {"ce lundi", k_monday, "lundi=2025-02-10"},
        {"mercredi prochain", k_monday, "mercredi=2025-02-12"},
        {"lundi dernier", k_monday, "lundi=2025-02-03"},
        {"hier soir", k_monday, "hier=2025-02-09"},
        {"avant-hier", k_monday, "avant-hier=2025-02-08"},
        {"demain", k_monday, "demain=2025-02-11"},
        {"en novembre dernier", k_monday, "novembre dernier=2024-11"},
        {"en octobre prochain", k_monday, "octobre prochain=2025-10"},
        {"en février dernier", k_monday, "février dernier=2024-02"},
        {"hier, le 1er mars", {2024, 3, 1}, "hier=2024-02-29 | 1er mars=2024-03-01"},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(dates_in(row.text, row.document) == row.dates);
    }
}

TEST_CASE("dates: what is unsure is no date") {
    const struct {
        const char* text;
        Date document;
    } rows[] = {
        {"le 8 mars", {}},
        {"mercredi", {}},
        {"hier", {2025, 0, 0}},
        {"le mercredi, les enfants", k_monday},
        {"tous les mercredis", k_monday},
        {"mardi 10 février", k_monday},
        {"le 30 février 2024", {}},
        {"les 2000 emplois", {}},
        {"plus de 2000 personnes", {}},
        {"2015 euros", {}},
        {"l'article 49.3", {}},
        {"06 12 34 20 19", {}},
        {"2 000 emplois", {}},
        {"il y a 1500 ans", {}},
        {"100 000 emplois", k_monday},
        {"un mai dernier cri", {}},
        {"Avril Lavigne", k_monday},
        {"Boeing 2024X", {}},
        {"3 sept nains", k_monday},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(dates_in(row.text, row.document).empty());
    }
}

TEST_CASE("dates: the furniture of an article tells nothing") {
    const std::string text = "Publié le 14 janvier 2019\nEn 2018, il part.";
    CHECK(dates_in(text, {}, {{Zone::Kind::updated, 0, 26}}) == "2018=2018");
}

TEST_CASE("dates: random text gives dates of the calendar, at places in order") {
    const std::vector<std::string> pieces{
        "1er",   "30",      "31",       "2024",  "1999", "février", "mai",  "janv.", "lundi", " ",  " ",
        "/",     "-",       "en",       "entre", "et",   "hier",    "(",    ")",     "2023",  "12", ".",
        "avant", "dernier", "prochain", "\n",    "é",    ",",       " le ", "mars",  "à",     "de", "depuis"};
    std::mt19937 random(11);
    std::size_t found = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (int i = 0; i < 16; ++i) text += pieces[random() % pieces.size()] + (random() % 2 ? " " : "");
        const Tagged tagged(text, random() % 2 ? k_monday : Date{}, tag_dates);
        std::uint32_t last = 0;
        for (const DateMention& mention : tagged.annotations.dates) {
            INFO(text);
            REQUIRE(mention.begin >= last);
            REQUIRE(mention.begin < mention.end);
            REQUIRE(mention.end <= text.size());
            REQUIRE(mention.date.year >= 1000);
            REQUIRE(mention.date.month <= 12);
            if (mention.date.day != 0)
                REQUIRE(mention.date.day <= days_in_month(mention.date.year, mention.date.month));
            last = mention.end;
            ++found;
        }
    }
    CHECK(found > 1000);
}
