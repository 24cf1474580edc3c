#include "common/output/terminal.hpp"
#include "searcher/output/formats.hpp"

namespace limier {
namespace {

class TsvFormatter : public Formatter {
 public:
    explicit TsvFormatter(bool batch) : columns_(record_columns(batch)) {}

    std::string result(const SearchResult& result) override {
        std::string out;
        for (const Hit& hit : result.hits) {
            for (const HitColumn& column : columns_) {
                if (&column != &columns_.front()) out += '\t';
                out += on_one_line(column.value(result, hit));
            }
            out += '\n';
        }
        return out;
    }

 private:
    std::span<const HitColumn> columns_;
};

}  // namespace

Result<std::unique_ptr<Formatter>> make_tsv(const OutputOptions& options) {
    return {std::make_unique<TsvFormatter>(options.batch)};
}

}  // namespace limier
