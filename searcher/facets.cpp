#include "searcher/facets.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "common/output/language.hpp"
#include "searcher/facet_counts.hpp"

namespace limier {
namespace {

using Selected = std::span<const std::pair<Field, std::string>>;
using Documents = std::span<const Xapian::docid>;

/// A value, by the segment that names it and its number there, and the documents that have it.
struct Counted {
    std::uint32_t segment = 0;
    std::uint32_t value = 0;
    std::uint32_t documents = 0;
};

/// Keeps of the values that come those that can be among the `limit` with most documents (0: all), equals included.
class Best {
 public:
    explicit Best(std::size_t limit) : limit_(limit), room_(std::max<std::size_t>(2 * limit, 64)) {}

    void add(Counted value) {
        if (value.documents < least_) return;
        values_.push_back(value);
        if (limit_ != 0 && values_.size() >= room_) drop();
    }
    std::vector<Counted> take() {
        if (limit_ != 0 && values_.size() > limit_) drop();
        return std::move(values_);
    }

 private:
    void drop() {
        const auto last = values_.begin() + static_cast<std::ptrdiff_t>(limit_ - 1);
        std::nth_element(values_.begin(), last, values_.end(),
                         [](const Counted& a, const Counted& b) { return a.documents > b.documents; });
        least_ = last->documents;
        std::erase_if(values_, [this](const Counted& value) { return value.documents < least_; });
        room_ = std::max(room_, 2 * values_.size());  // of equals nothing can be dropped
    }

