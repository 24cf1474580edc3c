#include "searcher/query/find_pattern.hpp"

#include <algorithm>
#include <limits>

#include "common/column_tokens.hpp"

namespace limier {
namespace {

// NEAR between a dozen same words tries their every order where none fits; what these tries do not find is not there.
constexpr std::size_t k_most_tries = 100'000;

// A document in which a word stands thousands of times would make NEAR quadratic; more matches add nothing.
constexpr std::size_t k_most_matches = 4096;

constexpr std::size_t k_longest_span = 7;  // three bits of a token

/// Primary tokens in [begin, end).
std::size_t places_between(std::span<const ColumnToken> tokens, std::size_t begin, std::size_t end) {
    std::size_t count = 0;
    for (; begin < end; ++begin) count += !tokens[begin].overlay();
    return count;
}

/// The primary token `places` after the one at `at`.
std::size_t skip_places(std::span<const ColumnToken> tokens, std::size_t at, std::size_t places) {
    for (++at; at < tokens.size(); ++at) {
        if (!tokens[at].overlay() && --places == 0) break;
    }
    return at;
}

}  // namespace

FormTest::FormTest(std::span<const std::uint32_t> sorted) {
    if (sorted.empty()) return;
    low_ = sorted.front();
    size_ = sorted.back() - low_ + 1;
    if (size_ == sorted.size()) return;
    bits_.resize(size_ / 64 + 1);  // a bit more, never set, for what is beyond
    for (const std::uint32_t form : sorted) bits_[(form - low_) / 64] |= std::uint64_t{1} << (form - low_) % 64;
}

std::size_t FormTest::find(std::span<const ColumnToken> tokens, std::size_t from) const {
    if (size_ == 0) return tokens.size();
    for (; from + k_block <= tokens.size(); from += k_block) {
        if (bits_.empty() ? any_in_range(&tokens[from]) : any_in_bits(&tokens[from])) break;
    }
    while (from < tokens.size() && !(*this)(tokens[from].form())) ++from;
    return from;
}

bool FormTest::any_in_range(const ColumnToken* tokens) const {
    std::uint32_t any = 0;
    for (std::size_t i = 0; i < k_block; ++i) any |= (tokens[i].form() - low_) < size_;
    return any != 0;
}

bool FormTest::any_in_bits(const ColumnToken* tokens) const {
    std::uint64_t any = 0;
    for (std::size_t i = 0; i < k_block; ++i) {
        const std::uint32_t offset = std::min(tokens[i].form() - low_, size_);
        any |= bits_[offset / 64] >> offset % 64;
    }
    return (any & 1) != 0;
}

PatternFinder::PatternFinder(const Pattern& pattern, const Segment& segment, std::size_t segment_number)
    : kind_(pattern.kind), length_(pattern.length), distance_(pattern.distance) {
    for (const Pattern& child : pattern.children) children_.emplace_back(child, segment, segment_number);
    if (kind_ != Pattern::Kind::sequence) return;
    plain_ = pattern.steps.size() == length_;
    for (const Step& step : pattern.steps) {
        plain_ = plain_ && step.from == steps_.size() && step.span == 1;
        steps_.push_back({step.from, step.span, FormTest(step.forms[segment_number])});
    }
    choose_anchor(pattern, segment, segment_number);
    choose_codes(pattern, segment, segment_number);
}

/// Every way through a sequence stands at a place that no joined form reaches over; of those, the rarest is looked for.
void PatternFinder::choose_anchor(const Pattern& pattern, const Segment& segment, std::size_t number) {
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (std::size_t place = 0, end = 0; place < length_; place = end) {
        end = place + 1;
        std::vector<std::uint32_t> forms;
        for (const Step& step : pattern.steps) {
            if (step.from < place || step.from >= end) continue;
            end = std::max(end, step.from + step.span);
            if (step.from == place) forms.insert(forms.end(), step.forms[number].begin(), step.forms[number].end());
        }
        std::uint64_t uses = 0;
        if (end - place < length_) {
            for (const std::uint32_t form : forms) uses += segment.occurrences(form);
        }
        if (uses >= least) continue;
        least = uses;
        std::sort(forms.begin(), forms.end());
        forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
        anchor_ = FormTest(forms);
        anchor_from_ = place;
    }
}

void PatternFinder::choose_codes(const Pattern& pattern, const Segment& segment, std::size_t number) {
    std::vector<std::uint32_t> joined;
    for (std::size_t i = 0; i < pattern.steps.size(); ++i) {
        const Step& step = pattern.steps[i];
        const std::vector<std::uint32_t>& forms = step.forms[number];
        if (step.span == 1 && step.from == chain_.size())
            chain_.push_back(i);
        else if (step.from == 0 && step.span == length_)
            joined.insert(joined.end(), forms.begin(), forms.end());
        else
            return;
    }
    if (chain_.size() != length_) return;
    joined_ = !joined.empty();
    if (joined_) {
        std::sort(joined.begin(), joined.end());
        joined.erase(std::unique(joined.begin(), joined.end()), joined.end());
        joined_codes_ = CodeScan(joined, segment);
        if (!joined_codes_.can_find()) return;
    }
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (std::size_t place = 0; place < length_; ++place) {
        std::uint64_t uses = 0;
        for (const std::uint32_t form : pattern.steps[chain_[place]].forms[number]) uses += segment.occurrences(form);
        if (uses >= least) continue;
        least = uses;
        rarest_ = place;
    }
    rarest_codes_ = CodeScan(pattern.steps[chain_[rarest_]].forms[number], segment);
}

/// The first token where a match may begin whose anchor stands at `hit`. A step goes over one place of the text, or
/// over more where that has joined forms.
std::size_t PatternFinder::first_start(Tokens tokens, std::size_t hit) const {
    std::size_t at = hit;
    while (at > 0 && tokens[at].overlay()) --at;
    std::size_t plain_start = at;
    bool joined = false;
    for (std::size_t back = 0; at > 0 && back < anchor_from_ * k_longest_span;) {
        if (tokens[--at].overlay()) {
            joined = true;
        } else if (++back <= anchor_from_) {
            plain_start = at;
        }
    }
    return joined ? at : plain_start;
}

/// Puts into `ends_` the tokens before which a sequence may end that begins at `start`.
void PatternFinder::match_from(Tokens tokens, std::size_t start) {
    ends_.clear();
    if (!plain_) return match_any_way(tokens, start);
    for (std::size_t i = 0; i < length_; ++i) {
        const std::size_t at = start + i;
        if (at >= tokens.size()) return;
        if (at + 1 < tokens.size() && tokens[at + 1].overlay()) return match_any_way(tokens, start);
        if (!steps_[i].forms(tokens[at].form())) return;
    }
    ends_.push_back(start + length_);
}

/// Each state (place of the sequence, token) is looked at once: a quoted sentence of many compounds has as many ways as
/// their joined forms and parts multiply to.
void PatternFinder::match_any_way(Tokens tokens, std::size_t start) {
    states_.assign(1, {0, start});
    for (std::size_t i = 0; i < states_.size(); ++i) {
        const auto [place, primary] = states_[i];
        if (place == length_) {
            ends_.push_back(primary);
            continue;
        }
        for (const PlaceForms& step : steps_) {
            if (step.from != place) continue;
            for (std::size_t at = primary; at < tokens.size() && (at == primary || tokens[at].overlay()); ++at) {
                if (!step.forms(tokens[at].form())) continue;
                const std::size_t places = at == primary ? 1 : std::max<std::size_t>(tokens[at].span(), 1);
                const std::pair next{step.from + step.span, skip_places(tokens, primary, places)};
                if (std::find(states_.begin(), states_.end(), next) == states_.end()) states_.push_back(next);
            }
        }
    }
}

/// Calls `visit(begin, end)` with the tokens of each match of a sequence, in order of begin, until it returns false.
template <class Visit>
void PatternFinder::each_match(Tokens tokens, Visit visit) {
    std::size_t untried = 0;
    for (std::size_t hit = anchor_.find(tokens, 0); hit < tokens.size(); hit = anchor_.find(tokens, hit + 1)) {
        for (std::size_t start = std::max(untried, first_start(tokens, hit)); start <= hit; ++start) {
            if (tokens[start].overlay()) continue;
            match_from(tokens, start);
            for (const std::size_t end : ends_) {
                if (!visit(start, end)) return;
            }
        }
        untried = hit + 1;
    }
}

/// Extends `chosen_`, one match a child, none overlapping, to all children. Counts `tries` down and gives up at 0.
bool PatternFinder::choose(Match& whole, std::size_t& tries) {
    const std::size_t child = chosen_.size();
    if (child == children_.size()) {
        whole = chosen_.front();
        for (const Match& match : chosen_) whole = {std::min(whole.begin, match.begin), std::max(whole.end, match.end)};
        return true;
    }
    const std::size_t center = chosen_.front().begin;
    const Match least{center - std::min(center, distance_), 0};
    const auto& matches = children_[child].matches_;
    for (auto at = std::lower_bound(matches.begin(), matches.end(), least); at != matches.end(); ++at) {
        const Match match = *at;
        if (match.begin > center + distance_ || tries == 0) break;
        --tries;
        bool fits = true;
        for (const Match& other : chosen_) {
            const bool after = match.begin >= other.end;
            const bool before = match.end <= other.begin && kind_ != Pattern::Kind::ordered;
            const std::size_t apart = match.begin > other.begin ? match.begin - other.begin : other.begin - match.begin;
            fits = fits && (after || before) && apart <= distance_;
        }
        if (!fits) continue;
        chosen_.push_back(match);
        if (choose(whole, tries)) return true;
        chosen_.pop_back();
    }
    return false;
}

/// Puts into `matches_` those of NEAR and ADJ; the first alone where `one` says so.
void PatternFinder::find_near(Tokens tokens, bool one) {
    matches_.clear();
    for (PatternFinder& child : children_) {
        if (child.all_matches(tokens).empty()) return;
    }
    std::size_t tries = k_most_tries;
    for (const Match& first : children_.front().matches_) {
        chosen_.assign(1, first);
        Match whole{};
        if (!choose(whole, tries)) continue;
        matches_.push_back(whole);
        if (one) return;
    }
    std::sort(matches_.begin(), matches_.end());
}

const std::vector<PatternFinder::Match>& PatternFinder::all_matches(Tokens tokens) {
    if (kind_ == Pattern::Kind::near || kind_ == Pattern::Kind::ordered) {
        find_near(tokens, false);
        return matches_;
    }
    matches_.clear();
    if (kind_ == Pattern::Kind::any_of) {
        for (PatternFinder& child : children_) {
            const std::vector<Match>& more = child.all_matches(tokens);
            matches_.insert(matches_.end(), more.begin(), more.end());
        }
        std::sort(matches_.begin(), matches_.end());
        matches_.erase(std::unique(matches_.begin(), matches_.end()), matches_.end());
        return matches_;
    }
    std::size_t counted = 0, place = 0;
    each_match(tokens, [&](std::size_t begin, std::size_t end) {
        place += places_between(tokens, counted, begin);
        counted = begin;
        matches_.push_back({place, place + places_between(tokens, begin, end)});
        return matches_.size() < k_most_matches;
    });
    return matches_;
}

bool PatternFinder::stands_in(std::span<const ColumnToken> tokens) {
    if (kind_ == Pattern::Kind::any_of) {
        return std::any_of(children_.begin(), children_.end(),
                           [tokens](PatternFinder& child) { return child.stands_in(tokens); });
    }
    if (kind_ != Pattern::Kind::sequence) {
        find_near(tokens, true);
        return !matches_.empty();
    }
    bool found = false;
    each_match(tokens, [&found](std::size_t, std::size_t) {
        found = true;
        return false;
    });
    return found;
}

/// Whether a joined form stands there; nothing where its code may be half of the number of a form that is spelt out.
std::optional<bool> PatternFinder::joined_in(std::span<const std::uint16_t> codes) const {
    if (!joined_) return false;
    const std::size_t hit = joined_codes_.find(codes, 0);
    if (hit == codes.size()) return false;
    for (std::size_t before = 1; before <= std::min<std::size_t>(hit, 2); ++before)
        if (codes[hit - before] == k_escape) return std::nullopt;
    return true;
}

/// A match goes from token to next token but over an overlay. The first overlay that it could go over stands, before
/// the anchor, no further than its own span and spelling (an escape takes three codes) from the tokens in between;
/// behind the anchor, no further than the next token. Where none stands there, and none of the codes belongs to an
/// escape or overlay before it, places are codes.
std::optional<bool> PatternFinder::stands_in(std::span<const std::uint16_t> codes) const {
    if (!rarest_codes_.can_find()) return std::nullopt;
    if (const std::optional<bool> joined = joined_in(codes); joined != false) return joined;
    constexpr std::size_t k_spelling = 3;
    const std::size_t before = rarest_ == 0 ? k_spelling : rarest_ + k_longest_span + k_spelling;
    for (std::size_t hit = rarest_codes_.find(codes, 0); hit < codes.size(); hit = rarest_codes_.find(codes, hit + 1)) {
        const std::size_t start = hit - std::min(hit, rarest_);
        if (!all_plain(codes, hit - std::min(hit, before), hit + (length_ - rarest_) + 1)) {
            return std::nullopt;
        }
        bool all = hit >= rarest_ && start + length_ <= codes.size();
        for (std::size_t i = 0; all && i < length_; ++i)
            all = steps_[chain_[i]].forms(rarest_codes_.form(codes[start + i]));
        if (all) return true;
    }
    return false;
}

PatternVerifier::PatternVerifier(const Index& index, Pattern pattern, Part part)
    : index_(index), pattern_(std::move(pattern)), part_(part), finders_(index.segments().size()) {}

bool PatternVerifier::holds(std::size_t segment, std::uint32_t row) {
    const Segment& columns = index_.segments()[segment].segment;
    if (row >= columns.documents()) return false;
    std::optional<PatternFinder>& finder = finders_[segment];
    if (!finder) finder.emplace(pattern_, columns, segment);
    const CodeRow codes = columns.codes(row);
    const std::optional<bool> in_title = finder->stands_in(codes.title);
    const std::optional<bool> in_body = part_ == Part::everywhere ? finder->stands_in(codes.body) : false;
    if (in_title.value_or(false) || in_body.value_or(false)) return true;
    if (in_title && in_body) return false;
    const TokenRow tokens = columns.decode(codes, tokens_);
    return finder->stands_in(tokens.title) || (part_ == Part::everywhere && finder->stands_in(tokens.body));
}

}  // namespace limier
