#include "searcher/query/range_query.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "common/output/language.hpp"
#include "common/ranges.hpp"
#include "searcher/query/candidates.hpp"
#include "searcher/query/field_index.hpp"
#include "searcher/query/make_pattern.hpp"
#include "searcher/query/values.hpp"

namespace limier {
namespace {

/// Which of a range's bounds, or that the value, cannot be read; the second where they contradict each other.
template <typename Read>
std::string bad_bound(const Node& node, Read read) {
    if (node.kind != NodeKind::range) return node.value;
    Node first = node;
    first.high.clear();
    return node.high.empty() || (!node.low.empty() && !read(first)) ? node.low : node.high;
}

Xapian::Query any_of(const std::vector<std::string>& terms) {
    return terms.empty() ? Xapian::Query::MatchNothing
                         : join(Xapian::Query::OP_OR, std::vector<Xapian::Query>(terms.begin(), terms.end()));
}

}  // namespace

Xapian::Query date_query(const Index& index, const Node& node, const FieldInfo& field) {
    Result<DateRange> range = date_range(node);
    if (!range) throw QueryFault{&node, range.error().message, range.error().hint, bad_bound(node, date_range)};
    const std::optional<std::pair<std::uint16_t, std::uint16_t>> years = years_of(index, field);
    if (!years) return Xapian::Query::MatchNothing;
    // An open range ends with the dates that the index has, or it would name every year there can be.
    std::optional<Date> low = range->low, high = range->high;
    if (!low || low->year < years->first) low = Date{years->first, 0, 0};
    if (!high || high->year > years->second) high = Date{years->second, 0, 0};
    return any_of(date_range_terms(field, low, high));
}

Xapian::Query amount_query(const Node& node, std::vector<QueryNote>& notes) {
    Result<AmountRange> range = amount_range(node);
    if (!range) throw QueryFault{&node, range.error().message, range.error().hint, bad_bound(node, amount_range)};
    if (range->currency.empty() && node.kind == NodeKind::range) {
        notes.push_back(
            {node.begin, node.end,
             std::string(tr("no currency: amounts of all currencies are compared by their number",
                            "sans devise : les montants de toutes les devises sont comparés par leur nombre"))});
    }
    return any_of(amount_range_terms(range->currency, range->low, range->high));
}

}  // namespace limier
