#include "searcher/query/pattern.hpp"

#include <algorithm>

#include "searcher/query/find_pattern.hpp"

namespace limier {
namespace {

/// Verifies documents that other postings select.
class PatternSource : public Xapian::PostingSource {
 public:
    explicit PatternSource(PatternVerifier& verifier) : verifier_(verifier) {}

    PatternSource* clone() const override { return std::make_unique<PatternSource>(verifier_).release(); }
    std::string name() const override { return "limier::PatternSource"; }
    std::string get_description() const override { return "Pattern"; }
    void init(const Xapian::Database& database) override {
        at_ = 0;
        missed_ = false;
        segment_ = verifier_.index().segment_of(database);
        last_ = database.get_lastdocid();
        documents_ = database.get_doccount();
    }
    Xapian::doccount get_termfreq_min() const override { return 0; }
    Xapian::doccount get_termfreq_est() const override { return documents_; }
    Xapian::doccount get_termfreq_max() const override { return documents_; }
    bool at_end() const override { return at_ > last_; }
    Xapian::docid get_docid() const override { return at_; }

    void next(double) override {
        for (++at_; at_ <= last_ && !verifier_.holds(segment_, at_ - 1);) ++at_;
        missed_ = false;
    }
    void skip_to(Xapian::docid wanted, double weight) override {
        if (wanted < at_ || (wanted == at_ && !missed_)) return;
        at_ = wanted - 1;
        next(weight);
    }
    bool check(Xapian::docid wanted, double) override {
        if (wanted < at_ || (wanted == at_ && !missed_)) return true;
        at_ = wanted;
        missed_ = at_ <= last_ && !verifier_.holds(segment_, at_ - 1);
        return !missed_;
    }

 private:
    PatternVerifier& verifier_;
    std::size_t segment_ = 0;
    Xapian::docid at_ = 0;  ///< of the segment's own database
    bool missed_ = false;   ///< `check` stands on a document without the pattern
    Xapian::docid last_ = 0;
    Xapian::doccount documents_ = 0;
};

}  // namespace

Xapian::Query pattern_filter(PatternVerifier& verifier) {
    PatternSource source(verifier);
    return Xapian::Query(&source);  // Xapian clones it
}

bool PatternDecider::operator()(const Xapian::Document& document) const {
    const Index::Place at = parts_.place(document);
    return std::all_of(verifiers_.begin(), verifiers_.end(),
                       [&at](PatternVerifier* verifier) { return verifier->holds(at.number, at.row); });
}

}  // namespace limier
