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
    explicit WeightedSource(const WeightedDocuments& found) : found_(found), part_(&found.parts.front()) {}

    WeightedSource* clone() const override { return std::make_unique<WeightedSource>(found_).release(); }
    std::string name() const override { return "limier::WeightedSource"; }
    std::string get_description() const override { return "ManyTerms"; }
    void init(const Xapian::Database& database) override {
        part_ = &found_.parts[found_.index->segment_of(database)];
        at_ = 0;
        started_ = false;
        set_maxweight(static_cast<double>(found_.most));
    }
    Xapian::doccount get_termfreq_min() const override { return size(); }
    Xapian::doccount get_termfreq_est() const override { return size(); }
    Xapian::doccount get_termfreq_max() const override { return size(); }
    bool at_end() const override { return started_ && at_ >= part_->documents.size(); }
    Xapian::docid get_docid() const override { return part_->documents[at_]; }
    double get_weight() const override { return static_cast<double>(part_->weights[at_]); }

    void next(double least) override {
        if (started_) ++at_;
        started_ = true;
        pass_lower(least);
    }
    void skip_to(Xapian::docid wanted, double least) override {
        started_ = true;
        const auto from = part_->documents.begin() + static_cast<std::ptrdiff_t>(at_);
        at_ =
            static_cast<std::size_t>(std::lower_bound(from, part_->documents.end(), wanted) - part_->documents.begin());
        pass_lower(least);
    }

 private:
    Xapian::doccount size() const { return static_cast<Xapian::doccount>(part_->documents.size()); }

    /// Goes on over documents that do not reach a score: the match has no use for them.
    void pass_lower(double least) {
        if (least <= 0) return;
        while (at_ < part_->weights.size() && static_cast<double>(part_->weights[at_]) < least) ++at_;
    }

    const WeightedDocuments& found_;
    const WeightedDocuments::Part* part_;
    std::size_t at_ = 0;
    bool started_ = false;
};

}  // namespace

WeightedDocuments any_term(const Index& index, const std::vector<std::string>& terms) {
    const Xapian::Database& database = index.database();
    std::vector<std::uint16_t> counts(database.get_lastdocid() + std::size_t{1});
    for (std::size_t number = 0; number < index.segments().size(); ++number) {
        const Xapian::Database& part = index.segments()[number].database;
        for (const std::string& term : terms) {
            const Xapian::PostingIterator end = part.postlist_end(term);
            for (Xapian::PostingIterator at = part.postlist_begin(term); at != end; ++at) {
                constexpr std::uint32_t most = std::numeric_limits<std::uint16_t>::max();
                std::uint16_t& count = counts[index.document(number, *at - 1)];
                count = static_cast<std::uint16_t>(std::min(count + std::max(at.get_wdf(), 1u), most));
            }
        }
    }
    const auto matched = std::count_if(counts.begin(), counts.end(), [](std::uint16_t count) { return count != 0; });
    const double idf = inverse_frequency(database.get_doccount(), static_cast<double>(matched));
    const double average = std::max(1.0, database.get_average_length());
    WeightedDocuments found;
    found.index = &index;
    for (std::size_t number = 0; number < index.segments().size(); ++number) {
        const Segment& segment = index.segments()[number].segment;
        WeightedDocuments::Part& part = found.parts.emplace_back();
        for (std::uint32_t row = 0; row < segment.documents(); ++row) {
            const std::uint16_t count = counts[index.document(number, row)];
            if (count == 0) continue;
            const double weight = idf * saturated(count, segment.length(row) / average);
            part.documents.push_back(row + 1);
            part.weights.push_back(static_cast<float>(weight));
            found.most = std::max(found.most, part.weights.back());
        }
    }
    return found;
}

Xapian::Query weighted_query(const WeightedDocuments& found) {
    WeightedSource source(found);
    return Xapian::Query(&source);  // Xapian clones it
}

}  // namespace limier
