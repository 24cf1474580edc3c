#include "common/column_file.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "common/descriptor.hpp"
#include "common/output/language.hpp"
#ifdef __x86_64__
#ifdef __clang__
#define _Bool bool  // a word of C that GCC knows in C++ too, and the header uses
#endif
#include <sys/platform/x86.h>
#undef _Bool

#include "common/xxh3_avx2.hpp"
#endif

namespace limier {
namespace {

static_assert(std::endian::native == std::endian::little, "columns are written as they lie in memory");

constexpr std::string_view k_magic = "LIMCOLS\n";
constexpr std::uint32_t k_byte_order = 0x01020304;
constexpr std::size_t k_max_sections = 256;
constexpr std::uint32_t k_max_kinds = 4096;

struct Header {
    char magic[8];
    std::uint32_t version;
    std::uint32_t byte_order;
    std::uint32_t documents;
    std::uint32_t sections;
    std::uint64_t file_size;
    std::uint64_t directory_check;
    std::uint64_t header_check;
};
static_assert(sizeof(Header) == 48);

struct DirectoryEntry {
    std::uint32_t kind;
    std::uint32_t zero;
    std::uint64_t offset;
    std::uint64_t size;
};
static_assert(sizeof(DirectoryEntry) == 24);

std::uint64_t digest(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }
std::uint64_t header_digest(const Header& header) { return XXH3_64bits(&header, offsetof(Header, header_check)); }

/// Whether each block of `bytes` has the checksum that stands in its place.
bool have_checks(std::string_view bytes, const std::uint32_t* checks) {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), k_column_block))) {
        if (column_check(bytes.substr(0, k_column_block)) != *checks++) return false;
    }
    return true;
}

constexpr std::size_t k_buffer = 64 * k_column_block;  // digested at once

// Written at once, at multiples of its size: Linux then keeps the file in pages of up to 2 MB, of which a reader's
// first touch takes 0.4 µs, mapped and unmapped, where it takes 4.5 of a file written by 64 KB anywhere (6.18, ext4).
constexpr std::size_t k_written_at_once = std::size_t{2} << 20;

// The sections begin behind room for the largest directory.
constexpr std::size_t k_directory_end = sizeof(Header) + k_max_sections * sizeof(DirectoryEntry);
// A file keeps its descriptor to read by, while there are so few; with more, all is mapped.
constexpr int k_few_open = 64;
// A smaller section, and file, of which neighbours are asked for is mapped: Linux maps sixteen pages at once, and a few
// such touches make all of it.
constexpr std::uint64_t k_large = std::uint64_t{256} << 10;
constexpr std::uint64_t k_blocks_a_leaf = k_column_leaf / k_column_block;
// The checksums of a section that has no more blocks of them are read by whole blocks, numbered behind all of the file.
constexpr std::uint64_t k_few_check_blocks = 4;
constexpr std::uint64_t k_checks_a_block = k_column_block / sizeof(std::uint32_t);
constexpr std::uint64_t k_first_check_block = std::uint64_t{1} << 40;

constexpr std::uint64_t k_largest_elsewhere = std::uint64_t{1} << 40;

constexpr std::uint64_t padded(std::uint64_t size) { return (size + 7) & ~std::uint64_t{7}; }
constexpr std::uint64_t blocks_of(std::uint64_t size) { return (size + k_column_block - 1) / k_column_block; }
constexpr std::uint64_t leaves_of(std::uint64_t size) { return (size + k_column_leaf - 1) / k_column_leaf; }

Error system_error(std::string_view english, std::string_view french, const std::filesystem::path& path) {
    return {Code::io, std::string(tr(english, french)) + " " + path.string() + ": " + std::strerror(errno)};
}

Error damaged_error(const std::filesystem::path& path, std::string_view why) {
    return {Code::damaged,
            std::string(tr("damaged index file", "fichier d’index endommagé")) + " " + path.string() + " (" +
                std::string(why) + ")",
            std::string(tr("rebuild the index with: indexer build", "reconstruire l’index par : indexer build"))};
}

}  // namespace

