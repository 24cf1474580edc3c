#include "indexer/tagger/names/scene.hpp"

#include <utility>

namespace limier {
namespace {

constexpr std::uint16_t k_joining = k_gap_blank | k_gap_hyphen | k_gap_apostrophe;
constexpr std::uint32_t k_need_capital =
    k_cue_title_capital | k_cue_org_before_capital | k_cue_org_head | k_cue_org_suffix | k_cue_given;
constexpr std::uint32_t k_announcing = k_cue_title | k_cue_title_capital | k_cue_role | k_cue_speech |
                                       k_cue_org_before | k_cue_org_before_capital | k_cue_org_of |
                                       k_cue_org_institution | k_cue_place_before | k_cue_place_within |
                                       k_cue_place_of | k_cue_event_head | k_cue_event_of | k_cue_work_before;

// Distinct words in small letters: a third of the words of an article, which have six bytes with their blank.
constexpr std::size_t k_bytes_a_small_word = 18;
constexpr std::uint8_t k_longest_dotted = 4;  ///< letters of what is cut off by a dot: `Mme.`

std::uint32_t with_case(std::uint32_t cues, const Word& word) {
    // The suffixes in small letters (`asbl`, `plc`) follow a name in capitals; there are too few to ask for.
    return word.upper_first ? cues : cues & ~k_need_capital;
}

}  // namespace

Scene::Scene(const Gazetteer& gazetteer, std::string_view title, std::string_view text)
    : gazetteer_(gazetteer), title_(title), text_(text), small_((title.size() + text.size()) / k_bytes_a_small_word) {
    constexpr std::size_t k_bytes_a_word = 5;
    words_.reserve((title.size() + text.size()) / k_bytes_a_word + 8);
    read_words(title, words_);
    for (Word& word : words_) word.in_title = true;
    const std::size_t in_title = words_.size();
    read_words(text, words_);
    if (in_title < words_.size()) {
        words_[in_title].gap |= k_gap_line;
        words_[in_title].starts = true;
    }
    look_up();
    settle_starts();
}

void Scene::look_up() {
    notes_.resize(words_.size());
    for (std::uint32_t i = 0; i < size(); ++i) {
        constexpr std::uint32_t k_ahead = 16;
        if (i + k_ahead < size()) __builtin_prefetch(gazetteer_.slot(sequence_hash(0, words_[i + k_ahead].hash)));
        const Word& word = words_[i];
        const Phrase* const phrase = gazetteer_.find(sequence_hash(0, word.hash));
        if (phrase != nullptr) {
            __builtin_prefetch(phrase);
            notes_[i].phrase = phrase;
            listed_.push_back(i);
        }
        if (word.upper_first) capitals_.push_back(i);
        constexpr std::uint8_t k_short = 3;
        if (!word.upper_first && word.letters >= k_short) small_.insert(word.hash, 0);
    }
    for (const std::uint32_t i : listed_) notes_[i].cues = with_case(notes_[i].phrase->cues, words_[i]);
    for (const std::uint32_t i : listed_) {
        if (may_go_on(i) || (notes_[i].cues & k_announcing) != 0) announce(i);
    }
}

/// Notes the cues that begin at `first` on the word behind them.
void Scene::announce(std::uint32_t first) {
    std::uint64_t hash = 0;
    const Phrase* phrase = notes_[first].phrase;
    for (std::uint32_t i = first; phrase != nullptr;) {
        hash = sequence_hash(hash, words_[i].hash);
        ++i;
        const std::uint32_t cues = with_case(phrase->cues, words_[first]) & k_announcing;
        if (i >= size()) return;
        // A sentence that ends with a title announces nobody; the dot of `Dr.` ends none.
        const bool ended = (words_[i].gap & k_gap_stop) != 0 && words_[i - 1].letters > k_longest_dotted;
        if (cues != 0 && !ended) {
            Note& note = notes_[i];
            if (note.announced == 0) note.announced_from = first;
            note.announced |= cues;
        }
        if (!phrase->may_go_on(words_[i].hash) || (words_[i].gap & ~k_joining) != 0) return;
        phrase = gazetteer_.find(sequence_hash(hash, words_[i].hash));
    }
}

/// The dot of `M.` or `J.` ends no sentence.
void Scene::settle_starts() {
    for (std::uint32_t i = 1; i < size(); ++i) {
        Word& word = words_[i];
        const bool dot = (word.gap & k_gap_stop) != 0 && (word.gap & ~(k_gap_stop | k_gap_blank | k_gap_hyphen)) == 0;
        if (dot && (initial(i - 1) || (has(i - 1, k_cue_title_capital) && words_[i - 1].letters <= k_longest_dotted)))
            word.starts = false;
    }
}

bool Scene::initial(std::uint32_t i) const {
    const Word& word = words_[i];
    return word.upper_first && !word.shouted &&
           (word.letters == 1 || (word.dotted && word.letters <= 3 && word.all_upper));
}

bool Scene::is_a_grave(std::uint32_t i) const {
    static constexpr std::uint64_t a = word_hash("a");
    const Word& word = words_[i];
    // A capital A at the beginning of a sentence usually stands without its accent.
    return word.hash == a && (word.end - word.begin == 2 || word.upper_first);
}

bool Scene::dot_follows(std::uint32_t i) const {
    const std::string_view text = words_[i].in_title ? title_ : text_;
    return words_[i].end < text.size() && text[words_[i].end] == '.';
}

std::string_view Scene::surface(std::uint32_t first, std::uint32_t last) const {
    const std::string_view text = words_[first].in_title ? title_ : text_;
    return text.substr(words_[first].begin, words_[last - 1].end - words_[first].begin);
}

std::uint64_t Scene::hash(std::uint32_t first, std::uint32_t last) const {
    std::uint64_t hash = 0;
    for (std::uint32_t i = first; i < last; ++i) hash = sequence_hash(hash, words_[i].hash);
    return hash;
}

const Candidate* Scene::known(std::uint32_t i) const {
    return i >= size() || notes_[i].known == HashIndex::k_none ? nullptr : &known_[notes_[i].known];
}

void Scene::mark(std::vector<Candidate> known) {
    known_ = std::move(known);
    for (std::uint32_t k = 0; k < known_.size(); ++k) {
        for (std::uint32_t i = known_[k].first; i < known_[k].last; ++i) notes_[i].known = k;
    }
}

}  // namespace limier
