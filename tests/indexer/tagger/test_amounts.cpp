#include <random>

#include <catch2/catch.hpp>

#include "common/amounts.hpp"
#include "tests/indexer/tagger/tagged.hpp"

using namespace limier;

namespace {

/// `text=value`, in order, joined by ` | `.
std::string amounts_in(const std::string& text) {
    const Tagged tagged(text, {}, tag_amounts);
    std::string out;
    for (const Amount& amount : tagged.annotations.amounts) {
        out += (out.empty() ? "" : " | ") + text.substr(amount.begin, amount.end - amount.begin) + "=" + amount.value;
    }
    return out;
}

}  // namespace

TEST_CASE("amounts: every spelling of the press gives number and currency") {
    const struct {
        const char *text, *amounts;
    } rows[] = {
        {"investir 500 milliards de dollars pour", "500 milliards de dollars=500000000000 USD"},
        {"lève 15 M€ pour", "15 M€=15000000 EUR"},
        {"l'encours dépasse 440 Md€ :", "440 Md€=440000000000 EUR"},
        {"un fonds de 3 Mds€.", "3 Mds€=3000000000 EUR"},
        {"1,5 milliard d'euros", "1,5 milliard d'euros=1500000000 EUR"},
        {"4,6 millions d’euros", "4,6 millions d’euros=4600000 EUR"},
        {"97,4 milliards de dollars", "97,4 milliards de dollars=97400000000 USD"},
        {"3.5 milliards de dollars", "3.5 milliards de dollars=3500000000 USD"},
        {"réclame 200 000 dollars.", "200 000 dollars=200000 USD"},
        {"200\u00A0000\u00A0dollars", "200\u00A0000\u00A0dollars=200000 USD"},
        {"1\u202F200\u202F000\u202F€", "1\u202F200\u202F000\u202F€=1200000 EUR"},
        {"1.200.000 €", "1.200.000 €=1200000 EUR"},
        {"100.000 euros", "100.000 euros=100000 EUR"},
        {"1'200 francs suisses", "1'200 francs suisses=1200 CHF"},
        {"465,50 euros", "465,50 euros=465.5 EUR"},
        {"0,05 €", "0,05 €=0.05 EUR"},
        {"500 € par mois", "500 €=500 EUR"},
        {"$500 et plus", "$500=500 USD"},
        {"US$500 et plus", "US$500=500 USD"},
        {"$97.4 milliards", "$97.4 milliards=97400000000 USD"},
        {"500 $ US", "500 $ US=500 USD"},
        {"500 $ CA", "500 $ CA=500 CAD"},
        {"12 dollars canadiens", "12 dollars canadiens=12 CAD"},
        {"10 livres sterling", "10 livres sterling=10 GBP"},
        {"£30", "£30=30 GBP"},
        {"3 CHF", "3 CHF=3 CHF"},
        {"15 MEUR", "15 MEUR=15000000 EUR"},
        {"5 M d'euros", "5 M d'euros=5000000 EUR"},
        {"12 k€", "12 k€=12000 EUR"},
        {"300 millions de yens", "300 millions de yens=300000000 JPY"},
        {"2 milliards de francs CFA", "2 milliards de francs CFA=2000000000 XOF"},
        {"30 000 dinars algériens", "30 000 dinars algériens=30000 DZD"},
        {"80 roubles", "80 roubles=80 RUB"},
        {"un million d'euros", "un million d'euros=1000000 EUR"},
        {"quinze millions d’euros", "quinze millions d’euros=15000000 EUR"},
        {"deux cents euros", "deux cents euros=200 EUR"},
        {"cinq cent mille euros", "cinq cent mille euros=500000 EUR"},
        {"quatre-vingt-dix euros", "quatre-vingt-dix euros=90 EUR"},
        {"vingt et un euros", "vingt et un euros=21 EUR"},
        {"mille euros", "mille euros=1000 EUR"},
        {"50 mille euros", "50 mille euros=50000 EUR"},
        {"un milliard et demi d'euros", "un milliard et demi d'euros=1500000000 EUR"},
        {"un demi-milliard d'euros", "un demi-milliard d'euros=500000000 EUR"},
        {"30 centimes par litre", "30 centimes=0.3 EUR"},
        {"2015 euros", "2015 euros=2015 EUR"},
        {"tombe de 300 à 240 euros", "300=300 EUR | 240 euros=240 EUR"},
        {"entre 5 et 10 milliards de dollars", "5=5000000000 USD | 10 milliards de dollars=10000000000 USD"},
        {"5 ou 6 millions d'euros", "5=5000000 EUR | 6 millions d'euros=6000000 EUR"},
        {"500 000 à 1 million d'euros", "500 000=500000 EUR | 1 million d'euros=1000000 EUR"},
        {"5-10 millions d'euros", "5=5000000 EUR | 10 millions d'euros=10000000 EUR"},
        {"dispose de 10 milliards de dollars, bien loin des 100 milliards évoqués",
         "10 milliards de dollars=10000000000 USD | 100 milliards=100000000000 USD"},
        {"10 milliards de dollars. Les 100 milliards évoqués", "10 milliards de dollars=10000000000 USD"},
        {"10 millions d'euros pour 3 millions de clients", "10 millions d'euros=10000000 EUR"},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(amounts_in(row.text) == row.amounts);
    }
}

