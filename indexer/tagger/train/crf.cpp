#include "indexer/tagger/train/crf.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace limier {
namespace {

using Row = std::array<double, k_labels>;

constexpr std::uint32_t k_unknown = 0xFFFFFFFF;

/// A weight with the sum of its squared gradients.
struct Weight {
    float value = 0, squares = 0;
};

/// Sequences with features as numbers, and the gradient steps.
class Fit {
 public:
    Fit(const std::vector<TrainingSequence>& sequences, const FitOptions& options) : options_(options) {
        std::unordered_map<std::uint64_t, std::uint32_t> counts;
        for (const TrainingSequence& sequence : sequences) {
            for (const auto& word : sequence.features) {
                for (const std::uint64_t feature : word) ++counts[feature];
            }
        }
        for (const TrainingSequence& sequence : sequences) add(sequence, counts);
        weights_.resize(names_.size() * k_labels);
    }

    void run() {
        std::vector<std::uint32_t> order(sequences_.size());
        std::iota(order.begin(), order.end(), 0U);
        std::mt19937_64 random(options_.seed);
        for (int epoch = 0; epoch < options_.epochs; ++epoch) {
            // std::shuffle differs between libraries; the seed should not.
            for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
            for (const std::uint32_t at : order) step(sequences_[at]);
            if (2 * epoch >= options_.epochs) add_to_mean();
        }
    }

    FittedModel model() const {
        FittedModel out;
        for (std::size_t id = 0; id < names_.size(); ++id) {
            Weights row;
            for (std::size_t label = 0; label < k_labels; ++label) row[label] = mean_[id * k_labels + label] / rounds_;
            out.features.emplace(names_[id], row);
        }
        for (std::size_t from = 0; from < k_labels; ++from) {
            for (std::size_t to = 0; to < k_labels; ++to)
                out.transitions[from][to] = mean_transitions_[from][to] / rounds_;
        }
        return out;
    }

 private:
    /// The mean of the last rounds' weights varies less than the weights of the last (Polyak and Juditsky 1992).
    void add_to_mean() {
        mean_.resize(weights_.size());
        for (std::size_t i = 0; i < weights_.size(); ++i) mean_[i] += weights_[i].value;
        for (std::size_t from = 0; from < k_labels; ++from) {
            for (std::size_t to = 0; to < k_labels; ++to) mean_transitions_[from][to] += transitions_[from][to].value;
        }
        rounds_ += 1;
    }

    struct Sequence {
        std::vector<std::uint32_t> ids;
        std::vector<std::uint32_t> ends;  ///< of each word's ids
        std::vector<Label> labels;
        float weight;
    };

    void add(const TrainingSequence& sequence, const std::unordered_map<std::uint64_t, std::uint32_t>& counts) {
        Sequence numbered;
        for (const auto& word : sequence.features) {
            for (const std::uint64_t feature : word) {
                if (counts.at(feature) < options_.least_count) continue;
                const auto [at, fresh] = ids_.try_emplace(feature, static_cast<std::uint32_t>(names_.size()));
                if (fresh) names_.push_back(feature);
                numbered.ids.push_back(at->second);
            }
            numbered.ends.push_back(static_cast<std::uint32_t>(numbered.ids.size()));
        }
        numbered.labels = sequence.labels;
        numbered.weight = sequence.weight;
        sequences_.push_back(std::move(numbered));
    }

    void score(const Sequence& sequence) {
        const std::size_t size = sequence.labels.size();
        unary_.assign(size, Row{});
        std::uint32_t at = 0;
        for (std::size_t i = 0; i < size; ++i) {
            for (; at < sequence.ends[i]; ++at) {
                const Weight* row = &weights_[std::size_t{sequence.ids[at]} * k_labels];
                for (std::size_t label = 0; label < k_labels; ++label) unary_[i][label] += row[label].value;
            }
            const double most = *std::max_element(unary_[i].begin(), unary_[i].end());
            for (double& value : unary_[i]) value = std::exp(value - most);
        }
        for (Label from = 0; from < k_labels; ++from) {
            for (Label to = 0; to < k_labels; ++to)
                links_[from][to] = may_follow(from, to) ? std::exp(double{transitions_[from][to].value}) : 0;
        }
    }

