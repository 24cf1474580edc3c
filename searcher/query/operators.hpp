// The operators of the query language: one row each, from which the lexer, the parser and the printer derive.
#pragma once

#include <span>
#include <string_view>

#include "searcher/query/ast.hpp"

namespace limier {

struct Operator {
    NodeKind kind;
    std::string_view english, french;  ///< spellings; capitals only
    int precedence;                    ///< the higher binds first; all bind before words side by side
    int arity;                         ///< operands; NOT also stands before a single one
    bool distance;                     ///< takes `/n` words
    std::string_view example;          ///< a query
};

inline constexpr int k_default_distance = 10;  ///< of NEAR and ADJ without a number, as in Xapian
inline constexpr int k_most_distance = 1000;

std::span<const Operator> all_operators();

/// The operator of a kind of node; null for kinds that have none.
const Operator* operator_of(NodeKind kind);

/// A word of the query read as an operator.
struct OperatorWord {
    const Operator* row = nullptr;  ///< null: an ordinary word
    int distance = 0;
    bool malformed = false;  ///< `NEAR/x`: meant as one, with a distance that is no number from 1 to k_most_distance
};

/// Reads `ET`, `NEAR`, `PROCHE/5`: exactly formed, else it is a word.
OperatorWord read_operator(std::string_view word);

}  // namespace limier
