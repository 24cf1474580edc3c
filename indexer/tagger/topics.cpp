#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>
#include <unordered_map>
#include <utility>

#include <xxhash.h>

#include "common/text/fold.hpp"
#include "common/text/table.hpp"
#include "common/text/utf8.hpp"
#include "indexer/tagger/form_notes.hpp"
#include "indexer/tagger/lexicon.hpp"
#include "indexer/tagger/parts.hpp"
#include "indexer/tagger/topic_cues.hpp"
#include "indexer/tagger/topic_steps.hpp"
#include "indexer/tagger/topic_sums.hpp"

// The words of the lexicon's cues, which analyse_cues prints while the program is built.
asm(".section .rodata\n"
    ".global topic_cues\ntopic_cues:\n.incbin \"topic-cues.tsv\"\n"
    ".global topic_cues_end\ntopic_cues_end:\n.byte 0\n.previous\n");
extern "C" const char topic_cues[], topic_cues_end[];

namespace limier {
namespace {

constexpr double k_default_weight = 2;
// A cue said in the title or the lead tells more of the subject than one said in passing, as news are written.
constexpr double k_title_count = 4;
constexpr double k_lead_count = 2;
constexpr double k_lead_share = 0.25;
// The count of a cue saturates and is measured against the length of the text, as in BM25 (Robertson and Walker, 1994).
constexpr double k_saturation = 2;
constexpr double k_length_share = 0.5;
constexpr double k_usual_length = 450;  ///< tokens of a press article, median
// These, the counts above and the least sums of topic_sums.cpp were chosen over a grid of values, on the judged topics
// of corpus/ (the test measures them) and on samples of press.
constexpr double k_half_score = 12;  ///< what is half way to 1
constexpr std::size_t k_most_topics = 6;
// Of two forms of one stem, what parts them is an inflection: `financement` is no `finances`, `données` no `don`.
constexpr std::size_t k_inflection = 3;
constexpr std::size_t k_longest_cue = 16;  ///< words

std::uint64_t term_hash(std::string_view term) { return XXH3_64bits(term.data(), term.size()); }

enum class Fit : std::uint8_t { none, inflected, exact };

bool case_fits(Case wanted, std::string_view word) {
    if (wanted == Case::any) return true;
    std::size_t at = 0;
    if (!is_upper(next_code_point(word, at))) return false;
    while (wanted == Case::capitals && at < word.size()) {
        const char32_t c = next_code_point(word, at);
        if (is_letter(c) && !is_upper(c)) return false;
    }
    return true;
}

struct Topic {
    std::string_view slug, label, parent;  ///< into the lexicon, which is the program's
    std::vector<std::string_view> synonyms;
};

struct Cue {
    std::uint32_t topic = 0;
    std::uint32_t first = 0, size = 0;  ///< its words in Impl::words
    std::uint32_t next = k_no_cue;      ///< the next cue of the same terms
    double weight = k_default_weight;
};

/// What turns a word into another one of the same stem: `attaque`, `attaquant`; `biologie`, `biologique`.
bool is_derived(std::string_view folded) {
    if (folded.ends_with('s')) folded.remove_suffix(1);
    return folded.ends_with("ant") || folded.ends_with("ante") || folded.ends_with("ique");
}

/// The folded text of a form, made in `room` where it is not the form itself: plain small letters are.
std::string_view folded(std::string_view form, std::string& room) {
    if (std::all_of(form.begin(), form.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return form;
    return room = fold(form);
}

/// Whether two forms of one stem are inflections of one word.
bool inflections(const CueWord& one, const Form& other) {
    if (one.text == other.text) return true;
    if (one.stop || other.stop) return false;  // `dans` has the stem of `danse`
    std::string folded_one, folded_other;
    const std::string_view a = folded(one.text, folded_one), b = folded(other.text, folded_other);
    const std::size_t same =
        static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    return same > k_inflection && same + k_inflection >= std::max(a.size(), b.size()) && is_derived(a) == is_derived(b);
}

/// A name is not inflected: the Champs-Élysées are not the Élysée.
bool same_word(const CueWord& word, std::string_view said, const Form& form) {
    if (!case_fits(word.letters, said)) return false;
    return word.letters == Case::any ? inflections(word, form) : word.text == form.text;
}

// What the lexicon's cues make, rounded up.
constexpr std::size_t k_expected_firsts = 8'000, k_expected_later = 12'000;

/// Whether what stands between two words parts them: the end of a sentence or of a paragraph.
bool parts_words(std::string_view between) {
    return between.find_first_of(".!?;:") != std::string_view::npos || between.find("\n\n") != std::string_view::npos;
}

/// A token with which cues begin.
struct Hit {
    const Step* step = nullptr;
    std::size_t token = 0;
};

/// A cue in a text.
struct Match {
    std::uint32_t cue = 0;
    std::uint32_t begin = 0, end = 0;
};

/// Whether a cue is only part of a name: `Bruno Le Maire` is no mayor and Saint-Amant-des-Vignes grows no wine.
bool within_name(const Match& match, bool capital, const Mention& name) {
    if (match.begin < name.begin || match.begin >= name.end) return false;
    const bool inside = match.begin > name.begin;
    if (!inside && match.end >= name.end) return false;
    if (capital) return inside && name.field == Field::person;
    return name.field == Field::person || name.field == Field::place;
}

/// What a cue did in one document.
struct Fired {
    std::uint32_t cue = 0;
    std::uint32_t begin = 0, end = 0;  ///< of its first place
    bool in_title = false;
    double count = 0;
};

/// Makes one of the places of each cue, in order of cues.
void add_up(std::vector<Fired>& fired) {
    std::stable_sort(fired.begin(), fired.end(), [](const Fired& a, const Fired& b) { return a.cue < b.cue; });
    auto last = fired.begin();
    for (const Fired& place : fired) {
        if (last != fired.begin() && last[-1].cue == place.cue)
            last[-1].count += place.count;
        else
            *last++ = place;
    }
    fired.erase(last, fired.end());
}

}  // namespace

struct TopicTagger::Impl {
    std::vector<Topic> topics;
    std::unordered_map<std::string_view, std::uint32_t> by_slug, by_label;
    Table<Cue> cues;
    std::vector<CueWord> words;
    Steps firsts{k_expected_firsts}, later{k_expected_later};  ///< of one term, and of more
    std::deque<std::string> texts;                             ///< slugs and lines of the user's topics

    explicit Impl(const UserLexicon& user);
    std::optional<std::uint32_t> named(std::string_view name) const;
    void add_user(const UserLexicon::Topic& row, Analyser& analyser);
    void add_cue(std::string_view text, std::string_view line, std::uint32_t topic);
    const Step* first(std::uint64_t& note, std::uint32_t form, const Analyser& forms) const;
    const Step* next(const Step& step, std::uint64_t& note, std::uint32_t form, const Analyser& forms) const;
    Fit fit_of(const Cue& cue, std::span<const Token* const> said, std::string_view text, const Analyser& forms) const;
    Fit fit_alone(const Cue& cue, const Token& said, std::string_view text, const Analyser& forms,
                  std::uint64_t& note) const;
    void find(const Step* step, std::span<const Token> tokens, std::string_view text, const Analyser& forms,
              std::span<std::uint64_t> notes, std::vector<Match>& matches) const;
    std::vector<Hit> hits_of(std::span<const Token> tokens, const Analyser& forms) const;
    void scan(const TagInput& input, bool in_title, const std::vector<Mention>& mentions,
              std::vector<Fired>& fired) const;
    std::vector<Share> shares_of(const TagInput& input, std::span<const Fired> fired) const;
    std::vector<TopicScore> scores(std::span<const Sum> sums) const;
    std::vector<std::uint32_t> line_of(std::uint32_t topic) const;
};

TopicTagger::Impl::Impl(const UserLexicon& user) {
    std::string_view lines(topic_cues, static_cast<std::size_t>(topic_cues_end - topic_cues));
    const auto rows = lexicon_rows("topics", k_topic_columns);
    for (const auto& row : rows) {
        const auto topic = static_cast<std::uint32_t>(topics.size());
        topics.push_back({row[0], row[1], row[2], cell_parts(row[4])});
        by_slug.emplace(row[0], topic);
        by_label.emplace(row[1], topic);
        for (const std::string_view cue : cell_parts(row[k_topic_cues])) {
            const std::size_t end = lines.find('\n');
            add_cue(cue, lines.substr(0, end), topic);
            lines.remove_prefix(end + 1);
        }
    }
    if (user.topics.empty()) return;
    Analyser analyser;
    for (const UserLexicon::Topic& row : user.topics) add_user(row, analyser);
}

/// The topic of this slug or label.
std::optional<std::uint32_t> TopicTagger::Impl::named(std::string_view name) const {
    if (const auto slug = by_slug.find(name); slug != by_slug.end()) return slug->second;
    const auto label = by_label.find(name);
    return label == by_label.end() ? std::nullopt : std::optional(label->second);
}

void TopicTagger::Impl::add_user(const UserLexicon::Topic& row, Analyser& analyser) {
    std::uint32_t topic = static_cast<std::uint32_t>(topics.size());
    if (const auto known = named(row.label)) {
        topic = *known;
    } else {
        // A topic of the user's has its folded label for a slug.
        const std::string& slug = texts.emplace_back(fold_key(row.label));
        topics.push_back({slug, row.label, {}, {}});
        by_slug.emplace(slug, topic);
        by_label.emplace(row.label, topic);
    }
    if (const auto parent = named(row.parent)) {
        // A topic is not put under itself, or what belongs to it.
        const std::vector<std::uint32_t> line = line_of(*parent);
        if (std::ranges::find(line, topic) == line.end()) topics[topic].parent = topics[*parent].slug;
    }
    for (const std::string_view synonym : cell_parts(row.synonyms)) topics[topic].synonyms.push_back(synonym);
    for (const std::string_view cue : cell_parts(row.cues))
        add_cue(cue, texts.emplace_back(cue_line(cue_text(cue), analyser)), topic);
}

/// `line` has the words of the cue.
void TopicTagger::Impl::add_cue(std::string_view text, std::string_view line, std::uint32_t topic) {
    if (line.empty()) return;
    Cue cue;
    cue.topic = topic;
    if (const std::size_t hat = cue_text(text).size(); hat + 1 < text.size()) cue.weight = text[hat + 1] - '0';
    cue.first = static_cast<std::uint32_t>(words.size());
    cue_words(line, words);
    cue.size = static_cast<std::uint32_t>(words.size() - cue.first);
    std::uint64_t hash = 0;
    for (std::size_t i = cue.first; i < words.size(); ++i) {
        const std::uint64_t term = term_hash(words[i].term);
        if (i != cue.first) {
            Steps& before = i == cue.first + 1 ? firsts : later;
            before.at(hash).next_terms |= std::uint64_t{1} << next_bit(term);
        }
        hash = joined_hash(hash, term);
        Step& step = (i == cue.first ? firsts : later).at(hash);
        if (i + 1 == words.size()) cue.next = std::exchange(step.cue, static_cast<std::uint32_t>(cues.size()));
    }
    cues.push_back(cue);
}

/// The step that the term of a form makes by itself, by the form's note: nearly every token asks, and few have one.
const Step* TopicTagger::Impl::first(std::uint64_t& note, std::uint32_t form, const Analyser& forms) const {
    std::uint64_t number = FirstStepNote::get(note);
    if (number == 0) {
        const Step* const found = firsts.find(joined_hash(0, term_hash(forms.form(form).term)));
        number = found == nullptr ? 1 : firsts.number_of(*found) + 2;
        if (number > FirstStepNote::k_most) return found;  // of a lexicon without measure: asked every time
        FirstStepNote::set(note, number);
    }
    return number == 1 ? nullptr : &firsts[number - 2];
}

/// The step that the term of a form makes behind another step. Nearly always there is none, and its note says so.
const Step* TopicTagger::Impl::next(const Step& step, std::uint64_t& note, std::uint32_t form,
                                    const Analyser& forms) const {
    const auto term = [&] { return term_hash(forms.form(form).term); };
    std::uint64_t place = NextTermNote::get(note);
    if (place == 0) {
        place = next_bit(term()) + 1U;
        NextTermNote::set(note, place);
    }
    if ((step.next_terms >> (place - 1) & 1) == 0) return nullptr;
    return later.find(joined_hash(step.hash, term()));
}

Fit TopicTagger::Impl::fit_of(const Cue& cue, std::span<const Token* const> said, std::string_view text,
                              const Analyser& forms) const {
    Fit fit = Fit::exact;
    for (std::size_t i = 0; i < said.size(); ++i) {
        const CueWord& word = words[cue.first + i];
        const Form& form = forms.form(said[i]->form);
        if (!same_word(word, text.substr(said[i]->begin, said[i]->end - said[i]->begin), form)) return Fit::none;
        if (word.text != form.text) fit = Fit::inflected;
    }
    return fit;
}

/// Of the only cue of its term, by the note of the form that is said. One that wants capitals is looked at each time.
Fit TopicTagger::Impl::fit_alone(const Cue& cue, const Token& said, std::string_view text, const Analyser& forms,
                                 std::uint64_t& note) const {
    if (const std::uint64_t known = FitNote::get(note); known != 0) return static_cast<Fit>(known - 1);
    const Token* const place = &said;
    const Fit fit = fit_of(cue, {&place, 1}, text, forms);
    if (words[cue.first].letters == Case::any) FitNote::set(note, static_cast<std::uint64_t>(fit) + 1);
    return fit;
}

/// Sets `matches` to the cues that begin with the first of the tokens, whose step this is: shorter ones first,
/// inflected before exact.
void TopicTagger::Impl::find(const Step* step, std::span<const Token> tokens, std::string_view text,
                             const Analyser& forms, std::span<std::uint64_t> notes, std::vector<Match>& matches) const {
    matches.clear();
    const Token* said[k_longest_cue];
    std::size_t count = 0;
    for (std::size_t i = 0; i < tokens.size() && count < std::size(said); ++i) {
        // A joined form stands for its word alone; in a sequence its parts do.
        if (i != 0 && tokens[i].overlay) continue;
        if (i != 0) step = next(*step, notes[tokens[i].form], tokens[i].form, forms);
        if (step == nullptr) return;
        if (count > 0 && tokens[i].begin > said[count - 1]->end &&
            parts_words(text.substr(said[count - 1]->end, tokens[i].begin - said[count - 1]->end)))
            return;
        said[count++] = &tokens[i];
        const auto shorter = static_cast<std::ptrdiff_t>(matches.size());
        for (std::uint32_t cue = step->cue; cue != k_no_cue; cue = cues[cue].next) {
            if (cues[cue].size != count) continue;
            const bool alone = count == 1 && step->cue == cue && cues[cue].next == k_no_cue;
            const Fit fit = alone ? fit_alone(cues[cue], *said[0], text, forms, notes[said[0]->form])
                                  : fit_of(cues[cue], {said, count}, text, forms);
            if (fit == Fit::none) continue;
            const auto place = fit == Fit::exact ? matches.end() : matches.begin() + shorter;
            matches.insert(place, {cue, tokens[0].begin, tokens[i].end});
        }
        if (step->next_terms == 0 || tokens[0].overlay) return;
    }
}

std::vector<Hit> TopicTagger::Impl::hits_of(std::span<const Token> tokens, const Analyser& forms) const {
    const std::span<std::uint64_t> notes = forms.notes();
    std::vector<Hit> hits;
    hits.reserve(tokens.size() / 4);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Step* const step = first(notes[tokens[i].form], tokens[i].form, forms);
        if (step == nullptr) continue;
        __builtin_prefetch(step);
        hits.push_back({step, i});
    }
    return hits;
}

void TopicTagger::Impl::scan(const TagInput& input, bool in_title, const std::vector<Mention>& mentions,
                             std::vector<Fired>& fired) const {
    const Document& document = input.document;
    const std::string_view text = in_title ? document.title : document.text;
    const std::span<const Token> tokens = in_title ? input.title : input.text;
    const double lead = static_cast<double>(text.size()) * k_lead_share;
    std::vector<std::uint32_t> covered(topics.size(), 0);
    std::vector<Match> matches;
    auto zone = document.zones.begin();
    auto mention = mentions.begin();
    const std::span<std::uint64_t> notes = input.analyser.notes();
    const std::vector<Hit> hits = hits_of(tokens, input.analyser);
    for (std::size_t hit = 0; hit < hits.size(); ++hit) {
        // Steps, cues and their words are more than the cache holds: waiting for them was half of the time.
        constexpr std::size_t k_far = 8, k_near = 4;
        if (hit + k_far < hits.size() && hits[hit + k_far].step->cue != k_no_cue)
            __builtin_prefetch(&cues[hits[hit + k_far].step->cue]);
        if (hit + k_near < hits.size() && hits[hit + k_near].step->cue != k_no_cue)
            __builtin_prefetch(&words[cues[hits[hit + k_near].step->cue].first]);
        const std::size_t i = hits[hit].token;
        find(hits[hit].step, tokens.subspan(i), text, input.analyser, notes, matches);
        if (matches.empty()) continue;
        const std::uint32_t begin = tokens[i].begin;
        while (!in_title && zone != document.zones.end() && zone->end <= begin) ++zone;
        if (!in_title && zone != document.zones.end() && begin >= zone->begin) continue;
        while (mention != mentions.end() && (mention->in_title != in_title || mention->end <= begin)) ++mention;
        const bool titled = in_title || (begin >= document.title_begin && begin < document.title_end);
        const double count = titled ? k_title_count : begin < lead ? k_lead_count : 1;
        // The longest cue of a topic counts alone: `retraite` in `réforme des retraites` says nothing more.
        for (auto match = matches.rbegin(); match != matches.rend(); ++match) {
            const Cue& cue = cues[match->cue];
            if (begin < covered[cue.topic]) continue;
            const bool capital = words[cue.first].letters != Case::any;
            if (mention != mentions.end() && within_name(*match, capital, *mention)) continue;
            covered[cue.topic] = match->end;
            fired.push_back({match->cue, begin, match->end, in_title, count});
        }
    }
}

/// In order of topics, and within one of cues.
std::vector<Share> TopicTagger::Impl::shares_of(const TagInput& input, std::span<const Fired> fired) const {
    const double length = static_cast<double>(input.text.size()) / k_usual_length;
    const double norm = k_saturation * (1 - k_length_share + k_length_share * length);
    std::vector<Share> shares;
    shares.reserve(fired.size());
    for (const Fired& place : fired) {
        const Cue& cue = cues[place.cue];
        const double value = cue.weight * place.count * (k_saturation + 1) / (place.count + norm);
        const std::string_view text = place.in_title ? input.document.title : input.document.text;
        shares.push_back(
            {cue.topic, cue.weight, place.count, value, text.substr(place.begin, place.end - place.begin)});
    }
    std::stable_sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) { return a.topic < b.topic; });
    return shares;
}

