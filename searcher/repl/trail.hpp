// What a dialogue asks for, and the way there.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "searcher/query/ast.hpp"
#include "searcher/search.hpp"

namespace limier {

/// A search and what narrows it. `request.query` is without the filters.
struct Inquiry {
    SearchRequest request;
    std::vector<Node> filters;

    bool asks() const {
        return request.similar || !filters.empty() || request.query.find_first_not_of(" \t") != std::string::npos;
    }

    /// Back to the first page.
    void rewind() {
        request.offset = 0;
        if (request.concordance) request.concordance->first = 0;
    }
};

/// Steps from one inquiry to the next, each of which can be taken back.
class Trail {
 public:
    explicit Trail(Inquiry start) : now_(std::move(start)) {}

    const Inquiry& now() const { return now_; }

    /// Makes a step.
    void go(Inquiry next) {
        if (before_.size() == k_most_steps) before_.erase(before_.begin());
        before_.push_back(std::exchange(now_, std::move(next)));
    }

    /// Takes the last step back. False where there is none.
    bool back() {
        if (before_.empty()) return false;
        now_ = std::move(before_.back());
        before_.pop_back();
        return true;
    }

 private:
    static constexpr std::size_t k_most_steps = 1000;
    Inquiry now_;
    std::vector<Inquiry> before_;
};

}  // namespace limier
