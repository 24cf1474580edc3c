#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include <xxhash.h>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/tagger/lexicon.hpp"
#include "indexer/tagger/parts.hpp"

namespace limier {
namespace {

constexpr double k_default_weight = 2;
constexpr double k_support = 1;  ///< a cue of this weight never makes a topic by itself
// A cue said in the title or the lead tells more of the subject than one said in passing, as news are written.
constexpr double k_title_count = 4;
constexpr double k_lead_count = 2;
constexpr double k_lead_share = 0.15;
// The count of a cue saturates and is measured against the length of the text, as in BM25 (Robertson and Walker, 1994).
constexpr double k_saturation = 1.2;
constexpr double k_length_share = 0.5;
constexpr double k_usual_length = 450;  ///< tokens of a press article, median
// Chosen on the judged topics of corpus/ (tests/indexer/tagger): what is less is mostly said in passing.
constexpr double k_least = 6;
constexpr double k_least_of_best = 0.3;
constexpr double k_half_score = 12;  ///< what is half way to 1
constexpr std::size_t k_most_topics = 6;
constexpr std::size_t k_most_cues = 8;
constexpr double k_once = 2;  ///< a topic of one single cue is said this often at least (a title counts for more)
// Of two forms of one stem, what parts them is an inflection: `financement` is no `finances`, `données` no `don`.
constexpr std::size_t k_inflection = 3;
constexpr std::size_t k_acronym = 5;  ///< letters up to which a cue in capitals is matched in capitals only

std::uint64_t term_hash(std::string_view term) { return XXH3_64bits(term.data(), term.size()); }
std::uint64_t joined_hash(std::uint64_t before, std::uint64_t term) { return (before ^ term) * 0x9E3779B97F4A7C15ULL; }

enum class Case : std::uint8_t { any, capital, capitals };

Case case_of(std::string_view word) {
    std::size_t letters = 0, upper = 0, at = 0;
    const bool first = at < word.size() && is_upper(next_code_point(word, at));
    for (at = 0; at < word.size();) {
        const char32_t c = next_code_point(word, at);
        letters += is_letter(c);
        upper += is_upper(c);
    }
    if (!first) return Case::any;
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
    std::string slug, label, parent;
    std::vector<std::string_view> synonyms;  ///< into the lexicon, which is the program's
};

struct CueWord {
    std::string folded;
    Case letters;
};

struct Cue {
    std::uint32_t topic = 0;
    double weight = k_default_weight;
    std::vector<CueWord> words;
};

/// Whether two forms of one stem are inflections of one word.
bool inflections(std::string_view a, std::string_view b) {
    const std::size_t same =
        static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    return same + k_inflection >= std::max(a.size(), b.size()) && (same > k_inflection || a == b);
}

/// Cues that a sequence of terms completes, and whether longer ones begin with it.
struct Step {
    std::vector<std::uint32_t> cues;
    bool more = false;
};

/// What a cue did in one document.
struct Fired {
    double count = 0;
    std::uint32_t begin = 0, end = 0;  ///< of its first place
    bool in_title = false;
};

}  // namespace

struct TopicTagger::Impl {
    std::vector<Topic> topics;
    std::unordered_map<std::string_view, std::uint32_t> by_slug, by_label;
    std::vector<Cue> cues;
    std::unordered_map<std::uint64_t, Step> steps;

