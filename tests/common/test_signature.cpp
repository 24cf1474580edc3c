#include <random>

#include <catch2/catch.hpp>

#include "common/signature.hpp"

using namespace limier;

namespace {

using Words = std::vector<std::uint64_t>;

Words random_words(std::mt19937_64& random, std::size_t count) {
    Words words(count);
    for (std::uint64_t& word : words) word = random();
    return words;
}

Words joined(Words a, const Words& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

}  // namespace

TEST_CASE("signature: no text has none, a text has one, and the same words have the same") {
    std::mt19937_64 random(1);
    CHECK(make_signature({}).empty());
    for (const std::size_t count : {1u, 2u, 3u, 39u, 40u, 41u, 2000u}) {
        const Words words = random_words(random, count);
        CHECK(!make_signature(words).empty());
        CHECK(make_signature(words) == make_signature(Words(words)));
        CHECK(equal_bins(make_signature(words), make_signature(words)) == k_bins);
    }
}

TEST_CASE("signature: bins that agree estimate the shingles in common") {
    std::mt19937_64 random(2);
    for (const std::size_t shared : {0u, 100u, 300u, 500u, 900u}) {
        double mean = 0;
        for (int i = 0; i < 50; ++i) {
            const Words common = random_words(random, shared + 2);
            const Words a = joined(common, random_words(random, 1000 - shared));
            const Words b = joined(common, random_words(random, 1000 - shared));
            mean += equal_bins(make_signature(a), make_signature(b)) / 50.0;
        }
        const double index = static_cast<double>(shared) / static_cast<double>(2000 - shared);
        CHECK(mean / k_bins == Approx(index + (1 - index) / 256).margin(0.02));
    }
}

TEST_CASE("signature: of few words a single other one tells two texts apart") {
    std::mt19937_64 random(3);
    for (std::size_t count = 1; count < 40; ++count) {
        Words words = random_words(random, count);
        const Signature one = make_signature(words);
        words[random() % count] = random();
        CHECK(equal_bins(one, make_signature(words)) < 8);
    }
}

TEST_CASE("signature: bins are counted one by one") {
    std::mt19937 random(4);
    for (int i = 0; i < 200; ++i) {
        Signature a, b;
        unsigned equal = 0;
        for (std::size_t bin = 0; bin < k_bins; ++bin) {
            a.bins[bin] = static_cast<std::uint8_t>(random());
            b.bins[bin] = random() % 3 == 0 ? a.bins[bin] : static_cast<std::uint8_t>(random());
            equal += a.bins[bin] == b.bins[bin];
        }
        CHECK(equal_bins(a, b) == equal);
        CHECK(equal_bins(a, a) == k_bins);
    }
    Signature none, all;
    all.bins.fill(0x80);
    CHECK(equal_bins(none, all) == 0);
}