std::uint32_t column_check(std::string_view bytes) {
#ifdef __x86_64__
    // What the C library asked the processor: to ask it anew takes microseconds on a virtual machine.
    if (CPU_FEATURE_ACTIVE(AVX2)) return static_cast<std::uint32_t>(xxh3_by_avx2(bytes.data(), bytes.size()));
#endif
    return static_cast<std::uint32_t>(digest(bytes));
}

void ColumnFile::Unmap::operator()(const char* address) const { ::munmap(const_cast<char*>(address), size); }

Result<ColumnFile> ColumnFile::open(const std::filesystem::path& path) {
    Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status = {};
    if (!fd.is_open() || ::fstat(fd.get(), &status) != 0)
        return system_error("cannot open", "impossible d’ouvrir", path);
    ColumnFile file;
    file.path_ = path;
    file.file_size_ = static_cast<std::uint64_t>(status.st_size);
    if (file.file_size_ < sizeof(Header)) return damaged_error(path, "too short");
    void* address = ::mmap(nullptr, file.file_size_, PROT_READ, MAP_SHARED, fd.get(), 0);
    if (address == MAP_FAILED) return system_error("cannot map", "impossible de projeter", path);
    file.map_ = {static_cast<const char*>(address), Unmap{file.file_size_}};
    if (file.file_size_ >= k_large && fd.get() < k_few_open) file.shelf_ = std::make_unique<ColumnShelf>(std::move(fd));
    if (Result<void> read = file.read_directory(); !read) return read.error();
    return file;
}

/// What is known of a file that lies elsewhere. The mapping is private: no page that a full disk has no room for ends
/// the process, and what is kept in the copy is written beside it.
struct ColumnFile::Elsewhere {
    Elsewhere(std::unique_ptr<ColumnPages> given, int descriptor) : pages(std::move(given)), copy(descriptor) {}

    std::unique_ptr<ColumnPages> pages;
    Descriptor copy;
    std::vector<bool> fetched;  ///< by page
};

ColumnFile::ColumnFile() = default;
ColumnFile::ColumnFile(ColumnFile&&) noexcept = default;
ColumnFile& ColumnFile::operator=(ColumnFile&&) noexcept = default;
ColumnFile::~ColumnFile() = default;

Result<ColumnFile> ColumnFile::open_elsewhere(const std::filesystem::path& name, std::uint64_t size,
                                              std::unique_ptr<ColumnPages> pages, const std::filesystem::path& copy) {
    ColumnFile file;
    file.path_ = name;
    file.file_size_ = size;
    if (size < sizeof(Header) || size > k_largest_elsewhere) return damaged_error(name, "size");
    int descriptor = copy.empty() ? -1 : ::open(copy.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    file.elsewhere_ = std::make_unique<Elsewhere>(std::move(pages), descriptor);
    // Holes take no room.
    if (descriptor >= 0 && ::ftruncate(descriptor, static_cast<off_t>(size)) != 0) descriptor = -1;
    const int kind = MAP_PRIVATE | MAP_NORESERVE | (descriptor < 0 ? MAP_ANONYMOUS : 0);
    void* address = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, kind, descriptor, 0);
    if (address == MAP_FAILED) return system_error("cannot map", "impossible de projeter", name);
    file.map_ = {static_cast<const char*>(address), Unmap{size}};
    file.elsewhere_->fetched.resize(pages_of(size));
    file.fetch(0, std::min<std::uint64_t>(size, k_directory_end));
    if (Result<void> read = file.read_directory(); !read) return read.error();
    return file;
}

/// Asks for the pages of these bytes that were not asked for before.
void ColumnFile::fetch(std::uint64_t offset, std::uint64_t length) const {
    for (std::uint64_t page = offset / k_column_page; page <= (offset + length - 1) / k_column_page; ++page) {
        if (elsewhere_->fetched[page]) continue;
        const std::uint64_t first = page * k_column_page;
        const std::string bytes = elsewhere_->pages->page(page);
        if (bytes.size() != std::min<std::uint64_t>(k_column_page, file_size_ - first))
            throw Damaged(path_.string() + ": page " + std::to_string(page));
        std::memcpy(const_cast<char*>(map_.get()) + first, bytes.data(), bytes.size());
        elsewhere_->fetched[page] = true;
        if (elsewhere_->copy.get() < 0) continue;
        // Where that fails it is asked for again next time.
        [[maybe_unused]] const ssize_t written =
            ::pwrite(elsewhere_->copy.get(), bytes.data(), bytes.size(), static_cast<off_t>(first));
    }
}

