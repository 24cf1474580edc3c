#include "searcher/query/candidates.hpp"

#include <algorithm>

namespace limier {

using Op = Xapian::Query::op;

Xapian::Query join(Op op, const std::vector<Xapian::Query>& queries) {
    return queries.size() == 1 ? queries.front() : Xapian::Query(op, queries.begin(), queries.end());
}

/// Xapian weighs a synonym by its estimate of how many documents have one of the terms, which it rounds wherever it
/// joins two, the least frequent first: as they are in each database, so that of several each comes to a weight of its
/// own. Joined here, as they are in all, they weigh what they do in one.
Xapian::Query synonyms(const Index& index, const std::vector<std::string>& terms) {
    if (terms.size() < 3 || index.segments().size() == 1)
        return join(Op::OP_SYNONYM, std::vector<Xapian::Query>(terms.begin(), terms.end()));
    struct Joined {
        Xapian::doccount frequency;
        Xapian::Query query;
        bool operator<(const Joined& other) const { return frequency > other.frequency; }
    };
    std::vector<Joined> heap;  // the least frequent first
    Xapian::Enquire enquire(index.database());
    enquire.set_query(Xapian::Query(Op::OP_OR, terms.begin(), terms.end()));
    const Xapian::MSet known = enquire.get_mset(0, 0);  // of servers too, asked at once
    for (const std::string& term : terms) heap.push_back({known.get_termfreq(term), Xapian::Query(term)});
    std::make_heap(heap.begin(), heap.end());
    const auto take = [&heap] {
        std::pop_heap(heap.begin(), heap.end());
        Joined least = std::move(heap.back());
        heap.pop_back();
        return least;
    };
    const double documents = index.database().get_doccount();
    while (heap.size() > 1) {
        const Joined a = take(), b = take();
        const double x = a.frequency, y = b.frequency, frequency = x + y - x * y / documents;
        heap.push_back({static_cast<Xapian::doccount>(frequency + 0.5), {Op::OP_SYNONYM, a.query, b.query}});
        std::push_heap(heap.begin(), heap.end());
    }
    return heap.front().query;
}

Xapian::Query Candidates::any_of(const std::vector<std::string>& terms) const {
    std::vector<std::string> names;
    for (const std::string& term : terms) names.push_back(std::string(prefix_) + term);
    if (names.size() >= k_many_terms) {
        weighted_.push_back(std::make_unique<WeightedDocuments>(any_term(index_, names)));
        return weighted_query(*weighted_.back());
    }
    // Variants of a word are one term in ranking: apart, they rank worse than no stemming at all (nDCG@10 0.67 against
    // 0.77).
    return names.empty() ? Xapian::Query::MatchNothing : synonyms(index_, names);
}

Xapian::Query Candidates::having(const Pattern& pattern) const {
    std::vector<Xapian::Query> parts;
    if (pattern.kind != Pattern::Kind::sequence) {
        for (const Pattern& child : pattern.children) parts.push_back(having(child));
        return join(pattern.kind == Pattern::Kind::any_of ? Op::OP_OR : Op::OP_AND, parts);
    }
    const bool only_stop =
        std::all_of(pattern.steps.begin(), pattern.steps.end(), [](const Step& step) { return step.stop; });
    for (std::size_t place = 0; place < pattern.length;) {
        std::size_t end = place + 1;
        bool stop = true, content = false;
        for (const Step& step : pattern.steps) {
            if (step.from < place || step.from >= end) continue;
            end = std::max(end, step.from + step.span);
            stop = stop && step.stop;
            content = content || (!step.stop && step.span == 1);
        }
        if (!stop || only_stop) parts.push_back(filled(pattern, place, end, content));
        place = end;
    }
    return join(Op::OP_AND, parts);
}

/// Documents that may fill the places [begin, end): what joins all of them (`saintdenis`), or each by itself (`saint`
/// and `denis`); where joined forms cross, any of these. The way over the single places has each of them, so that their
/// stop words select nothing beside others (`content`).
Xapian::Query Candidates::filled(const Pattern& pattern, std::size_t begin, std::size_t end, bool content) const {
    std::vector<std::string> joined, any;
    std::vector<std::vector<std::string>> singles(end - begin);
    bool crossing = false;
    for (const Step& step : pattern.steps) {
        if (step.from < begin || step.from >= end || (content && step.stop && step.span == 1)) continue;
        crossing = crossing || (step.span > 1 && step.span != end - begin);
        std::vector<std::string>& terms = step.span > 1 ? joined : singles[step.from - begin];
        terms.insert(terms.end(), step.terms.begin(), step.terms.end());
        any.insert(any.end(), step.terms.begin(), step.terms.end());
    }
    std::vector<Xapian::Query> each;
    for (const std::vector<std::string>& terms : singles)
        if (!terms.empty()) each.push_back(any_of(terms));
    if (crossing || each.empty()) return any_of(any);
    if (joined.empty()) return join(Op::OP_AND, each);
    // The parts of a word that is written joined are there too: one weight for all. OP_MAX ends in a crash of Xapian
    // 1.4.22 when many hits are wanted beside other words.
    return {Op::OP_SYNONYM, any_of(joined), join(Op::OP_AND, each)};
}

}  // namespace limier
