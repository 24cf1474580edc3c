#include "indexer/tagger/phrase_candidates.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "common/text/phrase_key.hpp"
#include "common/text/utf8.hpp"
#include "indexer/tagger/form_notes.hpp"

namespace limier {
namespace {

/// What stands between a word and the one before it.
enum class Gap : std::uint8_t { parted, blank, hyphen, elided_link, elided_article };

struct Word {
    std::uint32_t begin = 0, end = 0;
    std::uint32_t cue = 0;   ///< number of the first topic cue that does not begin before
    std::uint16_t stem = 0;  ///< 0 for small words
    PhraseRole role = PhraseRole::none;
    Gap before = Gap::parted;
    bool hyphenated = false;  ///< to the word before it, even where that is in no phrase
    bool determined = false;  ///< a small word stands before it: it is no verb
    bool in_title = false;    ///< a title kept apart
};

/// An unknown word with a capital: it is a name, unless the document has it in small letters too.
struct Doubtful {
    std::uint32_t word = 0, form = 0;
};

constexpr std::size_t k_acronym = 5;  ///< letters up to which a word in capitals is taken for a noun
// What an article is about it says at its beginning; KP-Miner takes no phrase that comes later than this many words.
constexpr std::size_t k_cutoff = 850;

/// Blanks with one line end at most, a hyphen, or blanks and an elided `d’` or `l’`.
Gap gap_of(std::string_view between) {
    if (between == " ") return Gap::blank;
    if (between == "-") return Gap::hyphen;
    std::size_t lines = 0;
    for (std::size_t at = 0; at < between.size();) {
        const std::size_t here = at;
        const char32_t c = next_code_point(between, at);
        if (is_space(c)) {
            lines += c == U'\n';
            continue;
        }
        const char letter = static_cast<char>(between[here] | 0x20);
        if ((letter != 'd' && letter != 'l') || at == between.size() || lines > 1) return Gap::parted;
        if (!is_apostrophe(next_code_point(between, at)) || at != between.size()) return Gap::parted;
        return letter == 'd' ? Gap::elided_link : Gap::elided_article;
    }
    return lines > 1 || between.empty() ? Gap::parted : Gap::blank;
}

constexpr std::uint32_t k_never = ~std::uint32_t{0};

/// The places of a list in one part of a document, as a reader passes them.
template <class Place>
class Passing {
 public:
    Passing(std::span<const Place> places, bool in_title)
        : at_(std::partition_point(places.begin(), places.end(), [](const Place& p) { return p.in_title; })),
          end_(places.end()) {
        if (in_title) end_ = std::exchange(at_, places.begin());
    }
    /// The place in which a position stands, if any; lowers `next` to where that changes.
    const Place* at(std::uint32_t position, std::uint32_t& next) {
        while (at_ != end_ && at_->end <= position) ++at_;
        const bool inside = at_ != end_ && at_->begin <= position;
        if (at_ != end_) next = std::min(next, inside ? at_->end : at_->begin);
        return inside ? &*at_ : nullptr;
    }

 private:
    typename std::span<const Place>::iterator at_, end_;
};

bool is_link(PhraseRole role) { return role == PhraseRole::link || role == PhraseRole::weak_link; }

/// What the other taggers say of the places that a reader passes.
class Surroundings {
 public:
    Surroundings(const TagInput& input, const Annotations& found, bool in_title)
        : names_(found.mentions, in_title),
          amounts_(found.amounts, in_title),
          dates_(found.dates, in_title),
          foreign_(input.foreign, in_title),
          zone_(input.document.zones.begin()),
          zones_end_(in_title ? zone_ : input.document.zones.end()),
          cues_(found.cues),
          cue_(std::partition_point(cues_.begin(), cues_.end(),
                                    [in_title](const CuePlace& place) { return !in_title && place.in_title; })) {}

