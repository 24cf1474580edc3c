// Unaccented spellings that are French words of their own.
#pragma once

#include <string_view>

namespace limier {

/// Whether an unaccented form is a French word that has an accented sibling (`marche` beside `marché`): then the
/// accented word of a query does not stand for it. `ecole` is none: it can only be `école` written without its accent.
bool unaccented_word(std::string_view form);

}  // namespace limier
