// From the tree to a Xapian query.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

#include "common/store.hpp"
#include "common/text/french.hpp"
#include "searcher/deadline.hpp"
#include "searcher/query/ast.hpp"
#include "searcher/query/expand.hpp"
#include "searcher/query/find_pattern.hpp"
#include "searcher/query/many_terms.hpp"
#include "searcher/query/ranked_word.hpp"

namespace limier {

enum class MatchMode {
    all,
    any,
    loose,  ///< any, and a phrase by its words
};

/// What a snippet marks: tokens whose term or whose folded form is wanted, and names.
struct HighlightWords {
    std::set<std::string, std::less<>> terms;
    std::set<std::string, std::less<>> folded;
    std::set<std::string, std::less<>> names;  ///< folded, other names of the values asked for
};

struct BuiltQuery {
    std::vector<std::unique_ptr<PatternVerifier>> verifiers;   ///< of the patterns in `query`
    std::vector<std::unique_ptr<WeightedDocuments>> weighted;  ///< of words in `query` that stand for many terms
    Xapian::Query query;
    std::vector<PatternVerifier*> deciders;  ///< patterns that `query` leaves out: a hit must have them too
    std::vector<RankedWord> words;           ///< asked for in the text, in order; of excluded operands none
    HighlightWords highlights;
    std::vector<Pattern> places;  ///< what a concordance lists: each word asked for in the text, each phrase as a whole
    std::vector<std::pair<Field, std::string>> selected;  ///< field and key of the values that the query filters on
    std::vector<QueryNote> notes;
    std::set<std::string, std::less<>> stop_words;  ///< those asked for, folded: marked where there is nothing else
    MatchMode mode = MatchMode::all;
    bool everything = false;  ///< `*` alone
    bool ranked = false;      ///< it says how much a document is about it: words, entities, topics
    bool several = false;     ///< `all` and `any` differ
    bool phrases = false;     ///< `any` and `loose` differ
};

/// Xapian's own Query::MatchAll counts who holds it, which threads must not do at once.
inline Xapian::Query every_document() { return Xapian::Query(std::string()); }

class Deadline;

/// What a query is built with.
struct BuildContext {
    const Index& index;
    Analyser& analyser;
    IndexWords& words;
    bool highlights = true;  ///< fill BuiltQuery::highlights
    bool places = false;     ///< fill BuiltQuery::places
    const Deadline& deadline;
    bool best_only = false;  ///< only the best hits are wanted, no exact total: may fill BuiltQuery::deciders
};

/// Builds the query of a tree over an index. `text` is the query, for messages that point into it. Errors: a value that
/// its field cannot have (a date, an amount), operands that an operator cannot take, that the deadline passed.
Result<BuiltQuery> build_query(const BuildContext& context, std::string_view text, const Node& root, MatchMode mode);

}  // namespace limier
