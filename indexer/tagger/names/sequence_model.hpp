// A linear-chain model of labels: weights of hashed features and of transitions, and the best labels by them.
// Source: Lafferty, McCallum, Pereira, Conditional Random Fields (ICML 2001); Viterbi's algorithm.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "common/text/table.hpp"
#include "indexer/tagger/names/labels.hpp"

namespace limier {

/// What a word speaks for each label, in units of k_weight_unit.
using LabelScores = std::array<std::int32_t, k_labels>;

/// A quantised weight of 1 is this many units.
inline constexpr int k_weight_unit = 24;

/// The layout of a model file, all little-endian:
/// - 8 bytes `LIMNAMES`, u32 version, u32 bytes of the account, u32 buckets (a power of two), u32 0;
/// - the account: lines of text that say what the model was made of;
/// - i16 transitions[from][to], k_labels squared;
/// - the buckets of 64 bytes: u32 checks[4], then i8 weights[4][12], of which k_labels are used;
/// - u64 XXH3 of all before.
/// A feature is in the bucket of its upper bits, under its lower 32 bits as check; 0 is an empty place.
inline constexpr std::string_view k_model_magic = "LIMNAMES";
inline constexpr std::uint32_t k_model_version = 1;
inline constexpr std::size_t k_bucket_rows = 4;
inline constexpr std::size_t k_row_bytes = 12;
inline constexpr std::size_t k_bucket_bytes = k_bucket_rows * (4 + k_row_bytes);
inline constexpr std::size_t k_model_head = 24;

/// Where a feature is looked for.
constexpr std::uint32_t feature_bucket(std::uint64_t feature, std::uint32_t buckets) {
    return static_cast<std::uint32_t>(feature >> 32) & (buckets - 1);
}
constexpr std::uint32_t feature_check(std::uint64_t feature) { return static_cast<std::uint32_t>(feature); }

/// Immutable. Lifetime: a view of bytes that live as long.
class SequenceModel {
 public:
    /// Errors: damaged, where the bytes are no model of this version, cut, or altered.
    static Result<SequenceModel> read(std::string_view bytes);

    /// What the model was made of: lines of text.
    std::string_view account() const { return account_; }

    /// The digest at the end of its bytes.
    std::uint64_t digest() const { return digest_; }

    /// The sum of the features' weights.
    LabelScores scores(std::span<const std::uint64_t> features) const;

    /// The best labels of a stretch between words that are outside; equal sums go to the smaller label.
    void best_labels(std::span<const LabelScores> words, std::vector<Label>& labels) const;

    /// By how much the best labels are better than the best with another label at word `at`, in units of weight.
    double margin(std::span<const LabelScores> words, std::span<const Label> best, std::size_t at) const;

 private:
    const char* bucket_of(std::uint64_t feature) const {
        return buckets_.data() + k_bucket_bytes * feature_bucket(feature, bucket_count_);
    }
    Label best_before(const LabelScores& sums, Label label) const;
    std::int32_t best_sum(std::span<const LabelScores> words, std::size_t at, Label banned) const;

    std::string_view account_;
    std::uint64_t digest_ = 0;
    Table<char> buckets_;
    std::uint32_t bucket_count_ = 0;
    std::array<std::array<std::int32_t, k_labels>, k_labels> transitions_{};
};

}  // namespace limier
