#include "indexer/glass.hpp"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "common/output/language.hpp"

namespace limier {
namespace {

constexpr std::size_t k_block_size = 8192;
constexpr std::size_t k_header = 11;
// So large that four fit into a block.
constexpr std::size_t k_longest_item = (k_block_size - k_header - 4 * 2) / 4;
constexpr unsigned k_last_part = 0x4000, k_first_part = 0x2000;
constexpr std::uint32_t k_revision = 1;
constexpr std::size_t k_compress_min = 18;

template <class T>
void append_big_endian(std::string& out, T value) {
    for (unsigned shift = sizeof(T) * 8; shift > 0; shift -= 8)
        out.push_back(static_cast<char>(value >> (shift - 8) & 0xFF));
}

Error write_error(const std::filesystem::path& path) {
    return {Code::io,
            std::string(tr("cannot write", "impossible d’écrire")) + " " + path.string() + ": " + std::strerror(errno)};
}

Result<void> write_file(const std::filesystem::path& path, const std::vector<std::string>& parts) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    for (const std::string& part : parts) out.write(part.data(), static_cast<std::streamsize>(part.size()));
    out.close();
    if (!out) return write_error(path);
    return {};
}

}  // namespace

// Every tree begins with an item without key and tag.
GlassTable::GlassTable() { add_leaf_item({}, {}, k_first_part | k_last_part, 1); }

void GlassTable::add(std::string_view key, std::string_view tag) {
    assert(key.size() <= 255);
    ++entries_;
    std::size_t at = 0;
    for (std::uint16_t part = 1; part == 1 || at < tag.size(); ++part) {
        const std::size_t room = k_longest_item - 3 - key.size() - (part == 1 ? 0 : 2);
        const std::string_view taken = tag.substr(at, room);
        at += taken.size();
        const unsigned flags = (part == 1 ? k_first_part : 0) | (at == tag.size() ? k_last_part : 0);
        add_leaf_item(key, taken, flags, part);
    }
}

void GlassTable::add_leaf_item(std::string_view key, std::string_view part, unsigned flags, std::uint16_t number) {
    const std::size_t size = key.size() + part.size() + ((flags & k_first_part) == 0 ? sizeof number : 0);
    item_.clear();
    append_big_endian(item_, static_cast<std::uint16_t>(size | flags));
    item_.push_back(static_cast<char>(key.size()));
    item_.append(key);
    if ((flags & k_first_part) == 0) append_big_endian(item_, number);
    item_.append(part);
    add_item(key, number, 0);
}

/// Adds item_ to the block of the level, or to a new one where it has no room.
void GlassTable::add_item(std::string_view key, std::uint16_t part, unsigned level) {
    const std::size_t header = k_header + open_.directory.size() + 2;
    if (header + open_.items_size + item_.size() > k_block_size) close_block(level);
    if (open_.items_size == 0) {
        open_.items.resize(k_block_size);
        open_.first = {std::string(key), part};
    }
    open_.items_size += item_.size();
    const std::size_t begin = k_block_size - open_.items_size;
    item_.copy(open_.items.data() + begin, item_.size());
    append_big_endian(open_.directory, static_cast<std::uint16_t>(begin));
}

void GlassTable::close_block(unsigned level) {
    const std::size_t end = k_header + open_.directory.size();
    const auto free = static_cast<std::uint16_t>(k_block_size - end - open_.items_size);
    std::string bytes;
    bytes.reserve(k_block_size);
    append_big_endian(bytes, k_revision);
    bytes.push_back(static_cast<char>(level));
    append_big_endian(bytes, free);
    append_big_endian(bytes, free);
    append_big_endian(bytes, static_cast<std::uint16_t>(end));
    bytes += open_.directory;
    bytes.append(free, '\0');
    bytes.append(open_.items, k_block_size - open_.items_size);
    blocks_.push_back(std::move(bytes));
    children_.push_back(std::move(open_.first));
    open_.directory.clear();
    open_.items_size = 0;
}

