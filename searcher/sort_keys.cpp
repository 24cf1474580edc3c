#include "searcher/sort_keys.hpp"

#include "common/packed_values.hpp"

namespace limier {
namespace {

/// Sorts by date, documents without one last. It is read from the column: the value slot costs a search in the database
/// for each document that comes among the best.
class DateKeys : public Xapian::KeyMaker {
 public:
    DateKeys(const PartsInMatch& parts, bool newest_first) : parts_(parts), newest_first_(newest_first) {}

    std::string operator()(const Xapian::Document& document) const override {
        const Index::Place place = parts_.place(document);
        return date_sort_key(place.segment->packed_date(place.row), newest_first_);
    }

 private:
    const PartsInMatch& parts_;
    bool newest_first_;
};

}  // namespace

std::optional<SortOrder> sort_order(std::string_view name) {
    if (name == "relevance") return SortOrder::relevance;
    if (name == "date") return SortOrder::date;
    if (name == "-date") return SortOrder::date_down;
    if (name == "title") return SortOrder::title;
    return std::nullopt;
}

/// Equal scores come in order of date, newest first: a query of filters alone may have many.
std::unique_ptr<Xapian::KeyMaker> key_maker(const PartsInMatch& parts, SortOrder sort) {
    if (sort != SortOrder::title) return std::make_unique<DateKeys>(parts, sort != SortOrder::date);
    auto maker = std::make_unique<Xapian::MultiValueKeyMaker>();
    maker->add_value(k_slot_title, false, "\xff");  // without a title last
    return maker;
}

void sort_by_slots(Xapian::Enquire& enquire, SortOrder sort) {
    switch (sort) {
        case SortOrder::relevance:
            return enquire.set_sort_by_relevance_then_value(k_slot_newest, false);
        case SortOrder::date:
            return enquire.set_sort_by_value_then_relevance(k_slot_oldest, false);
        case SortOrder::date_down:
            return enquire.set_sort_by_value_then_relevance(k_slot_newest, false);
        case SortOrder::title:
            return enquire.set_sort_by_value_then_relevance(k_slot_title_order, false);
    }
}

}  // namespace limier
