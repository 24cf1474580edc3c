#include "indexer/tagger/phrase_words.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <utility>

#include "common/text/phrase_key.hpp"
#include "common/text/utf8.hpp"
#include "indexer/tagger/lexicon.hpp"

namespace limier {
namespace {

constexpr double k_articles = 10'000;   ///< the lexicon's numbers are of so many
constexpr double k_rare_articles = 70;  ///< what is rarer than that counts alike: chance decides what a corpus has

constexpr std::pair<std::string_view, PhraseRole> k_roles[] = {
    {"-", PhraseRole::none},
    {"n", PhraseRole::noun},
    {"na", PhraseRole::noun_adjective},
    {"an", PhraseRole::adjective_noun},
    {"a", PhraseRole::adjective},
    {"p", PhraseRole::participle},
    {"vn", PhraseRole::verb_noun},
    {"before", PhraseRole::before},
    {"general", PhraseRole::general},
};

constexpr std::pair<std::string_view, PhraseRole> k_small_words[] = {
    {"de", PhraseRole::link},          {"d", PhraseRole::link},           {"du", PhraseRole::link},
    {"des", PhraseRole::link},         {"à", PhraseRole::weak_link},      {"au", PhraseRole::weak_link},
    {"aux", PhraseRole::weak_link},    {"en", PhraseRole::weak_link},     {"sur", PhraseRole::weak_link},
    {"par", PhraseRole::weak_link},    {"pour", PhraseRole::weak_link},   {"contre", PhraseRole::weak_link},
    {"sans", PhraseRole::weak_link},   {"la", PhraseRole::article},       {"le", PhraseRole::article},
    {"les", PhraseRole::article},      {"l", PhraseRole::article},        {"un", PhraseRole::determiner},
    {"une", PhraseRole::determiner},   {"ce", PhraseRole::determiner},    {"cet", PhraseRole::determiner},
    {"cette", PhraseRole::determiner}, {"ces", PhraseRole::determiner},   {"son", PhraseRole::determiner},
    {"sa", PhraseRole::determiner},    {"ses", PhraseRole::determiner},   {"leur", PhraseRole::determiner},
    {"leurs", PhraseRole::determiner}, {"notre", PhraseRole::determiner}, {"nos", PhraseRole::determiner},
    {"votre", PhraseRole::determiner}, {"vos", PhraseRole::determiner},   {"mon", PhraseRole::determiner},
    {"ma", PhraseRole::determiner},    {"mes", PhraseRole::determiner},
};

template <std::size_t size>
PhraseRole role_of(std::string_view name, const std::pair<std::string_view, PhraseRole> (&roles)[size]) {
    const auto found =
        std::find_if(std::begin(roles), std::end(roles), [name](const auto& row) { return row.first == name; });
    return found == std::end(roles) ? PhraseRole::none : found->second;
}

std::uint8_t rarity_of(std::string_view articles) {
    static const auto of = [](double count) {
        return static_cast<std::uint8_t>(std::lround(std::log(k_articles / count) * k_rarity_units));
    };
    static const std::uint8_t rare = of(k_rare_articles);
    if (articles.empty()) return rare;
    std::uint32_t count = 1;
    std::from_chars(articles.data(), articles.data() + articles.size(), count);
    return of(count);
}

constexpr std::size_t k_usual_words = 32'000, k_usual_endings = 128;
constexpr std::size_t k_least_letters = 4;   ///< of a word whose ending tells something
constexpr std::size_t k_longest_ending = 5;  ///< letters

/// Letters alone, and enough of them.
bool is_plain_word(std::string_view form) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < form.size(); ++letters)
        if (!is_letter(next_code_point(form, at))) return false;
    return letters >= k_least_letters;
}

}  // namespace

PhraseWords::PhraseWords() : words_(k_usual_words), endings_(k_usual_endings) {
    for_lexicon_rows("words", [this](std::string_view line) {
        const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
        const std::string_view word = line.substr(0, first), role = line.substr(first + 1, second - first - 1);
        const PhraseWord says{role_of(role, k_roles), true, rarity_of(line.substr(second + 1)), 0};
        if (word.starts_with('-'))
            endings_.add(word.substr(1), says);
        else
            words_.add(word, says);
    });
}

void PhraseWords::Words::add(std::string_view word, PhraseWord says) {
    const std::size_t hash = text_hash(word);
    ids.add(hash, static_cast<std::uint32_t>(rows.size()));
    rows.push_back({hash, says});
}

const PhraseWord* PhraseWords::Words::find(std::string_view word) const {
    const std::size_t hash = text_hash(word);
    const std::uint32_t id = ids.find(hash, [&](std::uint32_t row) { return rows[row].hash == hash; });
    return id == OpenTable::k_none ? nullptr : &rows[id].says;
}

/// What the longest ending known tells of a word.
PhraseRole PhraseWords::guessed(std::string_view word) const {
    if (!is_plain_word(word)) return PhraseRole::none;
    std::size_t begin = word.size();
    const PhraseWord* known = nullptr;
    for (std::size_t letters = 1; letters <= k_longest_ending && begin > 0; ++letters) {
        previous_code_point(word, begin);
        if (const PhraseWord* row = endings_.find(word.substr(begin))) known = row;
    }
    // Nothing tells a rare noun from a rare verb but the word before it.
    const PhraseRole role = known == nullptr ? PhraseRole::noun : known->role;
    return role == PhraseRole::noun ? PhraseRole::verb_noun : role;
}

PhraseWord PhraseWords::of(const Form& form) const {
    const auto stem_hash = static_cast<std::uint32_t>(text_hash(form.term) & ((1U << k_stem_hash_bits) - 1));
    if (is_small_word(form)) return {role_of(form.text, k_small_words), true, 0, stem_hash};
    const PhraseWord* known = words_.find(form.text);
    if (known == nullptr && form.text.ends_with('s'))
        known = words_.find(std::string_view(form.text).substr(0, form.text.size() - 1));
    PhraseWord word = known != nullptr ? *known : PhraseWord{guessed(form.text), false, rarity_of({})};
    word.stem_hash = stem_hash;
    return word;
}

}  // namespace limier
