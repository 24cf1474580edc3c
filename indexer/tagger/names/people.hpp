// The people of one document.
#pragma once

#include <cstdint>
#include <vector>

#include "indexer/tagger/names/scene.hpp"

namespace limier {

enum class Gender : std::uint8_t { unknown, male, female };

/// A person named in full somewhere in the document.
struct Person {
    std::uint32_t entity = HashIndex::k_none;  ///< the lexicon's
    std::vector<std::uint64_t> words;          ///< of the fullest name
    std::size_t given = 1;                     ///< how many of them are given names
    std::uint64_t letter = 0;                  ///< the hash of the first letter
    Gender gender = Gender::unknown;
    bool guessed = true;   ///< only weak candidates name them
    bool in_full = false;  ///< the document has more than a single word of the name
};

/// Groups the persons among candidates. Immutable after construction.
class People {
 public:
    People(const Scene& scene, const std::vector<Candidate>& chosen);

    static constexpr std::uint32_t k_nobody = HashIndex::k_none;

    /// Whom the candidate names; k_nobody for a name of its own.
    std::uint32_t who(const Candidate& candidate) const;

    const std::vector<Person>& all() const { return people_; }

 private:
    void add_full(const Candidate& candidate);
    void add_entity(const Candidate& candidate);
    std::uint32_t by_full_name(const Candidate& candidate) const;
    std::uint32_t by_short_name(const Candidate& candidate) const;

    std::uint32_t by_entity(std::uint32_t entity) const;

    void note(std::uint64_t key, std::uint32_t person);
    void note_names(std::uint32_t person);
    std::vector<std::uint32_t> found_by(std::uint64_t key) const;  ///< ascending

    struct Link {
        std::uint32_t person, next;
    };
    struct Ends {
        std::uint32_t first, last;  ///< of a chain of links
    };

    const Scene& scene_;
    std::vector<Person> people_;
    HashIndex chains_;  ///< from keys to ends
    std::vector<Ends> ends_;
    std::vector<Link> links_;
};

/// The gender that the words before a name tell: `Mme Lefebvre`, `la ministre Lefebvre`, `la Lefebvre`.
Gender announced_gender(const Scene& scene, std::uint32_t first);

/// Whom a surname alone names beside the person whom People finds.
enum class Kin : std::uint8_t {
    none,    ///< that person
    family,  ///< all who bear it: `les Maheu`
    woman,   ///< the wife of who bears it: `Mme Hennebeau`
    other,   ///< who is called by it, where she whom People finds is called by her given name: `Walter` beside Suzanne
};

/// Surnames that several people of one document bear. Lifetime: the scene and the people outlive it.
class Households {
 public:
    Households(const Scene& scene, const People& people, const std::vector<Candidate>& chosen);

    /// `candidate` is a person, `who` whom People finds for it.
    Kin kin(const Candidate& candidate, std::uint32_t who) const;

 private:
    struct Calls {
        std::uint32_t in_full = 0, by_given = 0;
    };
    std::uint64_t hash_of(const Candidate& candidate) const;
    bool called_by_given(std::uint32_t who) const;

    const Scene& scene_;
    const People& people_;
    HashIndex shared_;          ///< surnames of a man, or in the plural
    std::vector<Calls> calls_;  ///< by person
};

/// Whether the candidate looks like a whole name: two words or more, the first no particle.
bool is_full_name(const Scene& scene, const Candidate& candidate);

}  // namespace limier
