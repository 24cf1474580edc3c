#include "searcher/rerank.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <map>

#include "common/column_tokens.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "searcher/bm25.hpp"

namespace limier {
namespace {

// Chosen by cross-validation on two sets at once, and rounded: CONTRIBUTING.md, "How the ranking was chosen".
constexpr double k_forms_weight = 0.5, k_order_weight = 0.5, k_window_weight = 0.6, k_lead_weight = 0.3,
                 k_kin_weight = 1;
constexpr std::uint32_t k_lead = 60;  // words
// The window has so many words for each of the query (Metzler and Croft, 2005); of 3, 5 or 20 in all nothing differs.
constexpr std::uint32_t k_window_per_word = 4;

// Kin share so many bytes of their beginning, and half of the longer word.
constexpr std::size_t k_kin_prefix = 5;
constexpr std::uint32_t k_most_kin = 2000;

constexpr std::size_t k_most_casts = 254;
constexpr std::uint8_t k_other = 255;  // a code that is not a form
constexpr std::uint32_t k_nowhere = ~std::uint32_t{0};

std::optional<std::uint16_t> code_of(std::uint32_t form, std::span<const std::uint32_t> form_of_code) {
    std::size_t code = form;
    if (!form_of_code.empty()) {
        const auto at = std::lower_bound(form_of_code.begin(), form_of_code.end(), form);
        if (at == form_of_code.end() || *at != form) return std::nullopt;
        code = static_cast<std::size_t>(at - form_of_code.begin());
    }
    return code < k_escape ? std::optional(static_cast<std::uint16_t>(code)) : std::nullopt;
}

}  // namespace

Reranker::Reranker(const Index& index, std::span<const RankedWord> words, const Xapian::MSet& found, bool kin)
    : index_(index),
      asked_(words.first(std::min(words.size(), k_most_casts))),
      kin_(kin),
      average_length_(std::max(1.0, index.database().get_average_length())),
      castings_(index.segments().size()) {
    weigh(asked_, found);
    found_.resize(words_.size());
    in_window_.resize(words_.size());
    pairs_.resize(words_.size());
    last_place_.resize(words_.size());
}

void Reranker::weigh(std::span<const RankedWord> words, const Xapian::MSet& found) {
    const double documents = index_.documents();
    std::uint16_t before = 0;
    bool first = true;
    for (std::size_t w = 0; w < words.size(); ++w) {
        double frequency = 0, uses = 0, typed = 0;
        for (const std::string& term : words[w].terms) frequency += found.get_termfreq(term);
        frequency = std::min(frequency, documents);
        const Spelt spelt = typed_form(w);
        for (std::size_t s = 0; s < index_.segments().size(); ++s) {
            const Segment& segment = index_.segments()[s].segment;
            for (const std::uint32_t form : words[w].forms[s]) uses += segment.occurrences(form);
            const auto same = [&](std::uint32_t form) {
                return segment.form(form) == spelt.second && segment.term(segment.term_of(form)) == spelt.first;
            };
            const auto typed_here = std::find_if(words[w].forms[s].begin(), words[w].forms[s].end(), same);
            typed_.push_back(spelt.second.empty() || typed_here == words[w].forms[s].end()
                                 ? std::nullopt
                                 : std::optional(*typed_here));
            if (typed_.back()) typed += segment.occurrences(*typed_.back());
        }
        // The columns count a form's occurrences, not its documents: it has its share of the term's.
        const double form_frequency = uses == 0 ? 0 : std::max(1.0, frequency * typed / uses);
        const auto number = static_cast<std::uint16_t>(w);
        words_.push_back({words[w].scale * inverse_frequency(documents, frequency),
                          words[w].scale * inverse_frequency(documents, form_frequency), words[w].stop,
                          first ? number : before});
        if (words[w].stop) continue;
        window_ += k_window_per_word;
        before = number;
        first = false;
    }
}

/// The form as typed; where the index lacks it, the one of the same letters used most; empty where there is none. Words
/// of another language may be spelt as one of French, with a term of their own: the first in order of terms.
Reranker::Spelt Reranker::typed_form(std::size_t word) const {
    const std::string& text = asked_[word].text;
    if (text.empty()) return {};
    const std::string folded = fold(text);
    std::map<Spelt, std::uint64_t> uses;
    std::optional<Spelt> same;
    for (std::size_t s = 0; s < index_.segments().size(); ++s) {
        const Segment& segment = index_.segments()[s].segment;
        for (const std::uint32_t form : asked_[word].forms[s]) {
            const Spelt spelt{segment.term(segment.term_of(form)), segment.form(form)};
            if (spelt.second == text)
                same = same ? std::min(*same, spelt) : spelt;
            else if (!same && fold(spelt.second) == folded)
                uses[spelt] += segment.occurrences(form);
        }
    }
    if (same) return *same;
    const auto most =
        std::max_element(uses.begin(), uses.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == uses.end() ? Spelt() : most->first;
}

void Reranker::add_kin(const Segment& segment, std::size_t word,
                       std::vector<std::pair<std::uint32_t, Role>>& roles) const {
    const std::string& text = asked_[word].text;
    if (words_[word].stop || text.size() < k_kin_prefix || is_digit(static_cast<unsigned char>(text[0]))) return;
    const std::string folded = fold(text);
    const auto [first, last] = segment.folded_range(utf8_prefix(folded, k_kin_prefix), true);
    for (std::uint32_t at = first; at < std::min(last, first + k_most_kin); ++at) {
        const std::uint32_t form = segment.vocabulary(at);
        const std::string_view other = segment.form(form);
        const auto shared = static_cast<std::size_t>(
            std::mismatch(text.begin(), text.end(), other.begin(), other.end()).first - text.begin());
        const std::size_t longer = std::max(text.size(), other.size());
        if (shared < k_kin_prefix || 2 * shared < longer || segment.is_stop(segment.term_of(form))) continue;
        const auto eighths = static_cast<std::uint16_t>(std::min<std::size_t>(8 * shared / longer, k_same - 1));
        roles.push_back({form, {static_cast<std::uint16_t>(word), eighths}});
    }
}

const Reranker::Casting& Reranker::casting(std::size_t number) {
    std::optional<Casting>& made = castings_[number];
    if (made) return *made;
    const Segment& segment = index_.segments()[number].segment;
    std::vector<std::pair<std::uint32_t, Role>> roles;
    for (std::size_t w = 0; w < asked_.size(); ++w) {
        const std::optional<std::uint32_t> typed = typed_[w * index_.segments().size() + number];
        for (const std::uint32_t form : asked_[w].forms[number]) {
            // Of stop words only the form as typed counts.
            if (form == typed || !words_[w].stop)
                roles.push_back({form, {static_cast<std::uint16_t>(w), form == typed ? k_typed : k_same}});
        }
        if (kin_) add_kin(segment, w, roles);
    }
    std::sort(roles.begin(), roles.end());
    made.emplace();
    made->casts.emplace_back();
    std::map<std::vector<Role>, std::uint8_t> known;
    std::vector<std::pair<std::uint16_t, std::uint8_t>> codes;
    const std::span<const std::uint32_t> form_of_code = segment.form_of_code();
    for (std::size_t at = 0; at < roles.size();) {
        const std::uint32_t form = roles[at].first;
        std::vector<Role> cast;
        for (; at < roles.size() && roles[at].first == form; ++at) cast.push_back(roles[at].second);
        const auto [place, fresh] = known.emplace(std::move(cast), static_cast<std::uint8_t>(made->casts.size()));
        if (fresh) {
            if (made->casts.size() > k_most_casts) break;
            const std::vector<Role>& all = place->first;
            const bool stop = all.size() == 1 && words_[all[0].word].stop;
            made->casts.push_back({all, stop ? &found_[all[0].word].typed : nullptr});
        }
        if (const std::optional<std::uint16_t> code = code_of(form, form_of_code))
            codes.emplace_back(*code, place->second);
        else
            made->by_form.emplace_back(form, place->second);
    }
    made->place(codes);
    return *made;
}

/// Codes come in their order.
void Reranker::Casting::place(std::span<const std::pair<std::uint16_t, std::uint8_t>> codes) {
    for (const auto& [code, cast] : codes) {
        if (ranges.empty() || code != std::uint32_t{ranges.back().low} + ranges.back().size) {
            if (ranges.size() == k_most_ranges) break;
            ranges.push_back({code, 0, range_casts.size()});
        }
        ++ranges.back().size;
        range_casts.push_back(cast);
    }
    if (range_casts.size() == codes.size()) return;
    by_code.resize(std::size_t{1} << 16);
    std::fill(by_code.begin() + k_escape, by_code.end(), k_other);
    for (const auto& [code, cast] : codes) by_code[code] = cast;
}

std::uint8_t Reranker::Casting::cast_of(std::uint16_t code) const {
    if (!by_code.empty()) return by_code[code];
    if (code >= k_escape) return k_other;
    for (const Range& range : ranges) {
        const auto offset = static_cast<std::uint16_t>(code - range.low);
        if (offset < range.size) return range_casts[range.first + offset];
    }
    return 0;
}

std::uint8_t Reranker::Casting::cast_of_form(std::uint32_t form) const {
    const auto found =
        std::lower_bound(by_form.begin(), by_form.end(), std::pair<std::uint32_t, std::uint8_t>{form, 0});
    return found != by_form.end() && found->first == form ? found->second : 0;
}

// Without a branch: the compiler turns the loops over a block into vector code.
std::size_t Reranker::Casting::first_met(const std::uint16_t* codes) const {
    std::array<std::uint16_t, k_block> met;
    for (std::size_t i = 0; i < k_block; ++i) met[i] = codes[i] >= k_escape;
    for (const Range& range : ranges) {
        const std::uint16_t low = range.low, size = range.size;
        for (std::size_t i = 0; i < k_block; ++i) {
            const bool in = static_cast<std::uint16_t>(codes[i] - low) < size;
            met[i] = static_cast<std::uint16_t>(met[i] | in);
        }
    }
    std::array<std::uint64_t, k_block / 4> fours;
    std::memcpy(fours.data(), met.data(), sizeof met);
    std::uint64_t any = 0;
    for (const std::uint64_t four : fours) any |= four;
    if (any == 0) return k_block;
    for (std::size_t i = 0; i < fours.size(); ++i)
        if (fours[i] != 0) return 4 * i + static_cast<std::size_t>(std::countr_zero(fours[i])) / 16;
    return k_block;
}

void Reranker::meet(const Cast& cast, std::uint32_t place, bool title) {
    if (cast.stop != nullptr) {
        ++*cast.stop;
        return;
    }
    for (const Role role : cast.roles) {
        Found& found = found_[role.word];
        found.kinship = std::max(found.kinship, role.kinship);
        if (role.kinship < k_same) continue;
        found.typed += role.kinship == k_typed;
        found.in_title = found.in_title || title;
        found.in_lead = found.in_lead || title || place < k_lead;
        if (!title && !words_[role.word].stop) places_.push_back({place, role.word});
    }
}

/// Walks over the codes as column_tokens.hpp has them; most are forms that the query does not ask for.
void Reranker::read(const Casting& casting, std::span<const std::uint16_t> codes, bool title) {
    const bool scattered = !casting.by_code.empty();
    std::uint32_t place = 0;
    for (std::size_t at = 0; at < codes.size();) {
        const std::size_t from = at;
        std::uint8_t cast = 0;
        if (scattered) {
            while (at < codes.size() && (cast = casting.by_code[codes[at]]) == 0) ++at;
        } else {
            for (std::size_t met = k_block; met == k_block && at + k_block <= codes.size(); at += met)
                met = casting.first_met(&codes[at]);
            while (at < codes.size() && (cast = casting.cast_of(codes[at])) == 0) ++at;
        }
        place += static_cast<std::uint32_t>(at - from);
        if (at == codes.size()) return;
        if (cast != k_other) {
            meet(casting.casts[cast], place, title);
        } else {
            // An overlay stands where the token before it does.
            if (codes[at] >= k_overlay && place > 0) --place;
            if (codes[at] >= k_overlay && ++at == codes.size()) return;
            cast = casting.cast_of(codes[at]);
            if (cast == k_other) {
                if (codes.size() - at < 3) return;
                cast = casting.cast_of_form(codes[at + 1] | std::uint32_t{codes[at + 2]} << 16);
                at += 2;
            }
            if (cast != 0) meet(casting.casts[cast], place, title);
        }
        ++at;
        ++place;
    }
}

/// Pairs of neighbours in the query that stand as far apart as there, by the rarer of the two.
double Reranker::in_order(double length) {
    std::fill(last_place_.begin(), last_place_.end(), k_nowhere);
    std::fill(pairs_.begin(), pairs_.end(), 0);
    for (const auto [place, word] : places_) {
        const std::uint16_t before = words_[word].before;
        if (before != word && last_place_[before] != k_nowhere &&
            place - last_place_[before] == std::uint32_t{word} - before)
            ++pairs_[word];
        last_place_[word] = place;
    }
    double sum = 0;
    for (std::size_t w = 0; w < words_.size(); ++w)
        if (pairs_[w] > 0)
            sum += std::min(words_[w].weight, words_[words_[w].before].weight) * saturated(pairs_[w], length);
    return sum;
}

/// The weight of the words in the window that has most.
double Reranker::closest() {
    std::fill(in_window_.begin(), in_window_.end(), 0);
    double best = 0, weight = 0;
    for (std::size_t end = 0, begin = 0; end < places_.size(); ++end) {
        if (in_window_[places_[end].word]++ == 0) weight += words_[places_[end].word].weight;
        while (places_[end].place - places_[begin].place >= window_) {
            if (--in_window_[places_[begin].word] == 0) weight -= words_[places_[begin].word].weight;
            ++begin;
        }
        best = std::max(best, weight);
    }
    return best;
}

Agreement Reranker::operator()(Xapian::docid document) {
    const Index::Place at = index_.place(document);
    const CodeRow codes = at.segment->codes(at.row, buffer_);
    std::fill(found_.begin(), found_.end(), Found{});
    places_.clear();
    const Casting& roles = casting(at.number);
    read(roles, codes.title, true);
    read(roles, codes.body, false);
    const double length = static_cast<double>(codes.title.size() + codes.body.size()) / average_length_;
    Agreement agreement;
    for (std::size_t w = 0; w < words_.size(); ++w) {
        const Found& found = found_[w];
        if (found.typed > 0) agreement.forms += words_[w].form_weight * saturated(found.typed, length);
        if (words_[w].stop) continue;
        agreement.lead += words_[w].weight * (found.in_lead + found.in_title);
        if (found.kinship < k_same) agreement.kin += words_[w].weight * found.kinship / 8.0;
    }
    agreement.forms *= k_forms_weight;
    agreement.order = k_order_weight * in_order(length);
    agreement.window = k_window_weight * closest();
    agreement.lead *= k_lead_weight;
    agreement.kin *= k_kin_weight;
    return agreement;
}

}  // namespace limier