    Impl();
    void add_cue(std::string_view text, std::uint32_t topic, Analyser& analyser, std::vector<Token>& tokens);
    template <class Visit>
    void find(std::span<const Token> tokens, std::size_t first, std::string_view text, const Analyser& analyser,
              Visit visit) const;
    void scan(const TagInput& input, bool in_title, const std::vector<Mention>& mentions,
              std::map<std::uint32_t, Fired>& fired) const;
    std::vector<TopicScore> scores(const TagInput& input, const std::map<std::uint32_t, Fired>& fired) const;
    std::vector<std::uint32_t> line_of(std::uint32_t topic) const;
};

TopicTagger::Impl::Impl() {
    Analyser analyser;
    std::vector<Token> tokens;
    const auto rows = lexicon_rows("topics", 6);
    topics.reserve(rows.size());  // the maps below keep views into it
    for (const auto& row : rows) {
        const auto topic = static_cast<std::uint32_t>(topics.size());
        topics.push_back({std::string(row[0]), std::string(row[1]), std::string(row[2]), cell_parts(row[4])});
        by_slug.emplace(topics.back().slug, topic);
        by_label.emplace(topics.back().label, topic);
        for (const std::string_view cue : cell_parts(row[5])) add_cue(cue, topic, analyser, tokens);
    }
}

void TopicTagger::Impl::add_cue(std::string_view text, std::uint32_t topic, Analyser& analyser,
                                std::vector<Token>& tokens) {
    Cue cue;
    cue.topic = topic;
    if (const std::size_t hat = text.find('^'); hat != std::string_view::npos) {
        if (hat + 1 < text.size()) cue.weight = text[hat + 1] - '0';
        text = text.substr(0, hat);
    }
    analyser.analyse(text, tokens);
    std::erase_if(tokens, [](const Token& token) { return token.overlay; });
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string_view word = text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
        cue.words.push_back({fold(analyser.form(tokens[i].form).text), case_of(word)});
        hash = joined_hash(hash, term_hash(analyser.form(tokens[i].form).term));
        Step& step = steps[hash];
        if (i + 1 < tokens.size())
            step.more = true;
        else
            step.cues.push_back(static_cast<std::uint32_t>(cues.size()));
    }
    if (!tokens.empty()) cues.push_back(std::move(cue));
}

/// Calls `visit(cue, last token)` for each cue that begins with the token `first`.
template <class Visit>
void TopicTagger::Impl::find(std::span<const Token> tokens, std::size_t first, std::string_view text,
                             const Analyser& analyser, Visit visit) const {
    std::uint64_t hash = 0;
    std::size_t places[16];
    std::size_t count = 0;
    for (std::size_t i = first; i < tokens.size() && count < std::size(places); ++i) {
        // A joined form stands for its word alone; in a sequence its parts do.
        if (tokens[i].overlay && i != first) continue;
        hash = joined_hash(hash, term_hash(analyser.form(tokens[i].form).term));
        places[count++] = i;
        const auto step = steps.find(hash);
        if (step == steps.end()) return;
        for (const std::uint32_t number : step->second.cues) {
            const Cue& cue = cues[number];
            bool fits = cue.words.size() == count;
            for (std::size_t k = 0; fits && k < count; ++k) {
                const Token& token = tokens[places[k]];
                fits = case_fits(cue.words[k].letters, text.substr(token.begin, token.end - token.begin)) &&
                       inflections(cue.words[k].folded, fold(analyser.form(token.form).text));
            }
            if (fits) visit(number, tokens[i]);
        }
        if (!step->second.more || tokens[first].overlay) return;
    }
}

void TopicTagger::Impl::scan(const TagInput& input, bool in_title, const std::vector<Mention>& mentions,
                             std::map<std::uint32_t, Fired>& fired) const {
    const Document& document = input.document;
    const std::string_view text = in_title ? document.title : document.text;
    const std::span<const Token> tokens = in_title ? input.title : input.text;
    const double lead = static_cast<double>(text.size()) * k_lead_share;
    auto zone = document.zones.begin();
    auto mention = mentions.begin();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::uint32_t begin = tokens[i].begin;
        if (!in_title) {
            while (zone != document.zones.end() && zone->end <= begin) ++zone;
            if (zone != document.zones.end() && begin >= zone->begin) continue;
        }
        // `Bruno Le Maire` is no mayor; a name that is a cue (`Elon Musk`) begins where the mention does.
        while (mention != mentions.end() && (mention->in_title != in_title || mention->end <= begin)) ++mention;
        const bool inside = mention != mentions.end() && mention->begin < begin && mention->field == Field::person;
        if (inside) continue;
        const bool titled = in_title || (begin >= document.title_begin && begin < document.title_end);
        const double count = titled ? k_title_count : begin < lead ? k_lead_count : 1;
        find(tokens, i, text, input.analyser, [&](std::uint32_t cue, const Token& last) {
            Fired& place = fired[cue];
            if (place.count == 0) place = {0, begin, last.end, in_title};
            place.count += count;
        });
    }
}

