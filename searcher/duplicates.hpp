// Near-duplicates among the documents that match, found by their signatures.
#pragma once

#include <cstdint>
#include <vector>

#include "common/signature.hpp"

namespace limier {

/// Bins in which the signatures of near-duplicates agree at least: of two texts that have 31 % of their shingles in
/// common. Chosen on 43 articles of the corpus and ten edited copies of each (tests/edited_copies.hpp), on 43 others
/// all copies are found, but 86 % of those in which every fifth word is another; of 3,160 press articles 97 % of those
/// less a paragraph, 99 % of halves, 81 % of every fifth word, 99.9 to 100 % else. Distinct articles of the corpus
/// agree in 11 bins at most. With 32 a follow-up with the same background counts, with 48 every fifth word is found in
/// 40 %.
inline constexpr unsigned k_duplicate_bins = 40;

/// Puts signatures that come in order of ranking into groups: each into the first group whose first signature it nearly
/// duplicates, else into a new one. What comes later thus never changes the groups there are.
///
/// Candidates are found by banding (Broder's supershingles; Leskovec, Rajaraman & Ullman, Mining of massive datasets,
/// 3.4): they agree in both bins of one of 64 pairs. Of pairs that agree in k_duplicate_bins bins one in 700 does not.
class DuplicateGroups {
 public:
    /// `expected`: about how many signatures will come.
    explicit DuplicateGroups(std::size_t expected);

    /// The number of the group, from 0 in order of appearance. A text without words is alone in its own.
    std::uint32_t add(const Signature& signature);

    std::size_t size() const { return firsts_.size(); }

 private:
    static constexpr std::size_t k_bands = k_bins / 2;
    std::uint32_t& head(std::uint16_t pair, std::size_t band) {
        return heads_[band * buckets_ + (pair & (buckets_ - 1))];
    }

    std::vector<Signature> firsts_;     ///< of each group
    std::size_t buckets_;               ///< a band, a power of two
    std::vector<std::uint32_t> heads_;  ///< by band and bucket: the group that came last
    std::vector<std::uint32_t> next_;   ///< by group and band: the one before in the bucket
};

}  // namespace limier
