#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <xxhash.h>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/tagger/form_notes.hpp"
#include "indexer/tagger/lexicon.hpp"
#include "indexer/tagger/parts.hpp"

namespace limier {
namespace {

constexpr double k_default_weight = 2;
constexpr double k_support = 1;  ///< a cue of this weight never makes a topic by itself
// A cue said in the title or the lead tells more of the subject than one said in passing, as news are written.
constexpr double k_title_count = 4;
constexpr double k_lead_count = 2;
constexpr double k_lead_share = 0.25;
// The count of a cue saturates and is measured against the length of the text, as in BM25 (Robertson and Walker, 1994).
constexpr double k_saturation = 2;
constexpr double k_length_share = 0.5;
constexpr double k_usual_length = 450;  ///< tokens of a press article, median
// These and the counts above were chosen over a grid of values, on the judged topics of corpus/ (the test measures
// them) and on samples of press: what is less is mostly said in passing, above all where one cue stands alone.
constexpr double k_least = 7;
constexpr double k_least_of_one_cue = 8;
constexpr double k_least_of_best = 0.3;
constexpr double k_half_score = 12;  ///< what is half way to 1
constexpr std::size_t k_most_topics = 6;
constexpr std::size_t k_most_cues = 8;
constexpr double k_once = 2;  ///< a topic of one single cue is said this often at least (a title counts for more)
// Of two forms of one stem, what parts them is an inflection: `financement` is no `finances`, `données` no `don`.
constexpr std::size_t k_inflection = 3;
constexpr std::size_t k_longest_cue = 16;  ///< words
constexpr std::size_t k_acronym = 5;       ///< letters up to which a cue in capitals is matched in capitals only

std::uint64_t term_hash(std::string_view term) { return XXH3_64bits(term.data(), term.size()); }
std::uint64_t joined_hash(std::uint64_t before, std::uint64_t term) { return (before ^ term) * 0x9E3779B97F4A7C15ULL; }

enum class Case : std::uint8_t { any, capital, capitals };
enum class Fit : std::uint8_t { none, inflected, exact };

Case case_of(std::string_view word) {
    std::size_t letters = 0, upper = 0, at = 0;
    if (!is_upper(next_code_point(word, at))) return Case::any;
    for (at = 0; at < word.size();) {
        const char32_t c = next_code_point(word, at);
        letters += is_letter(c);
        upper += is_upper(c);
    }
    return upper == letters && letters > 1 && letters <= k_acronym ? Case::capitals : Case::capital;
}

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

struct CueWord {
    const Form* form = nullptr;  ///< of Impl::analyser
    Case letters = Case::any;
};

constexpr std::uint32_t k_none = ~std::uint32_t{0};

struct Cue {
    std::uint32_t topic = 0;
    std::uint32_t first = 0, size = 0;  ///< its words in Impl::words
    std::uint32_t next = k_none;        ///< the next cue of the same terms
    double weight = k_default_weight;
};

/// What turns a word into another one of the same stem: `attaque`, `attaquant`; `biologie`, `biologique`.
bool is_derived(std::string_view folded) {
    if (folded.ends_with('s')) folded.remove_suffix(1);
    return folded.ends_with("ant") || folded.ends_with("ante") || folded.ends_with("ique");
}

/// Whether two forms of one stem are inflections of one word.
bool inflections(const Form& one, const Form& other) {
    if (one.text == other.text) return true;
    if (one.stop || other.stop) return false;  // `dans` has the stem of `danse`
    const std::string a = fold(one.text), b = fold(other.text);
    const std::size_t same =
        static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    return same > k_inflection && same + k_inflection >= std::max(a.size(), b.size()) && is_derived(a) == is_derived(b);
}

/// A name is not inflected: the Champs-Élysées are not the Élysée.
bool same_word(const CueWord& word, std::string_view said, const Form& form) {
    if (!case_fits(word.letters, said)) return false;
    return word.letters == Case::any ? inflections(*word.form, form) : word.form->text == form.text;
}

/// Cues that a sequence of terms completes, and how longer ones go on.
struct Step {
    std::uint64_t hash = 0;
    std::uint64_t next_terms = 0;  ///< a bit for each term that goes on, by the top of its hash
    std::uint32_t cue = k_none;
    bool used = false;
};

/// Steps by the hash of their terms, in an open table.
class Steps {
 public:
    Step& at(std::uint64_t hash) {
        if (++count_ * 2 > rows_.size()) grow();
        Step& row = place(hash);
        if (row.used) --count_;
        row.hash = hash;
        row.used = true;
        return row;
    }
    /// The step that a term makes behind another step. Nearly always there is none, and the table is not asked.
    const Step* next(const Step& step, std::uint64_t term) const {
        return (step.next_terms >> (term >> 58) & 1) == 0 ? nullptr : find(joined_hash(step.hash, term));
    }
    const Step* find(std::uint64_t hash) const {
        for (std::size_t at = hash >> k_shift;; ++at) {
            const Step& row = rows_[at & (rows_.size() - 1)];
            if (!row.used) return nullptr;
            if (row.hash == hash) return &row;
        }
    }
    /// The step that the term of a form makes by itself, by the form's note: nearly every token asks, and few have one.
    template <class Term>
    const Step* first(std::uint64_t& note, Term term) const {
        if ((note & k_topic_bits) == 0) {
            const Step* const found = find(joined_hash(0, term_hash(term())));
            const auto number = found == nullptr ? 1U : static_cast<std::uint32_t>(found - rows_.data()) + 2;
            note |= std::uint64_t{number} << k_topic_shift;
        }
        const auto number = static_cast<std::uint32_t>((note & k_topic_bits) >> k_topic_shift);
        return number == 1 ? nullptr : &rows_[number - 2];
    }

