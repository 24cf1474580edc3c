#include <algorithm>
#include <map>
#include <set>

#include <catch2/catch.hpp>
#include <xapian.h>

#include "common/packed_values.hpp"
#include "common/text/fold.hpp"
#include "searcher/search.hpp"
#include "tests/searcher/random_index.hpp"

using namespace limier;

namespace {

using Words = std::vector<std::string>;

Words some_words(std::mt19937& random, std::size_t least, std::size_t most) {
    Words words;
    for (std::size_t n = least + random() % (most - least + 1); n > 0; --n)
        words.push_back(random_words()[random() % random_words().size()]);
    return words;
}

Xapian::Query positional(Xapian::Query::op op, const Words& terms, std::size_t window) {
    return Xapian::Query(op, terms.begin(), terms.end(), static_cast<Xapian::termcount>(window));
}

std::set<Xapian::docid> matches(const Xapian::Database& database, const Xapian::Query& query) {
    Xapian::Enquire enquire(database);
    enquire.set_query(query);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    std::set<Xapian::docid> documents;
    const Xapian::MSet found = enquire.get_mset(0, database.get_doccount());
    for (auto at = found.begin(); at != found.end(); ++at) documents.insert(*at);
    return documents;
}

/// Documents of RandomIndex are named by their number, from 0.
std::set<Xapian::docid> matches(Searcher& searcher, const std::string& query) {
    SearchRequest request;
    request.query = query;
    request.limit = 100000;
    request.records = request.snippets = false;
    const Result<SearchResult> result = searcher.search(request);
    INFO(query);
    REQUIRE(result);
    std::set<Xapian::docid> documents;
    for (const Hit& hit : result->hits) documents.insert(static_cast<Xapian::docid>(std::stoul(hit.id.substr(3))) + 1);
    return documents;
}

Xapian::Database xapian_of(const Searcher& searcher) { return searcher.index().database(); }

}  // namespace

TEST_CASE("portable: a thousand phrases and NEAR find in Xapian's positions what they find in the token column") {
    const RandomIndex random(21, 500, 2, true);
    Result<Searcher> searcher = Searcher::open(random.path());
    REQUIRE(searcher);
    const Xapian::Database database = xapian_of(*searcher);
    Analyser analyser;
    std::mt19937 dice(1);
    std::size_t found = 0;
    for (int round = 0; round < 1000; ++round) {
        const Words words = some_words(dice, 2, 4);
        Words forms, stems;
        for (const std::string& word : words) {
            forms.push_back(std::string(k_form_prefix) + word);
            stems.push_back(analyser.stem(word));
        }
        const std::set<Xapian::docid> phrase = matches(*searcher, "\"" + RandomIndex::joined(words) + "\"");
        CHECK(phrase == matches(database, positional(Xapian::Query::OP_PHRASE, forms, words.size())));
        found += !phrase.empty();
        // Xapian lets NEAR of a word with itself stand on one place.
        if (words[0] == words[1]) continue;
        const std::size_t distance = 1 + dice() % 6;
        const std::string apart = std::to_string(distance);
        const Words two{stems[0], stems[1]};
        CHECK(matches(*searcher, words[0] + " NEAR/" + apart + " " + words[1]) ==
              matches(database, positional(Xapian::Query::OP_NEAR, two, distance + 1)));
        CHECK(matches(*searcher, words[0] + " ADJ/" + apart + " " + words[1]) ==
              matches(database, positional(Xapian::Query::OP_PHRASE, two, distance + 1)));
    }
    CHECK(found > 100);
}

TEST_CASE("portable: packed slots, counted whole by Xapian, unpack to what the columns count") {
    const RandomIndex random(22, 400, 2, true);
    Result<Searcher> searcher = Searcher::open(random.path());
    REQUIRE(searcher);
    const Xapian::Database database = xapian_of(*searcher);
    Analyser analyser;
    for (const std::string& word : random_words()) {
        SearchRequest request;
        request.query = word;
        request.facet_limit = 100000;
        request.facets = {{"source", Field::source}, {"author", Field::author}};
        const Result<SearchResult> result = searcher->search(request);
        REQUIRE(result);
        for (std::size_t f = 0; f < request.facets.size(); ++f) {
            const Field field = request.facets[f].field;
            Xapian::ValueCountMatchSpy spy(facet_slot(field));
            Xapian::Enquire enquire(database);
            enquire.set_query(Xapian::Query(analyser.stem(word)));
            enquire.add_matchspy(&spy);
            enquire.get_mset(0, 0, database.get_doccount());
            std::map<std::string, std::uint64_t> packed, columns, by_hand;
            for (auto value = spy.values_begin(); value != spy.values_end(); ++value) {
                const std::string keys = *value;
                for (const std::string_view key : unpack_values(keys)) packed[std::string(key)] += value.get_termfreq();
            }
            for (const FacetValue& value : result->facets[f].values) columns[fold_key(value.value)] = value.count;
            for (const RandomArticle& article : random.articles()) {
                const auto has = [&word](const Words& text) {
                    return std::find(text.begin(), text.end(), word) != text.end();
                };
                const std::string& value = field == Field::source ? article.source : article.author;
                if (!value.empty() && (has(article.title) || has(article.body))) ++by_hand[fold_key(value)];
            }
            CHECK(packed == by_hand);
            CHECK(columns == by_hand);
        }
    }
}

TEST_CASE("portable: the columns are those of an index that is not, and Xapian has the text") {
    const RandomIndex portable(23, 300, 2, true), plain(23, 300);
    Result<Searcher> one = Searcher::open(portable.path()), other = Searcher::open(plain.path());
    REQUIRE(one);
    REQUIRE(other);
    CHECK(one->index().metadata("limier:portable") == "1");
    CHECK(other->index().metadata("limier:portable").empty());
    CHECK_FALSE(xapian_of(*other).has_positions());
    for (const std::string query : {"lapin", "lapin volcan", "\"lapin volcan\"", "fromage NEAR/3 violon", "*"}) {
        SearchRequest request;
        request.query = query;
        request.facets = {{"source", Field::source}};
        const Result<SearchResult> here = one->search(request), there = other->search(request);
        REQUIRE(here);
        REQUIRE(there);
        CHECK(here->total == there->total);
        REQUIRE(here->hits.size() == there->hits.size());
        for (std::size_t i = 0; i < here->hits.size(); ++i) {
            CHECK(here->hits[i].id == there->hits[i].id);
            CHECK(here->hits[i].score == Approx(there->hits[i].score));
        }
    }
    const std::string data = xapian_of(*one).get_document(1).get_data();
    CHECK(data.starts_with("{\"id\":\"doc0\","));
    CHECK(data.ends_with(RandomIndex::joined(portable.articles()[0].body) + "\"}"));
}

TEST_CASE("portable: packed values of any bytes unpack to themselves, cut ones are refused") {
    const std::string long_key(300, 'x'), zero("a\0b", 3);
    const std::vector<std::string_view> keys{"", "elon musk", long_key, zero, "é"};
    const std::string packed = pack_values(keys);
    CHECK(unpack_values(packed) == keys);
    CHECK(unpack_values("").empty());
    std::size_t whole = 0;
    for (std::size_t size = 1; size < packed.size(); ++size) {
        const std::string cut = packed.substr(0, size);
        try {
            whole += unpack_values(cut).size() < keys.size();
        } catch (const Damaged&) {
        }
    }
    CHECK(whole == keys.size() - 1);  // after each key but the last
    CHECK_THROWS_AS(unpack_values("\x05"
                                  "abc"),
                    Damaged);
}
