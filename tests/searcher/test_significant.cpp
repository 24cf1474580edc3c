#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <tuple>

#include <catch2/catch.hpp>

#include "searcher/search.hpp"
#include "searcher/significant.hpp"
#include "searcher/timeline.hpp"
#include "tests/searcher/random_index.hpp"

using namespace limier;

namespace {

/// An index of two parts, the first with removed rows.
class UpdatedIndex {
 public:
    UpdatedIndex() {
        std::mt19937 random(41);
        std::vector<std::string> lines;
        const std::string dates[] = {"", "2019", "2020-02", "2020-03-31", "2021-12-05", "2022-01-30"};
        for (int i = 0; i < 900; ++i) {
            const auto topic = random() % 3;
            // Authors write of what is theirs, more or less.
            const auto author = random() % 5 == 0 ? random() % 40 : topic * 13 + random() % 13;
            lines.push_back("{\"id\":\"d" + std::to_string(i) + "\",\"title\":\"\",\"body\":\"" +
                            random_words()[topic] + "\",\"author\":\"Auteur " + std::to_string(author) +
                            "\",\"date\":\"" + dates[random() % 6] + "\"}\n");
        }
        build(lines, 0, 800, false);
        build(lines, 100, 900, true);
    }
    std::filesystem::path path() const { return folder_.path() / "db"; }

 private:
    void build(const std::vector<std::string>& lines, std::size_t first, std::size_t end, bool update) const {
        std::ofstream out(folder_.path() / "articles.jsonl");
        for (std::size_t i = first; i < end; ++i) out << lines[i];
        out.close();
        BuildOptions options;
        options.paths = {folder_.path() / "articles.jsonl"};
        options.db = path();
        options.update = options.prune = update;
        build_index(options);
    }
    ScratchFolder folder_;
};

using Counts = std::map<std::string, std::uint64_t>;

Counts authors(const Index& index, std::span<const Xapian::docid> documents) {
    Counts counts;
    for (const Xapian::docid document : documents) {
        const Index::Place place = index.place(document);
        const FacetColumn column = place.segment->facet(Field::author);
        for (const std::uint32_t value : column.values(place.row)) ++counts[std::string(column.label(value))];
    }
    return counts;
}

}  // namespace

TEST_CASE("significant: the score is the signed root of Dunning's ratio") {
    // Rows of his table 1: the swiss, can be. His ratio is the score's square.
    CHECK(std::pow(surprise(110, 221, 2552, 31777), 2) == Approx(270.72).epsilon(1e-4));
    CHECK(std::pow(surprise(29, 152, 42, 31777), 2) == Approx(263.90).epsilon(1e-4));
    CHECK(surprise(5, 100, 50, 1000) == Approx(0).margin(1e-6));
    CHECK(surprise(1, 100, 50, 1000) < -1.9);
    CHECK(surprise(0, 100, 50, 1000) < surprise(1, 100, 50, 1000));
    CHECK(surprise(7, 1000, 7, 1000) == 0);
    CHECK(surprise(0, 0, 7, 1000) == 0);
    CHECK(surprise(7, 7, 7, 1000) > surprise(6, 7, 7, 1000));
}

