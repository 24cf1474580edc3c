#include "indexer/tagger/names/sequence_model.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <xxhash.h>

namespace limier {
namespace {

constexpr std::int32_t k_impossible = -1'000'000'000;

template <class Number>
Number read_number(std::string_view bytes, std::size_t at) {
    Number number;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

Error damaged(std::string_view what) {
    return {Code::damaged, "the model of names is damaged: " + std::string(what), {}};
}

}  // namespace

Result<SequenceModel> SequenceModel::read(std::string_view bytes) {
    constexpr std::size_t k_transitions = k_labels * k_labels * sizeof(std::int16_t);
    if (bytes.size() < k_model_head + 8 || bytes.substr(0, k_model_magic.size()) != k_model_magic)
        return damaged("it does not begin as one");
    if (read_number<std::uint32_t>(bytes, 8) != k_model_version) return damaged("it is of another version");
    const std::uint64_t account = read_number<std::uint32_t>(bytes, 12);
    const std::uint64_t buckets = read_number<std::uint32_t>(bytes, 16);
    if (!std::has_single_bit(buckets) ||
        bytes.size() != k_model_head + account + k_transitions + buckets * k_bucket_bytes + 8)
        return damaged("its size is another");
    SequenceModel model;
    model.digest_ = read_number<std::uint64_t>(bytes, bytes.size() - 8);
    if (XXH3_64bits(bytes.data(), bytes.size() - 8) != model.digest_) return damaged("its digest is another");
    model.account_ = bytes.substr(k_model_head, account);
    std::size_t at = k_model_head + account;
    for (auto& row : model.transitions_) {
        for (std::int32_t& weight : row) {
            weight = read_number<std::int16_t>(bytes, at);
            at += sizeof(std::int16_t);
        }
    }
    for (Label from = 0; from < k_labels; ++from) {
        for (Label to = 0; to < k_labels; ++to) {
            if (!may_follow(from, to)) model.transitions_[from][to] = k_impossible;
        }
    }
    const std::string_view weights = bytes.substr(at, buckets * k_bucket_bytes);
    model.buckets_.assign(weights.begin(), weights.end());
    model.bucket_count_ = static_cast<std::uint32_t>(buckets);
    return model;
}

LabelScores SequenceModel::scores(std::span<const std::uint64_t> features) const {
    static_assert(k_labels == 9);
    using Bytes = signed char __attribute__((vector_size(8)));
    using Shorts = std::int16_t __attribute__((vector_size(16)));
    static constexpr std::array<char, k_row_bytes> k_nothing{};
    for (const std::uint64_t feature : features) __builtin_prefetch(bucket_of(feature));
    Shorts sums{};
    std::int32_t last = 0;
    for (const std::uint64_t feature : features) {
        const char* bucket = bucket_of(feature);
        std::array<std::uint32_t, k_bucket_rows> checks;
        std::memcpy(checks.data(), bucket, sizeof checks);
        const std::uint32_t check = feature_check(feature);
        // No branches: whether a feature has weights, and in which row, cannot be foreseen.
        const unsigned at0 = checks[0] == check, at1 = checks[1] == check, at2 = checks[2] == check,
                       at3 = checks[3] == check;
        const char* row = bucket + sizeof checks + (at1 + 2 * at2 + 3 * at3) * k_row_bytes;
        const char* weights = (at0 | at1 | at2 | at3) != 0 ? row : k_nothing.data();
        Bytes bytes;
        std::memcpy(&bytes, weights, sizeof bytes);
        sums += __builtin_convertvector(bytes, Shorts);
        last += static_cast<signed char>(weights[k_labels - 1]);
    }
    LabelScores out;
    for (std::size_t label = 0; label + 1 < k_labels; ++label) out[label] = sums[label];
    out[k_labels - 1] = last;
    return out;
}

Label SequenceModel::best_before(const LabelScores& sums, Label label) const {
    const auto sum = [&](Label before) { return sums[before] + transitions_[before][label]; };
    // An inside follows its beginning or itself.
    if (is_inside(label)) {
        const auto begin = static_cast<Label>(label - 1);
        return sum(label) > sum(begin) ? label : begin;
    }
    Label best = 0;
    for (Label before = 1; before < k_labels; ++before) {
        if (sum(before) > sum(best)) best = before;
    }
    return best;
}

void SequenceModel::best_labels(std::span<const LabelScores> words, std::vector<Label>& labels) const {
    labels.assign(words.size(), k_outside);
    if (words.empty()) return;
    thread_local std::vector<std::array<Label, k_labels>> from;
    from.resize(words.size());
    LabelScores sums;
    for (Label label = 0; label < k_labels; ++label) sums[label] = transitions_[k_outside][label] + words[0][label];
    for (std::size_t i = 1; i < words.size(); ++i) {
        LabelScores next;
        for (Label label = 0; label < k_labels; ++label) {
            const Label best = best_before(sums, label);
            next[label] = sums[best] + transitions_[best][label] + words[i][label];
            from[i][label] = best;
        }
        sums = next;
    }
    Label best = 0;
    for (Label label = 1; label < k_labels; ++label) {
        if (sums[label] + transitions_[label][k_outside] > sums[best] + transitions_[best][k_outside]) best = label;
    }
    for (std::size_t i = words.size(); i-- > 0;) {
        labels[i] = best;
        best = from[i][best];
    }
}

std::int32_t SequenceModel::best_sum(std::span<const LabelScores> words, std::size_t at, Label banned) const {
    LabelScores sums;
    sums.fill(k_impossible);
    sums[k_outside] = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        LabelScores next;
        for (Label label = 0; label < k_labels; ++label) {
            std::int32_t best = k_impossible;
            for (Label before = 0; before < k_labels; ++before)
                best = std::max(best, std::max(sums[before] + transitions_[before][label], k_impossible));
            next[label] = i == at && label == banned ? k_impossible : best + words[i][label];
        }
        sums = next;
    }
    std::int32_t best = k_impossible;
    for (Label label = 0; label < k_labels; ++label)
        best = std::max(best, sums[label] + transitions_[label][k_outside]);
    return best;
}

double SequenceModel::margin(std::span<const LabelScores> words, std::span<const Label> best, std::size_t at) const {
    constexpr auto k_no_label = static_cast<Label>(k_labels);
    return static_cast<double>(best_sum(words, at, k_no_label) - best_sum(words, at, best[at])) / k_weight_unit;
}

}  // namespace limier
