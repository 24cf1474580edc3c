#include "searcher/feedback.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr std::size_t k_shortest_word = 3;

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

/// The terms of texts, counted.
class TermCounts {
 public:
    /// A word of the text of this number, which does not fall.
    void add(std::string_view term, std::string_view form, std::uint32_t text) {
        if (!is_word(form)) return;
        Seen& seen = seen_[std::string(term)];
        ++seen.uses;
        ++seen.forms[std::string(form)];
        seen.texts += seen.last != text;
        seen.last = text;
    }

    /// The heaviest of the terms that so many of the texts have, and so many documents of the index.
    std::vector<FeedbackTerm> heaviest(const Index& index, std::uint32_t texts, Xapian::doccount documents,
                                       const std::set<std::string>& asked) const {
        std::vector<FeedbackTerm> terms;
        const double all = index.documents();
        for (const auto& [term, seen] : seen_) {
            if (seen.texts < texts || asked.contains(term)) continue;
            if (documents > 0 && index.database().get_termfreq(term) < documents) continue;
            const double known = index.database().get_collection_freq(term);
            const double share = std::max<double>(seen.uses, known) / all;
            const auto most = std::max_element(seen.forms.begin(), seen.forms.end(),
                                               [](const auto& a, const auto& b) { return a.second < b.second; });
            terms.push_back({term, most->first, bo1(seen.uses, share)});
        }
        std::sort(terms.begin(), terms.end(), [](const FeedbackTerm& a, const FeedbackTerm& b) {
            return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
        });
        if (terms.size() > k_feedback_terms) terms.resize(k_feedback_terms);
        for (const double strongest = terms.empty() ? 1 : terms.front().weight; FeedbackTerm & term : terms)
            term.weight /= strongest;
        return terms;
    }

 private:
    struct Seen {
        std::uint32_t uses = 0, texts = 0, last = 0;
        std::map<std::string, std::uint32_t> forms;
    };
    std::map<std::string, Seen, std::less<>> seen_;
};

TermCounts counts_of(const Index& index, std::span<const Xapian::docid> documents) {
    TermCounts counts;
    std::vector<ColumnToken> buffer;
    for (std::uint32_t number = 1; const Xapian::docid document : documents) {
        const Index::Place place = index.place(document);
        const TokenRow row = place.segment->tokens(place.row, buffer);
        for (const std::span<const ColumnToken> part : {row.title, row.body}) {
            for (const ColumnToken token : part) {
                const std::uint32_t term = place.segment->term_of(token.form());
                if (!place.segment->is_stop(term))
                    counts.add(place.segment->term(term), place.segment->form(token.form()), number);
            }
        }
        ++number;
    }
    return counts;
}

}  // namespace

std::vector<FeedbackTerm> feedback_terms(const Index& index, std::span<const Xapian::docid> documents,
                                         const std::set<std::string>& asked) {
    return counts_of(index, documents).heaviest(index, documents.size() > 1 ? 2 : 1, 0, asked);
}

std::vector<FeedbackTerm> document_terms(const Index& index, Xapian::docid document) {
    return counts_of(index, std::span(&document, 1)).heaviest(index, 1, 2, {});
}

std::vector<FeedbackTerm> text_terms(const Index& index, Analyser& analyser, std::string_view text) {
    TermCounts counts;
    std::vector<Token> tokens;
    analyser.analyse(text, tokens);
    for (const Token& token : tokens) {
        const Form& form = analyser.form(token.form);
        if (!form.stop) counts.add(form.term, form.text, 1);
    }
    return counts.heaviest(index, 1, 1, {});
}

}  // namespace limier
