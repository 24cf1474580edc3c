#include <algorithm>
#include <cmath>
#include <string>

#include "common/text/utf8.hpp"
#include "indexer/tagger/form_notes.hpp"
#include "indexer/tagger/parts.hpp"
#include "indexer/tagger/phrase_candidates.hpp"
#include "indexer/tagger/phrase_words.hpp"

namespace limier {
namespace {

// These were chosen over a grid of values on the articles of tests/data/corpus-keywords.tsv; the test measures them.
constexpr double k_word_share = 0.5;  ///< how often the words are said, beside how often the phrase is
constexpr double k_title_share = 1, k_lead_share = 1;
constexpr double k_one_word = 0.8, k_one_word_once = 0.5;
constexpr double k_long_once = 0.8, k_weak_once = 0.1;
constexpr double k_with_name = 0.5;
constexpr double k_cue_weight = 5;  ///< the largest weight of a cue
constexpr std::size_t k_least_phrases = 5, k_most_phrases = 10;
constexpr std::size_t k_words_a_phrase = 30;
constexpr std::size_t k_acronym = 5;       ///< letters
constexpr std::size_t k_ranked = 32;       ///< of which the phrases are taken that do not overlap
constexpr std::uint32_t k_often_more = 3;  ///< so much oftener is a phrase said by itself than within a longer one

/// What each stem adds to a phrase for being said as often as it is.
std::vector<double> stem_shares(const Phrases& phrases) {
    std::vector<double> shares;
    shares.reserve(phrases.stems.size());
    for (const PhraseStem& stem : phrases.stems) shares.push_back(k_word_share * stem.rarity * std::sqrt(stem.count));
    return shares;
}

/// `lead`: 1 for a phrase that stands at the begin of the text, 0 at its end.
double score_of(const PhraseCandidate& candidate, const Phrases& phrases, const std::vector<double>& shares,
                double lead) {
    double words = 0, rarity = 0;
    for (std::size_t i = 0; i < candidate.size; ++i) {
        words += shares[candidate.stems[i]];
        rarity += phrases.stems[candidate.stems[i]].rarity;
    }
    const bool once = candidate.count == 1;
    double score = words + (1 - k_word_share) * rarity * (once ? 1 : std::sqrt(candidate.count));
    score *= (1 + k_title_share * candidate.in_title + k_lead_share * lead * lead) / candidate.size;
    if (candidate.size == 1) score *= k_one_word * (once ? k_one_word_once : 1);
    if (candidate.size > 2 && once) score *= k_long_once;
    if (candidate.weak && once) score *= k_weak_once;
    if (candidate.has_name) score *= k_with_name;
    return score * (1 + candidate.cue / k_cue_weight);
}

/// Whether the words of `part` stand in `whole` one behind the other.
bool within(const PhraseCandidate& part, const PhraseCandidate& whole) {
    if (part.size >= whole.size) return false;
    const auto end = whole.stems.begin() + whole.size;
    return std::search(whole.stems.begin(), end, part.stems.begin(), part.stems.begin() + part.size) != end;
}

/// Of two phrases of which one is in the other, the second is taken too where it stands on its own.
bool says_more(const PhraseCandidate& next, const PhraseCandidate& taken) {
    if (within(next, taken)) return next.count > taken.count;
    if (!within(taken, next)) return true;
    if (taken.size > 1 && taken.count == next.count) return false;
    if (next.count > 1) return true;
    return (next.in_title && next.size == taken.size + 1) || taken.count <= next.count + k_often_more;
}

struct Ranked {
    double score = 0;
    std::uint32_t candidate = 0;
};

std::vector<Ranked> best_phrases(const Phrases& phrases, const TagInput& input) {
    const std::vector<double> shares = stem_shares(phrases);
    std::vector<Ranked> ranked;
    ranked.reserve(phrases.candidates.size());
    for (std::uint32_t i = 0; i < phrases.candidates.size(); ++i) {
        const PhrasePlace& place = phrases.places[phrases.candidates[i].first_place];
        const std::size_t size = (place.in_title ? input.document.title : input.document.text).size();
        const double lead = 1 - place.begin / static_cast<double>(size);
        ranked.push_back({score_of(phrases.candidates[i], phrases, shares, lead), i});
    }
    const auto better = [](const Ranked& a, const Ranked& b) {
        return a.score != b.score ? a.score > b.score : a.candidate < b.candidate;
    };
    const std::size_t kept = std::min(k_ranked, ranked.size());
    std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(kept), ranked.end(), better);
    ranked.resize(kept);
    const std::size_t most =
        std::clamp((input.title.size() + input.text.size()) / k_words_a_phrase, k_least_phrases, k_most_phrases);
    std::vector<Ranked> best;
    for (const Ranked& next : ranked) {
        if (best.size() == most) break;
        const bool is_new = std::all_of(best.begin(), best.end(), [&](const Ranked& taken) {
            return says_more(phrases.candidates[next.candidate], phrases.candidates[taken.candidate]);
        });
        if (is_new) best.push_back(next);
    }
    return best;
}

/// A phrase as it is printed, on one line.
std::string on_line(std::string_view said) {
    std::string line;
    if (said.find_first_of("\n\r\t\xC2\xE2") == std::string_view::npos && said.find("  ") == std::string_view::npos)
        return std::string(said);
    for (std::size_t at = 0; at < said.size();) {
        const std::size_t begin = at;
        if (!is_space(next_code_point(said, at)))
            line.append(said.substr(begin, at - begin));
        else if (!line.ends_with(' '))
            line.push_back(' ');
    }
    return line;
}

/// Whether text is in capitals because it is a headline, and not an acronym.
bool is_headline(std::string_view text) {
    std::size_t letters = 0;
    bool long_word = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (is_letter(c) && !is_upper(c)) return false;
        letters = is_letter(c) ? letters + 1 : 0;
        long_word = long_word || letters > k_acronym;
    }
    return long_word;
}

