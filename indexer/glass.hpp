// The tables of a Xapian database, written in bulk: keys in order into full blocks, as a compaction does it.
//
// Xapian's own way to a new database, add_document and commit, looks every term of every document up in a tree and then
// every key in a B-tree: 1.5 of the 3.9 s of thread time that a build of 12 MB takes. A batch of the build knows its
// postings in order and needs neither. The format is that of Xapian 1.4 and later (`glass`, version 2016-03-14, which
// every library that reads glass asks for and checks): what is written here is a scratch database that Xapian then
// compacts, so that all of a published index is written by Xapian itself.
//
// A block, of 8 KiB, integers big-endian: revision u32, level u8, free bytes u16 twice, end of directory u16, the
// directory u16 each: where the items begin; free bytes; items, written from the end of the block down.
//   leaf item    u16 size - 3, its top bits: compressed (never here), last part, first part of a tag; key length u8;
//   key;
//                number of the part u16 where it is not the first; tag
//   branch item  block u32; key length u8; key, the first in that block; number of the part u16
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"

namespace limier {

/// Writes one table, in memory until `write`.
class GlassTable {
 public:
    GlassTable();

    /// Adds an entry whose key, of at most 255 bytes, sorts after those before.
    void add(std::string_view key, std::string_view tag);

    bool empty() const { return entries_ == 0; }

    /// Writes the file; nothing can be added afterwards.
    Result<void> write(const std::filesystem::path& path);

    /// Where the tree's root is, as `iamglass` has it; after `write`. `compress_min` is Xapian's for the table.
    std::string root_info(unsigned compress_min) const;

 private:
    /// What stands first in a block.
    struct First {
        std::string key;
        std::uint16_t part = 0;
    };
    /// The block that is being filled.
    struct Open {
        std::string directory, items;  ///< items from the last to the first, at the end of their room
        std::size_t items_size = 0;
        First first;
    };
    void add_leaf_item(std::string_view key, std::string_view part, unsigned flags, std::uint16_t number);
    void add_item(std::string_view key, std::uint16_t part, unsigned level);
    void close_block(unsigned level);
    void build_branches();

    std::vector<std::string> blocks_;
    Open open_;
    std::string item_;             ///< the one that is being added
    std::vector<First> children_;  ///< of the blocks of the level below
    std::uint32_t first_child_ = 0;
    unsigned level_ = 0;
    std::uint64_t entries_ = 0;
};

/// What Xapian keeps of a database beside its tables.
struct GlassStatistics {
    std::uint32_t documents = 0;  ///< of which the last has this number
    std::uint64_t total_length = 0;
    std::uint32_t shortest = 0, longest = 0;  ///< lengths of documents
    std::uint32_t highest_wdf = 0;
};

/// Writes a database folder of postings and values, without term lists, as with Xapian's DB_NO_TERMLIST.
Result<void> write_glass(const std::filesystem::path& folder, GlassTable& postlist, const GlassStatistics& statistics);

// The encodings inside keys and tags.
void append_glass_uint(std::string& out, std::uint64_t value);
void append_glass_sorted(std::string& out, std::uint32_t value);  ///< sorts as the number does
void append_glass_term(std::string& out, std::string_view term);  ///< a term at the end of a key

}  // namespace limier
