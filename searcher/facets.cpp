#include "searcher/facets.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "common/output/language.hpp"

namespace limier {
namespace {

struct Count {
    std::string_view label;
    std::uint64_t documents = 0;
    bool selected = false;
};
/// By key, so that a value of several segments is one.
using Counts = std::map<std::string_view, Count>;

Counts count_values(const Index& index, std::span<const Xapian::docid> documents, Field field) {
    Counts counts;
    std::size_t next = 0;
    for (const Index::SegmentAt& at : index.segments()) {
        const FacetColumn column = at.segment.facet(field);
        std::vector<std::uint32_t> totals(column.keys());
        for (; next < documents.size() && documents[next] - at.first < at.segment.documents(); ++next) {
            for (const std::uint32_t ordinal : column.values(documents[next] - at.first)) ++totals[ordinal];
        }
        for (std::uint32_t ordinal = 0; ordinal < totals.size(); ++ordinal) {
            if (totals[ordinal] == 0) continue;
            Count& count = counts[column.key(ordinal)];
            if (count.label.empty()) count.label = column.label(ordinal);
            count.documents += totals[ordinal];
        }
    }
    return counts;
}

std::vector<FacetValue> count_dates(const Index& index, std::span<const Xapian::docid> documents,
                                    FacetRequest::Period period) {
    std::unordered_map<std::uint32_t, std::uint64_t> counts;
    std::size_t next = 0;
    for (const Index::SegmentAt& at : index.segments()) {
        const std::span<const std::uint32_t> dates = at.segment.dates();
        for (; next < documents.size() && documents[next] - at.first < at.segment.documents(); ++next) {
            Date date = unpack_date(dates[documents[next] - at.first]);
            // A document known by its year has no month to be counted under.
            const bool known = period == FacetRequest::Period::day     ? date.day != 0
                               : period == FacetRequest::Period::month ? date.month != 0
                                                                       : bool(date);
            if (!known) continue;
            if (period == FacetRequest::Period::month) date.day = 0;
            if (period == FacetRequest::Period::year) date.month = date.day = 0;
            ++counts[pack_date(date)];
        }
    }
    std::vector<FacetValue> values;
    for (const auto& [packed, count] : counts) values.push_back({date_text(unpack_date(packed)), count});
    return values;
}

bool before(const FacetValue& a, const FacetValue& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
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
    std::vector<Xapian::docid> sorted(documents.begin(), documents.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<Facet> facets;
    for (const FacetRequest& request : requests) {
        Facet facet{request.name, {}};
        if (request.field == Field::date) {
            facet.values = count_dates(index, sorted, request.period);
        } else {
            Counts counts = count_values(index, sorted, request.field);
            for (const auto& [field, key] : selected) {
                const auto found = counts.find(key);
                if (field == request.field && found != counts.end()) found->second.selected = true;
            }
            for (const auto& [key, count] : counts)
                facet.values.push_back({std::string(count.label), count.documents, count.selected});
        }
        std::sort(facet.values.begin(), facet.values.end(), before);
        if (limit != 0 && facet.values.size() > limit) {
            const auto rest = facet.values.begin() + static_cast<std::ptrdiff_t>(limit);
            facet.values.erase(
                std::remove_if(rest, facet.values.end(), [](const FacetValue& value) { return !value.selected; }),
                facet.values.end());
        }
        facets.push_back(std::move(facet));
    }
    return facets;
}

}  // namespace limier
