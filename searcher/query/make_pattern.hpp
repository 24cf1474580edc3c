// From nodes of the tree to patterns of words.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "common/store.hpp"
#include "common/text/french.hpp"
#include "searcher/query/build.hpp"
#include "searcher/query/expand.hpp"
#include "searcher/query/pattern.hpp"

namespace limier {

/// Something wrong in a query, thrown up to build_query: the recursion would carry a Result through every line for one
/// reader.
struct QueryFault {
    const Node* node;
    std::string message;
    std::string hint = {};
    std::string value = {};  ///< what is wrong in the node, where it is not all of it
};

/// Makes patterns over an index; what they match goes to the highlights, what is worth saying to the notes.
class PatternMaker {
 public:
    PatternMaker(const BuildContext& context, BuiltQuery& out)
        : index_(context.index), analyser_(context.analyser), context_(context), out_(out) {}

    /// The pattern of words, a phrase, an expansion, NEAR, ADJ or alternatives of these; empty where there is no word.
    /// Throws QueryFault for other nodes.
    Pattern of(const Node& node);

    /// The tokens of a node's value, as typed (`exact`) or by their stems.
    Pattern sequence(const Node& node, bool exact);

    /// The forms that a prefix, wildcard or fuzzy word stands for.
    Expansion expand(const Node& node);
    Pattern one_step(Expansion expansion);

    /// Marks the values of a field that were asked for by a folded name: its words, and their other names as wholes.
    void mark_values(const Node& node, const FieldInfo& field, std::string_view name,
                     const std::set<std::string>& keys);

 private:
    Step step_of(const Token& token, bool exact);
    void mark(const Step& step);

    const Index& index_;
    Analyser& analyser_;
    const BuildContext& context_;
    BuiltQuery& out_;
};

}  // namespace limier
