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
    enum class Period { none, year, month, week, day };  ///< the coarsest first
    std::string name;                                    ///< as asked, without the word
    Field field = Field::person;
    Period period = Period::none;
    bool ranges = false;    ///< amounts by order of magnitude instead of one by one
    bool tree = false;      ///< topics with those that belong to them
    std::string word = {};  ///< folded: only values of which a word of the label or of an alias begins so; empty: all
};

enum class FacetOrder { count, name };

/// Which values of a facet are listed.
struct FacetListing {
    std::size_t limit = 10;                ///< 0: all
    FacetOrder order = FacetOrder::count;  ///< by count, down, then value; or by value, as French sorts them
    std::uint32_t least = 1;               ///< documents that a value has
    bool courses = false;                  ///< Facet::course is filled
};

/// The facets that are parts of what a field has.
inline constexpr std::string_view k_facet_parts = "date:year|date:month|date:week|date:day|amount:range|topic:tree";

/// Reads `person`, `person~alt` or `date:month`. Errors: unknown field, a field without values, an unknown period, a
/// word to look for among dates or amounts, or none behind `~`; the hint names what there is.
Result<FacetRequest> parse_facet(std::string_view name);

/// `year`, `month`, `week`, `day`, or as in French; none for other names.
FacetRequest::Period read_period(std::string_view name);

/// The English of these, as JSON has it; nothing for none.
std::string_view period_name(FacetRequest::Period period);
/// The same in the language of the user.
std::string_view period_label(FacetRequest::Period period);

/// A date counted by a period, as facets and timelines name it.
std::string date_name(Date date, FacetRequest::Period period);

/// Reads a list with commas; an empty one asks for none. Errors: as parse_facet; one facet asked for with two words,
/// of which only one could have its name.
Result<std::vector<FacetRequest>> parse_facets(std::string_view list);

/// The same for --significant. Errors: a facet of dates of the documents, too.
Result<std::vector<FacetRequest>> parse_significant(std::string_view list);

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

/// Field and key of the values that the query filters on.
using SelectedValues = std::span<const std::pair<Field, std::string>>;

/// Exact counts over the documents (sorted); the selected values are listed always, unless a word leaves them out.
/// Throws Damaged.
std::vector<Facet> count_facets(const Index& index, std::span<const Xapian::docid> documents,
                                std::span<const FacetRequest> requests, SelectedValues selected,
                                const FacetListing& listing);

}  // namespace limier