TEST_CASE("amounts: what counts no money is none") {
    for (const char* text : {
             "100 000 emplois",
             "le 11 septembre 2001",
             "une hausse de 3,5 %",
             "l'article 49.3",
             "en 2018",
             "plus de 100 000 processeurs",
             "à 300 mètres",
             "300 livres et deux revues",
             "3 m de haut",
             "15 M d'habitants",
             "les euros",
             "quelques millions",
             "une centaine de personnes",
             "06 12 34 56 78",
             "Paris 2024",
             "un million de clients",
             "l'eurodéputé et 3 eurosceptiques",
             "99999999999999999999999999 euros",
             "9999999999999999999 milliards d'euros",
             "0 euro",
             "deux et deux",
         }) {
        INFO(text);
        CHECK(amounts_in(text).empty());
    }
}

TEST_CASE("amounts: a query may say less than a text") {
    const struct {
        const char *text, *value;
    } rows[] = {
        {"1e9", "1000000000"},
        {"10 milliards", "10000000000"},
        {"1,5 Md€", "1500000000 EUR"},
        {"1,5Md€", "1500000000 EUR"},
        {"5 m", "5000000"},
        {"300 livres", "300 GBP"},
        {"$500", "500 USD"},
        {"200000", "200000"},
        {"200 000 dollars", "200000 USD"},
        {" 12 ", "12"},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        const std::optional<Money> money = parse_amount(row.text);
        REQUIRE(money);
        CHECK(money_text(*money) == row.value);
    }
    for (const char* text : {"", "abc", "12 pommes", "1e99", "euros", "12 euros de plus", "-5"}) {
        INFO(text);
        CHECK_FALSE(parse_amount(text));
    }
}

TEST_CASE("amounts: a number is read beyond a blank only where the word behind may follow it") {
    const std::vector<std::string> words{
        "dix",       "mille",    "million", "Md",      "k",      "M",     "MEUR", "euros",     "Euros",   "EUR",
        "livres",    "sterling", "turques", "francs",  "CFA",    "pesos", "d'",   "de",        "demi-",   "demie",
        "et",        "centimes", "homme",   "janvier", "peu",    "ans",   "des",  "mexicains", "suisses", "hong",
        "couronnes", "tchèques", "reais",   "dinars",  "dollar", "12",    "000",  "500",       "m",       "vingts"};
    std::mt19937 random(3);
    std::size_t beyond = 0;
    for (int round = 0; round < 20000; ++round) {
        const std::string number = random() % 2 == 0 ? "2" : "cent", first = words[random() % words.size()];
        std::string text = number + " " + first;
        for (int i = 0; i < 3; ++i)
            text += (text.ends_with('\'') || text.ends_with('-') ? "" : " ") + words[random() % words.size()];
        const std::optional<AmountReading> reading = read_amount(text, 0, AmountStyle::text);
        if (!reading || reading->end == number.size()) continue;
        ++beyond;
        INFO(text);
        REQUIRE(may_follow_number(first));
    }
    CHECK(beyond > 5000);
    CHECK_FALSE(may_follow_number("homme"));
    CHECK_FALSE(may_follow_number("janvier"));
}

TEST_CASE("amounts: random text gives values that can be read, at places in order") {
    const std::vector<std::string> pieces{"12",  "1 000", "un",   "deux",   "cent",  "mille", "millions", "milliard",
                                          " ",   " ",     " de ", " d'",    "euros", "€",     "$",        "dollars",
                                          ",",   ".",     "à",    "et",     "-",     "Md",    "k",        "M",
                                          "000", "\n",    "é",    "\u00A0", "’",     "demi-", "centimes", "CFA"};
    std::mt19937 random(7);
    std::size_t found = 0;
    for (int round = 0; round < 12000; ++round) {
        std::string text;
        for (int i = 0; i < 20; ++i) text += pieces[random() % pieces.size()];
        const Tagged tagged(text, {}, tag_amounts);
        std::uint32_t last = 0;
        for (const Amount& amount : tagged.annotations.amounts) {
            INFO(text);
            REQUIRE(amount.begin >= last);
            REQUIRE(amount.begin < amount.end);
            REQUIRE(amount.end <= text.size());
            const std::optional<Money> money = money_of(amount.value);
            REQUIRE(money);
            REQUIRE(money_text(*money) == amount.value);
            last = amount.end;
            ++found;
        }
    }
    CHECK(found > 1000);
}
