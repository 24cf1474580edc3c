// The index on disk: what lies where, how it is opened and published, and the border to Xapian.
//
// DB/                        the folder given by --db
//   XAPIANDB                 Xapian stub: the databases of the generation in force, a line each, and a seal (a comment
//                            with their digest: a line that is lost is noticed). Stock tools open DB.
//   .lock                    held (flock) by the process that writes; holds its pid
//   generation-000007/       one publication; the one before stays until the next
//     part-000000/           documents that came together; an update adds a part
//       xapian/              glass database: terms, frequencies, value slots, metadata
//       columns.lim          column segment (columns.hpp)
//       removed.lim          rows of the segment that were removed or replaced since; there if there are none, too, so
//                            that its loss is noticed. Also the digest of what Xapian reads first (iamglass), on which
//                            it would crash if damaged
//     part-000003/ …
//     changed/               of a portable index from which rows were removed: store_files.hpp
//     MANIFEST               `XXH3-128 size path` a file, as published, and a seal; `indexer check` holds the files
//                            against it
//
// An index dealt out over several folders is DB/shard-1-of-4 and on, each as above (shards.hpp). One of a single part
// that is portable can be served to other machines (store_served.hpp).
//
// No file of a part changes once it is published: the next generation has hard links to the parts that stay. A reader
// thus never meets a change, and what is removed is so by removed.lim alone, until `optimize` writes all anew.
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
// Value slots: schema.hpp. Document data: empty; the columns hold what is read. What a portable index has besides:
// packed_values.hpp.
// Metadata: limier:schema, limier:fingerprint (analyser, lexicons, Xapian), limier:language, limier:created (ISO 8601
// UTC).
//
// Xapian numbers the documents of several databases in turn: row r of part p of n is document r * n + p + 1.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
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

/// What tells a file from the one that replaces it.
struct FileMark {
    std::uint64_t inode = 0;
    std::int64_t seconds = 0, nanoseconds = 0;  ///< of its last change
    friend bool operator==(const FileMark&, const FileMark&) = default;
};

/// The name of a part's folder.
std::string part_name(unsigned number);
/// The number in the name of a part's folder; nothing where it is none.
std::optional<unsigned> part_number(const std::filesystem::path& folder);

/// What lies in the folder of a part.
inline std::filesystem::path part_database(const std::filesystem::path& part) { return part / "xapian"; }
inline std::filesystem::path part_columns(const std::filesystem::path& part) { return part / "columns.lim"; }

/// How servers are asked.
struct ServerOptions {
    std::chrono::milliseconds patience{10'000};  ///< for each answer, and up to k_most_to_connect for a connection
    bool partial = false;                        ///< an index whose server does not answer is left out
    std::map<std::string, std::string> silent;   ///< servers that are not to be asked, and why
};
inline constexpr unsigned k_most_to_connect = 5'000;  // ms

/// One or several indexes open for reading as one: one published state, whatever is published meanwhile. One thread at
/// a time (Xapian's rule); several Index objects may read one index at once.
class Index {
 public:
    /// A path is a folder, one of shards too, or a server (`host:port`) where there is nothing of that name. Errors:
    /// not_found, schema, damaged, io, unreachable; usage where a path is given twice, or servers stand beside an index
    /// that is not portable.
    static Result<Index> open(std::span<const std::filesystem::path> paths, const ServerOptions& servers = {});
    static Result<Index> open(const std::filesystem::path& path) { return open(std::span(&path, 1)); }

    Index(Index&&) noexcept = default;
    Index& operator=(Index&&) noexcept = default;

    /// All parts as one database, what was removed included.
    const Xapian::Database& database() const { return database_; }
    std::uint32_t documents() const { return documents_; }  ///< without those removed

    /// Where a document's columns are.
    struct Place {
        const Segment* segment;
        std::uint32_t row;
        std::size_t number;  ///< of the segment
    };
    Place place(Xapian::docid document) const;  ///< throws Damaged where no segment has it

    struct SegmentAt {
        Segment segment;
        std::vector<std::uint32_t> removed;  ///< rows, rising
        Xapian::Database database;           ///< of the part alone; its documents are the rows, from 1
        std::filesystem::path folder;        ///< of the part
    };
    const std::vector<SegmentAt>& segments() const { return segments_; }

    Xapian::docid document(std::size_t segment, std::uint32_t row) const {
        return static_cast<Xapian::docid>(row * segments_.size() + segment + 1);
    }
    /// The segment whose terms a database has that Xapian took out of `database()`, as for a PostingSource; the rows
    /// are its documents less one.
    std::size_t segment_of(const Xapian::Database& part) const;

