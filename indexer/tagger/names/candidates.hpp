// Sources of candidates, and the choice among them. A further source is one more function of this shape.
#pragma once

#include <vector>

#include "indexer/tagger/names/scene.hpp"

namespace limier {

/// Names of the lexicon: the longest at each place, ambiguous ones only where the document settles them. They do not
/// overlap, and are in order of place.
std::vector<Candidate> find_known(const Scene& scene);

// The sources below want the scene marked with what find_known found.

/// First name and surname, initials, titles, verbs of speech, apposition.
void find_persons(const Scene& scene, std::vector<Candidate>& out);

/// Announced names, institutions by their first word, company suffixes, acronyms.
void find_organisations(const Scene& scene, std::vector<Candidate>& out);

/// Announced names, prepositions, compounds with hyphens, brackets.
void find_places(const Scene& scene, std::vector<Candidate>& out);

/// Events by their first word, works in quotation marks.
void find_events_and_works(const Scene& scene, std::vector<Candidate>& out);

/// Those that stay when no two may overlap: the longest first, weak ones last. In order of place.
std::vector<Candidate> choose(const Scene& scene, std::vector<Candidate> candidates);

/// The end of the capitalised words that begin at `first`, joined by blanks or hyphens, small words like `de la`
/// between them allowed with `linked`. `first` where none begins there.
std::uint32_t capitalised_run(const Scene& scene, std::uint32_t first, bool linked);

/// Whether a cue ends right before the word, or before `de`, `du`, `des`, `de la` that stand there. Where it does,
/// `from` is set to its first word.
bool announced_by(const Scene& scene, std::uint32_t word, std::uint32_t direct, std::uint32_t with_de,
                  std::uint32_t& from);

/// An entity of this field that the words are an alias of, an ambiguous one too; HashIndex::k_none for none.
std::uint32_t any_entity(const Scene& scene, std::uint32_t first, std::uint32_t last, Field field);

/// A family (`les Martin`) or a plural is nobody.
bool in_plural(const Scene& scene, std::uint32_t word);

/// A small word between the capitals of a name: `de`, `du`, `la`, `l'` …
bool is_connector(const Scene& scene, std::uint32_t word);

/// `ministre de l'Action et des Comptes publics`: an office is no organisation.
bool in_office(const Scene& scene, std::uint32_t word);

/// By its ending, an adjective that institutions bear: national, européenne, municipal, démocratique, français.
bool is_adjective(const Scene& scene, std::uint32_t word);

/// The words begin the name of a person: the lexicon's, or a given name and more.
bool begins_person(const Scene& scene, std::uint32_t word);

/// The capital of the word alone says nothing: a function word, day, inhabitant, or a word seen small in the document.
bool plain_word(const Scene& scene, std::uint32_t word);

}  // namespace limier
