#include "searcher/query/expand.hpp"

#include <algorithm>
#include <limits>

#include "common/text/accents.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "searcher/query/slip.hpp"

namespace limier {
namespace {

// An inflection adds or takes at most this many letters (étudiant, étudiantes): chat must not reach châtiment.
constexpr std::size_t k_inflection = 3;
constexpr std::size_t k_shortest_stem = 3;
constexpr std::uint32_t k_most_candidates = 4000;
constexpr std::size_t k_most_known = 4096;  // words: some megabytes

/// The `k_most_forms` most frequent of the forms.
void keep_most_frequent(const Segment& segment, std::vector<std::uint32_t>& ids) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> uses;
    for (const std::uint32_t id : ids) uses.emplace_back(segment.occurrences(id), id);
    std::nth_element(uses.begin(), uses.begin() + k_most_forms, uses.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    ids.resize(k_most_forms);
    std::transform(uses.begin(), uses.begin() + k_most_forms, ids.begin(), [](const auto& use) { return use.second; });
}

/// Adds the terms of forms, which are sorted; false where a term has other forms too. A term's forms are neighbours.
bool add_terms(const Segment& segment, const std::vector<std::uint32_t>& ids, std::vector<std::string_view>& terms) {
    bool all = true;
    for (std::size_t i = 0; i < ids.size();) {
        const std::uint32_t term = segment.term_of(ids[i]);
        all = all && (ids[i] == 0 || segment.term_of(ids[i] - 1) != term);
        std::uint32_t next = ids[i];
        for (; i < ids.size() && ids[i] == next && segment.term_of(next) == term; ++i) ++next;
        all = all && (next == segment.forms() || segment.term_of(next) != term);
        const std::string_view name = segment.term(term);
        if (terms.empty() || terms.back() != name) terms.push_back(name);
    }
    return all;
}

/// Makes an expansion of chosen forms: bounds their number, finds their terms and whether those say more than the
/// forms.
Expansion expansion_of(const Index& index, FormSet forms) {
    Expansion out;
    std::vector<std::string_view> all;
    std::vector<std::vector<std::string_view>> terms(forms.size());
    for (std::size_t s = 0; s < forms.size(); ++s) {
        const Segment& segment = index.segments()[s].segment;
        if (forms[s].size() > k_most_forms) {
            out.cut = true;
            keep_most_frequent(segment, forms[s]);
        }
        std::sort(forms[s].begin(), forms[s].end());
        out.all_of_terms = add_terms(segment, forms[s], terms[s]) && out.all_of_terms;
        all.insert(all.end(), terms[s].begin(), terms[s].end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    // A term chosen in one segment may have other forms in the next.
    for (std::size_t s = 0; s < forms.size(); ++s) {
        for (const std::string_view term : all) {
            if (!out.all_of_terms || forms.size() == 1) break;
            const auto [first, last] = index.segments()[s].segment.forms_of(term);
            out.all_of_terms = first == last || std::binary_search(terms[s].begin(), terms[s].end(), term);
        }
    }
    out.forms = std::move(forms);
    out.terms.assign(all.begin(), all.end());
    return out;
}

/// The forms of the terms that some forms of a segment have.
class TermForms {
 public:
    explicit TermForms(const Segment& segment) : segment_(segment) {}

    /// The forms of a term are neighbours.
    void add(std::uint32_t form) {
        const std::uint32_t term = segment_.term_of(form);
        if (std::find(terms_.begin(), terms_.end(), term) != terms_.end()) return;
        terms_.push_back(term);
        while (form > 0 && segment_.term_of(form - 1) == term) --form;
        for (; form < segment_.forms() && segment_.term_of(form) == term; ++form) forms_.push_back(form);
    }

    const std::vector<std::uint32_t>& terms() const { return terms_; }
    std::vector<std::uint32_t> take() { return std::move(forms_); }

 private:
    const Segment& segment_;
    std::vector<std::uint32_t> terms_, forms_;
};

/// Forms in a range of the vocabulary for which `choose(form)` holds.
template <class Choose>
Expansion range_forms(const Index& index, std::string_view folded, bool prefix, Choose choose) {
    FormSet forms(index.segments().size());
    for (std::size_t s = 0; s < forms.size(); ++s) {
        const Segment& segment = index.segments()[s].segment;
        const auto [first, last] = segment.folded_range(folded, prefix);
        for (std::uint32_t place = first; place < last; ++place) {
            const std::uint32_t id = segment.vocabulary(place);
            if (choose(segment.form(id))) forms[s].push_back(id);
        }
    }
    return expansion_of(index, std::move(forms));
}

/// Whether a form stands for a typed word of the same letters. Half the accents (`élysee`) are a slip where the index
/// has no such word.
class SameLetters {
 public:
    SameLetters(const Index& index, std::string_view typed, std::string_view folded) : typed_(typed) {
        if (!has_accent(typed)) return;
        for (const Index::SegmentAt& at : index.segments()) {
            const auto [first, last] = at.segment.folded_range(folded, false);
            for (std::uint32_t place = first; place < last; ++place)
                known_ = known_ || at.segment.form(at.segment.vocabulary(place)) == typed;
        }
    }
    bool operator()(std::string_view form) const {
        return accents_allow(typed_, form) || (!known_ && has_accent(typed_) && accents_within(typed_, form));
    }

 private:
    std::string_view typed_;
    bool known_ = false;
};

}  // namespace

Expansion word_forms(const Index& index, Analyser& analyser, const Form& word) {
    Expansion out;
    out.terms.push_back(word.term);
    const std::string folded = fold(word.text);
    const bool accented = has_accent(word.text);
    if (accented && unaccented_word(folded)) out.terms.push_back(unsure_form(folded));
    // Inflections have the beginning of the stem, but for its last letter.
    const std::string folded_stem = analyser.stem(folded);
    const std::string_view letters = utf8_prefix(folded, std::min(folded.size(), folded_stem.size()));
    const bool inflects = !word.stop && letters.size() >= k_shortest_stem && !english_word(word.text);
    const std::string_view beginning = letters.substr(0, std::max(k_shortest_stem, letters.size() - 1));
    const SameLetters same_letters(index, word.text, folded);
    const std::size_t segments = index.segments().size();
    std::vector<std::vector<std::string_view>> met(segments);
    for (std::size_t s = 0; s < segments; ++s) {
        const Segment& segment = index.segments()[s].segment;
        TermForms found(segment);
        const auto [same, same_end] = segment.folded_range(folded, false);
        for (std::uint32_t place = same; place < same_end; ++place) {
            const std::uint32_t id = segment.vocabulary(place);
            if (same_letters(segment.form(id))) found.add(id);
        }
        if (inflects) {
            const auto [first, last] = segment.folded_range(beginning, true);
            for (std::uint32_t place = first; place < std::min(last, first + k_most_candidates); ++place) {
                const std::uint32_t id = segment.vocabulary(place);
                const std::string_view form = segment.form(id);
                const bool near =
                    form.size() <= folded.size() + k_inflection + 1 && folded.size() <= form.size() + k_inflection;
                // Of two inflections one has the accents, the other not; both accented, the stemmer has decided
                // already.
                const bool bare = std::all_of(form.begin(), form.end(), [](char c) { return c >= 0; });
                if (!near || bare != accented || (accented && unaccented_word(form))) continue;
                if (analyser.stem(fold(form)) == folded_stem) found.add(id);
            }
        }
        for (const std::uint32_t term : found.terms()) {
            met[s].push_back(segment.term(term));
            if (std::find(out.terms.begin(), out.terms.end(), met[s].back()) == out.terms.end())
                out.terms.emplace_back(met[s].back());
        }
        out.forms.push_back(found.take());
    }
    // A term may have been met in another segment alone, or in none by these letters.
    for (std::size_t s = 0; s < segments; ++s) {
        const Segment& segment = index.segments()[s].segment;
        for (const std::string& term : out.terms) {
            if (std::find(met[s].begin(), met[s].end(), term) != met[s].end()) continue;
            const auto [first, last] = segment.forms_of(term);
            for (std::uint32_t form = first; form < last; ++form) out.forms[s].push_back(form);
        }
        std::sort(out.forms[s].begin(), out.forms[s].end());
    }
    return out;
}

const Expansion& WordForms::of(Analyser& analyser, const Form& word) {
    if (const auto known = known_.find(word.text); known != known_.end()) return known->second;
    if (known_.size() >= k_most_known) known_.clear();
    return known_.emplace(word.text, word_forms(*index_, analyser, word)).first->second;
}

Expansion exact_forms(const Index& index, std::string_view form) {
    const std::string folded = fold(form);
    return range_forms(index, folded, false, SameLetters(index, form, folded));
}

Expansion prefix_forms(const Index& index, std::string_view prefix) {
    const bool accents = has_accent(prefix);
    return range_forms(index, fold(prefix), true, [prefix, accents](std::string_view candidate) {
        return !accents || accents_within(prefix, candidate) || !has_accent(candidate);
    });
}

Expansion wildcard_forms(const Index& index, FoldedVocabulary& vocabulary, std::string_view glob) {
    const std::string folded = fold(glob);
    const std::size_t known = folded.find_first_of("*?");
    // What begins with letters is a small part of the vocabulary: only that is folded.
    if (known > 0) {
        return range_forms(index, std::string_view(folded).substr(0, known), true,
                           [&folded](std::string_view form) { return glob_matches(folded, fold(form)); });
    }
    FormSet forms(index.segments().size());
    for (std::size_t s = 0; s < forms.size(); ++s) {
        const FoldedForms& all = vocabulary.of(s);
        for (std::uint32_t place = 0; place < all.size(); ++place) {
            if (glob_matches(folded, all[place])) forms[s].push_back(index.segments()[s].segment.vocabulary(place));
        }
    }
    return expansion_of(index, std::move(forms));
}

Expansion fuzzy_forms(const Index& index, FoldedVocabulary& vocabulary, std::string_view word, int edits) {
    FormSet forms(index.segments().size());
    for (std::size_t s = 0; s < forms.size(); ++s) {
        for (const FoldedForms::Near& near : vocabulary.of(s).near(fold(word), static_cast<std::size_t>(edits)))
            forms[s].push_back(index.segments()[s].segment.vocabulary(near.place));
    }
    return expansion_of(index, std::move(forms));
}

std::string likeliest_form(const Index& index, FoldedVocabulary& vocabulary, std::string_view word) {
    const std::string folded = fold(word);
    std::string best;
    double best_likelihood = -std::numeric_limits<double>::infinity();
    for (std::size_t s = 0; s < index.segments().size(); ++s) {
        const Segment& segment = index.segments()[s].segment;
        for (const auto& [place, edits] : vocabulary.of(s).meant_by(folded)) {
            const std::uint32_t id = segment.vocabulary(place);
            const double found = likelihood(segment.occurrences(id), edits);
            if (edits == 0 || found <= best_likelihood) continue;
            best = segment.form(id);
            best_likelihood = found;
        }
    }
    return best;
}

}  // namespace limier
