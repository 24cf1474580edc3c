// What ends a query early: the time that it may take, and who no longer wants its answer.
#pragma once

#include <atomic>
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

    /// Without either it never ends anything. `stop` is set from outside, by a signal handler or another thread.
    explicit Deadline(std::optional<std::chrono::duration<double>> limit, const std::atomic<bool>* stop = nullptr);

    bool limited() const { return end_.has_value(); }
    bool passed() const { return end_ && Clock::now() >= *end_; }

    bool stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

    /// Throws std::runtime_error once the time is up or it was stopped.
    void check() const;

    /// The same documents; matching them ends with the deadline, which must outlive the query.
    Xapian::Query guard(const Xapian::Query& query) const;

 private:
    std::optional<Clock::time_point> end_;
    const std::atomic<bool>* stop_ = nullptr;
};

}  // namespace limier
