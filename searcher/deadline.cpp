#include "searcher/deadline.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace limier {
namespace {

// Documents. One of a query of thousands of words takes a millisecond.
constexpr unsigned k_between_looks = 8;

/// Has every document, and looks at the clock now and then. It reports to have all, so that an AND asks it last.
class DeadlineSource : public Xapian::PostingSource {
 public:
    explicit DeadlineSource(const Deadline& deadline) : deadline_(deadline) {}

    DeadlineSource* clone() const override { return std::make_unique<DeadlineSource>(deadline_).release(); }
    std::string name() const override { return "limier::DeadlineSource"; }
    std::string get_description() const override { return "Deadline"; }
    void init(const Xapian::Database& database) override {
        at_ = 0;
        last_ = database.get_lastdocid();
        documents_ = database.get_doccount();
    }
    Xapian::doccount get_termfreq_min() const override { return documents_; }
    Xapian::doccount get_termfreq_est() const override { return documents_; }
    Xapian::doccount get_termfreq_max() const override { return documents_; }
    bool at_end() const override { return at_ > last_; }
    Xapian::docid get_docid() const override { return at_; }
    void next(double) override { stand_at(at_ + 1); }
    void skip_to(Xapian::docid wanted, double) override { stand_at(std::max(at_, wanted)); }
    bool check(Xapian::docid wanted, double) override {
        stand_at(std::max(at_, wanted));
        return true;
    }

 private:
    void stand_at(Xapian::docid document) {
        at_ = document;
        if (++asked_ % k_between_looks == 0) deadline_.check();
    }

    const Deadline& deadline_;
    unsigned asked_ = 0;
    Xapian::docid at_ = 0, last_ = 0;
    Xapian::doccount documents_ = 0;
};

}  // namespace

Deadline::Deadline(std::optional<std::chrono::duration<double>> limit, const std::atomic<bool>* stop) : stop_(stop) {
    if (limit) end_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(*limit);
}

void Deadline::check() const {
    if (stopped() || passed()) throw std::runtime_error("deadline");
}

Xapian::Query Deadline::guard(const Xapian::Query& query) const {
    if (!limited() && stop_ == nullptr) return query;
    DeadlineSource source(*this);
    return {Xapian::Query::OP_FILTER, query, Xapian::Query(&source)};  // Xapian clones it
}

}  // namespace limier
