#include "indexer/tagger/topic_sums.hpp"

#include <algorithm>

namespace limier {
namespace {

// What is less is mostly said in passing, above all where one cue stands alone; topics.cpp says how these were chosen.
constexpr double k_support = 1;  ///< a cue of this weight never makes a topic by itself
constexpr double k_least = 7;
constexpr double k_least_of_one_cue = 8;
constexpr double k_least_of_best = 0.3;
constexpr std::size_t k_most_cues = 8;
constexpr double k_once = 2;  ///< a topic of one single cue is said this often at least (a title counts for more)

}  // namespace

bool is_topic(const Sum& sum, double best) {
    const bool one = sum.shares.size() == 1;
    return sum.making > 0 && !(one && sum.count <= k_once) && sum.all >= (one ? k_least_of_one_cue : k_least) &&
           sum.all >= best * k_least_of_best;
}

std::vector<Sum> sums_of(std::span<Share> shares) {
    std::vector<Sum> sums;
    for (std::size_t at = 0; at < shares.size();) {
        Sum& sum = sums.emplace_back(shares[at].topic);
        const std::size_t first = at;
        for (; at < shares.size() && shares[at].topic == sum.topic; ++at) {
            sum.all += shares[at].value;
            sum.count += shares[at].count;
            if (shares[at].weight > k_support) sum.making += shares[at].value;
        }
        sum.shares = shares.subspan(first, at - first);
    }
    return sums;
}

std::vector<std::string> strongest(std::span<Share> shares) {
    std::stable_sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) { return a.value > b.value; });
    std::vector<std::string> surfaces;
    for (const Share& share : shares) {
        const bool is_new = std::find(surfaces.begin(), surfaces.end(), share.surface) == surfaces.end();
        if (is_new && surfaces.size() < k_most_cues) surfaces.emplace_back(share.surface);
    }
    return surfaces;
}

}  // namespace limier
