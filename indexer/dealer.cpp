#include "indexer/dealer.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "common/shards.hpp"

namespace limier {
namespace {

// Several batches of each shard.
constexpr std::uint64_t k_most_waiting = std::uint64_t{16} << 20;
constexpr auto k_between_looks = std::chrono::milliseconds(100);

}  // namespace

Dealer::Dealer(DocumentStream& source, std::size_t shards, const std::atomic<bool>* stop)
    : source_(source), stop_(stop), queues_(shards) {}

bool Dealer::has_room() const {
    return std::none_of(queues_.begin(), queues_.end(),
                        [](const Queue& queue) { return queue.bytes > k_most_waiting; });
}

void Dealer::read_one() {
    std::optional<Document> document = source_.next();
    if (!document) {
        ended_ = true;
        return;
    }
    Queue& queue = queues_[shard_of(document->id, queues_.size())];
    if (queue.closed) return;
    queue.bytes += document->text.size();
    queue.waiting.push_back({std::move(*document), source_.bytes_read(), source_.bytes_total()});
}

std::optional<Dealer::Dealt> Dealer::next(std::size_t shard) {
    std::unique_lock lock(mutex_);
    Queue& own = queues_[shard];
    while (own.waiting.empty() && !ended_) {
        if (stop_ != nullptr && *stop_) return std::nullopt;
        if (has_room()) {
            read_one();
            changed_.notify_all();
        } else {
            changed_.wait_for(lock, k_between_looks);
        }
    }
    if (own.waiting.empty()) return std::nullopt;
    Dealt dealt = std::move(own.waiting.front());
    own.waiting.pop_front();
    own.bytes -= dealt.document.text.size();
    changed_.notify_all();
    return dealt;
}

void Dealer::close(std::size_t shard) {
    const std::lock_guard lock(mutex_);
    queues_[shard] = {};
    queues_[shard].closed = true;
    changed_.notify_all();
}

std::optional<Document> ShardStream::next() {
    std::optional<Dealer::Dealt> dealt = dealer_.next(shard_);
    if (!dealt) return std::nullopt;
    bytes_total_ = dealt->bytes_total;
    bytes_read_ = dealt->bytes_read;
    return std::move(dealt->document);
}

}  // namespace limier
