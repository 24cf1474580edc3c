// The time that a query may take.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "common/store.hpp"

namespace limier {

/// Ends what runs longer than it may by an exception: a match that were only cut short would count too little and not
/// say so. Xapian's own limit does that.
class Deadline {
 public:
    using Clock = std::chrono::steady_clock;

    /// Without a limit it never ends anything.
    explicit Deadline(std::optional<std::chrono::duration<double>> limit);

    bool limited() const { return end_.has_value(); }
    bool passed() const { return end_ && Clock::now() >= *end_; }

    /// Throws std::runtime_error once the time is up.
    void check() const;

    /// The same documents; matching them ends with the deadline, which must outlive the query.
    Xapian::Query guard(const Xapian::Query& query) const;

 private:
    std::optional<Clock::time_point> end_;
};

}  // namespace limier
