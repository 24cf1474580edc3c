#include "indexer/tagger/names/coreference.hpp"

#include <algorithm>
#include <map>
#include <span>

#include "common/text/utf8.hpp"
#include "indexer/tagger/names/candidates.hpp"
#include "indexer/tagger/names/people.hpp"

namespace limier {
namespace {

constexpr std::uint32_t k_none = HashIndex::k_none;

/// A name that the document establishes, by its words.
struct Established {
    Candidate reading;
    bool disputed = false;  ///< read in two ways: its repeats are left alone
    bool given = false;     ///< a given name: only the lone word counts
};

/// Names of the document, found by the hash of their words.
class Names {
 public:
    void add(std::uint64_t hash, const Candidate& reading, bool given = false) {
        const std::uint32_t at = index_.insert(hash, static_cast<std::uint32_t>(names_.size()));
        if (at == names_.size()) {
            names_.push_back({reading, false, given});
            return;
        }
        Established& known = names_[at];
        if (known.reading.field != reading.field || known.reading.entity != reading.entity) {
            // A rule's reading beside the lexicon's for the same field is no dispute.
            if (known.reading.field != reading.field)
                known.disputed = true;
            else if (known.reading.entity != k_none && reading.entity != k_none)
                known.disputed = true;
        }
        known.given = known.given && given;
    }
    const Established* find(std::uint64_t hash) const {
        const std::uint32_t at = index_.find(hash);
        return at == k_none ? nullptr : &names_[at];
    }
    bool empty() const { return names_.empty(); }

 private:
    HashIndex index_;
    std::vector<Established> names_;
};

Candidate reading_of(Field field, std::uint8_t strength) {
    Candidate reading;
    reading.field = field;
    reading.strength = strength;
    reading.why = "coreference";
    return reading;
}

std::uint64_t hash_of(std::span<const std::uint64_t> words) {
    std::uint64_t hash = 0;
    for (const std::uint64_t word : words) hash = sequence_hash(hash, word);
    return hash;
}

void add_people(const People& people, Names& names) {
    for (const Person& person : people.all()) {
        if (!person.in_full || person.guessed) continue;
        const std::span<const std::uint64_t> words(person.words);
        const Candidate reading = reading_of(Field::person, k_fair);
        for (std::size_t from = person.given; from < words.size(); ++from)
            names.add(hash_of(words.subspan(from)), reading);
        if (words.size() - std::min(words.size(), person.given) > 1)
            names.add(hash_of(words.subspan(person.given, 1)), reading);
        if (person.given > 0) names.add(hash_of(words.first(person.given)), reading, true);
    }
}

void add_readings(const Scene& scene, const std::vector<Candidate>& chosen, Names& names) {
    for (const Candidate& candidate : chosen) {
        Candidate reading = candidate;
        reading.why = "coreference";
        names.add(scene.hash(candidate.first, candidate.last), reading);
    }
}

bool may_repeat(const Scene& scene, std::uint32_t first, std::uint32_t last, const Established& name) {
    if (name.disputed || (scene.word(first).gap & k_gap_at) != 0) return false;
    const Word& word = scene.word(first);
    const bool one = last - first == 1;
    if (one && (word.letters < 2 || scene.has(first, k_cue_particle | k_cue_day))) return false;
    if (one && (word.starts || word.shouted) && plain_word(scene, first)) return false;
    if (name.reading.field == Field::person && in_plural(scene, first)) return false;
    if (!name.given || !one) return true;
    // A given name alone: no surname follows, nothing but the name is meant.
    const bool alone =
        !(scene.joined(last) && scene.word(last).upper_first) && !scene.hyphened(first) && !scene.hyphened(last);
    return alone && !scene.has(first, k_cue_common) && !scene.seen_small(word.hash);
}

void repeats_at(const Scene& scene, std::uint32_t first, const Names& names, std::vector<Candidate>& out) {
    constexpr std::uint32_t k_longest = 8;
    std::uint64_t hash = 0;
    for (std::uint32_t i = first; i < scene.size() && i - first < k_longest; ++i) {
        if (i > first && !scene.joined(i)) return;
        hash = sequence_hash(hash, scene.word(i).hash);
        const Established* name = names.find(hash);
        if (name == nullptr || !may_repeat(scene, first, i + 1, *name)) continue;
        Candidate repeat = name->reading;
        repeat.first = first;
        repeat.last = i + 1;
        out.push_back(repeat);
    }
}

/// The words of a name as its label: one blank where there are several, capitals that only shout taken back.
std::string label(const Scene& scene, std::uint32_t first, std::uint32_t last, bool person) {
    std::string out;
    for (std::uint32_t i = first; i < last; ++i) {
        const std::string_view text = scene.surface(i, i + 1);
        if (i > first) {
            const std::string_view both = scene.surface(i - 1, i + 1);
            const std::string_view gap =
                both.substr(scene.surface(i - 1, i).size(), both.size() - scene.surface(i - 1, i).size() - text.size());
            if (scene.word(i).gap == k_gap_blank)
                out += ' ';
            else
                out += gap;
        }
        const bool roman = text.find_first_not_of("IVX") == std::string_view::npos;
        const bool shouts =
            scene.word(i).all_upper && !scene.word(i).dotted && !roman && (person || scene.word(i).shouted);
        if (!shouts) {
            out += text;
            // `O.N.U.` is labelled as it is looked for: `ONU`.
            if (scene.word(i).dotted && scene.word(i).all_upper && !person) std::erase(out, '.');
            continue;
        }
        std::size_t at = 0;
        const char32_t head = next_code_point(text, at);
        append_utf8(out, scene.has(i, k_cue_particle) && i > first && text.size() < 4 && text != "LE" && text != "LA"
                             ? to_lower(head)
                             : head);
        while (at < text.size()) append_utf8(out, to_lower(next_code_point(text, at)));
    }
    // A surname withheld: `Chérif C.`
    if (person && scene.word(last - 1).letters == 1 && scene.dot_follows(last - 1)) out += '.';
    return out;
}

/// Forms of one entity, counted; the best is the fullest, then the most used, then the first.
class Forms {
 public:
    void add(std::string text, std::size_t words, bool shouted) {
        Form& form = forms_[std::move(text)];
        ++form.count;
        form.words = words;
        form.shouted = shouted;
        if (form.count == 1) form.order = forms_.size();
    }
    const std::string& best() const {
        const auto better = [](const auto& a, const auto& b) {
            if (a.second.words != b.second.words) return a.second.words < b.second.words;
            if (a.second.shouted != b.second.shouted) return a.second.shouted;
            if (a.second.count != b.second.count) return a.second.count < b.second.count;
            return a.second.order > b.second.order;
        };
        return std::max_element(forms_.begin(), forms_.end(), better)->first;
    }

