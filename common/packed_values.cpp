#include "common/packed_values.hpp"

#include <algorithm>

#include <xxhash.h>

#include "common/column_file.hpp"
#include "common/column_sections.hpp"
#include "common/columns.hpp"

namespace limier {
namespace {

// A day more is seen in the six decimals of a printed score.
constexpr unsigned k_first_year = 1000;
constexpr unsigned k_years = 2000;
constexpr unsigned k_days_a_month = 31;
constexpr unsigned k_days_a_year = 12 * k_days_a_month;

std::string big_endian(std::uint64_t number, unsigned bytes) {
    std::string key(bytes, '\0');
    for (unsigned i = 0; i < bytes; ++i) key[i] = static_cast<char>(number >> (bytes - 1 - i) * 8);
    return key;
}

}  // namespace

double recency(std::uint32_t packed) {
    const Date date = unpack_date(packed);
    if (date.year < k_first_year || date.year >= k_first_year + k_years) return 0;
    const unsigned days = (date.year - k_first_year) * k_days_a_year + date.month * k_days_a_month + date.day;
    return std::min(1.0, days / double{k_years * k_days_a_year});
}

std::string document_key(std::string_view id) { return big_endian(XXH3_64bits(id.data(), id.size()), 8); }

std::string date_sort_key(std::uint32_t date, bool newest_first) {
    return big_endian(newest_first ? ~date : date - 1, 4);
}

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
