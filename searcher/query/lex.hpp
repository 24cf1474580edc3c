// A query as lexemes. What is no operator in its exact form is text: a pasted headline reads as its words.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "searcher/query/operators.hpp"
#include "searcher/query/problems.hpp"

namespace limier {

struct Lexeme {
    enum class Kind {
        leaf,   ///< a whole operand: `node`
        field,  ///< `person:` before an `open`: the field in `node`
        must,
        must_not,
        op,  ///< `op` and its `distance`
        open,
        close,
        boost,  ///< `^2` after a `close`: the number in `node`
    };
    Kind kind = Kind::leaf;
    std::size_t begin = 0, end = 0;  ///< bytes in the query
    Node node = {};
    const Operator* op = nullptr;
    int distance = 0;
};

/// Input: valid UTF-8.
std::vector<Lexeme> lex_query(std::string_view query, Problems& problems);

}  // namespace limier