    /// Forward and backward sums, each row scaled to 1.
    void propagate(std::size_t size) {
        forward_.assign(size, Row{});
        backward_.assign(size, Row{});
        const auto scale = [](Row& row) {
            const double sum = std::accumulate(row.begin(), row.end(), 0.0);
            for (double& value : row) value /= sum;
        };
        for (std::size_t label = 0; label < k_labels; ++label) {
            forward_[0][label] = links_[k_outside][label] * unary_[0][label];
            backward_[size - 1][label] = links_[label][k_outside];
        }
        scale(forward_[0]);
        scale(backward_[size - 1]);
        for (std::size_t i = 1; i < size; ++i) {
            for (std::size_t from = 0; from < k_labels; ++from) {
                for (std::size_t to = 0; to < k_labels; ++to)
                    forward_[i][to] += forward_[i - 1][from] * links_[from][to] * unary_[i][to];
            }
            scale(forward_[i]);
        }
        for (std::size_t i = size - 1; i-- > 0;) {
            for (std::size_t from = 0; from < k_labels; ++from) {
                for (std::size_t to = 0; to < k_labels; ++to)
                    backward_[i][from] += links_[from][to] * unary_[i + 1][to] * backward_[i + 1][to];
            }
            scale(backward_[i]);
        }
    }

    void climb(Weight& weight, double gradient) {
        gradient -= options_.l2 * double{weight.value};
        weight.squares += static_cast<float>(gradient * gradient);
        weight.value += static_cast<float>(options_.rate * gradient / (1e-3 + std::sqrt(double{weight.squares})));
    }

    void step(const Sequence& sequence) {
        const std::size_t size = sequence.labels.size();
        score(sequence);
        propagate(size);
        std::uint32_t at = 0;
        for (std::size_t i = 0; i < size; ++i) {
            Row gradient{};
            double sum = 0;
            for (std::size_t label = 0; label < k_labels; ++label)
                sum += gradient[label] = forward_[i][label] * backward_[i][label];
            for (std::size_t label = 0; label < k_labels; ++label)
                gradient[label] = sequence.weight * ((sequence.labels[i] == label ? 1 : 0) - gradient[label] / sum);
            for (; at < sequence.ends[i]; ++at) {
                Weight* row = &weights_[std::size_t{sequence.ids[at]} * k_labels];
                for (std::size_t label = 0; label < k_labels; ++label) {
                    if (std::abs(gradient[label]) > 1e-5) climb(row[label], gradient[label]);
                }
            }
        }
        step_links(sequence);
    }

    void step_links(const Sequence& sequence) {
        const std::size_t size = sequence.labels.size();
        std::array<Row, k_labels> gradient{};
        for (std::size_t i = 0; i <= size; ++i) {
            std::array<Row, k_labels> pairs{};
            double sum = 0;
            for (std::size_t from = 0; from < k_labels; ++from) {
                for (std::size_t to = 0; to < k_labels; ++to) {
                    const double before = i == 0 ? (from == k_outside ? 1 : 0) : forward_[i - 1][from];
                    const double after = i == size ? (to == k_outside ? 1 : 0) : unary_[i][to] * backward_[i][to];
                    sum += pairs[from][to] = before * links_[from][to] * after;
                }
            }
            const Label from = i == 0 ? k_outside : sequence.labels[i - 1],
                        to = i == size ? k_outside : sequence.labels[i];
            gradient[from][to] += sequence.weight;
            for (std::size_t a = 0; a < k_labels; ++a) {
                for (std::size_t b = 0; b < k_labels; ++b) gradient[a][b] -= sequence.weight * pairs[a][b] / sum;
            }
        }
        for (std::size_t a = 0; a < k_labels; ++a) {
            for (std::size_t b = 0; b < k_labels; ++b) climb(transitions_[a][b], gradient[a][b]);
        }
    }

    const FitOptions options_;
    std::unordered_map<std::uint64_t, std::uint32_t> ids_;
    std::vector<std::uint64_t> names_;
    std::vector<Sequence> sequences_;
    std::vector<Weight> weights_;
    std::vector<float> mean_;
    std::array<Weights, k_labels> mean_transitions_{};
    float rounds_ = 0;
    std::array<std::array<Weight, k_labels>, k_labels> transitions_{};
    std::array<Row, k_labels> links_{};
    std::vector<Row> unary_, forward_, backward_;
};

}  // namespace

FittedModel fit(const std::vector<TrainingSequence>& sequences, const FitOptions& options) {
    Fit fit(sequences, options);
    fit.run();
    return fit.model();
}

}  // namespace limier
