// Patterns of words, confirmed on the token column: phrases, NEAR, ADJ, exact forms, wildcards.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/columns.hpp"
#include "common/store.hpp"
#include "searcher/parts.hpp"

namespace limier {

/// Forms that one place of a pattern accepts: ids, sorted, by segment of the index.
using FormSet = std::vector<std::vector<std::uint32_t>>;

/// One way over the places [from, from + span) of a sequence.
struct Step {
    std::size_t from = 0;
    std::size_t span = 1;
    FormSet forms;
    std::vector<std::string> terms;  ///< a document with one of the forms has one of these terms
    bool stop = false;               ///< a stop word: too common to select candidates by
    std::string text = {};           ///< the form as typed; empty for an expansion
};

/// What to look for in the tokens of a document. Shape: `sequence` uses steps and length; the others use children.
struct Pattern {
    enum class Kind { sequence, any_of, near, ordered };
    Kind kind = Kind::sequence;
    std::vector<Step> steps;   ///< a joined form (`gpt4`) is a step over the places of its parts
    std::size_t length = 0;    ///< places of the sequence
    std::size_t distance = 0;  ///< near, ordered: the most words from the first's begin to the last's
    std::vector<Pattern> children;
};

enum class Part { everywhere, title };

class PatternVerifier;

/// A filter for a Xapian query tree: the documents that have the pattern. Stands beside the terms that select
/// candidates, in an AND; it reports a large frequency, so that AND asks it last. Lifetime: the verifier must outlive
/// the query.
Xapian::Query pattern_filter(PatternVerifier& verifier);

/// Decides which documents that a query matches have patterns too. Cheaper than a filter where only the best hits are
/// wanted: documents that score too low are not looked into. Lifetime: the verifiers and `parts` must outlive it.
class PatternDecider : public Xapian::MatchDecider {
 public:
    PatternDecider(std::vector<PatternVerifier*> verifiers, const PartsInMatch& parts)
        : verifiers_(std::move(verifiers)), parts_(parts) {}
    bool operator()(const Xapian::Document& document) const override;

 private:
    std::vector<PatternVerifier*> verifiers_;
    const PartsInMatch& parts_;
};

}  // namespace limier
