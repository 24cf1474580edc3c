// Unaccented spellings that are French words of their own.
#pragma once

#include <string>
#include <string_view>

namespace limier {

/// Whether an unaccented form is a French word that has an accented sibling (`marche` beside `marché`): then the
/// accented word of a query does not stand for it. `ecole` is none: it can only be `école` written without its accent.
bool unaccented_word(std::string_view form);

/// The form that stands over an unaccented word in capitals, which may have lost its accents (`MARCHE`): an accented
/// word of the same letters stands for it too.
std::string unsure_form(std::string_view unaccented);

/// `the`, frequent in French text, which is not `thé` without its accent.
bool english_word(std::string_view form);

/// Whether a typed word stands for a form of the same letters: an unaccented one for all of them, an accented one for
/// itself, for an unaccented form that is no word of its own, and for one that lacks or has the accent of the first
/// letter alone (`Elysée`). An English word stands for itself alone.
bool accents_allow(std::string_view typed, std::string_view form);

/// Whether a form begins with the letters typed and has each accent that was typed; others it may have besides: `élyse`
/// and `élysee` are within `élysée`, `péche` is not within `pêche`.
bool accents_within(std::string_view typed, std::string_view form);

}  // namespace limier
