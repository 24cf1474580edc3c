// French function words.
#pragma once

#include <string_view>

namespace limier {

/// Whether a form is a function word. Stop words are indexed and findable; a query that has other words does not
/// require them.
bool is_stop_word(std::string_view form);

}  // namespace limier
