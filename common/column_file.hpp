// The container of a column segment: checked sections in one memory-mapped file. What the sections mean is in
// columns.hpp.
//
// Layout, all integers little-endian and aligned to 8:
//   header     magic "LIMCOLS\n", u32 version, u32 byte-order mark 0x01020304, u32 documents, u32 sections, u64 file
//   size,
//              u64 XXH3 of the directory, u64 XXH3 of the header so far
//   directory  per section: u32 kind, u32 zero, u64 offset, u64 bytes
//   sections   the bytes, padded to 8, then one u32 (low half of XXH3) for each block of 1 KiB of them, padded to 8
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "common/column_shelf.hpp"
#include "common/result.hpp"

namespace limier {

inline constexpr std::uint32_t k_column_version = 9;

/// So much of a mapped section is verified at once.
inline constexpr std::size_t k_column_leaf = 4 * k_column_block;
/// What is longer is mapped, and not read.
inline constexpr std::size_t k_longest_read = 16 * k_column_block;

/// A block of an index file does not have its checksum, or an offset leads outside. Thrown while reading; `guarded` of
/// store.hpp turns it into an Error, because Xapian calls back into column readers and knows only exceptions.
class Damaged : public std::runtime_error {
 public:
    explicit Damaged(const std::string& what) : std::runtime_error(what) {}
};

/// What a block of a section is checked by: the low half of its XXH3.
std::uint32_t column_check(std::string_view bytes);

/// A column file that lies elsewhere is read by pages of so many bytes, the last of what is left.
inline constexpr std::size_t k_column_page = std::size_t{16} << 10;
constexpr std::uint64_t pages_of(std::uint64_t size) { return (size + k_column_page - 1) / k_column_page; }

/// A column file that lies elsewhere.
class ColumnPages {
 public:
    virtual ~ColumnPages() = default;
    /// The bytes of a page, counted from 0. Throws where it cannot be had.
    virtual std::string page(std::uint64_t number) = 0;
};

/// A mapped column file. Thread-safe for reading, but where its pages lie elsewhere. Every block is verified at its
/// first use.
class ColumnFile {
 public:
    /// Errors: io; damaged (header, directory or bounds); schema (another version or byte order).
    static Result<ColumnFile> open(const std::filesystem::path& path);

    /// A file of `size` bytes that lies elsewhere, whose pages are asked for when first needed. `copy` keeps those that
    /// came, for this process and others: which these are its checksums tell, so that whatever stands there is read
    /// right or not at all. Empty, or where nothing can be written there: they are kept in memory. `name`: for
    /// messages. Errors: as open; those of the pages are thrown.
    static Result<ColumnFile> open_elsewhere(const std::filesystem::path& name, std::uint64_t size,
                                             std::unique_ptr<ColumnPages> pages, const std::filesystem::path& copy);

    ColumnFile(ColumnFile&&) noexcept;
    ColumnFile& operator=(ColumnFile&&) noexcept;
    ~ColumnFile();

    std::uint32_t documents() const { return documents_; }
    const std::filesystem::path& path() const { return path_; }

    /// Bytes of a section; 0 where the file has none of this kind.
    std::uint64_t size(std::uint32_t kind) const { return kind < sections_.size() ? sections_[kind].size : 0; }

    /// Bytes [offset, offset + length) of a section, verified. Lifetime: the file's. Throws Damaged.
    std::string_view bytes(std::uint32_t kind, std::uint64_t offset, std::uint64_t length) const {
        const std::string_view mapped = within(kind, offset, length);
        if (length == 0 || are_verified(sections_[kind], offset, length)) return mapped;
        return {first_look(kind, offset, length), length};
    }

    /// As bytes, for one look at what a process seldom needs twice and has a column_check of its own: they may be read
    /// into `buffer`, which grows where it must. Lifetime: the file's, or until the buffer changes.
    std::string_view look(std::uint32_t kind, std::uint64_t offset, std::uint64_t length, std::uint32_t check,
                          std::string& buffer) const {
        const std::string_view mapped = within(kind, offset, length);
        if (length == 0 || are_verified(sections_[kind], offset, length)) return mapped;
        const auto holds = [&](const char* bytes) { return column_check({bytes, length}) == check; };
        if (const char* const lent = lend(mapped, buffer, holds)) return {lent, length};
        return bytes(kind, offset, length);
    }

    /// As bytes, but of a file that lies here not verified: for what shows damage when it is used, as a frame of zstd
    /// with its checksum and the dictionary of one do. Throws Damaged where they lead outside.
    std::string_view unverified(std::uint32_t kind, std::uint64_t offset, std::uint64_t length) const {
        if (elsewhere_) return bytes(kind, offset, length);  // what is not fetched yet is found out by its checksum
        return within(kind, offset, length);
    }
    /// The same for one look.
    std::string_view unverified(std::uint32_t kind, std::uint64_t offset, std::uint64_t length,
                                std::string& buffer) const {
        const std::string_view mapped = unverified(kind, offset, length);
        const char* const lent = lend(mapped, buffer, [](const char*) { return true; });
        return lent == nullptr ? mapped : std::string_view(lent, length);
    }

