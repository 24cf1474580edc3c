// The ids of the documents of a build, to find those that come twice.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

#include <xxhash.h>

#include "common/string_list.hpp"
#include "common/text/open_table.hpp"

namespace limier {

/// Knows an id by 128 bits of its digest, and the path of its document: 16 to 32 bytes a document in memory, whatever
/// their names; in `scratch` 16, and the paths where they differ from one document to the next.
class DocumentIds {
 public:
    /// `scratch`: for what is seldom read; must outlive it.
    explicit DocumentIds(std::pmr::memory_resource& scratch)
        : digests_(&scratch), paths_(scratch), first_at_path_(&scratch) {}

    /// Nothing where the id is new; else the path of the document that has it. Lifetime: until the next call.
    std::optional<std::string_view> add(std::string_view id, std::string_view path);

    /// Bytes that it takes, `scratch` aside.
    std::size_t bytes() const { return numbers_.bytes(); }

 private:
    OpenTable numbers_;
    std::pmr::vector<XXH128_hash_t> digests_;  ///< by number
    StringList paths_;
    std::pmr::vector<std::uint32_t> first_at_path_;  ///< the number of the first document there
};

}  // namespace limier
