#include "searcher/query/recency.hpp"

#include <algorithm>
#include <charconv>
#include <memory>
#include <string>

#include "common/schema.hpp"

namespace limier {
namespace {

// A day more is seen in the six decimals of a printed score.
constexpr unsigned k_first_year = 1000;
constexpr unsigned k_years = 2000;
constexpr unsigned k_days_a_month = 31;
constexpr unsigned k_days_a_year = 12 * k_days_a_month;

class DateScore : public Xapian::ValuePostingSource {
 public:
    DateScore() : ValuePostingSource(k_slot_date) {}

    DateScore* clone() const override { return std::make_unique<DateScore>().release(); }
    std::string name() const override { return "limier::DateScore"; }
    std::string get_description() const override { return "DateScore"; }
    void init(const Xapian::Database& database) override {
        ValuePostingSource::init(database);
        set_maxweight(1);
    }
    /// The slot holds `YYYY[MM[DD]]`.
    double get_weight() const override {
        const std::string digits = get_value();
        const auto part = [&digits](std::size_t at, std::size_t size) {
            unsigned number = 0;
            if (digits.size() >= at + size) std::from_chars(digits.data() + at, digits.data() + at + size, number);
            return number;
        };
        const unsigned year = part(0, 4);
        if (year < k_first_year || year >= k_first_year + k_years) return 0;
        const unsigned days = (year - k_first_year) * k_days_a_year + part(4, 2) * k_days_a_month + part(6, 2);
        return std::min(1.0, days / double{k_years * k_days_a_year});
    }
};

}  // namespace

Xapian::Query newest_first(const Xapian::Query& query) {
    DateScore score;
    return Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, Xapian::Query(&score));
}

}  // namespace limier
