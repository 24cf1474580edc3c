#include "common/output/terminal.hpp"
#include "searcher/output/formats.hpp"

namespace limier {
namespace {

class CsvFormatter : public Formatter {
 public:
    explicit CsvFormatter(bool batch) : columns_(record_columns(batch)) {}

    std::string begin() override {
        return record([](const HitColumn& column) { return std::string(column.name); });
    }

    std::string result(const SearchResult& result) override {
        std::string out;
        for (const Hit& hit : result.hits) {
            out += record([&](const HitColumn& column) { return without_controls(column.value(result, hit)); });
        }
        return out;
    }

 private:
    template <class Value>
    std::string record(Value value) const {
        std::string out;
        for (const HitColumn& column : columns_) {
            if (&column != &columns_.front()) out += ',';
            out += csv_value(value(column));
        }
        return out + "\r\n";
    }

    std::span<const HitColumn> columns_;
};

}  // namespace

std::string table_record(const std::vector<std::string>& values, bool comma) {
    std::string out;
    for (const std::string& value : values) {
        if (!out.empty()) out += comma ? ',' : '\t';
        out += comma ? csv_value(on_one_line(value)) : on_one_line(value);
    }
    return out + (comma ? "\r\n" : "\n");
}

std::string csv_value(std::string_view value) {
    if (value.find_first_of(",\"\n") == value.npos) return std::string(value);
    std::string out = "\"";
    for (const char byte : value) {
        if (byte == '"') out += '"';
        out += byte;
    }
    return out + '"';
}

Result<std::unique_ptr<Formatter>> make_csv(const OutputOptions& options) {
    return {std::make_unique<CsvFormatter>(options.batch)};
}

}  // namespace limier
