#include "searcher/query/expand.hpp"

#include <algorithm>
#include <set>

#include "common/text/accents.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

// An inflection adds or takes at most this many letters (étudiant, étudiantes): chat must not reach châtiment.
constexpr std::size_t k_inflection = 3;
constexpr std::size_t k_shortest_stem = 3;
constexpr std::uint32_t k_most_candidates = 4000;

std::u32string code_points(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, at));
    return out;
}

bool glob_matches(std::u32string_view glob, std::u32string_view text) {
    std::size_t g = 0, t = 0, star = std::u32string_view::npos, mark = 0;
    while (t < text.size()) {
        if (g < glob.size() && (glob[g] == U'?' || glob[g] == text[t])) {
            ++g, ++t;
        } else if (g < glob.size() && glob[g] == U'*') {
            star = g++;
            mark = t;
        } else if (star != std::u32string_view::npos) {
            g = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == U'*') ++g;
    return g == glob.size();
}

/// Edits between two words with swaps of neighbours (optimal string alignment), or limit + 1.
std::size_t edits_between(std::u32string_view a, std::u32string_view b, std::size_t limit) {
    if ((a.size() > b.size() ? a.size() - b.size() : b.size() - a.size()) > limit) return limit + 1;
    std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        next[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                next[j] = std::min(next[j], before[j - 2] + 1);
            least = std::min(least, next[j]);
        }
        if (least > limit) return limit + 1;
        std::swap(before, row);
        std::swap(row, next);
    }
    return row[b.size()];
}

/// Makes an expansion of chosen forms: bounds their number, finds their terms and whether those say more than the
/// forms.
Expansion expansion_of(const Index& index, FormSet forms) {
    Expansion out;
    std::set<std::string> terms;
    for (std::size_t s = 0; s < forms.size(); ++s) {
        const Segment& segment = index.segments()[s].segment;
        std::vector<std::uint32_t>& ids = forms[s];
        if (ids.size() > k_most_forms) {
            out.cut = true;
            std::nth_element(ids.begin(), ids.begin() + k_most_forms, ids.end(), [&](std::uint32_t a, std::uint32_t b) {
                return segment.occurrences(a) > segment.occurrences(b);
            });
            ids.resize(k_most_forms);
        }
        std::sort(ids.begin(), ids.end());
        for (const std::uint32_t id : ids) {
            terms.emplace(segment.term(segment.term_of(id)));
        }
    }
    // In every segment: a term chosen in one may have other forms in the next.
    for (std::size_t s = 0; s < forms.size() && out.all_of_terms; ++s) {
        for (const std::string& term : terms) {
            const auto [first, last] = index.segments()[s].segment.forms_of(term);
            for (std::uint32_t form = first; form < last && out.all_of_terms; ++form)
                out.all_of_terms = std::binary_search(forms[s].begin(), forms[s].end(), form);
        }
    }
    out.forms = std::move(forms);
    out.terms.assign(terms.begin(), terms.end());
    return out;
}

/// All forms for which `choose(form)` holds, in every segment.
template <class Choose>
Expansion scan_forms(const Index& index, Choose choose) {
    FormSet forms(index.segments().size());
    for (std::size_t s = 0; s < forms.size(); ++s) {
        const Segment& segment = index.segments()[s].segment;
        for (std::uint32_t id = 0; id < segment.forms(); ++id) {
            if (choose(segment.form(id))) forms[s].push_back(id);
        }
    }
    return expansion_of(index, std::move(forms));
}

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

}  // namespace

std::vector<std::string> word_terms(const Index& index, Analyser& analyser, const Form& word) {
    std::vector<std::string> terms{word.term};
    const auto add = [&terms](std::string_view term) {
        if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.emplace_back(term);
    };
    const std::string folded = fold(word.text);
    const std::string folded_stem = analyser.stem(folded);
    const std::string_view letters = utf8_prefix(folded, std::min(folded.size(), folded_stem.size()));
    for (const Index::SegmentAt& at : index.segments()) {
        const Segment& segment = at.segment;
        const auto [same, same_end] = segment.folded_range(folded, false);
        for (std::uint32_t place = same; place < same_end; ++place) {
            const std::uint32_t id = segment.vocabulary(place);
            if (accents_allow(word.text, segment.form(id))) add(segment.term(segment.term_of(id)));
        }
        if (word.stop || letters.size() < k_shortest_stem || english_word(word.text)) continue;
        const auto [first, last] =
            segment.folded_range(letters.substr(0, std::max(k_shortest_stem, letters.size() - 1)), true);
        for (std::uint32_t place = first; place < std::min(last, first + k_most_candidates); ++place) {
            const std::uint32_t id = segment.vocabulary(place);
            const std::string_view form = segment.form(id);
            const bool near =
                form.size() <= folded.size() + k_inflection + 1 && folded.size() <= form.size() + k_inflection;
            if (!near) continue;
            const std::string folded_form = fold(form);
            const bool bare = folded_form == form;
            // Of two inflections one has the accents, the other not; both accented, the stemmer has decided already.
            const bool differ = has_accent(word.text) ? bare && !unaccented_word(form) : !bare;
            if (differ && analyser.stem(folded_form) == folded_stem) add(segment.term(segment.term_of(id)));
        }
    }
    return terms;
}

Expansion exact_forms(const Index& index, std::string_view form) {
    return range_forms(index, fold(form), false,
                       [form](std::string_view candidate) { return accents_allow(form, candidate); });
}

Expansion prefix_forms(const Index& index, std::string_view prefix) {
    return range_forms(index, fold(prefix), true, [prefix](std::string_view candidate) {
        return !has_accent(prefix) || candidate.starts_with(prefix) || !has_accent(candidate);
    });
}

Expansion wildcard_forms(const Index& index, std::string_view glob) {
    const std::u32string folded = code_points(fold(glob));
    return scan_forms(index, [&](std::string_view form) { return glob_matches(folded, code_points(fold(form))); });
}

Expansion fuzzy_forms(const Index& index, std::string_view word, int edits) {
    const std::u32string folded = code_points(fold(word));
    const auto limit = static_cast<std::size_t>(edits);
    return scan_forms(index, [&](std::string_view form) {
        return form.size() <= word.size() + 4 * limit + 4 &&
               edits_between(folded, code_points(fold(form)), limit) <= limit;
    });
}

std::string nearest_form(const Index& index, std::string_view word) {
    const std::u32string folded = code_points(fold(word));
    if (folded.size() < 4) return {};
    const std::size_t limit = folded.size() < 8 ? 1 : 2;
    std::string best;
    std::size_t best_edits = limit + 1;
    std::uint32_t best_uses = 0;
    for (const Index::SegmentAt& at : index.segments()) {
        for (std::uint32_t id = 0; id < at.segment.forms(); ++id) {
            const std::string_view form = at.segment.form(id);
            if (form.size() > word.size() + 8) continue;
            const std::size_t edits = edits_between(folded, code_points(fold(form)), limit);
            const std::uint32_t uses = at.segment.occurrences(id);
            if (edits == 0 || edits > limit || edits > best_edits || (edits == best_edits && uses <= best_uses))
                continue;
            best = form;
            best_edits = edits;
            best_uses = uses;
        }
    }
    return best;
}

}  // namespace limier
