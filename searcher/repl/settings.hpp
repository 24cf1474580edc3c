// What `:set` shows and changes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/result.hpp"
#include "searcher/search.hpp"

namespace limier {

/// What a dialogue keeps from one query to the next.
struct Settings {
    SearchRequest request;
    bool colour = false;
};

struct Setting {
    std::string_view name;
    std::string_view values;  ///< `a|b|c` where only these are allowed
    std::string_view help, help_french;
    std::string (*value)(const Settings&);
    Result<void> (*set)(Settings&, std::string_view value);  ///< errors: usage
};

std::span<const Setting> all_settings();

/// The setting of this name; null where there is none.
const Setting* find_setting(std::string_view name);

/// Sets by name. Errors: usage, for a name or a value that there is not.
Result<void> set(Settings& settings, std::string_view name, std::string_view value);

/// A whole number of a user. Errors: usage.
Result<std::size_t> read_number(std::string_view text);

}  // namespace limier
