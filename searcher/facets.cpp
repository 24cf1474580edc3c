#include "searcher/facets.hpp"

#include <algorithm>
#include <deque>
#include <optional>

#include "common/output/language.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "searcher/amount_ranges.hpp"
#include "searcher/facet_counts.hpp"
#include "searcher/timeline.hpp"
#include "searcher/topic_tree.hpp"
#include "searcher/values_named.hpp"
#include "searcher/weeks.hpp"

namespace limier {
namespace {

constexpr std::size_t k_place_bytes = 200;  // of a collation key: names that agree so far stand by their bytes

/// Keeps of the values that come, with `least` documents or more, those that can be among the `limit` with most (0:
/// all), equals included.
class Best {
 public:
    Best(std::size_t limit, std::uint32_t least)
        : limit_(limit), room_(std::max<std::size_t>(2 * limit, 64)), least_(std::max(least, 1U)) {}

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
    std::uint32_t least_;
    std::vector<Counted> values_;
};

/// A value to be listed. Lifetime of what it views: the index's, or the caller's of `listed`.
struct Named {
    std::string_view name;
    std::uint32_t documents;
    bool selected;
    std::string_view place = {};  ///< where the order is by name: what it sorts by
};

bool before_by_count(const Named& a, const Named& b) {
    return a.documents != b.documents ? a.documents > b.documents : a.name < b.name;
}

bool before_by_name(const Named& a, const Named& b) { return a.place != b.place ? a.place < b.place : a.name < b.name; }

/// Keeps what can be listed: in the order of names the first may be any.
Best best_for(const FacetListing& listing) {
    return {listing.order == FacetOrder::count ? listing.limit : 0, listing.least};
}

/// Numbers of the values that the query filters on, by segment, sorted.
std::vector<std::vector<std::uint32_t>> selected_values(const Index& index, Field field, SelectedValues selected) {
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

/// The first in order, and the selected ones.
std::vector<FacetValue> listed(std::vector<Named> values, const FacetListing& listing) {
    const bool by_name = listing.order == FacetOrder::name;
    const auto before = by_name ? before_by_name : before_by_count;
    std::deque<std::string> places;
    if (by_name) {
        for (Named& value : values)
            if (value.place.empty()) value.place = places.emplace_back(collation_key(value.name, k_place_bytes));
    }
    const std::size_t first = listing.limit == 0 ? values.size() : std::min(listing.limit, values.size());
    const auto rest = values.begin() + static_cast<std::ptrdiff_t>(first);
    std::partial_sort(values.begin(), rest, values.end(), before);
    values.erase(std::remove_if(rest, values.end(), [](const Named& value) { return !value.selected; }), values.end());
    std::sort(values.begin() + static_cast<std::ptrdiff_t>(first), values.end(), before);
    std::vector<FacetValue> list;
    for (const Named& value : values) list.push_back({std::string(value.name), value.documents, value.selected});
    return list;
}

/// The value chosen is listed too where no hit has it; not the many that a name or a topic's parent may stand for.
template <class Wanted>
void add_chosen_without_hits(const Index& index, Field field, SelectedValues selected, Wanted is_wanted,
                             std::vector<Named>& values) {
    const auto is_of_field = [field](const auto& chosen) { return chosen.first == field; };
    const auto chosen = std::find_if(selected.begin(), selected.end(), is_of_field);
    if (std::count_if(selected.begin(), selected.end(), is_of_field) != 1) return;
    if (std::any_of(values.begin(), values.end(), [](const Named& value) { return value.selected; })) return;
    for (std::size_t number = 0; number < index.segments().size(); ++number) {
        const std::optional<std::uint32_t> ordinal = index.segments()[number].segment.facet(field).find(chosen->second);
        if (!ordinal) continue;
        if (!is_wanted(static_cast<std::uint32_t>(number), *ordinal)) return;
        values.push_back({index.label(number, field, *ordinal), 0, true});
        return;
    }
}

std::vector<FacetValue> field_values(const Index& index, std::span<const MatchedRows> matched,
                                     const FacetRequest& request, SelectedValues selected,
                                     const FacetListing& listing) {
    const Field field = request.field;
    const auto chosen = selected_values(index, field, selected);
    const ValuesNamed is_wanted(index, field, request.word);
    std::vector<Named> values;
    Best best = best_for(listing);
    const auto named = [&](const Counted& value, bool is_selected) {
        values.push_back({index.label(value.segment, field, value.value), value.documents, is_selected});
    };
    each_value(matched, field, [&](const Counted& value) {
        if (!is_wanted(value.segment, value.value)) return;
        const auto& wanted = chosen[value.segment];
        if (!wanted.empty() && std::binary_search(wanted.begin(), wanted.end(), value.value))
            named(value, true);
        else
            best.add(value);
    });
    for (const Counted& value : best.take()) named(value, false);
    add_chosen_without_hits(index, field, selected, is_wanted, values);
    return listed(std::move(values), listing);
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

std::vector<FacetValue> date_values(const DateCounts& counts, FacetRequest::Period period,
                                    const FacetListing& listing) {
    Best best = best_for(listing);
    for (const ValueCount& date : counts.take(period)) best.add({0, date.value, date.documents});
    const std::vector<Counted> dates = best.take();
    std::vector<std::string> names;
    for (const Counted& date : dates) names.push_back(date_name(unpack_date(date.value), period));
    std::vector<Named> values;
    for (std::size_t i = 0; i < dates.size(); ++i) values.push_back({names[i], dates[i].documents, false});
    return listed(std::move(values), listing);
}

/// In the order of names they stand by currency and size.
std::vector<FacetValue> amount_ranges(std::span<const MatchedRows> matched, const FacetListing& listing) {
    const std::vector<std::pair<std::string, std::uint32_t>> counts = count_amount_ranges(matched);
    std::vector<Named> values;
    std::deque<std::string> places;
    for (const auto& [name, documents] : counts) {
        if (documents < listing.least) continue;
        std::string& place = places.emplace_back(1, static_cast<char>(1 + values.size() / 255));
        place.push_back(static_cast<char>(1 + values.size() % 255));
        values.push_back({name, documents, false, place});
    }
    return listed(std::move(values), listing);
}

/// Reads what the values are to begin with.
std::optional<Error> read_word(std::string_view text, const FieldInfo& field, FacetRequest& request) {
    if (field.kind == FieldKind::date || field.kind == FieldKind::amount) {
        return Error{
            Code::usage,
            request.name + std::string(tr("~: the values of this facet have no words to look for",
                                          "~ : les valeurs de cette facette n’ont pas de mots à chercher")),
            std::string(tr("narrow the query instead, for example ", "restreindre plutôt la requête, par exemple ")) +
                std::string(field.example)};
    }
    request.word = fold_key(clean_utf8(text).text);
    if (!request.word.empty()) return std::nullopt;
    return Error{
        Code::usage,
        request.name + std::string(tr("~: the beginning of a word is to follow", "~ : le début d’un mot doit suivre")),
        std::string(tr("for example ", "par exemple ")) + "person~alt"};
}

std::string parts_listed() {
    std::string list;
    for (const char c : k_facet_parts) c == '|' ? list.append(", ") : list.append(1, c);
    return list;
}

using Period = FacetRequest::Period;
struct PeriodName {
    Period period;
    std::string_view english, french;
};
constexpr PeriodName k_period_names[] = {{Period::year, "year", "année"},
                                         {Period::month, "month", "mois"},
                                         {Period::week, "week", "semaine"},
                                         {Period::day, "day", "jour"}};

}  // namespace

Period read_period(std::string_view name) {
    for (const PeriodName& row : k_period_names)
        if (name == row.english || name == row.french) return row.period;
    return Period::none;
}

std::string_view period_name(Period period) {
    for (const PeriodName& row : k_period_names)
        if (period == row.period) return row.english;
    return {};
}

std::string_view period_label(Period period) {
    for (const PeriodName& row : k_period_names)
        if (period == row.period) return tr(row.english, row.french);
    return {};
}

std::string date_name(Date date, FacetRequest::Period period) {
    return period == FacetRequest::Period::week ? week_text(date) : date_text(date);
}

Result<FacetRequest> parse_facet(std::string_view text) {
    const std::size_t tilde = text.find('~');
    const std::string_view name = text.substr(0, tilde);
    const std::size_t colon = name.find(':');
    const FieldInfo* field = find_field(name.substr(0, colon));
    if (field == nullptr || !field->facet) {
        std::string known;
        for (const FieldInfo& row : all_fields()) {
            if (row.facet) known += (known.empty() ? "" : ", ") + std::string(row.name);
        }
        return Error{Code::usage, std::string(tr("no such facet: ", "facette inconnue : ")) + std::string(name),
                     std::string(tr("facets: ", "facettes : ")) + known + ", " + parts_listed()};
    }
    FacetRequest request{std::string(name), field->field, FacetRequest::Period::none};
    if (tilde != std::string_view::npos) {
        if (std::optional<Error> error = read_word(text.substr(tilde + 1), *field, request)) return *std::move(error);
    }
    if (colon == std::string_view::npos) return request;
    const std::string_view period = name.substr(colon + 1);
    if (field->field == Field::date) request.period = read_period(period);
    request.ranges = field->field == Field::amount && (period == "range" || period == "tranche");
    request.tree = field->field == Field::topic && (period == "tree" || period == "arbre");
    if (request.period == Period::none && !request.ranges && !request.tree) {
        return Error{Code::usage, std::string(tr("no such facet: ", "facette inconnue : ")) + std::string(name),
                     parts_listed()};
    }
    return request;
}

Result<std::vector<FacetRequest>> parse_facets(std::string_view list) {
    std::vector<FacetRequest> requests;
    for (std::size_t begin = 0; begin < list.size();) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        Result<FacetRequest> request = parse_facet(list.substr(begin, end - begin));
        if (!request) return request.error();
        begin = end + 1;
        const auto same = std::find_if(requests.begin(), requests.end(),
                                       [&](const FacetRequest& other) { return other.name == request->name; });
        if (same != requests.end() && same->word != request->word) {
            return Error{Code::usage,
                         std::string(tr("the facet is asked for twice, with different words: ",
                                        "la facette est demandée deux fois, avec des mots différents : ")) +
                             request->name};
        }
        if (same == requests.end()) requests.push_back(std::move(*request));
    }
    return requests;
}

Result<std::vector<FacetRequest>> parse_significant(std::string_view list) {
    Result<std::vector<FacetRequest>> requests = parse_facets(list);
    if (!requests) return requests;
    for (const FacetRequest& request : *requests) {
        if (request.ranges || request.tree) {
            return Error{Code::usage,
                         request.name + std::string(tr(": only single values are weighed against the index",
                                                       " : seules les valeurs une à une sont comparées à l’index")),
                         std::string(info(request.field).name)};
        }
        if (request.field != Field::date) continue;
        return Error{Code::usage,
                     request.name + std::string(tr(": dates are not weighed against the index",
                                                   " : les dates ne sont pas comparées à l’index")),
                     std::string(tr("--timeline shows them", "--timeline les montre"))};
    }
    return requests;
}

std::vector<Facet> count_facets(const Index& index, std::span<const Xapian::docid> documents,
                                std::span<const FacetRequest> requests, SelectedValues selected,
                                const FacetListing& listing) {
    const std::vector<MatchedRows> matched = rows_of(index, documents);
    const std::optional<DateCounts> dates = count_dates(matched, requests);
    std::vector<Facet> facets;
    for (const FacetRequest& request : requests) {
        facets.push_back({request.name,
                          request.field == Field::date ? date_values(*dates, request.period, listing)
                          : request.ranges             ? amount_ranges(matched, listing)
                          : request.tree               ? topic_tree(index, matched, request.word, selected, listing)
                                                       : field_values(index, matched, request, selected, listing),
                          request.word});
        facets.back().tree = request.tree;
        if (listing.courses && request.field == Field::date && request.period != Period::none)
            facets.back().course = bars_of(*dates, request.period);
    }
    return facets;
}

}  // namespace limier
