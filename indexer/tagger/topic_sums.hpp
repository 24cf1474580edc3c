// What the cues of a document add up to, topic by topic.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace limier {

/// What a cue adds to its topic.
struct Share {
    std::uint32_t topic = 0;
    double weight = 0, count = 0, value = 0;
    std::string_view surface;
};

/// What the cues of a topic add up to.
struct Sum {
    std::uint32_t topic = 0;
    double all = 0, making = 0, count = 0;
    std::span<Share> shares = {};
};

/// Of shares in order of topics, a sum each. Lifetime: the shares outlive them.
std::vector<Sum> sums_of(std::span<Share> shares);

/// Whether a document has the topic, whose best one has the sum `best`.
bool is_topic(const Sum& sum, double best);

/// The surface forms of a topic's strongest cues, each once; sorts the shares so.
std::vector<std::string> strongest(std::span<Share> shares);

}  // namespace limier