    bool any_removed() const { return any_removed_; }
    bool is_removed(Xapian::docid document) const;
    /// All documents, without those removed, rising.
    std::vector<Xapian::docid> all_documents() const;
    /// The document of this id; of several indexes the first that has it.
    std::optional<Xapian::docid> find_id(std::string_view id) const;
    /// The spelling most used of a value, over all segments.
    std::string_view label(std::size_t segment, Field field, std::uint32_t ordinal) const;

    /// Of the first index.
    std::string metadata(const std::string& key) const { return database_.get_metadata(key); }
    /// One of the indexes.
    struct Root {
        std::filesystem::path path;        ///< as given
        std::filesystem::path generation;  ///< its folder; of a server or replica none
        std::string fingerprint;           ///< what made it
        FileMark stub = {};
        std::optional<Xapian::Database> server = {};  ///< where it is one
    };
    const std::vector<Root>& roots() const { return roots_; }
    /// Whether part of it is asked of servers: they know Xapian's own classes alone.
    bool has_servers() const { return has_servers_; }
    /// Indexes that are left out, and why.
    struct Missing {
        std::filesystem::path path;
        std::string why;
    };
    const std::vector<Missing>& missing() const { return missing_; }
    const std::filesystem::path& generation() const { return roots_.front().generation; }

    /// Whether the stub of an index names something else by now, read only where it is another file than when last
    /// seen; or a server has another index or no longer answers, or one that was left out may answer again. Servers are
    /// asked for their index every few seconds.
    bool republished();

 private:
    Index() = default;
    Result<void> add(const std::filesystem::path& path, const ServerOptions& servers);
    Result<void> add_folder(const std::filesystem::path& path);
    Result<void> add_parts(Root root, std::vector<SegmentAt> parts);
    static bool is_kept(const Root& root);
    static Result<void> open_parts(Root& root, std::string_view stub, std::vector<SegmentAt>& parts);

    std::vector<Root> roots_;
    Xapian::Database database_;
    std::vector<SegmentAt> segments_;
    std::uint32_t documents_ = 0;
    bool any_removed_ = false, has_servers_ = false;
    std::vector<Missing> missing_;
    std::chrono::steady_clock::time_point opened_ = {}, asked_ = {};  ///< `asked_`: servers for their index
};

struct ManifestLine;

/// A part of a generation to be published.
struct IndexPart {
    std::string name;                    ///< of its folder
    std::filesystem::path from;          ///< its folder in the generation before; empty where it is new
    std::vector<std::uint32_t> removed;  ///< rows, rising
    std::uint32_t documents = 0;         ///< rows, those removed included; of a new part nothing need be said
};

/// What a publication says of itself. `created`: ISO 8601 UTC.
struct Imprint {
    std::string fingerprint, created;
    bool portable = false;
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
    /// Makes the folder of a new part. Errors: io.
    Result<void> make_part(const std::string& part) const;
    /// What a new part is written to.
    std::filesystem::path database(const std::string& part) const { return part_database(folder_ / part); }
    std::filesystem::path columns(const std::string& part) const { return part_columns(folder_ / part); }
    /// A folder for what is not published.
    std::filesystem::path scratch() const { return folder_ / "scratch"; }

    /// Links the parts that stay, writes metadata and manifest, syncs all, and puts the generation in force.
    Result<void> publish(std::span<const IndexPart> parts, const Imprint& imprint);

 private:
    NewGeneration() = default;
    Result<void> seal(std::span<const IndexPart> parts, const std::map<std::string, ManifestLine>& known);
    Result<void> replace_stub(std::string_view lines) const;

    std::filesystem::path path_;
    std::filesystem::path folder_;
    int lock_ = -1;
    bool published_ = false;
};

/// Holds an index against its manifest, its checksums and Xapian's own check. The list names each damaged file and why;
/// it is empty when all is well. Errors: the index cannot be found at all.
Result<std::vector<std::string>> check_index(const std::filesystem::path& path);

/// Holds the files of a published part against the manifest: what is merged without being read would pass for sound.
/// Errors: damaged.
Result<void> check_part(const std::filesystem::path& part);

/// Bytes by part of the index: `postings`, `termlists`, `docdata`, … of Xapian and the columns' parts.
Result<std::vector<std::pair<std::string, std::uint64_t>>> index_sizes(const Index& index);

}  // namespace limier
