// Deals the documents of one source out to several builds, each of which asks on threads of its own.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "indexer/readers.hpp"

namespace limier {

/// Thread-safe. Lifetime: the source must outlive it.
class Dealer {
 public:
    Dealer(DocumentStream& source, std::size_t shards, const std::atomic<bool>* stop);

    /// A document of one shard, and how far the source was when it was read.
    struct Dealt {
        Document document;
        std::uint64_t bytes_read = 0, bytes_total = 0;
    };
    /// The next of a shard in the order of the source; nothing at the end, and once the work is stopped. Who asks reads
    /// for the others too, and waits where one of them has much that it did not ask for yet.
    std::optional<Dealt> next(std::size_t shard);
    /// Nobody asks for this shard any more: what is left of it is passed over.
    void close(std::size_t shard);

    const DocumentStream& source() const { return source_; }

 private:
    struct Queue {
        std::deque<Dealt> waiting;
        std::uint64_t bytes = 0;
        bool closed = false;
    };
    bool has_room() const;
    void read_one();

    DocumentStream& source_;
    const std::atomic<bool>* stop_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Queue> queues_;
    bool ended_ = false;
};

/// The documents of one shard. Lifetime: the dealer must outlive it.
class ShardStream : public DocumentStream {
 public:
    ShardStream(Dealer& dealer, std::size_t shard) : dealer_(dealer), shard_(shard) {}

    std::optional<Document> next() override;
    /// Of the whole source; to be asked for at the end.
    const std::vector<Refusal>& refusals() const override { return dealer_.source().refusals(); }
    std::uint64_t bytes_total() const override { return bytes_total_; }
    std::uint64_t bytes_read() const override { return bytes_read_; }

 private:
    Dealer& dealer_;
    std::size_t shard_;
    std::uint64_t bytes_total_ = 0, bytes_read_ = 0;
};

}  // namespace limier
