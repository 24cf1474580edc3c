#include "searcher/repl/complete.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "searcher/search.hpp"
#include "tests/common/english.hpp"
#include "tests/searcher/small_index.hpp"

using namespace limier;

namespace {

class Prompt {
 public:
    Prompt()
        : index_({"Elon Musk parle.", "Elon Musk et Sam Altman parlent.", "Elon Musk se tait."}),
          searcher_(Searcher::open(index_.path())) {}

    std::vector<std::string> offers(std::string_view line, std::vector<std::string> words = {}) const {
        return at_end(line, words).candidates;
    }

    Completion at_end(std::string_view line, const std::vector<std::string>& words = {}) const {
        const std::size_t blank = line.find_last_of(" ()");
        const std::size_t begin = blank == std::string_view::npos ? 0 : blank + 1;
        return complete({searcher_->index(), words}, line.substr(0, begin), line.substr(begin));
    }

 private:
    SmallIndex index_;
    Result<Searcher> searcher_;
};

using Words = std::vector<std::string>;

bool has(const Words& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

TEST_CASE("completion: fields and their values, by any name, folded") {
    const Prompt prompt;
    CHECK(prompt.offers("pers") == Words{"person:"});
    CHECK_FALSE(prompt.at_end("pers").finished);
    CHECK(prompt.offers("+pers") == Words{"+person:"});
    CHECK(prompt.offers("person:mus") == Words{"person:\"Elon Musk\""});
    CHECK(prompt.offers("personne:ELON") == Words{"personne:\"Elon Musk\""});
    CHECK(prompt.at_end("person:mus").finished);
    CHECK(prompt.offers("person:") == Words{"person:\"Elon Musk\"", "person:\"Sam Altman\""});
    CHECK(prompt.offers("person:\"Elon M") == Words{"Musk\""});
    CHECK(prompt.offers("nul:a").empty());
    CHECK(prompt.offers("has:pers") == Words{"has:person"});
    CHECK(prompt.offers("-avec:li") == Words{"-avec:lieu"});
    CHECK(prompt.offers("ha") == Words{"has:"});
}

TEST_CASE("completion: a value with a blank of any kind stands between quotes") {
    const SmallIndex index({"M. Jean\u00A0Dupont parle."});
    const Result<Searcher> searcher = Searcher::open(index.path());
    REQUIRE(searcher);
    const Words offered = complete({searcher->index(), {}}, "", "person:jean").candidates;
    REQUIRE(offered.size() == 1);
    CHECK(offered[0].starts_with("person:\""));
}

TEST_CASE("completion: operators in capitals") {
    const Prompt prompt;
    CHECK(has(prompt.offers("chat PRO"), "PROCHE/10"));
    CHECK(has(prompt.offers("chat NEA"), "NEAR/10"));
    CHECK(has(prompt.offers("chat SAU"), "SAUF"));
    CHECK_FALSE(has(prompt.offers("chat sau"), "SAUF"));
    CHECK(prompt.at_end("chat SAU").finished);
}

TEST_CASE("completion: words typed before, the latest first") {
    const Prompt prompt;
    const Words words = {"milliards", "Milan", "électricité", "milliards", "mil"};
    CHECK(prompt.offers("mi", words) == Words{"mil", "milliards", "Milan"});
    CHECK(prompt.offers("elec", words) == Words{"électricité"});
    CHECK_FALSE(has(prompt.offers("", words), "milliards"));
}

TEST_CASE("completion: commands, settings and what they take") {
    const Prompt prompt;
    CHECK(prompt.offers(":sho") == Words{":show "});
    CHECK(prompt.offers(":mor") == Words{":more"});
    CHECK(has(prompt.offers(":"), ":+ "));
    CHECK(prompt.offers(":sort -") == Words{"-date"});
    CHECK(prompt.offers(":set facet-mo") == Words{"facet-mode"});
    CHECK(prompt.offers(":set facet-mode ") == Words{"drill", "multi"});
    CHECK(prompt.offers(":set sort t") == Words{"title"});
    CHECK(prompt.offers(":set sort title ").empty());
    CHECK(prompt.offers(":facets per") == Words{"person"});
    CHECK(prompt.offers(":facets person,date:m") == Words{"person,date:month"});
    CHECK(prompt.offers(":+ person:mus") == Words{"person:\"Elon Musk\""});
    CHECK(prompt.offers(":show ").empty());
    CHECK(prompt.at_end(":save ").files);
    CHECK(prompt.offers(":nul per") == Words{"person:"});
}