    /// To a position, each at or behind the last.
    void move(std::uint32_t position) {
        if (position < next_) return;
        next_ = k_never;
        name_ = names_.at(position, next_);
        passed_over_ = amounts_.at(position, next_) != nullptr;
        passed_over_ |= dates_.at(position, next_) != nullptr;
        passed_over_ |= foreign_.at(position, next_) != nullptr;
        while (zone_ != zones_end_ && zone_->end <= position) ++zone_;
        if (zone_ != zones_end_) {
            const bool inside = zone_->begin <= position;
            passed_over_ |= inside;
            next_ = std::min(next_, inside ? zone_->end : zone_->begin);
        }
        if (passed_over_) name_ = nullptr;
    }
    const Mention* name() const { return name_; }
    bool passed_over() const { return passed_over_; }
    /// Number of the first cue that does not begin before a position, each at or behind the last.
    std::uint32_t cue(std::uint32_t position) {
        while (cue_ != cues_.end() && cue_->begin < position) ++cue_;
        return static_cast<std::uint32_t>(cue_ - cues_.begin());
    }

 private:
    Passing<Mention> names_;
    Passing<Amount> amounts_;
    Passing<DateMention> dates_;
    Passing<ForeignStretch> foreign_;
    std::vector<Zone>::const_iterator zone_, zones_end_;
    std::span<const CuePlace> cues_;
    std::span<const CuePlace>::iterator cue_;
    const Mention* name_ = nullptr;
    bool passed_over_ = false;
    std::uint32_t next_ = 0;  ///< nothing changes before
};

/// Whether a phrase may begin with a word.
bool begins_phrase(const Word& word) {
    if (word.hyphenated) return false;
    switch (word.role) {
        case PhraseRole::noun:
        case PhraseRole::noun_adjective:
        case PhraseRole::before:
            return true;
        case PhraseRole::adjective_noun:
        case PhraseRole::verb_noun:
            return word.determined;
        default:
            return false;
    }
}

/// How far a phrase has come: what its last word is.
enum class State : std::uint8_t { start, before, noun, link, name, ended };

State after(State state, const Word& word) {
    const bool filled = state == State::noun || state == State::name;
    if (word.before == Gap::elided_link && state != State::start) {
        if (!filled) return State::ended;
        state = State::link;
    }
    const bool open = state == State::start || state == State::before || state == State::link;
    switch (word.role) {
        case PhraseRole::link:
        case PhraseRole::weak_link:
            return filled ? State::link : State::ended;
        case PhraseRole::before:
            if (state == State::noun) return State::noun;
            return open && state != State::before ? State::before : State::ended;
        case PhraseRole::general:
            return state == State::link || (state == State::noun && word.hyphenated) ? State::noun : State::ended;
        case PhraseRole::noun:
        case PhraseRole::noun_adjective:
        case PhraseRole::adjective_noun:
        case PhraseRole::verb_noun: {
            const bool follows = word.role == PhraseRole::noun_adjective || word.role == PhraseRole::adjective_noun ||
                                 word.before == Gap::hyphen;
            return open || (state == State::noun && follows) ? State::noun : State::ended;
        }
        case PhraseRole::adjective:
        case PhraseRole::participle:
            return state == State::noun ? State::noun : State::ended;
        case PhraseRole::name:
            return state == State::link || state == State::name ? State::name : State::ended;
        default:
            return State::ended;
    }
}

class Finder {
 public:
    Finder(const PhraseWords& lexicon, const TagInput& input, const Annotations& found)
        : lexicon_(lexicon), input_(input), found_(found), notes_(input.analyser.notes()) {
        phrases_.stems.emplace_back();
        phrases_.stems.reserve(tokens_ / 4 + 1);
        phrases_.candidates.reserve(tokens_ / 2);
        phrases_.places.reserve(tokens_ / 2);
        words_.reserve(tokens_);
    }

    Phrases run() {
        if (input_.document.title_apart) read(true);
        read(false);
        for (const Doubtful& doubtful : doubtful_)
            if (std::find(small_.begin(), small_.end(), doubtful.form) == small_.end())
                words_[doubtful.word].role = PhraseRole::none;
        for (std::size_t at = 0; at < words_.size(); ++at)
            if (begins_phrase(words_[at])) phrases_from(at);
        return std::move(phrases_);
    }

 private:
    void read(bool in_title);
    Word name_word(const Token& token, PhraseWord says);
    Word plain_word(const Token& token, PhraseWord says, std::string_view text);
    PhraseWord known(std::uint32_t form);
    std::uint16_t stem_of(std::uint32_t form, PhraseWord word);
    void phrases_from(std::size_t first);
    void add(const PhraseStems& stems, std::size_t size, std::size_t first, std::size_t last, bool weak, bool named);

