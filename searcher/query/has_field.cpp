#include "searcher/query/has_field.hpp"

namespace limier {
namespace {

bool has_value(const Segment& segment, Field field, const FacetColumn& column, std::uint32_t row) {
    if (field == Field::id) return true;
    if (field == Field::date) return segment.dates()[row] != 0;
    if (field == Field::title) return !segment.record(row).title.empty();
    if (field == Field::url) return !segment.record(row).url.empty();
    return !column.values(row).empty();
}

}  // namespace

WeightedDocuments documents_with(const Index& index, Field field) {
    WeightedDocuments found;
    found.index = &index;
    for (const Index::SegmentAt& at : index.segments()) {
        WeightedDocuments::Part& part = found.parts.emplace_back();
        const Segment& segment = at.segment;
        const FacetColumn column = segment.facet(info(field).facet ? field : Field::person);
        for (std::uint32_t row = 0; row < segment.documents(); ++row) {
            if (has_value(segment, field, column, row)) part.documents.push_back(row + 1);
        }
        part.weights.resize(part.documents.size());
    }
    return found;
}

}  // namespace limier
