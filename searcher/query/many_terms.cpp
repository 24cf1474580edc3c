#include "searcher/query/many_terms.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>

#include "common/packed_values.hpp"
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

using Counts = std::vector<std::uint16_t>;  // occurrences by document

void add_count(std::uint16_t& count, std::uint32_t occurrences) {
    constexpr std::uint32_t most = std::numeric_limits<std::uint16_t>::max();
    count = static_cast<std::uint16_t>(std::min(count + std::max(occurrences, 1u), most));
}

void count_in_postings(const Index& index, const std::vector<std::string>& terms, Counts& counts) {
    for (std::size_t number = 0; number < index.segments().size(); ++number) {
        const Xapian::Database& part = index.segments()[number].database;
        for (const std::string& term : terms) {
            const Xapian::PostingIterator end = part.postlist_end(term);
            for (Xapian::PostingIterator at = part.postlist_begin(term); at != end; ++at) {
                add_count(counts[index.document(number, *at - 1)], at.get_wdf());
            }
        }
    }
}

/// A server sends postings one by one, and what matches at once: with a weight that is the number of occurrences.
void count_by_match(const Index& index, const std::vector<std::string>& terms, Counts& counts) {
    Xapian::Enquire enquire(index.database());
    enquire.set_query(Xapian::Query(Xapian::Query::OP_SYNONYM, terms.begin(), terms.end()));
    enquire.set_weighting_scheme(Xapian::TfIdfWeight("nnn"));
    const Xapian::doccount all = index.database().get_doccount();
    const Xapian::MSet found = enquire.get_mset(0, all, all);
    for (auto at = found.begin(); at != found.end(); ++at)
        add_count(counts[*at], static_cast<std::uint32_t>(std::lround(at.get_weight())));
}

/// The weights by a slot that every document has another value in.
Xapian::Query served_query(const WeightedDocuments& found) {
    Xapian::ValueMapPostingSource source(k_slot_key);
    for (std::size_t number = 0; number < found.parts.size(); ++number) {
        const Segment& segment = found.index->segments()[number].segment;
        const WeightedDocuments::Part& part = found.parts[number];
        for (std::size_t i = 0; i < part.documents.size(); ++i)
            source.add_mapping(document_key(segment.record(part.documents[i] - 1).id),
                               static_cast<double>(part.weights[i]));
    }
    const Xapian::Query any(Xapian::Query::OP_OR, found.terms.begin(), found.terms.end());
    return {Xapian::Query::OP_FILTER, Xapian::Query(&source), any};
}

}  // namespace

WeightedDocuments any_term(const Index& index, const std::vector<std::string>& terms) {
    const Xapian::Database& database = index.database();
    Counts counts(database.get_lastdocid() + std::size_t{1});
    (index.has_servers() ? count_by_match : count_in_postings)(index, terms, counts);
    const auto matched = std::count_if(counts.begin(), counts.end(), [](std::uint16_t count) { return count != 0; });
    const double idf = inverse_frequency(database.get_doccount(), static_cast<double>(matched));
    const double average = std::max(1.0, database.get_average_length());
    WeightedDocuments found;
    found.index = &index;
    found.terms = terms;
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
    if (found.index->has_servers()) return served_query(found);
    WeightedSource source(found);
    return Xapian::Query(&source);  // Xapian clones it
}

}  // namespace limier