    const PhraseWords& lexicon_;
    const TagInput& input_;
    const Annotations& found_;
    std::span<std::uint64_t> notes_;
    Phrases phrases_;
    std::size_t tokens_read_ = 0;
    const std::size_t tokens_ = std::min(input_.title.size() + input_.text.size(), k_cutoff);
    OpenTable stem_ids_{tokens_ / 4}, candidate_ids_{tokens_ / 2};
    std::vector<Word> words_;  ///< of title and text
    std::vector<Doubtful> doubtful_;
    std::vector<std::uint32_t> small_;  ///< unknown forms that stand in small letters
};

PhraseWord Finder::known(std::uint32_t form) {
    std::uint64_t& note = notes_[form];
    if (note >> k_phrase_word_shift == 0)
        note |= packed(lexicon_.of(input_.analyser.form(form))) << k_phrase_word_shift;
    return unpacked_phrase_word(note >> k_phrase_word_shift);
}

std::uint16_t Finder::stem_of(std::uint32_t form, PhraseWord word) {
    std::uint32_t id = stem_ids_.find(word.stem_hash, [&](std::uint32_t number) {
        const std::uint32_t other = phrases_.stems[number].form;
        return other == form || input_.analyser.form(other).term == input_.analyser.form(form).term;
    });
    if (id == OpenTable::k_none) {
        id = static_cast<std::uint32_t>(phrases_.stems.size());
        stem_ids_.add(word.stem_hash, id);
        phrases_.stems.push_back({form, 0, word.rarity / k_rarity_units});
    }
    ++phrases_.stems[id].count;
    return static_cast<std::uint16_t>(id);
}

Word Finder::name_word(const Token& token, PhraseWord says) {
    const bool small = is_small_word(input_.analyser.form(token.form));
    return {token.begin, token.end, 0, small ? std::uint16_t{0} : stem_of(token.form, says), PhraseRole::name};
}

Word Finder::plain_word(const Token& token, PhraseWord says, std::string_view text) {
    Word word{token.begin, token.end, 0, 0, says.role};
    if (says.role >= PhraseRole::link) return word;
    if (!says.known) {
        std::size_t at = token.begin, letters = 0, capitals = 0;
        const bool capital = is_upper(next_code_point(text, at));
        for (at = token.begin; capital && at < token.end; ++letters) capitals += is_upper(next_code_point(text, at));
        // In capitals altogether it is an acronym that stands for a thing.
        if (capital && capitals == letters && letters > 1 && letters <= k_acronym)
            word.role = PhraseRole::noun;
        else if (capital && says.role != PhraseRole::none)
            doubtful_.push_back({static_cast<std::uint32_t>(words_.size()), token.form});
        else if (says.role != PhraseRole::none)
            small_.push_back(token.form);
    }
    if (word.role != PhraseRole::none) word.stem = stem_of(token.form, says);
    return word;
}

void Finder::read(bool in_title) {
    const std::string_view text = in_title ? input_.document.title : input_.document.text;
    Surroundings around(input_, found_, in_title);
    const Mention* last_name = nullptr;
    bool parted = true, determined = false;
    std::uint32_t end = 0;  // of the token before
    for (const Token& token : in_title ? input_.title : input_.text) {
        if (token.overlay) continue;
        if (++tokens_read_ > k_cutoff) return;
        around.move(token.begin);
        const Mention* const name = around.name();
        const PhraseWord says = around.passed_over() ? PhraseWord{PhraseRole::none, true} : known(token.form);
        const std::string_view between = text.substr(end, token.begin - end);
        end = token.end;
        if (name == nullptr && says.role == PhraseRole::none && says.known) {
            parted = true;
            determined = false;
            continue;
        }
        const bool linked = !parted && is_link(words_.back().role);
        if (name == nullptr && (says.role == PhraseRole::article || says.role == PhraseRole::determiner)) {
            parted = parted || !linked || says.role == PhraseRole::determiner || gap_of(between) != Gap::blank;
            determined = true;
            continue;
        }
        Gap gap = name != nullptr && name == last_name ? Gap::blank : gap_of(between);
        last_name = name;
        determined = determined || gap == Gap::elided_link || gap == Gap::elided_article;
        if (gap == Gap::elided_article) gap = linked ? Gap::blank : Gap::parted;
        const bool hyphenated = gap == Gap::hyphen;
        if (parted) gap = Gap::parted;
        if (name == nullptr && is_link(says.role) && (gap == Gap::parted || linked)) {
            parted = determined = true;  // a phrase does not begin with it
            continue;
        }
        Word word = name != nullptr ? name_word(token, says) : plain_word(token, says, text);
        parted = word.role == PhraseRole::none;
        if (parted) {
            determined = false;
            continue;
        }
        word.before = gap;
        word.hyphenated = hyphenated;
        word.determined = determined || (gap == Gap::blank && words_.back().role == PhraseRole::before);
        word.in_title = in_title;
        word.cue = around.cue(token.begin);
        words_.push_back(word);
        determined = is_link(word.role);
    }
}

/// Reads as far as words are joined, and adds a phrase wherever one may end.
void Finder::phrases_from(std::size_t first) {
    State state = State::start;
    PhraseStems stems = {};
    std::size_t size = 0;
    bool weak = false, named = false;
    for (std::size_t at = first; at < words_.size() && size < k_phrase_words; ++at) {
        const Word& word = words_[at];
        if (at > first && word.before == Gap::parted) return;
        state = after(state, word);
        if (state == State::ended) return;
        weak = weak || word.role == PhraseRole::weak_link || word.role == PhraseRole::participle;
        named = named || state == State::name;
        if (word.stem == 0) continue;
        stems[size++] = word.stem;
        const Word* const next = at + 1 < words_.size() ? &words_[at + 1] : nullptr;
        const bool goes_on = next != nullptr &&
                             (next->before == Gap::hyphen ||
                              (state == State::name && next->role == PhraseRole::name && next->before != Gap::parted));
        if ((state == State::noun || state == State::name) && !goes_on) add(stems, size, first, at, weak, named);
    }
}

void Finder::add(const PhraseStems& stems, std::size_t size, std::size_t first, std::size_t last, bool weak,
                 bool named) {
    std::uint64_t bits = 0;
    for (const std::uint16_t stem : stems) bits = bits << 16 | stem;
    const std::size_t hash = (bits ^ bits >> 32) * 0x9E3779B97F4A7C15ULL >> 32;
    std::uint32_t id =
        candidate_ids_.find(hash, [&](std::uint32_t number) { return phrases_.candidates[number].stems == stems; });
    if (id == OpenTable::k_none) {
        id = static_cast<std::uint32_t>(phrases_.candidates.size());
        candidate_ids_.add(hash, id);
        PhraseCandidate& candidate = phrases_.candidates.emplace_back();
        candidate.stems = stems;
        candidate.size = static_cast<std::uint32_t>(size);
        candidate.first_place = candidate.last_place = static_cast<std::uint32_t>(phrases_.places.size());
        candidate.has_name = named;
    }
    const std::uint32_t begin = words_[first].begin, end = words_[last].end;
    const bool in_title = words_[first].in_title;
    const Document& document = input_.document;
    PhraseCandidate& candidate = phrases_.candidates[id];
    const auto place = static_cast<std::uint32_t>(phrases_.places.size());
    if (candidate.count++ != 0) candidate.last_place = phrases_.places[candidate.last_place].next = place;
    candidate.weak = candidate.weak && weak;
    candidate.in_title =
        candidate.in_title || in_title || (begin >= document.title_begin && begin < document.title_end);
    for (std::size_t cue = words_[first].cue; cue < found_.cues.size() && found_.cues[cue].begin == begin; ++cue)
        if (found_.cues[cue].end == end && found_.cues[cue].in_title == in_title)
            candidate.cue = std::max(candidate.cue, found_.cues[cue].weight);
    phrases_.places.push_back({begin, end, 0, in_title});
}

}  // namespace

Phrases find_phrases(const PhraseWords& lexicon, const TagInput& input, const Annotations& found) {
    return Finder(lexicon, input, found).run();
}

}  // namespace limier