std::string in_small_letters(std::string_view text) {
    std::string small;
    for (std::size_t at = 0; at < text.size();) append_utf8(small, to_lower(next_code_point(text, at)));
    return small;
}

bool begins_with_capital(std::string_view text) {
    std::size_t at = 0;
    return !text.empty() && is_upper(next_code_point(text, at));
}

std::string printed(const PhrasePlace& place, const TagInput& input) {
    const std::string_view text = place.in_title ? input.document.title : input.document.text;
    std::string form = on_line(text.substr(place.begin, place.end - place.begin));
    return is_headline(form) ? in_small_letters(form) : form;
}

/// The form used most, one without a capital before one with it; the first of equals.
std::string label_of(const PhraseCandidate& candidate, const Phrases& phrases, const TagInput& input) {
    if (candidate.count == 1) return printed(phrases.places[candidate.first_place], input);
    std::vector<std::pair<std::string, std::uint32_t>> said;
    std::uint32_t at = candidate.first_place;
    for (std::uint32_t i = 0; i < candidate.count; ++i, at = phrases.places[at].next) {
        std::string form = printed(phrases.places[at], input);
        const auto known = std::find_if(said.begin(), said.end(), [&](const auto& row) { return row.first == form; });
        if (known == said.end())
            said.emplace_back(std::move(form), 1);
        else
            ++known->second;
    }
    const auto best = std::max_element(said.begin(), said.end(), [](const auto& a, const auto& b) {
        const bool capital_a = begins_with_capital(a.first), capital_b = begins_with_capital(b.first);
        return capital_a != capital_b ? capital_a : a.second < b.second;
    });
    return best->first;
}

}  // namespace

struct KeyPhraseTagger::Impl {
    PhraseWords words;
};

KeyPhraseTagger::KeyPhraseTagger() : impl_(std::make_unique<Impl>()) {}
KeyPhraseTagger::~KeyPhraseTagger() = default;

void KeyPhraseTagger::tag(const TagInput& input, Annotations& out) const {
    const std::string& lang = input.document.lang;
    if (!lang.empty() && !lang.starts_with("fr")) return;
    const Phrases phrases = find_phrases(impl_->words, input, out);
    const std::vector<Ranked> best = best_phrases(phrases, input);
    for (const Ranked& phrase : best) {
        const PhraseCandidate& candidate = phrases.candidates[phrase.candidate];
        KeyPhrase& found = out.key_phrases.emplace_back();
        for (std::size_t i = 0; i < candidate.size; ++i) {
            if (i != 0) found.key += ' ';
            found.key += input.analyser.form(phrases.stems[candidate.stems[i]].form).term;
        }
        found.value = label_of(candidate, phrases, input);
        found.score = phrase.score / best.front().score;
        const PhrasePlace& place = phrases.places[candidate.first_place];
        found.begin = place.begin;
        found.end = place.end;
        found.in_title = place.in_title;
    }
}

}  // namespace limier