 private:
    // The product in joined_hash leaves its best bits at the top.
    static constexpr int k_shift = 32;

    Step& place(std::uint64_t hash) {
        std::size_t at = hash >> k_shift;
        while (rows_[at & (rows_.size() - 1)].used && rows_[at & (rows_.size() - 1)].hash != hash) ++at;
        return rows_[at & (rows_.size() - 1)];
    }
    void grow() {
        std::vector<Step> old(rows_.size() * 2);
        rows_.swap(old);
        for (const Step& row : old)
            if (row.used) place(row.hash) = row;
    }

    std::vector<Step> rows_ = std::vector<Step>(std::size_t{1} << 15);
    std::size_t count_ = 0;
};

/// Whether what stands between two words parts them: the end of a sentence or of a paragraph.
bool parts_words(std::string_view between) {
    return between.find_first_of(".!?;:") != std::string_view::npos || between.find("\n\n") != std::string_view::npos;
}

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
    double count = 0;
    std::uint32_t begin = 0, end = 0;  ///< of its first place
    bool in_title = false;
};

/// What the cues of a topic add up to.
struct Sum {
    double all = 0, making = 0, count = 0;
    std::vector<std::pair<double, std::string_view>> cues;  ///< share, surface form
};

bool is_topic(const Sum& sum, double best) {
    const bool said_once = sum.cues.size() == 1 && sum.count <= k_once;
    return sum.making > 0 && !said_once && sum.all >= (sum.cues.size() == 1 ? k_least_of_one_cue : k_least) &&
           sum.all >= best * k_least_of_best;
}

std::vector<std::string> strongest(std::vector<std::pair<double, std::string_view>>& cues) {
    std::stable_sort(cues.begin(), cues.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> surfaces;
    for (const auto& [share, surface] : cues) {
        const bool is_new = std::find(surfaces.begin(), surfaces.end(), surface) == surfaces.end();
        if (is_new && surfaces.size() < k_most_cues) surfaces.emplace_back(surface);
    }
    return surfaces;
}

}  // namespace

struct TopicTagger::Impl {
    std::vector<Topic> topics;
    std::unordered_map<std::string_view, std::uint32_t> by_slug, by_label;
    Analyser analyser;  ///< of the cues; after the constructor, its forms are only read
    std::vector<Cue> cues;
    std::vector<CueWord> words;
    Steps steps;
    std::unordered_set<std::uint64_t> later_terms;  ///< hashes of those that do not only begin cues
    std::deque<std::string> slugs;                  ///< of the user's topics

