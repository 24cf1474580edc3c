#include "searcher/output/formats.hpp"

namespace limier {
namespace {

class IdsFormatter : public Formatter {
 public:
    explicit IdsFormatter(bool null) : null_(null) {}

    std::string result(const SearchResult& result) override {
        std::string out;
        for (const Hit& hit : result.hits) (out += record_value(hit.id, null_)) += null_ ? '\0' : '\n';
        return out;
    }

 private:
    bool null_;
};

}  // namespace

Result<std::unique_ptr<Formatter>> make_ids(const OutputOptions& options) {
    return {std::make_unique<IdsFormatter>(options.null)};
}

}  // namespace limier
