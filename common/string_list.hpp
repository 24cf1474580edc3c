// Strings end to end, for lists of millions: eight bytes each beside their own.
#pragma once

#include <cstddef>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

namespace limier {

class StringList {
 public:
    /// `memory`: where they are kept; must outlive it.
    explicit StringList(std::pmr::memory_resource& memory = *std::pmr::get_default_resource())
        : bytes_(&memory), ends_(&memory) {}

    void add(std::string_view string) {
        bytes_ += string;
        ends_.push_back(bytes_.size());
    }
    std::size_t size() const { return ends_.size(); }
    /// Lifetime: until the next one is added.
    std::string_view operator[](std::size_t i) const {
        const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
        return std::string_view(bytes_).substr(begin, ends_[i] - begin);
    }

 private:
    std::pmr::string bytes_;
    std::pmr::vector<std::size_t> ends_;
};

}  // namespace limier
