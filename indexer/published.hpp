// What an index holds already: for an update, which adds to it, and as documents again, for an index written anew.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/store.hpp"
#include "indexer/readers.hpp"

namespace limier {

/// Begins a generation of `db` that is made of what indexes hold, which may be `db` itself. They must be there, so that
/// nothing is made where they are not. Errors: as Index::open and NewGeneration::begin.
Result<NewGeneration> begin_from(std::span<const std::filesystem::path> indexes, const std::filesystem::path& db);

/// The documents of an index that is to be updated. Not thread-safe. Functions may throw Damaged and Xapian::Error.
class PublishedDocuments {
 public:
    /// Errors: as Index::open.
    static Result<PublishedDocuments> open(const std::filesystem::path& path);

    enum class State { is_new, changed, same };
    /// Notes that the document was met; what is in the index under its id and differs is removed.
    State meet(const Document& document);
    /// False where the index has no document of this id, or no longer.
    bool remove(std::string_view id);
    /// Removes what was not met and returns how many; but what came from a file or folder that is refused now may be
    /// there still, and stays.
    std::uint64_t prune(const std::vector<Refusal>& refusals);

    bool is_changed() const { return changed_; }
    bool portable() const;
    std::string text_dictionary() const;  ///< of its newest part
    const std::string& fingerprint() const { return index_.roots().front().fingerprint; }

    /// The parts as they are to be published; those of which nothing is left only where `others` says that there will
    /// be no other.
    std::vector<IndexPart> parts(bool others) const;
    unsigned next_part() const;  ///< a number that no part has

 private:
    explicit PublishedDocuments(Index index);
    bool is_gone(const Index::Place& place) const { return removed_[place.number][place.row]; }
    void remove(const Index::Place& place);
    std::optional<Index::Place> find(std::string_view id) const;

    Index index_;
    std::vector<std::vector<bool>> removed_, met_;  ///< by segment and row
    bool changed_ = false;
};

/// The documents that indexes hold, as they were read. Of an id that several have, the first index has it.
class IndexDocuments : public DocumentStream {
 public:
    explicit IndexDocuments(Index index);

    std::optional<Document> next() override;
    const std::vector<Refusal>& refusals() const override { return refusals_; }
    std::uint64_t bytes_total() const override { return bytes_total_; }
    std::uint64_t bytes_read() const override { return bytes_read_; }

 private:
    Index index_;
    std::size_t segment_ = 0;
    std::uint32_t row_ = 0;
    std::uint64_t bytes_total_ = 0, bytes_read_ = 0;
    std::vector<Refusal> refusals_;
};

}  // namespace limier