std::vector<TopicScore> TopicTagger::Impl::scores(std::span<const Sum> sums) const {
    double best = 0;
    for (const Sum& sum : sums) best = std::max(best, sum.making > 0 ? sum.all : 0);
    std::vector<TopicScore> found;
    for (const Sum& sum : sums) {
        if (!is_topic(sum, best)) continue;
        const Topic& topic = topics[sum.topic];
        found.push_back({std::string(topic.slug), std::string(topic.label), sum.all / (sum.all + k_half_score),
                         strongest(sum.shares)});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const TopicScore& a, const TopicScore& b) { return a.score > b.score; });
    if (found.size() > k_most_topics) found.resize(k_most_topics);
    return found;
}

/// A topic and its ancestors, nearest first.
std::vector<std::uint32_t> TopicTagger::Impl::line_of(std::uint32_t topic) const {
    std::vector<std::uint32_t> line{topic};
    for (auto parent = by_slug.find(topics[topic].parent); parent != by_slug.end() && line.size() < topics.size();
         parent = by_slug.find(topics[line.back()].parent))
        line.push_back(parent->second);
    return line;
}

TopicTagger::TopicTagger(const UserLexicon& user) : impl_(std::make_unique<Impl>(user)) {}
TopicTagger::~TopicTagger() = default;

