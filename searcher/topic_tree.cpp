#include "searcher/topic_tree.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>

#include "common/text/utf8.hpp"
#include "searcher/values_named.hpp"

namespace limier {
namespace {

constexpr std::uint32_t k_none = ~std::uint32_t{0};
constexpr std::size_t k_place_bytes = 200;  // of a collation key

struct Topic {
    std::string label;
    std::uint32_t parent = k_none;
    std::vector<std::uint32_t> children = {};
    std::uint32_t documents = 0;
    std::uint32_t last_row = k_none;                ///< that was counted
    std::uint32_t values = 0, values_selected = 0;  ///< of the index, those below included
    bool wanted = false;                            ///< by the word, or one below is
    bool is_value = false;                          ///< of a document, matched or not

    bool selected() const { return values != 0 && values == values_selected; }
};

class TopicTree {
 public:
    TopicTree(const Index& index, const std::string& word, SelectedValues selected) {
        const ValuesNamed is_wanted(index, Field::topic, word);
        for (std::size_t number = 0; number < index.segments().size(); ++number) {
            const Segment& segment = index.segments()[number].segment;
            const FacetColumn column = segment.facet(Field::topic);
            std::vector<std::uint32_t>& topics = of_ordinal_.emplace_back();
            for (std::uint32_t ordinal = 0; ordinal < column.keys(); ++ordinal) {
                const std::uint32_t topic = topic_of(column.key(ordinal));
                topics.push_back(topic);
                if (topics_[topic].is_value) continue;
                topics_[topic].is_value = true;
                topics_[topic].label = index.label(number, Field::topic, ordinal);
                put_under(topic, segment.ancestors(ordinal));
                const auto is_it = [&](const auto& chosen) {
                    return chosen.first == Field::topic && chosen.second == column.key(ordinal);
                };
                const bool chosen = std::ranges::any_of(selected, is_it);
                const bool wanted = is_wanted(number, ordinal);
                values_.push_back({topic, chosen, wanted});
            }
        }
        // What is above is known when all are there.
        for (const Value& value : values_) {
            for (std::uint32_t at = value.topic; at != k_none; at = topics_[at].parent) {
                ++topics_[at].values;
                topics_[at].values_selected += value.chosen ? 1 : 0;
                topics_[at].wanted = topics_[at].wanted || value.wanted;
            }
        }
    }

    void count(std::span<const MatchedRows> matched) {
        std::uint32_t row = 0;
        for (std::size_t number = 0; number < matched.size(); ++number) {
            const Segment& segment = matched[number].segment();
            const FacetColumn column = segment.facet(Field::topic);
            if (matched[number].count() == 0 || column.keys() == 0) continue;
            const std::vector<std::uint32_t>& topics = of_ordinal_[number];
            each_row(matched[number], column, [&](std::span<const std::uint32_t> ordinals) {
                for (const std::uint32_t ordinal : ordinals) {
                    if (ordinal >= topics.size())
                        throw Damaged(segment.file().path().string() + ": facet value out of bounds");
                    for (std::uint32_t at = topics[ordinal]; at != k_none && topics_[at].last_row != row;
                         at = topics_[at].parent) {
                        topics_[at].last_row = row;
                        ++topics_[at].documents;
                    }
                }
                ++row;
            });
        }
    }