Result<void> ColumnFile::read_directory() {
    // Read: a page that is mapped takes longer.
    std::array<char, k_directory_end> begin;
    const char* const head = shelf_ ? begin.data() : map_.get();
    const std::uint64_t length = std::min<std::uint64_t>(file_size_, k_directory_end);
    if (shelf_ && !shelf_->read(0, length, begin.data())) return damaged_error(path_, "too short");
    Header header;
    std::memcpy(&header, head, sizeof header);
    if (std::string_view(header.magic, sizeof header.magic) != k_magic) return damaged_error(path_, "magic");
    if (header.version != k_column_version || header.byte_order != k_byte_order) {
        return Error{
            Code::schema,
            path_.string() + ": " + std::string(tr("columns of another version", "colonnes d’une autre version")),
            std::string(tr("rebuild the index with: indexer build", "reconstruire l’index par : indexer build"))};
    }
    if (header.header_check != header_digest(header)) return damaged_error(path_, "header");
    if (header.file_size != file_size_) return damaged_error(path_, "size");
    const std::uint64_t directory_size = header.sections * sizeof(DirectoryEntry);
    if (header.sections > k_max_sections || sizeof(Header) + directory_size > length)
        return damaged_error(path_, "directory");
    const std::string_view directory(head + sizeof(Header), directory_size);
    if (header.directory_check != digest(directory)) return damaged_error(path_, "directory");
    std::array<DirectoryEntry, k_max_sections> entries;
    std::memcpy(entries.data(), directory.data(), directory_size);
    const std::span<const DirectoryEntry> given(entries.data(), header.sections);
    std::uint32_t kinds = 0;
    for (const DirectoryEntry& entry : given) kinds = std::max(kinds, std::min(entry.kind, k_max_kinds) + 1);
    if (kinds > k_max_kinds) return damaged_error(path_, "section kind");
    sections_.resize(kinds);
    std::uint64_t leaves = 0;
    for (const DirectoryEntry& entry : given) {
        const std::uint64_t blocks = blocks_of(entry.size);
        const std::uint64_t room = entry.offset <= file_size_ ? file_size_ - entry.offset : 0;
        if (entry.offset < k_directory_end || entry.offset % 8 != 0 || entry.size > room ||
            padded(entry.size) + blocks * sizeof(std::uint32_t) > room) {
            return damaged_error(path_, "section bounds");
        }
        if (sections_[entry.kind].given()) return damaged_error(path_, "section twice");
        sections_[entry.kind] = {entry.offset, entry.size, leaves};
        leaves += leaves_of(entry.size);
    }
    verified_ = std::make_unique<std::atomic<std::uint64_t>[]>(leaves / 64 + 1);
    documents_ = header.documents;
    return {};
}

/// Where the bytes can be read, verified.
const char* ColumnFile::first_look(std::uint32_t kind, std::uint64_t offset, std::uint64_t length) const {
    const Section& section = sections_[kind];
    const std::uint64_t last = offset + length - 1;
    if (const char* const held = on_shelf(section, offset / k_column_block, last / k_column_block + 1))
        return held + offset % k_column_block;
    for (std::uint64_t leaf = offset / k_column_leaf; leaf <= last / k_column_leaf; ++leaf) {
        if (!is_verified(section.first_leaf + leaf)) verify_leaf(kind, leaf);
    }
    return map_.get() + section.offset + offset;
}

/// Blocks of a section to be read: where they lie in the file, and the number of the first among all.
struct ColumnFile::Run {
    Run(const Section& section, std::uint64_t first, std::uint64_t end)
        : number(section.first_leaf * k_blocks_a_leaf + first),
          count(end - first),
          offset(section.offset + first * k_column_block),
          size(std::min(end * k_column_block, section.size) - first * k_column_block),
          checks(section.offset + padded(section.size)),
          first_check(first),
          all_checks(blocks_of(section.size)),
          check_number(k_first_check_block + section.first_leaf) {}