TEST_CASE("significant: counts, totals and order equal those of a walk, with parts and removed rows") {
    const UpdatedIndex db;
    const Result<Index> index = Index::open(db.path());
    REQUIRE(index);
    REQUIRE(index->any_removed());
    REQUIRE(index->segments().size() > 1);
    const std::vector<Xapian::docid> all = index->all_documents();
    REQUIRE(all.size() == 800);
    const Counts totals = authors(*index, all);
    std::mt19937 random(42);
    std::size_t found = 0;
    for (int i = 0; i < 200; ++i) {
        // Documents of some authors more than of others.
        std::vector<Xapian::docid> documents;
        const auto share = 1 + random() % 20, half = random() % 30;
        for (const Xapian::docid document : all) {
            const bool of_half = !authors(*index, std::span(&document, 1)).contains("Auteur " + std::to_string(half));
            if (random() % (of_half ? 20 : share) == 0) documents.push_back(document);
        }
        const FacetListing listing{random() % 6, FacetOrder::count, static_cast<std::uint32_t>(1 + random() % 5)};
        std::vector<std::tuple<double, std::int64_t, std::string>> want;
        for (const auto& [author, count] : authors(*index, documents)) {
            const double score = surprise(count, documents.size(), totals.at(author), all.size());
            if (count >= std::max(listing.least, 3U) && score >= 1.96)
                want.emplace_back(-score, -static_cast<std::int64_t>(count), author);
        }
        std::sort(want.begin(), want.end());
        if (listing.limit != 0 && want.size() > listing.limit) want.resize(listing.limit);
        const auto got = significant_values(*index, documents, *parse_significant("author"), {}, listing);
        REQUIRE(got.size() == 1);
        REQUIRE(got[0].values.size() == want.size());
        for (std::size_t v = 0; v < want.size(); ++v) {
            const SignificantValue& value = got[0].values[v];
            CHECK(value.value == std::get<2>(want[v]));
            CHECK(value.score == Approx(-std::get<0>(want[v])));
            CHECK(static_cast<std::int64_t>(value.count) == -std::get<1>(want[v]));
            CHECK(value.total == totals.at(value.value));
        }
        found += want.size();
    }
    CHECK(found > 100);
}

TEST_CASE("significant: what a query filters on is told") {
    const UpdatedIndex db;
    Result<Searcher> searcher = Searcher::open(db.path());
    REQUIRE(searcher);
    SearchRequest request;
    request.query = "author:\"Auteur 3\"";
    request.limit = 0;
    request.significant = *parse_significant("author");
    const Result<SearchResult> result = searcher->search(request);
    REQUIRE(result);
    CHECK(result->facets.empty());
    REQUIRE(result->significant.size() == 1);
    REQUIRE(result->significant[0].values.size() == 1);
    CHECK(result->significant[0].values[0].selected);
    CHECK(result->significant[0].values[0].count == result->total);
    CHECK(result->significant[0].values[0].total == result->total);
    CHECK(!parse_significant("author,date:month"));
}

TEST_CASE("timeline: bars equal a walk, without gaps, for each period") {
    const UpdatedIndex db;
    const Result<Index> index = Index::open(db.path());
    REQUIRE(index);
    const std::vector<Xapian::docid> all = index->all_documents();
    using Period = FacetRequest::Period;
    for (const auto& [period, name, length, bars] : {std::tuple(Period::year, "year", 4U, 4U),
                                                     {Period::month, "month", 7U, 24U},
                                                     {Period::day, "day", 10U, 671U}}) {
        Counts want;
        std::uint64_t without = 0;
        for (const Xapian::docid document : all) {
            const Index::Place place = index->place(document);
            const std::string date = date_text(place.segment->date(place.row));
            if (date.size() < length)
                ++without;
            else
                ++want[date.substr(0, length)];
        }
        const Timeline timeline = count_timeline(*index, all, period);
        CHECK(timeline.period == name);
        CHECK(timeline.without == without);
        REQUIRE(timeline.bars.size() == bars);
        for (const TimelineBar& bar : timeline.bars) {
            INFO(bar.date);
            CHECK(bar.count == want[bar.date]);
        }
        CHECK(std::is_sorted(timeline.bars.begin(), timeline.bars.end(),
                             [](const TimelineBar& a, const TimelineBar& b) { return a.date < b.date; }));
        std::uint64_t counted = without;
        for (const TimelineBar& bar : timeline.bars) counted += bar.count;
        CHECK(counted == all.size());
    }
    CHECK(count_timeline(*index, all, Period::none).period == "year");
    CHECK(count_timeline(*index, {}, Period::none).bars.empty());
    std::vector<Xapian::docid> precise;
    for (const Xapian::docid document : all) {
        const Index::Place place = index->place(document);
        if (place.segment->date(place.row).year >= 2021) precise.push_back(document);
    }
    const Timeline days = count_timeline(*index, precise, Period::none);
    CHECK(days.period == "day");
    CHECK(days.bars.size() == 57);
    CHECK(days.bars[27].date == "2022-01-01");
    CHECK(days.without == 0);
}
