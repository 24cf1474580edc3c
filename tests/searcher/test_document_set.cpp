#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "searcher/document_set.hpp"
#include "tests/searcher/random_index.hpp"

using namespace limier;

TEST_CASE("documents of terms: those that set arithmetic over all postings gives, in parts, with some removed") {
    const RandomIndex first(21, 150), second(22, 90);
    std::vector<std::string> gone;
    for (std::size_t i = 0; i < 150; i += 4) gone.push_back("doc" + std::to_string(i));
    const bool removed = GENERATE(false, true);
    if (removed) REQUIRE_FALSE(remove_documents(first.path(), gone).error);
    Result<Index> index = Index::open(std::vector{first.path(), second.path()});
    REQUIRE(index);
    REQUIRE(index->any_removed() == removed);
    std::mt19937 random(23);
    const auto some_terms = [&random](std::size_t most) {
        std::vector<std::string> terms;
        for (std::size_t n = 1 + random() % most; n > 0; --n) {
            const std::size_t pick = random() % (random_words().size() + 1);
            terms.push_back(pick == random_words().size() ? "absent" : Analyser().stem(random_words()[pick]));
        }
        return terms;
    };
    std::size_t found_some = 0;
    for (int round = 0; round < 400; ++round) {
        TermGroups groups;
        for (std::size_t n = 1 + random() % 3; n > 0; --n) groups.push_back(some_terms(3));
        std::vector<Xapian::docid> expected;
        for (const Xapian::docid document : index->all_documents()) {
            const auto has = [&](const std::string& term) {
                Xapian::PostingIterator at = index->database().postlist_begin(term);
                const Xapian::PostingIterator end = index->database().postlist_end(term);
                if (at != end) at.skip_to(document);
                return at != end && *at == document;
            };
            if (std::all_of(groups.begin(), groups.end(),
                            [&](const auto& group) { return std::any_of(group.begin(), group.end(), has); }))
                expected.push_back(document);
        }
        CAPTURE(round);
        CHECK(documents_with(groups, *index) == expected);
        if (groups.size() == 1) CHECK(count_with_any(groups.front(), *index) == expected.size());
        found_some += !expected.empty();
    }
    CHECK(found_some > 200);
}
