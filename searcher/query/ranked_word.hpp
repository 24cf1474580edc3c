// What a query's words are to the ranking beyond their terms.
#pragma once

#include <string>
#include <vector>

#include "searcher/query/pattern.hpp"

namespace limier {

/// A place of the query that a document may fill.
struct RankedWord {
    std::string text;                ///< the form as typed; empty for a word that stands for many
    std::vector<std::string> terms;  ///< that it looks for, without the prefix of a field
    FormSet forms;                   ///< all that fill the place
    bool stop = false;
    double scale = 1;  ///< its boost
};

}  // namespace limier
