#include "searcher/significant.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>

#include "searcher/facet_counts.hpp"
#include "searcher/values_named.hpp"

namespace limier {
namespace {

// A share of few documents says little. Elasticsearch's significant terms begin with as many (min_doc_count).
constexpr std::uint32_t k_least_documents = 3;

// Below, chance alone would do in one case of twenty: the square root of 3.84, chi-squared with one degree of freedom.
constexpr double k_least_score = 1.96;

/// The documents of the whole index that have a value, without those removed.
class Totals {
 public:
    Totals(const Index& index, std::span<const MatchedRows> all, Field field) : index_(index), field_(field) {
        for (const MatchedRows& rows : all) {
            const FacetColumn column = rows.segment().facet(field);
            std::vector<std::uint32_t>& counts = counts_.emplace_back(column.keys());
            if (column.keys() == 0) continue;
            for (const ValueCount& value : count_values(rows, column)) counts[value.value] = value.documents;
        }
    }

    std::uint64_t of(const Counted& value) const {
        if (counts_.size() == 1) return counts_[0][value.value];
        const std::string_view key = column(value.segment).key(value.value);
        std::uint64_t total = 0;
        for (std::size_t segment = 0; segment < counts_.size(); ++segment) {
            if (const auto known = column(segment).find(key)) total += counts_[segment][*known];
        }
        return total;
    }

 private:
    FacetColumn column(std::size_t segment) const { return index_.segments()[segment].segment.facet(field_); }

    const Index& index_;
    Field field_;
    std::vector<std::vector<std::uint32_t>> counts_;  ///< by segment and value
};

struct Scored {
    Counted value;
    std::uint64_t total;
    double score;
    std::string_view key;
};

std::vector<Scored> scored(const Index& index, std::span<const MatchedRows> matched, std::span<const MatchedRows> all,
                           const FacetRequest& request, std::uint32_t least) {
    std::uint64_t documents = 0;
    for (const MatchedRows& rows : matched) documents += rows.count();
    const Totals totals(index, all, request.field);
    const ValuesNamed is_wanted(index, request.field, request.word);
    std::vector<Scored> list;
    each_value(matched, request.field, [&](const Counted& value) {
        if (value.documents < least || !is_wanted(value.segment, value.value)) return;
        const std::uint64_t total = totals.of(value);
        const double score = surprise(value.documents, documents, total, index.documents());
        if (!(score >= k_least_score)) return;  // of damaged totals it may be no number
        const FacetColumn column = matched[value.segment].segment().facet(request.field);
        list.push_back({value, total, score, column.key(value.value)});
    });
    return list;
}

}  // namespace

double surprise(std::uint64_t count, std::uint64_t matched, std::uint64_t total, std::uint64_t all) {
    const auto real = [](std::uint64_t number) { return static_cast<double>(number); };
    const double n = real(matched), m = real(all) - n, has = real(total), lacks = real(all) - has;
    const double in = real(count), out = has - in;
    const auto term = [&](double seen, double side, double kind) {
        return seen > 0 ? seen * std::log(seen * real(all) / (side * kind)) : 0.0;
    };
    const double half = term(in, n, has) + term(out, m, has) + term(n - in, n, lacks) + term(m - out, m, lacks);
    const double root = std::sqrt(std::max(2 * half, 0.0));
    return in * m >= out * n ? root : -root;
}

std::vector<Significant> significant_values(const Index& index, std::span<const Xapian::docid> documents,
                                            std::span<const FacetRequest> requests, SelectedValues selected,
                                            const FacetListing& listing) {
    std::vector<Significant> result;
    if (requests.empty()) return result;
    const std::vector<MatchedRows> matched = rows_of(index, documents), all = rows_of(index, index.all_documents());
    for (const FacetRequest& request : requests) {
        Significant& found = result.emplace_back(Significant{request.name, {}, request.word});
        std::vector<Scored> list = scored(index, matched, all, request, std::max(listing.least, k_least_documents));
        std::sort(list.begin(), list.end(), [](const Scored& a, const Scored& b) {
            return std::tuple(-a.score, b.value.documents, a.key) < std::tuple(-b.score, a.value.documents, b.key);
        });
        if (listing.limit != 0 && list.size() > listing.limit) list.resize(listing.limit);
        for (const Scored& at : list) {
            const bool chosen = std::any_of(selected.begin(), selected.end(), [&](const auto& value) {
                return value.first == request.field && value.second == at.key;
            });
            found.values.push_back({std::string(index.label(at.value.segment, request.field, at.value.value)),
                                    at.value.documents, at.total, at.score, chosen});
        }
    }
    return result;
}

}  // namespace limier
