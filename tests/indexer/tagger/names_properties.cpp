#include <algorithm>
#include <array>
#include <random>

#include <catch2/catch.hpp>

#include "common/text/utf8.hpp"
#include "marked.hpp"

using namespace limier;

namespace {

constexpr std::array<std::string_view, 40> k_pieces = {"Elon Musk", "Musk",       "M.",
                                                       "Mme",       "Lefebvre",   "Jean",
                                                       "DUPONT",    "d'",         "de",
                                                       "La",        "Tour",       "Orange",
                                                       "Paris",     "x.AI",       "O.N.U.",
                                                       "(CNC)",     "Centre",     "national",
                                                       "du cinéma", "à",          "Saint-Brévent",
                                                       "explique",  ", maire de", "« Les Marées »",
                                                       "le film",   "groupe",     "Total",
                                                       "\n",        ". ",         "! ",
                                                       "les",       "rue",        "+",
                                                       "@Musk",     "J.",         "été",
                                                       "ﬁn",        "東京",       "\xC2\xAD",
                                                       "Ier"};

std::string random_text(std::mt19937& random) {
    std::string text;
    const std::size_t pieces = random() % 60;
    for (std::size_t i = 0; i < pieces; ++i) {
        text += k_pieces[random() % k_pieces.size()];
        if (random() % 4 != 0) text += ' ';
    }
    return text;
}

bool on_border(std::string_view text, std::size_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

}  // namespace

TEST_CASE("names: spans are valid, sorted and disjoint, and equal runs give equal mentions") {
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        Document document;
        document.text = random_text(random);
        document.title = random_text(random);
        document.title_apart = random() % 2 == 0;
        if (!document.text.empty() && random() % 3 == 0) {
            const auto end = static_cast<std::uint32_t>(random() % document.text.size());
            document.zones.push_back({Zone::Kind::byline, 0, end});
        }
        const std::vector<Mention> mentions = mentions_of(document);
        std::uint32_t last = 0;
        bool title = true;
        for (const Mention& mention : mentions) {
            const std::string& text = mention.in_title ? document.title : document.text;
            if (title && !mention.in_title) last = 0;
            REQUIRE((title || !mention.in_title));
            title = mention.in_title;
            REQUIRE((document.title_apart || !mention.in_title));
            REQUIRE(mention.begin >= last);
            REQUIRE(mention.begin < mention.end);
            REQUIRE(mention.end <= text.size());
            REQUIRE(on_border(text, mention.begin));
            REQUIRE(on_border(text, mention.end));
            REQUIRE_FALSE(mention.value.empty());
            REQUIRE(is_utf8(mention.value));
            REQUIRE_FALSE(mention.why.empty());
            if (!mention.in_title && !document.zones.empty() && mention.field != Field::place)
                REQUIRE(mention.begin >= document.zones.front().end);
            last = mention.end;
        }
        const std::vector<Mention> again = mentions_of(document);
        REQUIRE(again.size() == mentions.size());
        for (std::size_t i = 0; i < again.size(); ++i) {
            REQUIRE(again[i].value == mentions[i].value);
            REQUIRE(again[i].begin == mentions[i].begin);
        }
    }
}

TEST_CASE("names: texts of one shape repeated end in time") {
    for (const std::string_view piece :
         {"Jean ", "J. ", "A.B.", "de la ", "Paris, ", "Saint-", "(CNC) ", "M. ", "«", "\n", "le groupe "}) {
        Document document;
        for (int i = 0; i < 50'000; ++i) document.text += piece;
        CHECK_NOTHROW(mentions_of(document));
    }
}

TEST_CASE("names: paragraphs that share no name may change places") {
    std::vector<std::string> paragraphs = {
        "Hier, Djibril Camara a ouvert. M. Camara rit.", "La société Verdania recrute à Sinnamary.",
        "Selon Mme Ndiaye, le projet Stargate avance.",  "Le président américain Donald Trump se tait.",
        "Une usine, Loudéac (Côtes-d’Armor), ferme.",    "« Non », explique Wuillemin en sortant.",
    };
    const auto values = [&] {
        Document document;
        for (const std::string& paragraph : paragraphs) document.text += paragraph + "\n";
        std::vector<std::string> found;
        for (const Mention& mention : mentions_of(document)) found.push_back(mention.value);
        std::sort(found.begin(), found.end());
        return found;
    };
    const std::vector<std::string> first = values();
    CHECK(first.size() >= 8);
    std::mt19937 random(11);
    for (int round = 0; round < 20; ++round) {
        std::shuffle(paragraphs.begin(), paragraphs.end(), random);
        CHECK(values() == first);
    }
}
