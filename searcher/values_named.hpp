// Looking for values of a field by the beginning of a word of theirs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "common/store.hpp"

namespace limier {

/// Tells the values of which a word of the folded label, or of an alias, begins with a folded text: `alt` of Sam
/// Altman. Lifetime: the index must outlive it.
class ValuesNamed {
 public:
    /// An empty text is the beginning of any. Throws Damaged.
    ValuesNamed(const Index& index, Field field, std::string word);

    /// Throws Damaged.
    bool operator()(std::size_t segment, std::uint32_t value) const;

 private:
    const Index& index_;
    Field field_;
    std::string word_;
    std::unordered_set<std::string_view> by_alias_;  ///< keys
};

}  // namespace limier