    explicit Impl(const UserLexicon& user);
    std::optional<std::uint32_t> named(std::string_view name) const;
    void add_user(const UserLexicon::Topic& row, std::vector<Token>& tokens);
    void add_cue(std::string_view text, std::uint32_t topic, std::vector<Token>& tokens);
    Fit fit_of(const Cue& cue, std::span<const Token* const> said, std::string_view text, const Analyser& forms) const;
    void find(const Step* step, std::span<const Token> tokens, std::string_view text, const Analyser& forms,
              std::span<std::uint64_t> notes, std::vector<Match>& matches) const;
    void scan(const TagInput& input, bool in_title, const std::vector<Mention>& mentions,
              std::map<std::uint32_t, Fired>& fired) const;
    std::map<std::uint32_t, Sum> sums(const TagInput& input, const std::map<std::uint32_t, Fired>& fired) const;
    std::vector<TopicScore> scores(std::map<std::uint32_t, Sum> sums) const;
    std::vector<std::uint32_t> line_of(std::uint32_t topic) const;
};

TopicTagger::Impl::Impl(const UserLexicon& user) {
    std::vector<Token> tokens;
    const auto rows = lexicon_rows("topics", 6);
    for (const auto& row : rows) {
        const auto topic = static_cast<std::uint32_t>(topics.size());
        topics.push_back({row[0], row[1], row[2], cell_parts(row[4])});
        by_slug.emplace(row[0], topic);
        by_label.emplace(row[1], topic);
        for (const std::string_view cue : cell_parts(row[5])) add_cue(cue, topic, tokens);
    }
    for (const UserLexicon::Topic& row : user.topics) add_user(row, tokens);
}

/// The topic of this slug or label.
std::optional<std::uint32_t> TopicTagger::Impl::named(std::string_view name) const {
    if (const auto slug = by_slug.find(name); slug != by_slug.end()) return slug->second;
    const auto label = by_label.find(name);
    return label == by_label.end() ? std::nullopt : std::optional(label->second);
}

void TopicTagger::Impl::add_user(const UserLexicon::Topic& row, std::vector<Token>& tokens) {
    std::uint32_t topic = static_cast<std::uint32_t>(topics.size());
    if (const auto known = named(row.label)) {
        topic = *known;
    } else {
        // A topic of the user's has its folded label for a slug.
        const std::string& slug = slugs.emplace_back(fold_key(row.label));
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
    for (const std::string_view cue : cell_parts(row.cues)) add_cue(cue, topic, tokens);
}

void TopicTagger::Impl::add_cue(std::string_view text, std::uint32_t topic, std::vector<Token>& tokens) {
    Cue cue;
    cue.topic = topic;
    if (const std::size_t hat = text.find('^'); hat != std::string_view::npos) {
        if (hat + 1 < text.size()) cue.weight = text[hat + 1] - '0';
        text = text.substr(0, hat);
    }
    analyser.analyse(text, tokens);
    std::erase_if(tokens, [](const Token& token) { return token.overlay; });
    if (tokens.empty()) return;
    cue.first = static_cast<std::uint32_t>(words.size());
    cue.size = static_cast<std::uint32_t>(tokens.size());
    std::uint64_t hash = 0;
    for (const Token& token : tokens) {
        const Form& form = analyser.form(token.form);
        words.push_back({&form, case_of(text.substr(token.begin, token.end - token.begin))});
        const std::uint64_t term = term_hash(form.term);
        if (&token != &tokens.front()) {
            steps.at(hash).next_terms |= std::uint64_t{1} << (term >> 58);
            later_terms.insert(term);
        }
        hash = joined_hash(hash, term);
        Step& step = steps.at(hash);
        if (&token == &tokens.back()) cue.next = std::exchange(step.cue, static_cast<std::uint32_t>(cues.size()));
    }
    cues.push_back(cue);
}

Fit TopicTagger::Impl::fit_of(const Cue& cue, std::span<const Token* const> said, std::string_view text,
                              const Analyser& forms) const {
    Fit fit = Fit::exact;
    for (std::size_t i = 0; i < said.size(); ++i) {
        const CueWord& word = words[cue.first + i];
        const Form& form = forms.form(said[i]->form);
        if (!same_word(word, text.substr(said[i]->begin, said[i]->end - said[i]->begin), form)) return Fit::none;
        if (word.form->text != form.text) fit = Fit::inflected;
    }
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
        if (i != 0) {
            const std::uint32_t form = tokens[i].form;
            const auto term = [&] { return term_hash(forms.form(form).term); };
            const auto goes_on = [&] { return later_terms.contains(term()); };
            if (!noted(notes[form], FormQuestion::goes_on_in_a_cue, goes_on)) return;
            step = steps.next(*step, term());
        }
        if (step == nullptr) return;
        if (count > 0 && tokens[i].begin > said[count - 1]->end &&
            parts_words(text.substr(said[count - 1]->end, tokens[i].begin - said[count - 1]->end)))
            return;
        said[count++] = &tokens[i];
        const auto shorter = static_cast<std::ptrdiff_t>(matches.size());
        for (std::uint32_t cue = step->cue; cue != k_none; cue = cues[cue].next) {
            if (cues[cue].size != count) continue;
            const Fit fit = fit_of(cues[cue], {said, count}, text, forms);
            if (fit == Fit::none) continue;
            const auto place = fit == Fit::exact ? matches.end() : matches.begin() + shorter;
            matches.insert(place, {cue, tokens[0].begin, tokens[i].end});
        }
        if (step->next_terms == 0 || tokens[0].overlay) return;
    }
}

void TopicTagger::Impl::scan(const TagInput& input, bool in_title, const std::vector<Mention>& mentions,
                             std::map<std::uint32_t, Fired>& fired) const {
    const Document& document = input.document;
    const std::string_view text = in_title ? document.title : document.text;
    const std::span<const Token> tokens = in_title ? input.title : input.text;
    const double lead = static_cast<double>(text.size()) * k_lead_share;
    std::vector<std::uint32_t> covered(topics.size(), 0);
    std::vector<Match> matches;
    auto zone = document.zones.begin();
    auto mention = mentions.begin();
    const std::span<std::uint64_t> notes = input.analyser.notes();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::uint32_t form = tokens[i].form;
        const Step* const step = steps.first(notes[form], [&] { return input.analyser.form(form).term; });
        if (step == nullptr) continue;
        find(step, tokens.subspan(i), text, input.analyser, notes, matches);
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
            Fired& place = fired[match->cue];
            if (place.count == 0) place = {0, begin, match->end, in_title};
            place.count += count;
        }
    }
}

