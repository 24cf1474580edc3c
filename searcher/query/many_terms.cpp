#include "searcher/query/many_terms.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>

#include "searcher/bm25.hpp"

namespace limier {
namespace {

class WeightedSource : public Xapian::PostingSource {
 public:
    explicit WeightedSource(const WeightedDocuments& found) : found_(found) {}

    WeightedSource* clone() const override { return std::make_unique<WeightedSource>(found_).release(); }
    std::string name() const override { return "limier::WeightedSource"; }
    std::string get_description() const override { return "ManyTerms"; }
    void init(const Xapian::Database&) override {
        at_ = 0;
        started_ = false;
        set_maxweight(static_cast<double>(found_.most));
    }
    Xapian::doccount get_termfreq_min() const override { return size(); }
    Xapian::doccount get_termfreq_est() const override { return size(); }
    Xapian::doccount get_termfreq_max() const override { return size(); }
    bool at_end() const override { return started_ && at_ >= found_.documents.size(); }
    Xapian::docid get_docid() const override { return found_.documents[at_]; }
    double get_weight() const override { return static_cast<double>(found_.weights[at_]); }

    void next(double least) override {
        if (started_) ++at_;
        started_ = true;
        pass_lower(least);
    }
    void skip_to(Xapian::docid wanted, double least) override {
        started_ = true;
        const auto from = found_.documents.begin() + static_cast<std::ptrdiff_t>(at_);
        at_ =
            static_cast<std::size_t>(std::lower_bound(from, found_.documents.end(), wanted) - found_.documents.begin());
        pass_lower(least);
    }

 private:
    Xapian::doccount size() const { return static_cast<Xapian::doccount>(found_.documents.size()); }

    /// Goes on over documents that do not reach a score: the match has no use for them.
    void pass_lower(double least) {
        if (least <= 0) return;
        while (at_ < found_.weights.size() && static_cast<double>(found_.weights[at_]) < least) ++at_;
    }

    const WeightedDocuments& found_;
    std::size_t at_ = 0;
    bool started_ = false;
};

/// The length of each document, the number of its tokens as the column spells them.
class Lengths {
 public:
    explicit Lengths(const Index& index) : index_(index) {}
    std::uint32_t of(Xapian::docid document) {
        if (segment_ == nullptr || document < first_ || document - first_ >= segment_->documents()) {
            const Index::Place place = index_.place(document);
            segment_ = place.segment;
            first_ = document - place.row;
        }
        return segment_->length(document - first_);
    }

 private:
    const Index& index_;
    const Segment* segment_ = nullptr;
    Xapian::docid first_ = 0;
};

}  // namespace

WeightedDocuments any_term(const Index& index, const std::vector<std::string>& terms) {
    const Xapian::Database& database = index.database();
    std::vector<std::uint16_t> counts(database.get_lastdocid() + std::size_t{1});
    for (const std::string& term : terms) {
        const Xapian::PostingIterator end = database.postlist_end(term);
        for (Xapian::PostingIterator at = database.postlist_begin(term); at != end; ++at) {
            constexpr std::uint32_t most = std::numeric_limits<std::uint16_t>::max();
            counts[*at] = static_cast<std::uint16_t>(std::min(counts[*at] + std::max(at.get_wdf(), 1u), most));
        }
    }
    WeightedDocuments found;
    for (std::size_t document = 0; document < counts.size(); ++document)
        if (counts[document] != 0) found.documents.push_back(static_cast<Xapian::docid>(document));
    const double idf =
        inverse_frequency(static_cast<double>(index.documents()), static_cast<double>(found.documents.size()));
    const double average = std::max(1.0, database.get_average_length());
    Lengths lengths(index);
    found.weights.reserve(found.documents.size());
    for (const Xapian::docid document : found.documents) {
        const double weight = idf * saturated(counts[document], lengths.of(document) / average);
        found.weights.push_back(static_cast<float>(weight));
        found.most = std::max(found.most, found.weights.back());
    }
    return found;
}

Xapian::Query weighted_query(const WeightedDocuments& found) {
    WeightedSource source(found);
    return Xapian::Query(&source);  // Xapian clones it
}

}  // namespace limier