    std::uint64_t number, count, offset, size;
    std::uint64_t checks;        ///< where those of the section begin
    std::uint64_t first_check;   ///< so many before those of the run
    std::uint64_t all_checks;    ///< so many in all
    std::uint64_t check_number;  ///< of the first block of them
};

/// The checksums of the blocks of a run, in `buffer` or on the shelf: those of a section that has few are read by
/// blocks and kept. Null where they cannot be read.
const std::uint32_t* ColumnFile::checks(const Run& run, std::uint32_t* buffer) const {
    const auto place = [&](std::uint64_t check) { return run.checks + check * sizeof(std::uint32_t); };
    const std::uint64_t block = run.first_check / k_checks_a_block;
    const bool apart = (run.first_check + run.count - 1) / k_checks_a_block != block;
    if (apart || run.all_checks > k_few_check_blocks * k_checks_a_block) {
        const std::uint64_t size = run.count * sizeof(std::uint32_t);
        return shelf_->read(place(run.first_check), size, reinterpret_cast<char*>(buffer)) ? buffer : nullptr;
    }
    const char* held = shelf_->find(run.check_number + block, 1);
    if (held == nullptr) {
        const std::uint64_t first = block * k_checks_a_block;
        const std::uint64_t size = std::min(k_checks_a_block, run.all_checks - first) * sizeof(std::uint32_t);
        held = shelf_->put(run.check_number + block, place(first), size, [](const char*) { return true; });
    }
    return held == nullptr ? nullptr
                           : reinterpret_cast<const std::uint32_t*>(held) + run.first_check % k_checks_a_block;
}

/// These blocks of a section; null where they are not on the shelf and are better mapped.
const char* ColumnFile::on_shelf(const Section& section, std::uint64_t first, std::uint64_t end) const {
    if (!shelf_ || shelf_->is_worn() || end - first > k_longest_read / k_column_block) return nullptr;
    const Run run(section, first, end);
    if (const char* const held = shelf_->find(run.number, run.count)) return held;
    const auto known = [&](std::uint64_t block, std::uint64_t number) {
        return shelf_->find(number, 1) != nullptr || is_verified(section.first_leaf + block / k_blocks_a_leaf);
    };
    const bool walked = (first > 0 && known(first - 1, run.number - 1)) ||
                        (end < blocks_of(section.size) && known(end, run.number + run.count));
    if (walked && section.size < k_large) return nullptr;
    std::array<std::uint32_t, k_longest_read / k_column_block> buffer;
    const std::uint32_t* const expected = checks(run, buffer.data());
    if (expected == nullptr) return nullptr;
    return shelf_->put(run.number, run.offset, run.size, [&](const char* bytes) {
        return have_checks({bytes, run.size}, expected);
    });
}

void ColumnFile::verify_leaf(std::uint32_t kind, std::uint64_t leaf) const {
    const Section& section = sections_[kind];
    const std::uint64_t begin = leaf * k_column_leaf;
    const std::uint64_t size = std::min(k_column_leaf, section.size - begin);
    const std::uint64_t check = section.offset + padded(section.size) + begin / k_column_block * sizeof(std::uint32_t);
    const auto holds = [&] {
        return have_checks({map_.get() + section.offset + begin, size},
                           reinterpret_cast<const std::uint32_t*>(map_.get() + check));
    };
    bool verified = holds();
    if (!verified && elsewhere_) {
        fetch(section.offset + begin, size);
        fetch(check, blocks_of(size) * sizeof(std::uint32_t));
        verified = holds();
    }
    if (!verified) damaged(kind, "checksum of block " + std::to_string(leaf));
    const std::uint64_t place = section.first_leaf + leaf;
    verified_[place / 64].fetch_or(std::uint64_t{1} << place % 64, std::memory_order_relaxed);
}

void ColumnFile::damaged(std::uint32_t kind, std::string_view why) const {
    throw Damaged(path_.string() + ": section " + std::to_string(kind) + ": " + std::string(why));
}

