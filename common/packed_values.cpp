#include "common/packed_values.hpp"

#include "common/column_file.hpp"
#include "common/column_sections.hpp"

namespace limier {

std::string pack_values(std::span<const std::string_view> keys) {
    std::string packed;
    for (const std::string_view key : keys) append_string(packed, key);
    return packed;
}

std::vector<std::string_view> unpack_values(std::string_view packed) {
    std::vector<std::string_view> keys;
    while (!packed.empty()) {
        if (!take_string(packed, keys.emplace_back())) throw Damaged("packed facet values");
    }
    return keys;
}

}  // namespace limier
