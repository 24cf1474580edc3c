#include "common/output/number.hpp"
#include "searcher/output/formats.hpp"

namespace limier {
namespace {

using Row = std::vector<std::string>;

Row row(std::string_view what, std::string_view name, const std::string& value, std::uint64_t count) {
    return {std::string(what), std::string(name), value, std::to_string(count), "", "", ""};
}

std::vector<Row> rows_of(const SearchResult& result) {
    std::vector<Row> rows;
    for (const Facet& facet : result.facets) {
        for (const FacetValue& value : facet.values) {
            rows.push_back(row("facet", facet.name, value.value, value.count));
            rows.back()[4] = value.selected ? "1" : "0";
        }
    }
    for (const Significant& found : result.significant) {
        for (const SignificantValue& value : found.values) {
            rows.push_back(row("significant", found.name, value.value, value.count));
            rows.back()[4] = value.selected ? "1" : "0";
            rows.back()[5] = std::to_string(value.total);
            rows.back()[6] = fixed_decimals(value.score, k_score_decimals);
        }
    }
    if (!result.timeline) return rows;
    for (const TimelineBar& bar : result.timeline->bars)
        rows.push_back(row("timeline", result.timeline->period, bar.date, bar.count));
    rows.push_back(row("timeline", result.timeline->period, "", result.timeline->without));
    return rows;
}

/// A record a value, fields between tabs or, after a header, as RFC 4180 has it.
class TableCounts : public Formatter {
 public:
    TableCounts(bool comma, bool batch) : comma_(comma), batch_(batch) {}

    std::string begin() override {
        return comma_ ? record("qid", {"what", "name", "value", "count", "selected", "total", "score"}) : std::string();
    }

    std::string result(const SearchResult& result) override {
        std::string out;
        for (const Row& row : rows_of(result)) out += record(result.qid, row);
        return out;
    }

 private:
    std::string record(const std::string& qid, Row values) const {
        if (batch_) values.insert(values.begin(), qid);
        return table_record(values, comma_);
    }

    bool comma_, batch_;
};

}  // namespace

Result<std::unique_ptr<Formatter>> make_counts(std::string_view format, const OutputOptions& options) {
    return {std::make_unique<TableCounts>(format == "csv", options.batch)};
}

}  // namespace limier
