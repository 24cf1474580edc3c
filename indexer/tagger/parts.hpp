// The taggers behind Tagger: each looks at one document and adds what it saw. indexer/tagger.cpp runs them in order.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/tagger.hpp"
#include "indexer/tagger/user_lexicon.hpp"

namespace limier {

/// What a tagger looks at. The title's tokens matter only where Document::title_apart; else the text holds the title.
struct TagInput {
    const Document& document;
    std::span<const Token> title, text;
    const Analyser& analyser;
    std::span<const ForeignStretch> foreign = {};  ///< in order of place, title first
};

/// Persons, organisations, places, products, events and works, canonical within the document and by lexicon.
/// Immutable after construction.
class NameTagger {
 public:
    explicit NameTagger(const UserLexicon& user = {});
    ~NameTagger();

    /// Adds the mentions, in order of place, titles first; mentions do not overlap.
    void tag(const TagInput& input, Annotations& out) const;

    /// Tagger::canonical_values.
    std::vector<std::string> canonical_values(std::span<const ListedName> names) const;

    /// The lexicon's aliases of a canonical value.
    std::vector<Alias> aliases(Field field, std::string_view value) const;

    /// Of the model of names.
    std::uint64_t model_digest() const;

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Amounts of money: `500 milliards de dollars`, `15 M€`, `200 000 $`.
void tag_amounts(const TagInput& input, Annotations& out);

/// Dates said in the text: `30 novembre 2022`, `en 2018`, `lundi 10 février` (the year by the document's date).
void tag_dates(const TagInput& input, Annotations& out);

/// Topics by weighted cues. Runs last: it may read what the others found. Immutable after construction.
class TopicTagger {
 public:
    /// `user` lives as long.
    explicit TopicTagger(const UserLexicon& user = {});
    ~TopicTagger();

    void tag(const TagInput& input, Annotations& out) const;

    /// The synonyms, label and slug of a topic given by its label, and of its ancestors.
    std::vector<Alias> aliases(std::string_view label) const;

    /// A topic's ancestors, nearest first.
    std::vector<TopicName> ancestors(std::string_view label) const;

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Key phrases of a French document: noun phrases, weighed by how often they and their words are said, how rare these
/// are in press, and where they first stand. Names, which have fields of their own, are one only within a longer phrase
/// (`accord de Paris`). Runs last, after the topics. Immutable after construction.
/// Source: KP-Miner (El-Beltagy and Rafea, 2009: tf, idf, position, a bonus for phrases of several words), with the
/// terms of a vocabulary weighed higher as in KEA++ (Medelyan and Witten, 2006), here the cues of topics.
class KeyPhraseTagger {
 public:
    KeyPhraseTagger();
    ~KeyPhraseTagger();

    void tag(const TagInput& input, Annotations& out) const;

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace limier
