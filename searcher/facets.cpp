#include "searcher/facets.hpp"

#include <algorithm>
#include <unordered_map>

#include "common/output/language.hpp"

namespace limier {
namespace {

// Below a value in this many documents, sorting what they have beats a count for every value there is (measured).
constexpr std::uint32_t k_sparse = 64;

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

/// The documents of a segment, as its rows: takes them off the front.
Documents take_rows(Documents& documents, const Index::SegmentAt& at) {
    const auto end = std::partition_point(documents.begin(), documents.end(), [&at](Xapian::docid document) {
        return document - at.first < at.segment.documents();
    });
    const auto count = static_cast<std::size_t>(end - documents.begin());
    const Documents taken = documents.first(count);
    documents = documents.subspan(count);
    return taken;
}

/// Calls `visit(ordinal, documents)` for the values of the rows.
template <class Visit>
void count_rows(const Index::SegmentAt& at, const FacetColumn& column, Documents documents, Visit visit) {
    const std::uint32_t all = at.segment.documents();
    // What nearly all documents have is told faster by what the others have.
    const bool most = documents.size() > all / 2;
    const auto each = [&](Xapian::docid document, auto found) {
        for (const std::uint32_t ordinal : column.values(document - at.first)) found(ordinal);
    };
    if (!most && documents.size() < column.keys() / k_sparse) {
        std::vector<std::uint32_t> ordinals;
        for (const Xapian::docid document : documents)
            each(document, [&](std::uint32_t ordinal) { ordinals.push_back(ordinal); });
        std::sort(ordinals.begin(), ordinals.end());
        for (auto same = ordinals.begin(); same != ordinals.end();) {
            const auto end = std::find_if(same, ordinals.end(), [same](std::uint32_t other) { return other != *same; });
            visit(*same, static_cast<std::uint32_t>(end - same));
            same = end;
        }
        return;
    }
    std::vector<std::uint32_t> totals(column.keys());
    if (most) {
        for (std::uint32_t ordinal = 0; ordinal < totals.size(); ++ordinal) totals[ordinal] = column.total(ordinal);
        Xapian::docid next = at.first;
        const auto skip_to = [&](Xapian::docid document) {
            for (; next < document; ++next) each(next, [&](std::uint32_t ordinal) { --totals[ordinal]; });
        };
        for (const Xapian::docid document : documents) {
            skip_to(document);
            next = document + 1;
        }
        skip_to(at.first + all);
    } else {
        for (const Xapian::docid document : documents)
            each(document, [&](std::uint32_t ordinal) { ++totals[ordinal]; });
    }
    for (std::uint32_t ordinal = 0; ordinal < totals.size(); ++ordinal) {
        if (totals[ordinal] != 0) visit(ordinal, totals[ordinal]);
    }
}

/// Calls `visit(value)` for each value of the field, those of several segments put together.
template <class Visit>
void count_values(const Index& index, Documents documents, Field field, Visit visit) {
    const auto& segments = index.segments();
    std::unordered_map<std::string_view, Counted> by_key;
    for (std::uint32_t s = 0; s < segments.size(); ++s) {
        const Documents rows = take_rows(documents, segments[s]);
        const FacetColumn column = segments[s].segment.facet(field);
        if (rows.empty() || column.keys() == 0) continue;
        count_rows(segments[s], column, rows, [&](std::uint32_t ordinal, std::uint32_t count) {
            if (segments.size() == 1) return visit(Counted{s, ordinal, count});
            by_key.try_emplace(column.key(ordinal), Counted{s, ordinal, 0}).first->second.documents += count;
        });
    }
    for (const auto& [key, value] : by_key) visit(value);
}

bool before(const FacetValue& a, const FacetValue& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
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

std::vector<FacetValue> field_values(const Index& index, Documents documents, Field field, Selected selected,
                                     std::size_t limit) {
    const auto chosen = selected_values(index, field, selected);
    std::vector<FacetValue> values;
    Best best(limit);
    const auto named = [&](const Counted& value, bool is_selected) {
        const FacetColumn column = index.segments()[value.segment].segment.facet(field);
        values.push_back({std::string(column.label(value.value)), value.documents, is_selected});
    };
    count_values(index, documents, field, [&](const Counted& value) {
        const auto& wanted = chosen[value.segment];
        if (!wanted.empty() && std::binary_search(wanted.begin(), wanted.end(), value.value))
            named(value, true);
        else
            best.add(value);
    });
    for (const Counted& value : best.take()) named(value, false);
    std::sort(values.begin(), values.end(), before);
    if (limit != 0 && values.size() > limit) {
        values.erase(std::remove_if(values.begin() + static_cast<std::ptrdiff_t>(limit), values.end(),
                                    [](const FacetValue& value) { return !value.selected; }),
                     values.end());
    }
    return values;
}

/// Days of a date in order, so that a month and a year are a shift away: year, 4 bits of month, 5 of day.
constexpr unsigned k_day_bits = 5, k_year_bits = 9;

std::uint32_t day_number(std::uint32_t packed) {
    const Date date = unpack_date(packed);
    return std::uint32_t{date.year} << k_year_bits | (date.month & 15u) << k_day_bits | (date.day & 31u);
}

/// Days counted by year, month or day. A document known by its year has no month to be counted under.
class DateCounts {
 public:
    explicit DateCounts(FacetRequest::Period period)
        : shift_(period == FacetRequest::Period::year    ? k_year_bits
                 : period == FacetRequest::Period::month ? k_day_bits
                                                         : 0),
          needed_(period == FacetRequest::Period::day     ? 31u
                  : period == FacetRequest::Period::month ? 15u << k_day_bits
                                                          : ~0u) {}

    void add(std::uint32_t packed) {
        if (packed == last_packed_) return add_number(last_);
        last_packed_ = packed;
        last_ = day_number(packed);
        add_number(last_);
    }
    template <class Visit>
    void each(Visit visit) const {
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            if (counts_[i] != 0) visit(static_cast<std::uint32_t>((first_ + i) << shift_), counts_[i]);
        }
    }

 private:
    void add_number(std::uint32_t day) {
        if ((day & needed_) == 0) return;
        const std::size_t number = day >> shift_;
        if (counts_.empty()) first_ = number;
        if (number < first_) {
            counts_.insert(counts_.begin(), first_ - number, 0);
            first_ = number;
        }
        if (number - first_ >= counts_.size()) counts_.resize(number - first_ + 1);
        ++counts_[number - first_];
    }

    unsigned shift_;
    std::uint32_t needed_;  ///< bits of which one at least must be set
    std::uint32_t last_packed_ = 0, last_ = 0;
    std::size_t first_ = 0;
    std::vector<std::uint32_t> counts_;  ///< from `first_` on
};

std::vector<FacetValue> date_values(const Index& index, Documents documents, FacetRequest::Period period,
                                    std::size_t limit) {
    DateCounts counts(period);
    for (const Index::SegmentAt& at : index.segments()) {
        const std::span<const std::uint32_t> dates = at.segment.dates();
        for (const Xapian::docid document : take_rows(documents, at)) counts.add(dates[document - at.first]);
    }
    Best best(limit);
    counts.each([&best](std::uint32_t day, std::uint32_t count) { best.add({0, day, count}); });
    std::vector<FacetValue> values;
    for (const Counted& day : best.take()) {
        const Date date{static_cast<std::uint16_t>(day.value >> k_year_bits),
                        static_cast<std::uint8_t>(day.value >> k_day_bits & 15),
                        static_cast<std::uint8_t>(day.value & 31)};
        values.push_back({date_text(date), day.documents});
    }
    std::sort(values.begin(), values.end(), before);
    if (limit != 0 && values.size() > limit) values.resize(limit);
    return values;
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
    std::vector<Facet> facets;
    for (const FacetRequest& request : requests) {
        facets.push_back({request.name, request.field == Field::date
                                            ? date_values(index, documents, request.period, limit)
                                            : field_values(index, documents, request.field, selected, limit)});
    }
    return facets;
}

}  // namespace limier