/// Levels of branches over the leaves until one block holds all.
void GlassTable::build_branches() {
    while (children_.size() > 1) {
        const std::vector<First> below = std::exchange(children_, {});
        const std::uint32_t first_below = std::exchange(first_child_, static_cast<std::uint32_t>(blocks_.size()));
        ++level_;
        for (std::size_t i = 0; i < below.size(); ++i) {
            item_.clear();
            append_big_endian(item_, static_cast<std::uint32_t>(first_below + i));
            item_.push_back(static_cast<char>(below[i].key.size()));
            item_.append(below[i].key);
            append_big_endian(item_, below[i].part);
            add_item(below[i].key, below[i].part, level_);
        }
        close_block(level_);
    }
}

Result<void> GlassTable::write(const std::filesystem::path& path) {
    close_block(0);
    build_branches();
    return write_file(path, blocks_);
}

std::string GlassTable::root_info(unsigned compress_min) const {
    std::string out;
    const bool none = empty();
    append_glass_uint(out, none ? 0 : blocks_.size() - 1);
    append_glass_uint(out, none ? 3 : level_ << 2);  // bits: no root yet, filled in order
    append_glass_uint(out, entries_);
    append_glass_uint(out, k_block_size >> 11);
    append_glass_uint(out, compress_min);
    std::string free_list;
    if (!none) {
        append_glass_uint(free_list, k_revision);
        append_glass_uint(free_list, blocks_.size());
        free_list.append(4, '\0');
    }
    append_glass_uint(out, free_list.size());
    return out + free_list;
}

Result<void> write_glass(const std::filesystem::path& folder, GlassTable& postlist, const GlassStatistics& statistics) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return write_error(folder);
    if (Result<void> done = postlist.write(folder / "postlist.glass"); !done) return done;
    // Magic and version, UUID (that of the compacted database is new), revision, then the tables in this order.
    std::string out("\x0f\x0dXapian Glass\x04\x6e", 16);
    out.append("LimierScratch\0\0\1", 16);
    append_glass_uint(out, k_revision);
    const GlassTable none;
    out += postlist.root_info(0);
    out += none.root_info(k_compress_min);  // document data
    out += none.root_info(k_compress_min);  // term lists
    out += none.root_info(0);               // positions
    out += none.root_info(k_compress_min);  // spellings
    out += none.root_info(k_compress_min);  // synonyms
    append_glass_uint(out, statistics.documents);
    append_glass_uint(out, 0);  // last number - documents
    append_glass_uint(out, statistics.shortest);
    append_glass_uint(out, statistics.highest_wdf);
    append_glass_uint(out, statistics.longest - statistics.highest_wdf);
    append_glass_uint(out, 0);  // oldest changeset
    append_glass_uint(out, statistics.total_length);
    append_glass_uint(out, 0);  // spellings
    return write_file(folder / "iamglass", {out});
}

void append_glass_uint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
    out.push_back(static_cast<char>(value));
}

void append_glass_sorted(std::string& out, std::uint32_t value) {
    if (value < 0x8000) {
        append_big_endian(out, static_cast<std::uint16_t>(value));
        return;
    }
    // Of n bytes the first begins with n - 2 ones and a zero.
    unsigned bytes = 3;
    for (std::uint32_t rest = value >> 22; rest != 0; rest >>= 7) ++bytes;
    const std::uint64_t marked = (std::uint64_t{0xFF} << (10 - bytes) & 0xFF) << (bytes - 1) * 8 | value;
    for (unsigned i = bytes; i > 0; --i) out.push_back(static_cast<char>(marked >> (i - 1) * 8 & 0xFF));
}

void append_glass_term(std::string& out, std::string_view term) {
    for (const char c : term) {
        out.push_back(c);
        if (c == '\0') out.push_back('\xFF');
    }
}

}  // namespace limier
