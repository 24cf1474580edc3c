// What a reader of a query meets on its way.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace limier {

struct Problem {
    std::size_t begin = 0, end = 0;  ///< bytes in the query
    std::string message;
    std::string hint = {};
};

/// Faults are errors in strict reading and notes in lenient reading; notes are notes in both. The reader goes on after
/// a fault as if what it names were not there.
struct Problems {
    std::vector<Problem> faults, notes;

    void fault(std::size_t begin, std::size_t end, std::string message, std::string hint = {}) {
        faults.push_back({begin, end, std::move(message), std::move(hint)});
    }
    void note(std::size_t begin, std::size_t end, std::string message) {
        notes.push_back({begin, end, std::move(message)});
    }
};

}  // namespace limier