void TopicTagger::tag(const TagInput& input, Annotations& out) const {
    std::vector<Fired> fired;
    if (input.document.title_apart) impl_->scan(input, true, out.mentions, fired);
    impl_->scan(input, false, out.mentions, fired);
    add_up(fired);
    for (const Fired& place : fired)
        out.cues.push_back({place.begin, place.end, place.in_title, impl_->cues[place.cue].weight});
    std::sort(out.cues.begin(), out.cues.end(), [](const CuePlace& a, const CuePlace& b) {
        return std::pair(!a.in_title, a.begin) < std::pair(!b.in_title, b.begin);
    });
    std::vector<Share> shares = impl_->shares_of(input, fired);
    out.topics = impl_->scores(sums_of(shares));
}

std::vector<Alias> TopicTagger::aliases(std::string_view label) const {
    std::vector<Alias> rows;
    const auto found = impl_->by_label.find(label);
    if (found == impl_->by_label.end()) return rows;
    for (const std::uint32_t number : impl_->line_of(found->second)) {
        const Topic& topic = impl_->topics[number];
        rows.push_back({Field::topic, std::string(topic.slug), std::string(label)});
        rows.push_back({Field::topic, std::string(topic.label), std::string(label)});
        for (const std::string_view synonym : topic.synonyms)
            rows.push_back({Field::topic, std::string(synonym), std::string(label)});
    }
    return rows;
}

std::vector<TopicName> TopicTagger::ancestors(std::string_view label) const {
    std::vector<TopicName> ancestors;
    const auto found = impl_->by_label.find(label);
    if (found == impl_->by_label.end()) return ancestors;
    const std::vector<std::uint32_t> line = impl_->line_of(found->second);
    for (std::size_t i = 1; i < line.size(); ++i)
        ancestors.push_back({impl_->topics[line[i]].slug, impl_->topics[line[i]].label});
    return ancestors;
}

}  // namespace limier
