#include "searcher/parts.hpp"

#include <algorithm>
#include <memory>
#include <span>

namespace limier {

/// Has the documents of a part that were removed. Xapian asks it at the first match of a part, whether there are any or
/// not; where there is none any more, it is asked no more and costs nothing.
class PartsInMatch::Source : public Xapian::PostingSource {
 public:
    explicit Source(const PartsInMatch& parts) : parts_(parts) {}

    Source* clone() const override { return std::make_unique<Source>(parts_).release(); }
    std::string name() const override { return "limier::PartsInMatch"; }
    std::string get_description() const override { return "Removed"; }
    void init(const Xapian::Database& database) override {
        segment_ = parts_.index_.segment_of(database);
        removed_ = parts_.index_.segments()[segment_].removed;
        at_ = 0;
        started_ = false;
    }
    Xapian::doccount get_termfreq_min() const override { return size(); }
    Xapian::doccount get_termfreq_est() const override { return size(); }
    Xapian::doccount get_termfreq_max() const override { return size(); }
    bool at_end() const override { return started_ && at_ == removed_.size(); }
    Xapian::docid get_docid() const override { return removed_[at_] + 1; }

    void next(double) override {
        parts_.at_ = segment_;
        if (started_) ++at_;
        started_ = true;
    }
    void skip_to(Xapian::docid wanted, double) override {
        parts_.at_ = segment_;
        started_ = true;
        const auto from = removed_.begin() + static_cast<std::ptrdiff_t>(at_);
        at_ = static_cast<std::size_t>(std::lower_bound(from, removed_.end(), wanted - 1) - removed_.begin());
    }

 private:
    Xapian::doccount size() const { return static_cast<Xapian::doccount>(removed_.size()); }

    const PartsInMatch& parts_;
    std::size_t segment_ = 0;
    std::span<const std::uint32_t> removed_;
    std::size_t at_ = 0;
    bool started_ = false;
};

Xapian::Query PartsInMatch::guard(const Xapian::Query& query) const {
    if (index_.segments().size() == 1 && !index_.any_removed()) return query;
    Source source(*this);
    return {Xapian::Query::OP_AND_NOT, query, Xapian::Query(&source)};  // Xapian clones it
}

}  // namespace limier
