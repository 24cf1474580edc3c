// How far a text has come in the cues of topics: the steps that terms make one behind the other.
#pragma once

#include <cstdint>

#include "common/text/open_table.hpp"
#include "common/text/table.hpp"

namespace limier {

/// No cue.
inline constexpr std::uint32_t k_no_cue = ~std::uint32_t{0};

/// The hash of a sequence of terms: from the hash of all but the last (0 for none) and the last.
constexpr std::uint64_t joined_hash(std::uint64_t before, std::uint64_t term) {
    return (before ^ term) * 0x9E3779B97F4A7C15ULL;
}

/// Cues that a sequence of terms completes, and how longer ones go on.
struct Step {
    std::uint64_t hash = 0;
    std::uint64_t next_terms = 0;  ///< a bit for each term that goes on
    std::uint32_t cue = k_no_cue;
};

/// The bit of a term in Step::next_terms, by the top of its hash.
constexpr unsigned next_bit(std::uint64_t term) { return static_cast<unsigned>(term >> 58); }

/// Steps by the hash of their terms. They stand one behind the other: far more often than one is looked up, one is read
/// whose number a note has.
class Steps {
 public:
    explicit Steps(std::size_t expected) : numbers_(expected) { steps_.reserve(expected); }
    Step& at(std::uint64_t hash) {
        const std::uint32_t known = number(hash);
        if (known != OpenTable::k_none) return steps_[known];
        numbers_.add(hash >> k_shift, static_cast<std::uint32_t>(steps_.size()));
        return steps_.emplace_back(hash);
    }
    const Step* find(std::uint64_t hash) const {
        const std::uint32_t known = number(hash);
        return known == OpenTable::k_none ? nullptr : &steps_[known];
    }
    std::uint64_t number_of(const Step& step) const { return static_cast<std::uint64_t>(&step - steps_.data()); }
    const Step& operator[](std::size_t number) const { return steps_[number]; }

 private:
    // The product in joined_hash leaves its best bits at the top.
    static constexpr int k_shift = 32;

    std::uint32_t number(std::uint64_t hash) const {
        return numbers_.find(hash >> k_shift, [&](std::uint32_t step) { return steps_[step].hash == hash; });
    }

    Table<Step> steps_;
    OpenTable numbers_;
};

}  // namespace limier