void ColumnFile::verify() const {
    for (std::uint32_t kind = 0; kind < sections_.size(); ++kind) {
        const Section& section = sections_[kind];
        for (std::uint64_t leaf = 0; leaf < leaves_of(section.size); ++leaf) verify_leaf(kind, leaf);
    }
}

std::vector<std::pair<std::uint32_t, std::uint64_t>> ColumnFile::sections() const {
    std::vector<std::pair<std::uint32_t, std::uint64_t>> list;
    for (std::uint32_t kind = 0; kind < sections_.size(); ++kind) {
        if (sections_[kind].given()) list.emplace_back(kind, sections_[kind].size);
    }
    return list;
}

Result<ColumnFileWriter> ColumnFileWriter::create(const std::filesystem::path& path, std::uint32_t documents) {
    ColumnFileWriter writer;
    writer.path_ = path;
    writer.documents_ = documents;
    writer.out_.open(path, std::ios::binary | std::ios::trunc);
    if (!writer.out_) return system_error("cannot write", "impossible d’écrire", path);
    // Room for the header and the largest directory.
    writer.put(std::string(padded(k_directory_end), '\0'));
    return writer;
}

void ColumnFileWriter::begin(std::uint32_t kind) {
    end_section();
    assert(entries_.size() < k_max_sections);
    entries_.push_back({kind, position_, 0});
    section_size_ = 0;
    open_ = true;
}

void ColumnFileWriter::append(std::string_view bytes) {
    assert(open_);
    section_size_ += bytes.size();
    while (!bytes.empty()) {
        const std::size_t take = std::min(bytes.size(), k_buffer - buffer_.size());
        buffer_.append(bytes.substr(0, take));
        bytes.remove_prefix(take);
        if (buffer_.size() == k_buffer) flush();
    }
}

void ColumnFileWriter::flush() {
    for (std::string_view rest = buffer_; !rest.empty();) {
        const std::string_view block = rest.substr(0, k_column_block);
        checks_.push_back(column_check(block));
        rest.remove_prefix(block.size());
    }
    put(buffer_);
    buffer_.clear();
}

void ColumnFileWriter::end_section() {
    if (!open_) return;
    flush();
    put(std::string(padded(position_) - position_, '\0'));
    put({reinterpret_cast<const char*>(checks_.data()), checks_.size() * sizeof(std::uint32_t)});
    put(std::string(padded(position_) - position_, '\0'));
    checks_.clear();
    entries_.back().size = section_size_;
    open_ = false;
}

void ColumnFileWriter::put(std::string_view bytes) {
    position_ += bytes.size();
    while (!bytes.empty()) {
        const std::size_t take = std::min(bytes.size(), k_written_at_once - unwritten_.size());
        unwritten_.append(bytes.substr(0, take));
        bytes.remove_prefix(take);
        if (unwritten_.size() == k_written_at_once) write_out();
    }
}

void ColumnFileWriter::write_out() {
    out_.write(unwritten_.data(), static_cast<std::streamsize>(unwritten_.size()));
    unwritten_.clear();
}

Result<void> ColumnFileWriter::finish() {
    end_section();
    std::string directory;
    for (const Entry& entry : entries_) {
        const DirectoryEntry row{entry.kind, 0, entry.offset, entry.size};
        directory.append(reinterpret_cast<const char*>(&row), sizeof row);
    }
    Header header{};
    std::memcpy(header.magic, k_magic.data(), k_magic.size());
    header.version = k_column_version;
    header.byte_order = k_byte_order;
    header.documents = documents_;
    header.sections = static_cast<std::uint32_t>(entries_.size());
    header.file_size = position_;
    header.directory_check = digest(directory);
    header.header_check = header_digest(header);
    write_out();
    out_.seekp(0);
    out_.write(reinterpret_cast<const char*>(&header), sizeof header);
    out_.write(directory.data(), static_cast<std::streamsize>(directory.size()));
    out_.close();
    if (!out_) return system_error("cannot write", "impossible d’écrire", path_);
    return {};
}

Result<void> sync_path(const std::filesystem::path& path) {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0 || ::fsync(fd.get()) != 0) return system_error("cannot sync", "impossible de synchroniser", path);
    return {};
}

}  // namespace limier
