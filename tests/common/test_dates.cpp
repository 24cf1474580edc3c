#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "common/dates.hpp"
#include "common/ranges.hpp"

using namespace limier;

namespace {

std::string parsed(std::string_view text) {
    const auto date = parse_date(text);
    return date ? date_text(*date) : "-";
}

}  // namespace

TEST_CASE("dates: every spelling is read") {
    const struct {
        const char* written;
        const char* date;
    } rows[] = {
        {"2025-01-14", "2025-01-14"},
        {"2025/1/4", "2025-01-04"},
        {"2025.01.14", "2025-01-14"},
        {"20250114", "2025-01-14"},
        {"14-1-2019", "2019-01-14"},
        {"14/01/2019", "2019-01-14"},
        {"14.01.2019", "2019-01-14"},
        {"3/4/2019", "2019-04-03"},
        {"14 janvier 2019", "2019-01-14"},
        {"14 JANVIER 2019", "2019-01-14"},
        {"1er mai 2020", "2020-05-01"},
        {"1ER MAI 2020", "2020-05-01"},
        {"1ᵉʳ mai 2020", "2020-05-01"},
        {"1 mai 2020", "2020-05-01"},
        {"4 février 2019", "2019-02-04"},
        {"4 fevrier 2019", "2019-02-04"},
        {"4 fe\u0301vrier 2019", "2019-02-04"},
        {"15 août 2019", "2019-08-15"},
        {"15 AOUT 2019", "2019-08-15"},
        {"14 janv. 2019", "2019-01-14"},
        {"4 févr. 2019", "2019-02-04"},
        {"3 sept. 2019", "2019-09-03"},
        {"3 sept 2019", "2019-09-03"},
        {"25 déc. 2018", "2018-12-25"},
        {"14 juil. 2019", "2019-07-14"},
        {"14\u00A0janvier\u202F2019", "2019-01-14"},
        {"mardi 14 janvier 2019", "2019-01-14"},
        {"Mardi, 14 janvier 2019", "2019-01-14"},
        {"mar. 14 janv. 2019", "2019-01-14"},
        {"le 14 janvier 2019", "2019-01-14"},
        {"le mardi 14 janvier 2019", "2019-01-14"},
        {"Tue, 14 Jan 2025 10:00:00 GMT", "2025-01-14"},
        {"Sun, 02 Feb 2025 23:59:59 -0500", "2025-02-02"},
        {"Mon, 5 May 2025 06:00 EST", "2025-05-05"},
        {"20250114T100000Z", "2025-01-14"},
        {"20250114T1000+0100", "2025-01-14"},
        {"janvier 2019", "2019-01"},
        {"févr. 2019", "2019-02"},
        {"01/2019", "2019-01"},
        {"2025-01", "2025-01"},
        {"2019", "2019"},
        {"1000", "1000"},
        {"2999", "2999"},
        {"2025-01-14T10:00:00Z", "2025-01-14"},
        {"2025-01-14T10:00:00.123+01:00", "2025-01-14"},
        {"2025-01-14T10:00:00-0500", "2025-01-14"},
        {"2025-01-14 10:00", "2025-01-14"},
        {"2025-01-14 10:00:00 UTC", "2025-01-14"},
        {"14/01/2019 à 18h32", "2019-01-14"},
        {"14/01/2019, 18 h 32", "2019-01-14"},
        {"14 janvier 2019 à 18h", "2019-01-14"},
        {"29 février 2024", "2024-02-29"},
        {"29/02/2000", "2000-02-29"},
        {"  14 janvier 2019.\n", "2019-01-14"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.written);
        CHECK(parsed(row.written) == row.date);
    }
}

TEST_CASE("dates: what is no calendar date is none") {
    for (const char* written : {"",
                                " ",
                                "30 février 2019",
                                "29 février 2023",
                                "29/02/1900",
                                "31/04/2019",
                                "2025-02-30",
                                "2025-13-01",
                                "2025-00-10",
                                "2025-01-00",
                                "2025-13",
                                "32/01/2019",
                                "0/1/2019",
                                "00/01/2019",
                                "14/13/2019",
                                "999",
                                "3000",
                                "0999-01-01",
                                "14 janvier",
                                "14 janvier 19",
                                "14/01/19",
                                "14 brumaire 2019",
                                "mardi",
                                "mardi 2019",
                                "mardi janvier 2019",
                                "le 2019",
                                "2e mai 2019",
                                "2er mai 2019",
                                "2019-2020",
                                "2019/2020",
                                "1-2-2019-3",
                                "12019",
                                "2019a",
                                "2019-01-14x",
                                "14 janvier 20199",
                                "14 janvier 2019 matin",
                                "2025-01-14T25:00",
                                "2025-01-14T10:61",
                                "20250014",
                                "20250230",
                                "123456789",
                                "99999999999999",
                                "janvier",
                                "x2019",
                                "le",
                                "1er",
                                "-",
                                "2019-",
                                "14-",
                                "14 ",
                                "\xff",
                                "14 janvier\n2019"}) {
        CAPTURE(written);
        CHECK(parsed(written) == "-");
    }
}

TEST_CASE("dates: a French possessive is no English weekday") { CHECK(parsed("mon 14 juillet 1989") == "-"); }

TEST_CASE("dates: one within a text is read from its beginning and no further") {
    const struct {
        const char* text;
        const char* date;
        const char* rest;
    } rows[] = {
        {"14 janvier 2019, le président", "2019-01-14", ", le président"},
        {"2025-01 C'est l'une", "2025-01", " C'est l'une"},
        {"14/01/2019 à 18h32 par Claire", "2019-01-14", " par Claire"},
        {"2025-01-14-titre", "2025-01-14", "-titre"},
        {"2024-12-propositions", "2024-12", "-propositions"},
        {"2024-annee", "2024", "-annee"},
        {"07/12/2018 13:39:31 -", "2018-12-07", " -"},
        {"14 janvier 2019. Il", "2019-01-14", ". Il"},
        {"demain", "-", "demain"},
        {"2019-2020", "-", "2019-2020"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        const std::string_view text = row.text;
        std::size_t at = 0;
        const auto date = read_date(text, at);
        CHECK((date ? date_text(*date) : "-") == row.date);
        CHECK(text.substr(at) == row.rest);
    }
}

TEST_CASE("dates: every day comes back from every spelling of it") {
    constexpr const char* k_names[] = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                       "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
    std::mt19937 random(20250114);
    for (int i = 0; i < 2000; ++i) {
        Date date;
        date.year = static_cast<std::uint16_t>(1000 + random() % 2000);
        date.month = static_cast<std::uint8_t>(1 + random() % 12);
        date.day = static_cast<std::uint8_t>(1 + random() % days_in_month(date.year, date.month));
        const std::string year = std::to_string(date.year), month = std::to_string(date.month),
                          day = std::to_string(date.day);
        for (const std::string& written :
             {date_text(date), date_text(date) + "T23:59:60Z", day + "/" + month + "/" + year,
              day + " " + k_names[date.month - 1] + " " + year}) {
            CAPTURE(written);
            CHECK(parse_date(written) == date);
        }
        CHECK_FALSE(parse_date(std::to_string(days_in_month(date.year, date.month) + 1) + "/" + month + "/" + year));
    }
}