    /// Elements [first, first + count) of a section of fixed-width elements. Throws Damaged.
    template <class T>
    std::span<const T> slice(std::uint32_t kind, std::uint64_t first, std::uint64_t count) const {
        const std::uint64_t limit = size(kind) / sizeof(T);
        if (first > limit || count > limit - first) damaged(kind, "out of bounds");
        const std::string_view raw = bytes(kind, first * sizeof(T), count * sizeof(T));
        return {reinterpret_cast<const T*>(raw.data()), raw.size() / sizeof(T)};
    }
    template <class T>
    std::uint64_t count(std::uint32_t kind) const {
        return size(kind) / sizeof(T);
    }
    template <class T>
    std::span<const T> all(std::uint32_t kind) const {
        return slice<T>(kind, 0, count<T>(kind));
    }
    template <class T>
    T at(std::uint32_t kind, std::uint64_t index) const {
        return slice<T>(kind, index, 1)[0];
    }

    /// Verifies every block. Throws Damaged.
    void verify() const;

    /// Kind and size of every section, in file order.
    std::vector<std::pair<std::uint32_t, std::uint64_t>> sections() const;

 private:
    struct Section {
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
        std::uint64_t first_leaf = 0;  ///< its leaves, among all of the file
        bool given() const { return offset != 0; }
    };
    struct Unmap {
        std::size_t size;
        void operator()(const char* address) const;
    };
    struct Elsewhere;
    struct Run;

    ColumnFile();
    Result<void> read_directory();
    bool is_verified(std::uint64_t leaf) const {
        return (verified_[leaf / 64].load(std::memory_order_relaxed) >> leaf % 64 & 1) != 0;
    }
    bool are_verified(const Section& section, std::uint64_t offset, std::uint64_t length) const {
        std::uint64_t leaf = section.first_leaf + offset / k_column_leaf;
        const std::uint64_t last = section.first_leaf + (offset + length - 1) / k_column_leaf;
        while (leaf <= last && is_verified(leaf)) ++leaf;
        return leaf > last;
    }
    const char* first_look(std::uint32_t kind, std::uint64_t offset, std::uint64_t length) const;
    const char* on_shelf(const Section& section, std::uint64_t first, std::uint64_t end) const;
    const std::uint32_t* checks(const Run& run, std::uint32_t* buffer) const;
    /// Where the bytes are mapped, not verified. Throws where they lead outside.
    std::string_view within(std::uint32_t kind, std::uint64_t offset, std::uint64_t length) const {
        if (length == 0) return {};
        if (kind >= sections_.size()) damaged(kind, "no such section");
        const Section& section = sections_[kind];  // one that is not there has no bytes
        if (offset > section.size || length > section.size - offset) damaged(kind, "out of bounds");
        return {map_.get() + section.offset + offset, length};
    }
    /// What is mapped, read into `buffer`; null where that is no better, or it does not hold.
    template <class Holds>
    const char* lend(std::string_view mapped, std::string& buffer, Holds holds) const {
        if (!shelf_ || mapped.empty() || mapped.size() > k_longest_read) return nullptr;
        return shelf_->lend(static_cast<std::uint64_t>(mapped.data() - map_.get()), mapped.size(), buffer, holds);
    }
    void verify_leaf(std::uint32_t kind, std::uint64_t leaf) const;
    void fetch(std::uint64_t offset, std::uint64_t length) const;
    [[noreturn]] void damaged(std::uint32_t kind, std::string_view why) const;

    std::filesystem::path path_;
    std::unique_ptr<const char, Unmap> map_;
    std::unique_ptr<Elsewhere> elsewhere_;  ///< null where the file lies here
    std::unique_ptr<ColumnShelf> shelf_;    ///< null where every block is mapped
    std::uint64_t file_size_ = 0;
    std::uint32_t documents_ = 0;
    std::vector<Section> sections_;                           ///< by kind
    std::unique_ptr<std::atomic<std::uint64_t>[]> verified_;  ///< a bit for each leaf
};

/// Writes a column file section by section, streaming.
class ColumnFileWriter {
 public:
    static Result<ColumnFileWriter> create(const std::filesystem::path& path, std::uint32_t documents);

    ColumnFileWriter(ColumnFileWriter&&) noexcept = default;
    ColumnFileWriter& operator=(ColumnFileWriter&&) noexcept = default;

    /// Opens a section; kinds must differ. The one before is closed.
    void begin(std::uint32_t kind);
    void append(std::string_view bytes);
    template <class T>
    void append_value(T value) {
        append({reinterpret_cast<const char*>(&value), sizeof value});
    }
    template <class T>
    void append_all(std::span<const T> values) {
        append({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
    }
    /// Bytes written to the open section so far.
    std::uint64_t written() const { return section_size_; }

    /// Writes directory and header; does not sync. Errors: any write that failed on the way (disk full).
    Result<void> finish();

 private:
    struct Entry {
        std::uint32_t kind;
        std::uint64_t offset;
        std::uint64_t size;
    };
    ColumnFileWriter() = default;
    void end_section();
    void flush();
    void put(std::string_view bytes);
    void write_out();

    std::filesystem::path path_;
    std::ofstream out_;
    std::uint32_t documents_ = 0;
    std::uint64_t position_ = 0;
    std::uint64_t section_size_ = 0;
    std::string buffer_;
    std::string unwritten_;
    std::vector<std::uint32_t> checks_;
    std::vector<Entry> entries_;
    bool open_ = false;
};

/// Syncs a file or folder to the disk. Errors: io.
Result<void> sync_path(const std::filesystem::path& path);

}  // namespace limier
