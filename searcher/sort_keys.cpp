#include "searcher/sort_keys.hpp"

namespace limier {
namespace {

/// Sorts by date, documents without one last. It is read from the column: the value slot costs a search in the database
/// for each document that comes among the best.
class DateKeys : public Xapian::KeyMaker {
 public:
    DateKeys(const PartsInMatch& parts, bool newest_first) : parts_(parts), newest_first_(newest_first) {}

    std::string operator()(const Xapian::Document& document) const override {
        const Index::Place place = parts_.place(document);
        const std::uint32_t date = pack_date(place.segment->date(place.row));
        const std::uint32_t number = newest_first_ ? ~date : date - 1;
        std::string key;
        for (const unsigned shift : {24u, 16u, 8u, 0u}) key.push_back(static_cast<char>(number >> shift));
        return key;
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

}  // namespace limier
