#include "indexer/tagger/names/people.hpp"

#include <algorithm>
#include <span>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/tagger/names/candidates.hpp"

namespace limier {
namespace {

using Words = std::span<const std::uint64_t>;

Gender gender_of(std::uint32_t cues) {
    const bool male = (cues & k_cue_male) != 0, female = (cues & k_cue_female) != 0;
    if (male == female) return Gender::unknown;
    return male ? Gender::male : Gender::female;
}

bool is_one(std::uint64_t hash, std::initializer_list<std::uint64_t> list) {
    return std::find(list.begin(), list.end(), hash) != list.end();
}

std::vector<std::uint64_t> hashes(const Scene& scene, const Candidate& candidate) {
    std::vector<std::uint64_t> words;
    for (std::uint32_t i = candidate.first; i < candidate.last; ++i) words.push_back(scene.word(i).hash);
    return words;
}

/// The hash of a name's first letter alone, as an initial has it.
std::uint64_t letter_hash(std::string_view text) {
    std::size_t at = 0;
    next_code_point(text, at);
    return word_hash(fold(text.substr(0, at)));
}

std::size_t given_count(const Scene& scene, const Candidate& candidate) {
    std::uint32_t i = candidate.first + 1;
    while (i + 1 < candidate.last && !scene.has(i, k_cue_particle) &&
           (scene.hyphened(i) || scene.has(i, k_cue_given) || scene.initial(i)))
        ++i;
    return i - candidate.first;
}

// What a person is found by: kinds of keys, mixed with the hash of the words.
constexpr std::uint64_t k_by_last_word = 1, k_by_entity = 2, k_by_part = 3;

std::uint64_t part_key(Words part) {
    std::uint64_t hash = k_by_part;
    for (const std::uint64_t word : part) hash = sequence_hash(hash, word);
    return hash;
}

bool starts_with(Words words, Words part) {
    return part.size() <= words.size() && std::equal(part.begin(), part.end(), words.begin());
}

bool ends_with(Words words, Words part) {
    return part.size() <= words.size() &&
           std::equal(part.begin(), part.end(), words.end() - static_cast<std::ptrdiff_t>(part.size()));
}

bool bears_surname(const Person& person, Words name) {
    const Words surname = Words(person.words).subspan(std::min(person.given, person.words.size()));
    if (surname.empty()) return std::equal(name.begin(), name.end(), person.words.begin(), person.words.end());
    return ends_with(surname, name) || (surname.size() > 1 && starts_with(surname, name));
}

bool bears_given(const Person& person, Words name) {
    return person.words.size() > person.given && starts_with(Words(person.words).first(person.given), name);
}

}  // namespace

Gender announced_gender(const Scene& scene, std::uint32_t first) {
    static constexpr std::uint64_t m = word_hash("m"), mr = word_hash("mr"), monsieur = word_hash("monsieur"),
                                   mme = word_hash("mme"), mlle = word_hash("mlle"), madame = word_hash("madame"),
                                   miss = word_hash("mademoiselle"), le = word_hash("le"), un = word_hash("un"),
                                   la = word_hash("la"), une = word_hash("une"), du = word_hash("du"),
                                   au = word_hash("au"), dr = word_hash("dr"), docteur = word_hash("docteur"),
                                   pr = word_hash("pr"), professeur = word_hash("professeur");
    if ((scene.announced(first) & (k_cue_title | k_cue_title_capital)) == 0) {
        // `la Levaque`
        const bool named_so = first > 0 && scene.spaced(first) && scene.word(first - 1).hash == la;
        return named_so ? Gender::female : Gender::unknown;
    }
    const std::uint32_t from = scene.announced_from(first);
    const std::uint64_t title = scene.word(from).hash;
    if (is_one(title, {m, mr, monsieur})) return Gender::male;
    if (is_one(title, {mme, mlle, madame, miss})) return Gender::female;
    if (from == 0) return Gender::unknown;
    // Both are said of women too: `le Dr Gautier`.
    if (is_one(title, {dr, docteur, pr, professeur})) return Gender::unknown;
    const std::uint64_t article = scene.word(from - 1).hash;
    if (is_one(article, {le, un, du, au})) return Gender::male;
    return is_one(article, {la, une}) ? Gender::female : Gender::unknown;
}

bool is_full_name(const Scene& scene, const Candidate& candidate) {
    return candidate.last - candidate.first > 1 && !scene.has(candidate.first, k_cue_particle);
}

// Lexicon entities come first, then full names, then those that begin with initials, which join a full name.
People::People(const Scene& scene, const std::vector<Candidate>& chosen) : scene_(scene) {
    for (const Candidate& candidate : chosen) {
        if (candidate.field == Field::person && candidate.entity != HashIndex::k_none) add_entity(candidate);
    }
    for (const bool initials : {false, true}) {
        for (const Candidate& candidate : chosen) {
            if (candidate.field != Field::person || candidate.entity != HashIndex::k_none) continue;
            if (is_full_name(scene, candidate) && scene.initial(candidate.first) == initials) add_full(candidate);
        }
    }
    // `Ben Affleck` is a full name, `Ben Youssef` the surname of an Amina Ben Youssef.
    for (const Candidate& candidate : chosen) {
        if (candidate.field != Field::person || candidate.entity != HashIndex::k_none) continue;
        const bool particle_first = candidate.last - candidate.first > 1 && !is_full_name(scene, candidate);
        if (particle_first && scene.has(candidate.first, k_cue_given) && by_short_name(candidate) == k_nobody)
            add_full(candidate);
    }
}

void People::note(std::uint64_t key, std::uint32_t person) {
    const auto link = static_cast<std::uint32_t>(links_.size());
    const std::uint32_t chain = chains_.insert(key, static_cast<std::uint32_t>(ends_.size()));
    if (chain == ends_.size()) {
        ends_.push_back({link, link});
    } else {
        links_[ends_[chain].last].next = link;
        ends_[chain].last = link;
    }
    links_.push_back({person, k_nobody});
}

void People::note_names(std::uint32_t at) {
    const Words words(people_[at].words);
    const Words given = words.first(std::min(people_[at].given, words.size())), surname = words.subspan(given.size());
    note(sequence_hash(k_by_last_word, words.back()), at);
    for (std::size_t from = 0; from < surname.size(); ++from) note(part_key(surname.subspan(from)), at);
    for (std::size_t size = 1; size < surname.size(); ++size) note(part_key(surname.first(size)), at);
    for (std::size_t size = 1; size <= given.size(); ++size) note(part_key(given.first(size)), at);
}

std::vector<std::uint32_t> People::found_by(std::uint64_t key) const {
    std::vector<std::uint32_t> found;
    const std::uint32_t chain = chains_.find(key);
    if (chain == k_nobody) return found;
    for (std::uint32_t link = ends_[chain].first; link != k_nobody; link = links_[link].next)
        found.push_back(links_[link].person);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::uint32_t People::by_entity(std::uint32_t entity) const {
    const std::vector<std::uint32_t> found = found_by(sequence_hash(k_by_entity, entity));
    return found.empty() ? k_nobody : found.front();
}

void People::add_entity(const Candidate& candidate) {
    const bool in_full = candidate.last - candidate.first > 1;
    if (const std::uint32_t same = by_entity(candidate.entity); same != k_nobody) {
        people_[same].in_full = people_[same].in_full || in_full;
        return;
    }
    std::vector<Word> words;
    read_words(scene_.gazetteer().entity(candidate.entity).canonical, words);
    Person person;
    person.entity = candidate.entity;
    person.letter = letter_hash(scene_.gazetteer().entity(candidate.entity).canonical);
    person.in_full = in_full;
    person.guessed = false;
    person.given = 0;
    bool given = true;
    for (const Word& word : words) {
        person.words.push_back(word.hash);
        const Phrase* phrase = scene_.gazetteer().find(sequence_hash(0, word.hash));
        const std::uint32_t cues = phrase == nullptr ? 0 : phrase->cues;
        if (person.words.size() == 1) person.gender = gender_of(cues);
        // A hyphen or an initial goes on with the given name; a canonical name of one word has none.
        const bool more = person.words.size() == 1 || word.gap == k_gap_hyphen || word.letters == 1 ||
                          ((cues & k_cue_given) != 0 && (cues & k_cue_particle) == 0);
        given = given && more && person.words.size() < words.size();
        if (given) ++person.given;
    }
    people_.push_back(std::move(person));
    const auto at = static_cast<std::uint32_t>(people_.size() - 1);
    note(sequence_hash(k_by_entity, candidate.entity), at);
    note_names(at);
}

void People::add_full(const Candidate& candidate) {
    if (const std::uint32_t same = by_full_name(candidate); same != k_nobody) {
        Person& person = people_[same];
        person.in_full = true;
        person.guessed = person.guessed && candidate.strength == k_weak;
        if (person.entity == HashIndex::k_none && candidate.last - candidate.first > person.words.size()) {
            person.words = hashes(scene_, candidate);
            person.given = given_count(scene_, candidate);
            note_names(same);
        }
        return;
    }
    Person person;
    person.words = hashes(scene_, candidate);
    person.letter = letter_hash(scene_.surface(candidate.first, candidate.last));
    person.given = given_count(scene_, candidate);
    person.in_full = true;
    person.guessed = candidate.strength == k_weak;
    person.gender = gender_of(scene_.cues(candidate.first));
    if (person.gender == Gender::unknown) person.gender = announced_gender(scene_, candidate.first);
    people_.push_back(std::move(person));
    note_names(static_cast<std::uint32_t>(people_.size() - 1));
}

std::uint32_t People::by_full_name(const Candidate& candidate) const {
    const std::vector<std::uint64_t> words = hashes(scene_, candidate);
    const bool initial = scene_.initial(candidate.first);
    const std::vector<std::uint32_t> namesakes = found_by(sequence_hash(k_by_last_word, words.back()));
    std::uint32_t found = k_nobody;
    for (const std::uint32_t at : namesakes) {
        const Person& person = people_[at];
        if (person.words.size() < 2 || person.words.back() != words.back()) continue;
        if (person.words == words) return at;
        if (person.words.front() == words.front()) {
            // Two hyphened given names that begin alike are two people: Jean-Luc and Jean-Marie.
            const bool apart = person.given > 1 && words.size() > 2 && given_count(scene_, candidate) > 1 &&
                               person.words[1] != words[1];
            if (!apart) found = at;
        }
    }
    if (found != k_nobody || !initial) return found;
    const std::uint64_t letter = letter_hash(scene_.surface(candidate.first, candidate.first + 1));
    for (const std::uint32_t at : namesakes) {
        const Person& person = people_[at];
        if (person.words.size() < 2 || person.words.back() != words.back() || person.letter != letter) continue;
        if (found != k_nobody) return k_nobody;  // `I. Sow` beside Ibrahima and Issa
        found = at;
    }
    return found;
}

std::uint32_t People::by_short_name(const Candidate& candidate) const {
    const std::vector<std::uint64_t> name = hashes(scene_, candidate);
    const Gender gender = announced_gender(scene_, candidate.first);
    const std::vector<std::uint32_t> candidates = found_by(part_key(name));
    std::vector<std::uint32_t> bearers;
    bool in_full = false;
    const auto collect = [&](auto bears) {
        for (const std::uint32_t at : candidates) {
            const Person& person = people_[at];
            if (!bears(person)) continue;
            if (gender != Gender::unknown && person.gender != Gender::unknown && gender != person.gender) continue;
            bearers.push_back(at);
            in_full = in_full || person.in_full;
        }
    };
    collect([&](const Person& person) { return bears_surname(person, name); });
    if (bearers.empty()) collect([&](const Person& person) { return bears_given(person, name); });
    // Whom the document names in full goes before whom only the lexicon knows: `Kimbal Musk … Musk`.
    if (in_full) std::erase_if(bearers, [this](std::uint32_t at) { return !people_[at].in_full; });
    if (bearers.size() == 1) return bearers.front();
    // Among namesakes the lexicon's own short name decides: `Trump` beside Donald and Melania.
    if (candidate.entity != HashIndex::k_none) {
        for (const std::uint32_t at : bearers) {
            if (people_[at].entity == candidate.entity) return at;
        }
    }
    return k_nobody;
}

std::uint32_t People::who(const Candidate& candidate) const {
    const bool full = candidate.last - candidate.first > 1;
    const std::uint32_t entity = candidate.entity == HashIndex::k_none ? k_nobody : by_entity(candidate.entity);
    if (entity != k_nobody && full) return entity;
    std::uint32_t found = full ? by_full_name(candidate) : k_nobody;
    if (found == k_nobody) found = by_short_name(candidate);
    return found != k_nobody ? found : entity;
}

Households::Households(const Scene& scene, const People& people, const std::vector<Candidate>& chosen)
    : scene_(scene), people_(people), calls_(people.all().size()) {
    for (const Candidate& candidate : chosen) {
        if (candidate.field != Field::person) continue;
        const std::uint32_t who = people.who(candidate);
        if (!is_full_name(scene, candidate)) {
            const bool man = announced_gender(scene, candidate.first) == Gender::male;
            if (man || in_plural(scene, candidate.first)) shared_.insert(hash_of(candidate), 0);
        }
        if (who == People::k_nobody) continue;
        const Person& person = people.all()[who];
        const std::vector<std::uint64_t> words = hashes(scene, candidate);
        if (is_full_name(scene, candidate)) {
            ++calls_[who].in_full;
            if (person.gender == Gender::male && person.given < person.words.size())
                shared_.insert(part_key(Words(person.words).subspan(person.given)), 0);
        } else if (bears_given(person, words)) {
            ++calls_[who].by_given;
        }
    }
}

std::uint64_t Households::hash_of(const Candidate& candidate) const { return part_key(hashes(scene_, candidate)); }

bool Households::called_by_given(std::uint32_t who) const {
    constexpr std::uint32_t k_often = 3;
    return calls_[who].by_given >= k_often * std::max(std::uint32_t{1}, calls_[who].in_full);
}

Kin Households::kin(const Candidate& candidate, std::uint32_t who) const {
    if (is_full_name(scene_, candidate)) return Kin::none;
    // `des Chirac` are people like him whom everybody knows.
    const bool known = candidate.entity != HashIndex::k_none ||
                       (who != People::k_nobody && people_.all()[who].entity != HashIndex::k_none);
    if (in_plural(scene_, candidate.first)) return known ? Kin::none : Kin::family;
    if (shared_.find(hash_of(candidate)) == HashIndex::k_none) return Kin::none;
    const bool woman = who != People::k_nobody && people_.all()[who].gender == Gender::female;
    const bool by_given = woman && called_by_given(who) && !bears_given(people_.all()[who], hashes(scene_, candidate));
    if (announced_gender(scene_, candidate.first) != Gender::female) return by_given ? Kin::other : Kin::none;
    return woman && !by_given ? Kin::none : Kin::woman;
}

}  // namespace limier