 private:
    struct Form {
        std::size_t count = 0, words = 0, order = 0;
        bool shouted = false;
    };
    std::map<std::string, Form> forms_;
};

/// Groups candidates that are one entity.
class Groups {
 public:
    Groups(const Scene& scene, const std::vector<Candidate>& chosen)
        : scene_(scene), people_(scene, chosen), households_(scene, people_, chosen) {
        for (const Candidate& candidate : chosen) {
            if (candidate.stands_for != k_none)
                full_names_.push_back({scene.hash(candidate.first, candidate.last), candidate.stands_for});
        }
        for (const Candidate& candidate : chosen) place(candidate, chosen);
    }

    NamedEntity named(std::size_t at, const Candidate& candidate) const {
        const Group& group = groups_[members_[at]];
        if (group.entity != k_none)
            return {candidate, std::string(scene_.gazetteer().entity(group.entity).canonical), true};
        return {candidate, std::string(group.title) + group.forms.best(), false};
    }

 private:
    struct Group {
        std::uint32_t entity = k_none;
        std::string_view title;  ///< what tells kin from who bears the same surname
        Forms forms;
    };

    /// By which the candidates of one entity find each other; `group` is told what it begins with.
    std::uint64_t key(const Candidate& candidate, const std::vector<Candidate>& chosen, Group& group) const {
        if (candidate.field == Field::person) {
            const std::uint32_t who = people_.who(candidate);
            const Kin kin = households_.kin(candidate, who);
            if (kin == Kin::none && who != People::k_nobody) {
                group.entity = people_.all()[who].entity;
                return sequence_hash(1, who);
            }
            group.title = kin == Kin::family ? "les " : kin == Kin::woman ? "Mme " : "";
            const std::uint64_t of_name = kin == Kin::family ? 4 : kin == Kin::woman ? 5 : 2;
            return sequence_hash(of_name, scene_.hash(candidate.first, candidate.last));
        }
        group.entity = candidate.entity;
        if (group.entity != k_none) return sequence_hash(3, group.entity);
        const std::uint64_t hash = scene_.hash(candidate.first, candidate.last);
        for (const auto& [acronym, full] : full_names_) {
            if (acronym != hash) continue;
            for (const Candidate& other : chosen) {
                if (other.first != full || other.stands_for != k_none) continue;
                group.entity = other.entity;
                return group.entity != k_none ? sequence_hash(3, group.entity)
                                              : field_key(candidate.field, scene_.hash(other.first, other.last));
            }
        }
        return field_key(candidate.field, hash);
    }

    static std::uint64_t field_key(Field field, std::uint64_t hash) {
        return sequence_hash(static_cast<std::uint64_t>(field) + 16, hash);
    }

    void place(const Candidate& candidate, const std::vector<Candidate>& chosen) {
        Group group;
        const std::uint32_t at =
            index_.insert(key(candidate, chosen, group), static_cast<std::uint32_t>(groups_.size()));
        if (at == groups_.size()) groups_.push_back(std::move(group));
        members_.push_back(at);
        if (groups_[at].entity != k_none) return;
        // A town may be written in capitals like a surname; an acronym is no place.
        const bool person = candidate.field == Field::person || candidate.field == Field::place;
        groups_[at].forms.add(label(scene_, candidate.first, candidate.last, person), candidate.last - candidate.first,
                              scene_.word(candidate.last - 1).all_upper);
    }

    const Scene& scene_;
    People people_;
    Households households_;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> full_names_;
    std::vector<Group> groups_;
    std::vector<std::uint32_t> members_;
    HashIndex index_;
};

}  // namespace

std::vector<Candidate> with_repeats(const Scene& scene, std::vector<Candidate> chosen) {
    Names names;
    add_readings(scene, chosen, names);
    add_people(People(scene, chosen), names);
    if (names.empty()) return chosen;
    std::vector<bool> covered(scene.size());
    for (const Candidate& candidate : chosen) {
        if (candidate.strength == k_weak) continue;
        for (std::uint32_t i = candidate.first; i < candidate.last; ++i) covered[i] = true;
    }
    for (const std::uint32_t i : scene.capitals()) {
        if (!covered[i]) repeats_at(scene, i, names, chosen);
    }
    return choose(scene, std::move(chosen));
}

std::vector<NamedEntity> name_all(const Scene& scene, const std::vector<Candidate>& chosen) {
    const Groups groups(scene, chosen);
    std::vector<NamedEntity> named;
    named.reserve(chosen.size());
    for (std::size_t at = 0; at < chosen.size(); ++at) named.push_back(groups.named(at, chosen[at]));
    return named;
}

}  // namespace limier
