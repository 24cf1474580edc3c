// The ids of the documents of a build, to find those that come twice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace limier {

/// Knows an id by 128 bits of its digest, and the path of its document: 40 bytes a document, whatever their names, and
/// the paths where they differ from one document to the next.
class DocumentIds {
 public:
    /// Null where the id is new; else the path of the document that has it. Lifetime: until the next call.
    const std::string* add(std::string_view id, const std::string& path);

 private:
    struct Row {
        std::uint64_t low = 0, high = 0;
        std::uint32_t path = 0;  ///< from 1; 0 is a free row
    };
    Row& row_of(std::uint64_t low, std::uint64_t high);
    void grow();

    std::vector<Row> rows_ = std::vector<Row>(1024);
    std::size_t used_ = 0;
    std::vector<std::string> paths_;
};

}  // namespace limier
