// Facet counts from the columns, over the documents that match.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <xapian.h>

#include "common/result.hpp"
#include "common/store.hpp"
#include "searcher/parts.hpp"
#include "searcher/result.hpp"

namespace limier {

/// What to count: a field, or the date by period.
struct FacetRequest {
    enum class Period { none, year, month, day };
    std::string name;  ///< as asked
    Field field = Field::person;
    Period period = Period::none;
};

/// Reads `person` or `date:month`. Errors: unknown field, a field without values, an unknown period; the hint names
/// what there is.
Result<FacetRequest> parse_facet(std::string_view name);

/// Reads a list with commas; an empty one asks for none.
Result<std::vector<FacetRequest>> parse_facets(std::string_view list);

/// Collects the documents that match. Give it to get_mset with check_at_least = all documents: a spy sees only what the
/// match looks at.
class MatchedDocuments : public Xapian::MatchSpy {
 public:
    explicit MatchedDocuments(const PartsInMatch& parts) : parts_(parts) {}
    void operator()(const Xapian::Document& document, double) override {
        documents_.push_back(parts_.number(document));
    }
    std::vector<Xapian::docid> take() { return std::move(documents_); }

 private:
    const PartsInMatch& parts_;
    std::vector<Xapian::docid> documents_;
};

/// Exact counts over the documents (sorted), count down, then value; at most `limit` values (0: all), and the selected
/// ones always. `selected` has field and key of the values that the query filters on. Throws Damaged.
std::vector<Facet> count_facets(const Index& index, std::span<const Xapian::docid> documents,
                                std::span<const FacetRequest> requests,
                                std::span<const std::pair<Field, std::string>> selected, std::size_t limit);

}  // namespace limier
