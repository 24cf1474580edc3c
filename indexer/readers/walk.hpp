// Which files there are to read: arguments, folders, lists.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <sys/stat.h>

#include "common/result.hpp"
#include "common/string_list.hpp"
#include "indexer/readers.hpp"
#include "indexer/readers/bytes.hpp"
#include "indexer/readers/ignore.hpp"

namespace limier {

/// A file to read, or the bytes of standard input.
struct FoundFile {
    std::filesystem::path path;
    std::string id;
    std::string name;  ///< its extension tells the format
    std::uint64_t size = 0;
    bool named = false;    ///< by the user, not met in a folder
    ReadBytes bytes = {};  ///< where it is not on the disk
};

/// Files in the order in which they are to be read. There may be millions: of most is kept a path, and which end of it
/// is the id.
class FoundFiles {
 public:
    void add(FoundFile file);
    std::size_t size() const { return rows_.size(); }
    FoundFile operator[](std::size_t i) const;

 private:
    struct Row {
        std::uint64_t size;
        std::uint32_t id_size;
        bool named;
    };
    StringList paths_;
    std::vector<Row> rows_;
    std::unordered_map<std::size_t, FoundFile> others_;  ///< whose id is no end of their path, or that have bytes
};

/// Looks through arguments and folders and lists the files to read. Not thread-safe.
class Walk {
 public:
    explicit Walk(SourceOptions given) : options(std::move(given)) {}

    SourceOptions options;
    FoundFiles files;
    std::vector<Refusal> refusals;
    std::unordered_map<std::string, std::size_t> skipped;
    std::uint64_t bytes = 0;

    /// Errors: the path does not exist.
    Result<void> add_argument(const std::filesystem::path& given);

    /// Standard input: documents where the format is said or its first byte is a brace, else a list of paths, one a
    /// line or each ended by a zero byte. A listed path that does not exist is refused; the id of a file is its path as
    /// listed. Errors: it cannot be read.
    Result<void> add_standard_input();

    /// Forgets what was met, once there is nothing to be added.
    void end() { seen_.clear(); }

 private:
    struct Level {
        std::string relative;  ///< of the folder of these rules, with a `/` at its end
        IgnoreRules rules;
    };
    /// Which file or folder this is, whatever its name.
    using Identity = std::pair<std::uint64_t, std::uint64_t>;

    void add(const std::filesystem::path& path, const std::string& id, const struct ::stat& status);
    void add_listed(const std::string& listed);
    void add_file(const std::filesystem::path& path, const std::string& id, const struct ::stat& status, bool named);
    void add_folder(const std::filesystem::path& path, const std::string& relative, const struct ::stat& status);
    /// Sorted; without those that begin with a dot.
    std::vector<std::string> names_in(const std::filesystem::path& folder);
    bool look_at(const std::filesystem::path& path, struct ::stat& status);
    IgnoreRules read_rules(const std::filesystem::path& folder);
    bool is_ignored(const std::string& relative, bool is_folder) const;
    void refuse(const std::filesystem::path& path, std::string reason);

    std::set<Identity> seen_;
    std::vector<Level> levels_;
};

}  // namespace limier
