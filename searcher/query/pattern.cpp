#include "searcher/query/pattern.hpp"

#include <algorithm>
#include <span>

namespace limier {
namespace {

/// A match of a pattern: places [begin, end) of primary tokens.
struct Span {
    std::size_t begin, end;
    friend auto operator<=>(const Span&, const Span&) = default;
};

// NEAR between a dozen same words tries their every order where none fits; what these tries do not find is not there.
constexpr std::size_t k_most_tries = 100'000;

// A document in which a word stands thousands of times would make NEAR quadratic; more matches add nothing.
constexpr std::size_t k_most_spans = 4096;

/// The tokens of a title or body as places: primary tokens, and the overlays that begin at each.
class Places {
 public:
    Places(std::span<const ColumnToken> tokens, std::size_t segment) : tokens_(tokens), segment_(segment) {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (!tokens[i].overlay()) primaries_.push_back(static_cast<std::uint32_t>(i));
        }
    }
    std::size_t size() const { return primaries_.size(); }
    std::size_t segment() const { return segment_; }

    /// Calls `visit(form, span)` for the token at a place and each overlay over it.
    template <class Visit>
    void at(std::size_t place, Visit visit) const {
        std::size_t i = primaries_[place];
        visit(tokens_[i].form(), std::size_t{1});
        for (++i; i < tokens_.size() && tokens_[i].overlay(); ++i)
            visit(tokens_[i].form(), std::max<std::size_t>(tokens_[i].span(), 1));
    }

