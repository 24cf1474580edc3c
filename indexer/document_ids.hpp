// The ids of the documents of a build, to find those that come twice.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <xxhash.h>

#include "common/text/open_table.hpp"

namespace limier {

/// Knows an id by 128 bits of its digest, and the path of its document: 16 to 32 bytes a document of memory, whatever
/// their names, 16 of `digests`, and the paths where they differ from one document to the next.
class DocumentIds {
 public:
    /// `digests`: where these are kept; must outlive it.
    explicit DocumentIds(std::pmr::memory_resource& digests) : digests_(&digests) {}

    /// Null where the id is new; else the path of the document that has it. Lifetime: until the next call.
    const std::string* add(std::string_view id, const std::string& path);

    /// Bytes of memory that it takes, digests aside.
    std::size_t bytes() const { return numbers_.bytes() + path_bytes_; }

 private:
    OpenTable numbers_;
    std::pmr::vector<XXH128_hash_t> digests_;                   ///< by number
    std::vector<std::pair<std::uint32_t, std::string>> paths_;  ///< with the number of the first document there
    std::size_t path_bytes_ = 0;
};

}  // namespace limier
