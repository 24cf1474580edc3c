// What tells near-duplicates: two papers print the same agency text with another title, another byline, a paragraph
// cut.
//
// A text is the set of its shingles, runs of k_shingle words; texts are as near as their sets (Jaccard's index). One
// permutation hashing keeps of a set the least hash in each of k_bins bins, and of that 8 bits; an empty bin takes the
// value of another. The share of bins in which two signatures agree estimates the index, with a standard deviation of
// at most 0.045. Sources: Broder, On the resemblance and containment of documents, 1997; Li, Owen & Zhang, One
// permutation hashing, 2012; Li & König, b-bit minwise hashing, 2010; Shrivastava, Optimal densification for fast and
// accurate minwise hashing, 2017.
//
// A signature is a function of the text alone, so that it may be stored with the document and copied by merges. A
// number of the group could not: a part of an index does not change once it is published, while a document that comes
// later may join two groups; and which document stands for a group depends on the ranking. So who asks compares.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace limier {

inline constexpr std::size_t k_bins = 128;
inline constexpr std::size_t k_shingle = 3;

struct Signature {
    std::array<std::uint8_t, k_bins> bins{};  ///< all 0: of a text without words

    bool empty() const;
    friend bool operator==(const Signature&, const Signature&) = default;
};
static_assert(sizeof(Signature) == k_bins);

/// The signature of a text, given the hash of each of its words.
Signature make_signature(std::span<const std::uint64_t> words);

/// Bins in which both agree.
unsigned equal_bins(const Signature& a, const Signature& b);

}  // namespace limier
