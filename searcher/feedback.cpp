#include "searcher/feedback.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr std::size_t k_shortest_word = 3;

struct Seen {
    std::uint32_t uses = 0, documents = 0, last = 0;
    std::map<std::string, std::uint32_t> forms;
};

bool is_word(std::string_view form) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < form.size();) {
        const char32_t c = next_code_point(form, at);
        if (is_digit(c)) return false;
        letters += is_letter(c);
    }
    return letters >= k_shortest_word;
}

double bo1(double uses, double share) { return uses * std::log2((1 + share) / share) + std::log2(1 + share); }

}  // namespace

std::vector<FeedbackTerm> feedback_terms(const Index& index, std::span<const Xapian::docid> documents,
                                         const std::set<std::string>& asked) {
    std::map<std::string, Seen, std::less<>> seen;
    std::vector<ColumnToken> buffer;
    for (std::uint32_t number = 1; const Xapian::docid document : documents) {
        const Index::Place place = index.place(document);
        const TokenRow row = place.segment->tokens(place.row, buffer);
        for (const std::span<const ColumnToken> part : {row.title, row.body}) {
            for (const ColumnToken token : part) {
                const std::string_view form = place.segment->form(token.form());
                const std::uint32_t id = place.segment->term_of(token.form());
                if (place.segment->is_stop(id) || !is_word(form)) continue;
                Seen& term = seen[std::string(place.segment->term(id))];
                ++term.uses;
                ++term.forms[std::string(form)];
                term.documents += term.last != number;
                term.last = number;
            }
        }
        ++number;
    }
    std::vector<FeedbackTerm> terms;
    const double all = index.documents();
    for (const auto& [term, found] : seen) {
        if ((documents.size() > 1 && found.documents < 2) || asked.contains(term)) continue;
        const double share = std::max<double>(found.uses, index.database().get_collection_freq(term)) / all;
        const auto most = std::max_element(found.forms.begin(), found.forms.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        terms.push_back({term, most->first, bo1(found.uses, share)});
    }
    const auto heavier = [](const FeedbackTerm& a, const FeedbackTerm& b) {
        return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
    };
    std::sort(terms.begin(), terms.end(), heavier);
    if (terms.size() > k_feedback_terms) terms.resize(k_feedback_terms);
    for (const double strongest = terms.empty() ? 1 : terms.front().weight; FeedbackTerm & term : terms)
        term.weight /= strongest;
    return terms;
}

}  // namespace limier
