#include "searcher/query/recency.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <string>

#include "common/columns.hpp"
#include "common/packed_values.hpp"

namespace limier {
namespace {

/// Stands on every document; reads its date from the columns, which is ten times faster than from a value slot.
class DateScore : public Xapian::PostingSource {
 public:
    explicit DateScore(const Index& index) : index_(index) {}

    DateScore* clone() const override { return std::make_unique<DateScore>(index_).release(); }
    std::string name() const override { return "limier::DateScore"; }
    std::string get_description() const override { return "DateScore"; }
    void init(const Xapian::Database& database) override {
        at_ = 0;
        last_ = database.get_lastdocid();
        documents_ = database.get_doccount();
        dates_ = index_.segments()[index_.segment_of(database)].segment.dates();
        set_maxweight(1);
    }
    Xapian::doccount get_termfreq_min() const override { return 0; }
    Xapian::doccount get_termfreq_est() const override { return documents_; }
    Xapian::doccount get_termfreq_max() const override { return documents_; }
    bool at_end() const override { return at_ > last_; }
    Xapian::docid get_docid() const override { return at_; }
    void next(double least) override {
        ++at_;
        pass_lower(least);
    }
    void skip_to(Xapian::docid wanted, double least) override {
        if (wanted <= at_) return;
        at_ = wanted;
        pass_lower(least);
    }
    bool check(Xapian::docid wanted, double) override {
        at_ = std::max(at_, wanted);
        return true;
    }
    double get_weight() const override { return at_ <= dates_.size() ? recency(dates_[at_ - 1]) : 0; }

 private:
    /// Goes on over documents that do not reach a score: the match has no use for them.
    void pass_lower(double least) {
        while (least > 0 && at_ <= last_ && get_weight() < least) ++at_;
    }

    const Index& index_;
    Xapian::docid at_ = 0;
    Xapian::docid last_ = 0;
    Xapian::doccount documents_ = 0;
    std::span<const std::uint32_t> dates_;
};

}  // namespace

Xapian::Query newest_first(const Index& index, const Xapian::Query& query) {
    if (index.has_servers()) {
        Xapian::ValueWeightPostingSource score(k_slot_recency);
        return Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, Xapian::Query(&score));
    }
    DateScore score(index);
    return Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, Xapian::Query(&score));
}

}  // namespace limier
