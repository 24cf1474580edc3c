#include "indexer/tagger/train/model_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <xxhash.h>

#include "indexer/tagger/names/sequence_model.hpp"

namespace limier {
namespace {

struct Row {
    std::uint64_t feature = 0;
    std::array<signed char, k_labels> weights{};
    int size = 0;  ///< sum of their magnitudes
};

Row quantised(std::uint64_t feature, const Weights& weights) {
    Row row{feature, {}, 0};
    for (std::size_t label = 0; label < k_labels; ++label) {
        const long rounded = std::clamp(std::lround(weights[label] * k_weight_unit), -127L, 127L);
        row.weights[label] = static_cast<signed char>(rounded);
        row.size += static_cast<int>(std::abs(rounded));
    }
    return row;
}

template <class Number>
void append_number(std::string& out, Number number) {
    std::array<char, sizeof number> bytes;
    std::memcpy(bytes.data(), &number, sizeof number);
    out.append(bytes.data(), bytes.size());
}

/// Each bucket's rows, the weightiest first.
std::vector<std::vector<Row>> in_buckets(const FittedModel& model, std::uint32_t buckets) {
    constexpr int k_least = 3;  // what is less changes no decision
    std::vector<std::vector<Row>> rows(buckets);
    for (const auto& [feature, weights] : model.features) {
        const Row row = quantised(feature, weights);
        if (row.size >= k_least) rows[feature_bucket(feature, buckets)].push_back(row);
    }
    for (auto& bucket : rows) {
        std::sort(bucket.begin(), bucket.end(), [](const Row& a, const Row& b) {
            return a.size != b.size ? a.size > b.size : a.feature < b.feature;
        });
    }
    return rows;
}

}  // namespace

std::string model_bytes(const FittedModel& model, std::string_view account, std::uint32_t buckets) {
    std::string out(k_model_magic);
    append_number(out, k_model_version);
    append_number(out, static_cast<std::uint32_t>(account.size()));
    append_number(out, buckets);
    append_number(out, std::uint32_t{0});
    out += account;
    for (const Weights& row : model.transitions) {
        for (const float weight : row)
            append_number(out, static_cast<std::int16_t>(std::lround(weight * k_weight_unit)));
    }
    for (std::vector<Row>& bucket : in_buckets(model, buckets)) {
        bucket.resize(k_bucket_rows);
        for (const Row& row : bucket) append_number(out, feature_check(row.feature));
        for (const Row& row : bucket) {
            for (const signed char weight : row.weights) out += static_cast<char>(weight);
            out.append(k_row_bytes - k_labels, '\0');
        }
    }
    append_number(out, XXH3_64bits(out.data(), out.size()));
    return out;
}

}  // namespace limier
