#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

#include "common/output/language.hpp"
#include "searcher/deadline.hpp"
#include "searcher/search.hpp"
#include "tests/searcher/random_index.hpp"

using namespace limier;
using namespace std::chrono_literals;

TEST_CASE("deadline: a query that has the time answers as one without a limit") {
    const RandomIndex random(21, 300);
    Result<Searcher> searcher = Searcher::open(random.path());
    REQUIRE(searcher);
    for (const char* const query : {"lapin", "lapin noir", "lapin OU noir", "\"lapin noir\" OU tambour", "lap* -noir",
                                    "*", "lapin PROCHE/4 noir", "absent"}) {
        for (const MatchMode mode : {MatchMode::all, MatchMode::any}) {
            CAPTURE(query);
            SearchRequest request;
            request.query = query;
            request.match = mode;
            request.facets = {{"source", Field::source, FacetRequest::Period::none}};
            const Result<SearchResult> free = searcher->search(request);
            request.timeout = 3600s;
            const Result<SearchResult> limited = searcher->search(request);
            REQUIRE(free);
            REQUIRE(limited);
            CHECK(limited->total == free->total);
            CHECK(limited->exact == free->exact);
            REQUIRE(limited->hits.size() == free->hits.size());
            for (std::size_t i = 0; i < free->hits.size(); ++i) {
                CHECK(limited->hits[i].id == free->hits[i].id);
                CHECK(limited->hits[i].score == Approx(free->hits[i].score));
            }
            REQUIRE(limited->facets[0].values.size() == free->facets[0].values.size());
            for (std::size_t i = 0; i < free->facets[0].values.size(); ++i)
                CHECK(limited->facets[0].values[i].count == free->facets[0].values[i].count);
        }
    }
}

TEST_CASE("deadline: one that has not is an error, and the next answers") {
    const RandomIndex random(22, 50);
    Result<Searcher> searcher = Searcher::open(random.path());
    REQUIRE(searcher);
    SearchRequest request;
    request.query = "lapin OU noir";
    request.timeout = 1ns;
    const Result<SearchResult> late = searcher->search(request);
    REQUIRE(!late);
    CHECK(late.error().code == Code::query);
    CHECK(late.error().message.find("--timeout") != std::string::npos);
    request.timeout.reset();
    CHECK(searcher->search(request));
}

TEST_CASE("deadline: a query that is stopped is an error, and the next answers as ever") {
    const RandomIndex random(24, 300);
    Result<Searcher> searcher = Searcher::open(random.path());
    REQUIRE(searcher);
    SearchRequest request;
    request.query = "lapin OU noir";
    request.facets = {{"source", Field::source, FacetRequest::Period::none}};
    const Result<SearchResult> free = searcher->search(request);
    REQUIRE(free);
    std::atomic<bool> stop = true;
    request.stop = &stop;
    const Result<SearchResult> stopped = searcher->search(request);
    REQUIRE(!stopped);
    CHECK(stopped.error().message == tr("stopped", "interrompue"));
    stop = false;
    const Result<SearchResult> again = searcher->search(request);
    REQUIRE(again);
    CHECK(again->total == free->total);
    REQUIRE(again->hits.size() == free->hits.size());
    for (std::size_t i = 0; i < free->hits.size(); ++i) CHECK(again->hits[i].id == free->hits[i].id);
    REQUIRE(again->facets[0].values.size() == free->facets[0].values.size());
}

TEST_CASE("deadline: a match under way ends") {
    const RandomIndex random(23, 200);
    Result<Searcher> searcher = Searcher::open(random.path());
    REQUIRE(searcher);
    const Deadline deadline(1ms);
    Xapian::Enquire enquire(searcher->index().database());
    enquire.set_query(deadline.guard(Xapian::Query::MatchAll));
    std::this_thread::sleep_for(2ms);
    CHECK(deadline.passed());
    CHECK_THROWS_AS(enquire.get_mset(0, 10, 200), std::runtime_error);
    CHECK_FALSE(Deadline(std::nullopt).passed());
    std::atomic<bool> stop = false;
    const Deadline stoppable(std::nullopt, &stop);
    enquire.set_query(stoppable.guard(Xapian::Query::MatchAll));
    CHECK(enquire.get_mset(0, 10, 200).size() == 10);
    stop = true;
    CHECK_THROWS_AS(enquire.get_mset(0, 10, 200), std::runtime_error);
}
