#include "searcher/parts.hpp"

#include <algorithm>
#include <memory>
#include <span>

namespace limier {

/// Has the documents of a part that were not removed. It reports to have all, so that an AND asks it last.
class PartsInMatch::Source : public Xapian::PostingSource {
 public:
    explicit Source(const PartsInMatch& parts) : parts_(parts) {}

    Source* clone() const override { return std::make_unique<Source>(parts_).release(); }
    std::string name() const override { return "limier::PartsInMatch"; }
    std::string get_description() const override { return "Parts"; }
    void init(const Xapian::Database& database) override {
        segment_ = parts_.index_.segment_of(database);
        removed_ = parts_.index_.segments()[segment_].removed;
        last_ = database.get_lastdocid();
        live_ = last_ - static_cast<Xapian::doccount>(removed_.size());
        at_ = 0;
    }
    Xapian::doccount get_termfreq_min() const override { return live_; }
    Xapian::doccount get_termfreq_est() const override { return last_; }
    Xapian::doccount get_termfreq_max() const override { return last_; }
    bool at_end() const override { return at_ > last_; }
    Xapian::docid get_docid() const override { return at_; }
    void next(double) override {
        ++at_;
        pass_removed();
    }
    void skip_to(Xapian::docid wanted, double) override {
        at_ = std::max(at_, wanted);
        pass_removed();
    }
    bool check(Xapian::docid wanted, double) override {
        skip_to(wanted, 0);
        return true;
    }

 private:
    void pass_removed() {
        parts_.at_ = segment_;
        const auto first = std::lower_bound(removed_.begin(), removed_.end(), at_ - 1);
        removed_ = removed_.subspan(static_cast<std::size_t>(first - removed_.begin()));
        while (!removed_.empty() && removed_.front() == at_ - 1) {
            removed_ = removed_.subspan(1);
            ++at_;
        }
    }

    const PartsInMatch& parts_;
    std::size_t segment_ = 0;
    std::span<const std::uint32_t> removed_;  ///< from where it stands
    Xapian::docid at_ = 0, last_ = 0;
    Xapian::doccount live_ = 0;
};

Xapian::Query PartsInMatch::guard(const Xapian::Query& query) const {
    if (index_.segments().size() == 1 && !index_.any_removed()) return query;
    Source source(*this);
    return {Xapian::Query::OP_FILTER, query, Xapian::Query(&source)};  // Xapian clones it
}

}  // namespace limier