    std::vector<FacetValue> list(const FacetListing& listing) {
        std::vector<std::uint32_t> roots;
        for (std::uint32_t topic = 0; topic < topics_.size(); ++topic) {
            const std::uint32_t parent = topics_[topic].parent;
            (parent == k_none ? roots : topics_[parent].children).push_back(topic);
        }
        std::vector<std::uint32_t> order;
        add_in_order(roots, listing.order, order);
        const std::uint32_t least = std::max(listing.least, 1U);
        std::vector<std::uint32_t> best;  // places in the order
        for (std::uint32_t place = 0; place < order.size(); ++place) {
            if (topics_[order[place]].wanted && topics_[order[place]].documents >= least) best.push_back(place);
        }
        // What is above has no fewer documents, and comes before.
        if (listing.order == FacetOrder::count) {
            std::ranges::stable_sort(best, [&](std::uint32_t a, std::uint32_t b) {
                return topics_[order[a]].documents > topics_[order[b]].documents;
            });
        }
        if (listing.limit != 0 && best.size() > listing.limit) best.resize(listing.limit);
        std::vector<bool> listed(topics_.size());
        for (const std::uint32_t place : best) listed[order[place]] = true;
        for (std::uint32_t topic = 0; topic < topics_.size(); ++topic) {
            const std::uint32_t parent = topics_[topic].parent;
            if (!topics_[topic].selected() || !topics_[topic].wanted) continue;
            if (parent != k_none && topics_[parent].selected()) continue;
            for (std::uint32_t at = topic; at != k_none; at = topics_[at].parent) listed[at] = true;
        }
        std::vector<FacetValue> values;
        for (const std::uint32_t topic : order) {
            if (listed[topic]) values.push_back(value_of(topic));
        }
        return values;
    }

 private:
    struct Value {
        std::uint32_t topic;
        bool chosen, wanted;
    };

    std::uint32_t topic_of(std::string_view key) {
        const auto [at, is_new] = by_key_.try_emplace(std::string(key), static_cast<std::uint32_t>(topics_.size()));
        if (is_new) topics_.emplace_back();
        return at->second;
    }

    /// Indexes made with other lexicons may say otherwise: the first that says what is above a topic is believed.
    void put_under(std::uint32_t topic, const std::vector<TopicAbove>& ancestors) {
        for (const TopicAbove& above : ancestors) {
            const std::uint32_t parent = topic_of(above.key);
            if (topics_[parent].label.empty()) topics_[parent].label = above.label;
            if (topics_[topic].parent == k_none && !is_under(parent, topic)) topics_[topic].parent = parent;
            topic = parent;
        }
    }

    bool is_under(std::uint32_t topic, std::uint32_t above) const {
        while (topic != k_none && topic != above) topic = topics_[topic].parent;
        return topic == above;
    }

    void add_in_order(std::vector<std::uint32_t>& siblings, FacetOrder by, std::vector<std::uint32_t>& order) {
        std::ranges::sort(siblings, {}, [this](std::uint32_t topic) { return std::string_view(topics_[topic].label); });
        if (by == FacetOrder::count) {
            std::ranges::stable_sort(siblings, std::greater(),
                                     [this](std::uint32_t topic) { return topics_[topic].documents; });
        } else {
            std::ranges::stable_sort(siblings, {}, [this](std::uint32_t topic) {
                return collation_key(topics_[topic].label, k_place_bytes);
            });
        }
        for (const std::uint32_t topic : siblings) {
            order.push_back(topic);
            add_in_order(topics_[topic].children, by, order);
        }
    }

    FacetValue value_of(std::uint32_t number) const {
        const Topic& topic = topics_[number];
        FacetValue value{topic.label, topic.documents, topic.selected()};
        if (topic.parent != k_none) value.parent = topics_[topic.parent].label;
        for (std::uint32_t at = topic.parent; at != k_none; at = topics_[at].parent) ++value.depth;
        return value;
    }

    std::vector<Topic> topics_;
    std::unordered_map<std::string, std::uint32_t> by_key_;
    std::vector<std::vector<std::uint32_t>> of_ordinal_;  ///< by segment and ordinal
    std::vector<Value> values_;
};

}  // namespace

std::vector<FacetValue> topic_tree(const Index& index, std::span<const MatchedRows> matched, const std::string& word,
                                   SelectedValues selected, const FacetListing& listing) {
    TopicTree tree(index, word, selected);
    tree.count(matched);
    return tree.list(listing);
}

}  // namespace limier