std::map<std::uint32_t, Sum> TopicTagger::Impl::sums(const TagInput& input,
                                                     const std::map<std::uint32_t, Fired>& fired) const {
    const double length = static_cast<double>(input.text.size()) / k_usual_length;
    const double norm = k_saturation * (1 - k_length_share + k_length_share * length);
    std::map<std::uint32_t, Sum> sums;
    for (const auto& [number, place] : fired) {
        const Cue& cue = cues[number];
        const double share = cue.weight * place.count * (k_saturation + 1) / (place.count + norm);
        Sum& sum = sums[cue.topic];
        sum.all += share;
        sum.count += place.count;
        if (cue.weight > k_support) sum.making += share;
        const std::string_view text = place.in_title ? input.document.title : input.document.text;
        sum.cues.emplace_back(share, text.substr(place.begin, place.end - place.begin));
    }
    return sums;
}

std::vector<TopicScore> TopicTagger::Impl::scores(std::map<std::uint32_t, Sum> sums) const {
    double best = 0;
    for (const auto& [topic, sum] : sums) best = std::max(best, sum.making > 0 ? sum.all : 0);
    std::vector<TopicScore> found;
    for (auto& [topic, sum] : sums) {
        if (!is_topic(sum, best)) continue;
        found.push_back({std::string(topics[topic].slug), std::string(topics[topic].label),
                         sum.all / (sum.all + k_half_score), strongest(sum.cues)});
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
    std::map<std::uint32_t, Fired> fired;
    if (input.document.title_apart) impl_->scan(input, true, out.mentions, fired);
    impl_->scan(input, false, out.mentions, fired);
    for (const auto& [number, place] : fired)
        out.cues.push_back({place.begin, place.end, place.in_title, impl_->cues[number].weight});
    std::sort(out.cues.begin(), out.cues.end(), [](const CuePlace& a, const CuePlace& b) {
        return std::pair(!a.in_title, a.begin) < std::pair(!b.in_title, b.begin);
    });
    out.topics = impl_->scores(impl_->sums(input, fired));
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
