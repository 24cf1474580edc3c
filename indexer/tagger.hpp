// What an article is about: names, amounts, dates and topics found in its text.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "common/schema.hpp"
#include "common/text/french.hpp"
#include "indexer/document.hpp"
#include "indexer/languages.hpp"
#include "indexer/tagger/user_lexicon.hpp"

namespace limier {

/// One mention of an entity.
struct Mention {
    Field field = Field::person;
    std::string value;        ///< canonical label: `Elon Musk`; its key is fold_key(value)
    std::uint32_t begin = 0;  ///< bytes into the text, or the title when in_title
    std::uint32_t end = 0;    ///< exclusive; titles before a name (`M.`) and elided articles stand outside
    bool in_title = false;    ///< only where the input keeps the title apart
    bool known = false;       ///< the canonical label comes from a lexicon
    std::string_view why;     ///< `lexicon`, `coreference`, `model`, or the rule's name; a literal
    float margin = 0;         ///< of `model`: by how much the next best reading is worse, in log odds
};

/// One amount of money. Numbers of persons, percentages and years are none.
struct Amount {
    std::string value;  ///< `500000000000 USD`: plain decimal digits, at most one point, no exponent, ISO 4217 code
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool in_title = false;
};

/// One date said in the text.
struct DateMention {
    Date date;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool in_title = false;
};

struct TopicScore {
    std::string slug;  ///< key of the vocabulary
    std::string label;
    double score = 0;               ///< 0 to 1, comparable within one document
    std::vector<std::string> cues;  ///< surface forms of what fired, strongest first
};

/// A phrase that says what the document is about.
struct KeyPhrase {
    std::string key;          ///< phrase_key: equal for all inflections
    std::string value;        ///< as the document prints it, in the form used most
    double score = 0;         ///< 0 to 1, comparable within one document
    bool given = false;       ///< the document brings it along as a keyword; then it has no place
    std::uint32_t begin = 0;  ///< its first place
    std::uint32_t end = 0;
    bool in_title = false;
};

/// Where a topic's cue stands for the first time.
struct CuePlace {
    std::uint32_t begin = 0, end = 0;
    bool in_title = false;
    double weight = 0;  ///< 1 to 5
};

/// All that the taggers saw. Mentions, amounts and dates are in order of place, titles first; topics and key
/// phrases by score, highest first.
struct Annotations {
    std::vector<Mention> mentions;
    std::vector<Amount> amounts;
    std::vector<DateMention> dates;
    std::vector<TopicScore> topics;
    std::vector<CuePlace> cues;
    std::vector<KeyPhrase> key_phrases;
};

/// The lexicon rows an index must know so that the searcher need not load a lexicon: alias -> canonical value.
struct Alias {
    Field field;
    std::string alias;  ///< as written in the lexicon
    std::string value;  ///< canonical label (a topic's label for Field::topic)
};

/// A topic of a lexicon. Lifetime: the tagger's.
struct TopicName {
    std::string_view slug, label;
};

/// A name of a document that was found elsewhere (by another tagger, by hand).
struct ListedName {
    std::string form;  ///< as it stands in the text
    Field field = Field::person;
    std::uint32_t count = 1;  ///< how often it stands there
};

/// Tags documents. Immutable after loading, so threads may share one; `tag` keeps its working state on the stack.
class Tagger {
 public:
    /// Loads the lexicons that are compiled into the program, and the user's.
    explicit Tagger(UserLexicon user = {});
    ~Tagger();

    /// Tags one document. `title` and `text` are the analyser's tokens of Document::title and Document::text; no key
    /// phrase is looked for in what is `foreign`.
    Annotations tag(const Document& document, const std::vector<Token>& title, const std::vector<Token>& text,
                    const Analyser& analyser, std::span<const ForeignStretch> foreign = {}) const;

    /// The canonical value of each name of one document, by the rules that `tag` has for the names it finds.
    std::vector<std::string> canonical_values(std::span<const ListedName> names) const;

    /// The aliases under which `value` may be asked for: lexicon rows, synonyms and slugs of topics, and a topic's
    /// ancestors (a parent matches its children).
    std::vector<Alias> aliases(Field field, std::string_view value) const;

    /// A topic's ancestors, nearest first. `topic`: its label.
    std::vector<TopicName> ancestors(std::string_view topic) const;

    /// Digest of the model of names and every lexicon, the user's too, in hexadecimal.
    std::string fingerprint() const;

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace limier