 private:
    std::span<const ColumnToken> tokens_;
    std::size_t segment_;
    std::vector<std::uint32_t> primaries_;
};

bool accepts(const Step& step, const Places& places, std::uint32_t form) {
    const auto& forms = step.forms[places.segment()];
    return std::binary_search(forms.begin(), forms.end(), form);
}

/// A place of a sequence and the place of the text where it would stand.
using SequenceState = std::pair<std::size_t, std::size_t>;

/// Where a sequence that begins at `start` may end. Each state is looked at once: a quoted sentence of many compounds
/// has as many ways as their joined forms and parts multiply to. `states` is room to work in.
void sequence_ends(const Pattern& pattern, const Places& places, std::size_t start, std::vector<SequenceState>& states,
                   std::vector<std::size_t>& ends) {
    states.assign(1, {0, start});
    for (std::size_t i = 0; i < states.size(); ++i) {
        const auto [step_place, place] = states[i];
        if (step_place == pattern.length) {
            ends.push_back(place);
            continue;
        }
        if (place >= places.size()) continue;
        for (const Step& step : pattern.steps) {
            if (step.from != step_place) continue;
            places.at(place, [&, at = place](std::uint32_t form, std::size_t span) {
                const SequenceState next{step.from + step.span, at + span};
                if (accepts(step, places, form) && std::find(states.begin(), states.end(), next) == states.end())
                    states.push_back(next);
            });
        }
    }
}

std::vector<Span> find_spans(const Pattern& pattern, const Places& places);

/// Extends a choice of one match a child, none overlapping, to all children. Counts `tries` down and gives up at 0.
bool choose(const std::vector<std::vector<Span>>& matches, std::vector<Span>& chosen, bool ordered,
            std::size_t distance, Span& whole, std::size_t& tries) {
    const std::size_t child = chosen.size();
    if (child == matches.size()) {
        whole = chosen.front();
        for (const Span& span : chosen) whole = {std::min(whole.begin, span.begin), std::max(whole.end, span.end)};
        return true;
    }
    const std::size_t center = chosen.front().begin;
    const Span least{center - std::min(center, distance), 0};
    const auto& spans = matches[child];
    for (auto at = std::lower_bound(spans.begin(), spans.end(), least); at != spans.end(); ++at) {
        const Span& span = *at;
        if (span.begin > center + distance || tries == 0) break;
        --tries;
        bool fits = true;
        for (const Span& other : chosen) {
            const bool after = span.begin >= other.end;
            const bool before = span.end <= other.begin;
            const std::size_t apart = span.begin > other.begin ? span.begin - other.begin : other.begin - span.begin;
            fits = fits && (after || (before && !ordered)) && apart <= distance;
        }
        if (!fits) continue;
        chosen.push_back(span);
        if (choose(matches, chosen, ordered, distance, whole, tries)) return true;
        chosen.pop_back();
    }
    return false;
}

std::vector<Span> near_spans(const Pattern& pattern, const Places& places) {
    std::vector<std::vector<Span>> matches;
    for (const Pattern& child : pattern.children) {
        matches.push_back(find_spans(child, places));
        if (matches.back().empty()) return {};
    }
    std::vector<Span> found;
    std::size_t tries = k_most_tries;
    for (const Span& first : matches.front()) {
        std::vector<Span> chosen{first};
        Span whole{};
        if (choose(matches, chosen, pattern.kind == Pattern::Kind::ordered, pattern.distance, whole, tries))
            found.push_back(whole);
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<Span> find_spans(const Pattern& pattern, const Places& places) {
    std::vector<Span> found;
    if (pattern.kind == Pattern::Kind::sequence) {
        std::vector<std::size_t> ends;
        std::vector<SequenceState> states;
        for (std::size_t place = 0; place < places.size() && found.size() < k_most_spans; ++place) {
            ends.clear();
            sequence_ends(pattern, places, place, states, ends);
            for (const std::size_t end : ends) found.push_back({place, end});
        }
    } else if (pattern.kind == Pattern::Kind::any_of) {
        for (const Pattern& child : pattern.children) {
            const std::vector<Span> more = find_spans(child, places);
            found.insert(found.end(), more.begin(), more.end());
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
    } else {
        found = near_spans(pattern, places);
    }
    return found;
}

/// Verifies documents that other postings select.
class PatternSource : public Xapian::PostingSource {
 public:
    PatternSource(const Index& index, Pattern pattern, Part part)
        : index_(index), pattern_(std::move(pattern)), part_(part) {}

    PatternSource* clone() const override { return std::make_unique<PatternSource>(index_, pattern_, part_).release(); }
    std::string name() const override { return "limier::PatternSource"; }
    std::string get_description() const override { return "Pattern"; }
    void init(const Xapian::Database& database) override {
        at_ = 0;
        missed_ = false;
        last_ = database.get_lastdocid();
        documents_ = database.get_doccount();
    }
    Xapian::doccount get_termfreq_min() const override { return 0; }
    Xapian::doccount get_termfreq_est() const override { return documents_; }
    Xapian::doccount get_termfreq_max() const override { return documents_; }
    bool at_end() const override { return at_ > last_; }
    Xapian::docid get_docid() const override { return at_; }

    void next(double) override {
        for (++at_; at_ <= last_ && !matches(at_);) ++at_;
        missed_ = false;
    }
    void skip_to(Xapian::docid wanted, double weight) override {
        if (wanted < at_ || (wanted == at_ && !missed_)) return;
        at_ = wanted - 1;
        next(weight);
    }
    bool check(Xapian::docid wanted, double) override {
        if (wanted < at_ || (wanted == at_ && !missed_)) return true;
        at_ = wanted;
        missed_ = at_ <= last_ && !matches(at_);
        return !missed_;
    }

 private:
    // A number that no document has (deleted) has no columns either, or columns that no other posting selects.
    bool matches(Xapian::docid document) const {
        const auto& segments = index_.segments();
        const bool known = std::any_of(segments.begin(), segments.end(), [document](const Index::SegmentAt& at) {
            return document >= at.first && document - at.first < at.segment.documents();
        });
        return known && has_pattern(pattern_, index_, document, part_);
    }

    const Index& index_;
    Pattern pattern_;
    Part part_;
    Xapian::docid at_ = 0;
    bool missed_ = false;  ///< `check` stands on a document without the pattern
    Xapian::docid last_ = 0;
    Xapian::doccount documents_ = 0;
};

}  // namespace

bool has_pattern(const Pattern& pattern, const Index& index, Xapian::docid document, Part part) {
    const Index::Place place = index.place(document);
    const auto& segments = index.segments();
    std::size_t segment = 0;
    while (&segments[segment].segment != place.segment) ++segment;
    const TokenRow tokens = place.segment->tokens(place.row);
    if (!find_spans(pattern, Places(tokens.title, segment)).empty()) return true;
    return part == Part::everywhere && !find_spans(pattern, Places(tokens.body, segment)).empty();
}

Xapian::Query pattern_filter(const Index& index, Pattern pattern, Part part) {
    PatternSource source(index, std::move(pattern), part);
    return Xapian::Query(&source);  // Xapian clones it
}

}  // namespace limier
