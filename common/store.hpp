// The index on disk: what lies where, how it is opened and published, and the border to Xapian.
//
// DB/                        the folder given by --db
//   XAPIANDB                 Xapian stub: the generation in force. Stock tools open DB through it.
//   .lock                    held (flock) by the process that writes; holds its pid
//   generation-000007/       one publication; the one before stays until the next
//     xapian/                glass database: terms, frequencies, value slots, metadata
//     columns-000000.lim     column segment (columns.hpp); an update appends columns-000001.lim …
//     MANIFEST               `XXH3-128 size path` a file, as published; `indexer check` holds the files against it
//
// `build` writes a new generation whole, syncs it, and renames a new stub over the old one. A reader reads the stub,
// opens what it names, and starts again from the stub when that fails, because the generation may have gone meanwhile.
//
// Terms of a document, all lower case after the prefix, at most 245 bytes:
//   <term>       one per distinct stem of title and body, frequency as wdf; a stop word as itself
//   S<term>      of the title
//   Q<id>, U<url>            whole; longer than 200 bytes: hashed
//   L<code>, XSRC:<source>   folded; A<author>
//   X…:<key>     entities and topics, field table in schema.cpp; wdf is how much the document is about it
//   D20250114, M202501, Y2025       the document's date, as far as it is known
//   XWHE:20250114, XWHE:202501, XWHE:2025   dates said in the text, likewise
//   XAMT:<prefix>  amounts, amount_terms below
// Value slots: schema.hpp. Document data: empty; the columns hold what is read.
// Metadata: limier:schema, limier:fingerprint (analyser, lexicons, Xapian), limier:language, limier:created (ISO 8601
// UTC), limier:columns (`file first-docid documents` a line).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <xapian.h>

#include "common/columns.hpp"
#include "common/result.hpp"

namespace limier {

/// Runs `body` at the border: what Xapian and the columns throw becomes an Error.
Error error_of_current_exception();
template <class Body>
auto guarded(Body&& body) -> Result<std::decay_t<std::invoke_result_t<Body>>> {
    using Value = std::decay_t<std::invoke_result_t<Body>>;
    try {
        if constexpr (std::is_void_v<Value>) {
            std::forward<Body>(body)();
            return {};
        } else {
            return std::forward<Body>(body)();
        }
    } catch (...) {
        return error_of_current_exception();
    }
}

/// A term of a field: prefix and value, hashed where it would be too long for Xapian (245 bytes).
std::string field_term(std::string_view prefix, std::string_view value);

/// An index open for reading: one published state, whatever is published meanwhile. One thread at a time (Xapian's
/// rule); several Index objects may read one index at once.
class Index {
 public:
    /// Errors: not_found, schema, damaged, io.
    static Result<Index> open(const std::filesystem::path& path);

    Index(Index&&) noexcept = default;
    Index& operator=(Index&&) noexcept = default;

    const Xapian::Database& database() const { return database_; }
    std::uint32_t documents() const { return documents_; }

    /// Where a document's columns are.
    struct Place {
        const Segment* segment;
        std::uint32_t row;
        std::size_t number;  ///< of the segment
    };
    Place place(Xapian::docid document) const;  ///< throws Damaged where no segment has it

    struct SegmentAt {
        Segment segment;
        Xapian::docid first;  ///< document of row 0
    };
    const std::vector<SegmentAt>& segments() const { return segments_; }

    std::string metadata(const std::string& key) const { return database_.get_metadata(key); }
    const std::filesystem::path& path() const { return path_; }
    const std::filesystem::path& generation() const { return generation_; }

    /// Whether the stub names another generation by now. Read only where it is another file than when last seen.
    bool republished();

 private:
    /// What tells a stub from the one that replaces it.
    struct StubMark {
        std::uint64_t inode = 0;
        std::int64_t seconds = 0, nanoseconds = 0;  ///< of its last change
        friend bool operator==(const StubMark&, const StubMark&) = default;
    };
    static StubMark stub_mark(const std::filesystem::path& path);

    Index() = default;
    Result<void> open_generation();

    std::filesystem::path path_;
    std::filesystem::path generation_;
    StubMark stub_;
    Xapian::Database database_;
    std::vector<SegmentAt> segments_;
    std::uint32_t documents_ = 0;
};

/// A generation being written. Not published, it vanishes with the object (a killed process's remains go at the next
/// one).
class NewGeneration {
 public:
    /// Takes the lock and makes the folder. Errors: busy (naming the holder), io, usage (a folder that is no index).
    static Result<NewGeneration> begin(const std::filesystem::path& path);

    NewGeneration(NewGeneration&& other) noexcept;
    NewGeneration& operator=(NewGeneration&&) = delete;
    ~NewGeneration();

    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path database() const { return folder_ / "xapian"; }
    std::filesystem::path columns() const { return folder_ / "columns-000000.lim"; }
    /// A folder for what is not published.
    std::filesystem::path scratch() const { return folder_ / "scratch"; }

    /// Writes metadata and manifest, syncs all, and puts the generation in force.
    Result<void> publish(std::string_view fingerprint, std::string_view created, bool portable = false);

 private:
    NewGeneration() = default;
    std::filesystem::path path_;
    std::filesystem::path folder_;
    int lock_ = -1;
    bool published_ = false;
};

/// Holds an index against its manifest, its checksums and Xapian's own check. The list names each damaged file and why;
/// it is empty when all is well. Errors: the index cannot be found at all.
Result<std::vector<std::string>> check_index(const std::filesystem::path& path);

/// Bytes by part of the index: `postings`, `termlists`, `docdata`, … of Xapian and the columns' parts.
Result<std::vector<std::pair<std::string, std::uint64_t>>> index_sizes(const Index& index);

}  // namespace limier
