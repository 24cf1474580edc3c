#include "searcher/query/recency.hpp"

#include <memory>
#include <string>

#include "common/schema.hpp"

namespace limier {
namespace {

constexpr double k_end_of_time = 99991231;

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
        double number = 0;
        const std::string digits = get_value();
        for (std::size_t i = 0; i < 8; ++i) {
            const char c = i < digits.size() ? digits[i] : '0';
            if (c < '0' || c > '9') return 0;
            number = number * 10 + (c - '0');
        }
        return number / k_end_of_time;
    }
};

}  // namespace

Xapian::Query newest_first(const Xapian::Query& query) {
    DateScore score;
    return Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, Xapian::Query(&score));
}

}  // namespace limier