std::vector<TopicScore> TopicTagger::Impl::scores(const TagInput& input,
                                                  const std::map<std::uint32_t, Fired>& fired) const {
    const double length = static_cast<double>(input.text.size()) / k_usual_length;
    const double norm = k_saturation * (1 - k_length_share + k_length_share * length);
    struct Sum {
        double all = 0, making = 0, count = 0;
        std::vector<std::pair<double, std::string>> cues;
    };
    std::map<std::uint32_t, Sum> sums;
    for (const auto& [number, place] : fired) {
        const Cue& cue = cues[number];
        const double share = cue.weight * place.count * (k_saturation + 1) / (place.count + norm);
        Sum& sum = sums[cue.topic];
        sum.all += share;
        sum.count += place.count;
        if (cue.weight > k_support) sum.making += share;
        const std::string& text = place.in_title ? input.document.title : input.document.text;
        sum.cues.emplace_back(share, text.substr(place.begin, place.end - place.begin));
    }
    double best = 0;
    for (const auto& [topic, sum] : sums) best = std::max(best, sum.making > 0 ? sum.all : 0);
    std::vector<TopicScore> found;
    for (auto& [topic, sum] : sums) {
        const bool said_once = sum.cues.size() == 1 && sum.count <= k_once;
        if (sum.making <= 0 || said_once || sum.all < k_least || sum.all < best * k_least_of_best) continue;
        std::stable_sort(sum.cues.begin(), sum.cues.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        TopicScore& score = found.emplace_back();
        score.slug = topics[topic].slug;
        score.label = topics[topic].label;
        score.score = sum.all / (sum.all + k_half_score);
        for (auto& [share, surface] : sum.cues) {
            const bool is_new = std::find(score.cues.begin(), score.cues.end(), surface) == score.cues.end();
            if (is_new && score.cues.size() < k_most_cues) score.cues.push_back(std::move(surface));
        }
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

TopicTagger::TopicTagger() : impl_(std::make_unique<Impl>()) {}
TopicTagger::~TopicTagger() = default;

void TopicTagger::tag(const TagInput& input, Annotations& out) const {
    std::map<std::uint32_t, Fired> fired;
    if (input.document.title_apart) impl_->scan(input, true, out.mentions, fired);
    impl_->scan(input, false, out.mentions, fired);
    out.topics = impl_->scores(input, fired);
}

std::vector<Alias> TopicTagger::aliases(std::string_view label) const {
    std::vector<Alias> rows;
    const auto found = impl_->by_label.find(label);
    if (found == impl_->by_label.end()) return rows;
    for (const std::uint32_t number : impl_->line_of(found->second)) {
        const Topic& topic = impl_->topics[number];
        rows.push_back({Field::topic, topic.slug, std::string(label)});
        rows.push_back({Field::topic, topic.label, std::string(label)});
        for (const std::string_view synonym : topic.synonyms)
            rows.push_back({Field::topic, std::string(synonym), std::string(label)});
    }
    return rows;
}

std::vector<std::string> TopicTagger::ancestors(std::string_view slug) const {
    std::vector<std::string> labels;
    const auto found = impl_->by_slug.find(slug);
    if (found == impl_->by_slug.end()) return labels;
    const std::vector<std::uint32_t> line = impl_->line_of(found->second);
    for (std::size_t i = 1; i < line.size(); ++i) labels.push_back(impl_->topics[line[i]].label);
    return labels;
}

}  // namespace limier