    std::size_t limit_;
    std::size_t room_;
    std::uint32_t least_ = 1;
    std::vector<Counted> values_;
};

/// The documents by segment.
std::vector<MatchedRows> rows_of(const Index& index, Documents documents) {
    const std::vector<Index::SegmentAt>& segments = index.segments();
    std::vector<MatchedRows> rows;
    if (segments.size() == 1) {
        rows.emplace_back(segments.front().segment, documents);
        return rows;
    }
    std::vector<std::vector<Xapian::docid>> parts(segments.size());
    for (const Xapian::docid document : documents) {
        const Index::Place at = index.place(document);
        parts[at.number].push_back(at.row + 1);
    }
    for (std::size_t number = 0; number < parts.size(); ++number)
        rows.emplace_back(segments[number].segment, parts[number]);
    return rows;
}

/// Calls `visit(value)` for each value of the field, those of several segments put together.
template <class Visit>
void each_value(std::span<const MatchedRows> matched, Field field, Visit visit) {
    std::unordered_map<std::string_view, Counted> by_key;
    for (std::uint32_t s = 0; s < matched.size(); ++s) {
        const FacetColumn column = matched[s].segment().facet(field);
        if (matched[s].count() == 0 || column.keys() == 0) continue;
        for (const ValueCount& value : count_values(matched[s], column)) {
            const Counted counted{s, value.value, value.documents};
            if (matched.size() == 1)
                visit(counted);
            else if (const auto [at, is_new] = by_key.try_emplace(column.key(value.value), counted); !is_new)
                at->second.documents += counted.documents;
        }
    }
    for (const auto& [key, value] : by_key) visit(value);
}

/// A value to be listed. Lifetime of the name: the index's.
struct Named {
    std::string_view name;
    std::uint32_t documents;
    bool selected;
};

bool before(const Named& a, const Named& b) {
    return a.documents != b.documents ? a.documents > b.documents : a.name < b.name;
}

/// Numbers of the values that the query filters on, by segment, sorted.
std::vector<std::vector<std::uint32_t>> selected_values(const Index& index, Field field, Selected selected) {
    std::vector<std::vector<std::uint32_t>> chosen(index.segments().size());
    for (std::size_t s = 0; s < chosen.size(); ++s) {
        const FacetColumn column = index.segments()[s].segment.facet(field);
        for (const auto& [of, key] : selected) {
            const auto found = of == field ? column.find(key) : std::nullopt;
            if (found) chosen[s].push_back(*found);
        }
        std::sort(chosen[s].begin(), chosen[s].end());
    }
    return chosen;
}

/// The first `limit` in order (0: all), and the selected ones.
std::vector<FacetValue> listed(std::vector<Named> values, std::size_t limit) {
    const std::size_t first = limit == 0 ? values.size() : std::min(limit, values.size());
    const auto rest = values.begin() + static_cast<std::ptrdiff_t>(first);
    std::partial_sort(values.begin(), rest, values.end(), before);
    values.erase(std::remove_if(rest, values.end(), [](const Named& value) { return !value.selected; }), values.end());
    std::sort(values.begin() + static_cast<std::ptrdiff_t>(first), values.end(), before);
    std::vector<FacetValue> list;
    for (const Named& value : values) list.push_back({std::string(value.name), value.documents, value.selected});
    return list;
}

/// The value chosen is listed too where no hit has it; not the many that a name or a topic's parent may stand for.
void add_chosen_without_hits(const Index& index, Field field, Selected selected, std::vector<Named>& values) {
    const auto is_of_field = [field](const auto& chosen) { return chosen.first == field; };
    const auto chosen = std::find_if(selected.begin(), selected.end(), is_of_field);
    if (std::count_if(selected.begin(), selected.end(), is_of_field) != 1) return;
    if (std::any_of(values.begin(), values.end(), [](const Named& value) { return value.selected; })) return;
    for (std::size_t number = 0; number < index.segments().size(); ++number) {
        const std::optional<std::uint32_t> ordinal = index.segments()[number].segment.facet(field).find(chosen->second);
        if (!ordinal) continue;
        values.push_back({index.label(number, field, *ordinal), 0, true});
        return;
    }
}

std::vector<FacetValue> field_values(const Index& index, std::span<const MatchedRows> matched, Field field,
                                     Selected selected, std::size_t limit) {
    const auto chosen = selected_values(index, field, selected);
    std::vector<Named> values;
    Best best(limit);
    const auto named = [&](const Counted& value, bool is_selected) {
        values.push_back({index.label(value.segment, field, value.value), value.documents, is_selected});
    };
    each_value(matched, field, [&](const Counted& value) {
        const auto& wanted = chosen[value.segment];
        if (!wanted.empty() && std::binary_search(wanted.begin(), wanted.end(), value.value))
            named(value, true);
        else
            best.add(value);
    });
    for (const Counted& value : best.take()) named(value, false);
    add_chosen_without_hits(index, field, selected, values);
    return listed(std::move(values), limit);
}

/// The dates counted as the finest of the requests asks; nothing where none asks for dates.
std::optional<DateCounts> count_dates(std::span<const MatchedRows> matched, std::span<const FacetRequest> requests) {
    std::optional<FacetRequest::Period> finest;
    for (const FacetRequest& request : requests) {
        if (request.field != Field::date) continue;
        const bool whole = request.period == FacetRequest::Period::none;
        finest = std::max(finest.value_or(request.period), whole ? FacetRequest::Period::day : request.period);
    }
    if (!finest) return std::nullopt;
    DateCounts counts(*finest);
    for (const MatchedRows& rows : matched) counts.add(rows);
    return counts;
}

std::vector<FacetValue> date_values(const DateCounts& counts, FacetRequest::Period period, std::size_t limit) {
    Best best(limit);
    for (const ValueCount& date : counts.take(period)) best.add({0, date.value, date.documents});
    const std::vector<Counted> dates = best.take();
    std::vector<std::string> names;
    for (const Counted& date : dates) names.push_back(date_text(unpack_date(date.value)));
    std::vector<Named> values;
    for (std::size_t i = 0; i < dates.size(); ++i) values.push_back({names[i], dates[i].documents, false});
    return listed(std::move(values), limit);
}

}  // namespace

Result<FacetRequest> parse_facet(std::string_view name) {
    const std::size_t colon = name.find(':');
    const FieldInfo* field = find_field(name.substr(0, colon));
    if (field == nullptr || !field->facet) {
        std::string known;
        for (const FieldInfo& row : all_fields()) {
            if (row.facet) known += (known.empty() ? "" : ", ") + std::string(row.name);
        }
        return Error{Code::usage, std::string(tr("no such facet: ", "facette inconnue : ")) + std::string(name),
                     std::string(tr("facets: ", "facettes : ")) + known + ", date:year, date:month, date:day"};
    }
    FacetRequest request{std::string(name), field->field, FacetRequest::Period::none};
    if (colon == std::string_view::npos) return request;
    const std::string_view period = name.substr(colon + 1);
    if (field->field == Field::date && (period == "year" || period == "année"))
        request.period = FacetRequest::Period::year;
    if (field->field == Field::date && (period == "month" || period == "mois"))
        request.period = FacetRequest::Period::month;
    if (field->field == Field::date && (period == "day" || period == "jour"))
        request.period = FacetRequest::Period::day;
    if (request.period == FacetRequest::Period::none) {
        return Error{Code::usage, std::string(tr("no such facet: ", "facette inconnue : ")) + std::string(name),
                     "date:year, date:month, date:day"};
    }
    return request;
}

Result<std::vector<FacetRequest>> parse_facets(std::string_view list) {
    std::vector<FacetRequest> requests;
    for (std::size_t begin = 0; begin < list.size();) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        Result<FacetRequest> request = parse_facet(list.substr(begin, end - begin));
        if (!request) return request.error();
        requests.push_back(std::move(*request));
        begin = end + 1;
    }
    return requests;
}

std::vector<Facet> count_facets(const Index& index, std::span<const Xapian::docid> documents,
                                std::span<const FacetRequest> requests,
                                std::span<const std::pair<Field, std::string>> selected, std::size_t limit) {
    const std::vector<MatchedRows> matched = rows_of(index, documents);
    const std::optional<DateCounts> dates = count_dates(matched, requests);
    std::vector<Facet> facets;
    for (const FacetRequest& request : requests) {
        facets.push_back({request.name, request.field == Field::date
                                            ? date_values(*dates, request.period, limit)
                                            : field_values(index, matched, request.field, selected, limit)});
    }
    return facets;
}

}  // namespace limier
