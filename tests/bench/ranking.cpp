// Times ranked searches beside plain BM25 over the same postings: bench_ranking DB ROUNDS < QUERIES
// A query a line, any of its words. Prints one JSON object: the least microseconds of each query, "plain" (Xapian's OR
// of the stems, ten best) and "ranked" (all that Limier does for the ten best), in interleaved rounds. Not installed,
// and built only when asked for.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <xapian.h>

#include "searcher/bm25.hpp"
#include "searcher/search.hpp"

namespace {

using namespace limier;

constexpr Xapian::doccount k_hits = 10;

/// One stem a word, stop words left out where there are others.
Xapian::Query plain_query(const std::string& text, Analyser& analyser) {
    std::vector<Token> tokens;
    analyser.analyse(text, tokens);
    std::vector<std::string> terms, stop;
    for (const Token& token : tokens) {
        if (token.overlay) continue;
        const Form& form = analyser.form(token.form);
        (form.stop ? stop : terms).push_back(form.term);
    }
    if (terms.empty()) terms.swap(stop);
    return {Xapian::Query::OP_OR, terms.begin(), terms.end()};
}

template <class Work>
double micros(Work work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
}

void print(const char* name, const std::vector<double>& least) {
    std::printf("\"%s\": [", name);
    for (std::size_t i = 0; i < least.size(); ++i) std::printf("%s%.1f", i == 0 ? "" : ", ", least[i]);
    std::printf("]");
}

}  // namespace

int main(int argc, char** argv) {
    Result<Searcher> searcher = argc == 3 ? Searcher::open(argv[1]) : Error{Code::usage, "bench_ranking DB ROUNDS"};
    if (!searcher) {
        std::fprintf(stderr, "bench_ranking: %s\n", searcher.error().message.c_str());
        return 2;
    }
    std::vector<std::string> queries;
    for (std::string line; std::getline(std::cin, line);) queries.push_back(line);
    const Xapian::Database& database = searcher->index().database();
    Analyser analyser;
    std::vector<double> plain(queries.size(), 1e12), ranked = plain;
    for (int round = 0; round < std::atoi(argv[2]); ++round) {
        for (std::size_t i = 0; i < queries.size(); ++i) {
            plain[i] = std::min(
                plain[i], micros([&] {
                    Xapian::Enquire enquire(database);
                    enquire.set_query(plain_query(queries[i], analyser));
                    enquire.set_weighting_scheme(Xapian::BM25Weight(k_bm25_k1, 0, 1, k_bm25_b, k_bm25_shortest));
                    enquire.get_mset(0, k_hits);
                }));
            SearchRequest request;
            request.query = queries[i];
            request.match = MatchMode::any;
            request.lenient = true;
            request.limit = k_hits;
            request.records = request.snippets = request.exact_total = false;
            ranked[i] = std::min(ranked[i], micros([&] {
                                     if (!searcher->search(request)) std::exit(2);
                                 }));
        }
    }
    std::printf("{");
    print("plain", plain);
    std::printf(", ");
    print("ranked", ranked);
    std::puts("}");
    return 0;
}
