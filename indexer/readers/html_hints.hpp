// What classes, ids and short lines of a page tell of the part that they stand on.
#pragma once

#include <cstdint>
#include <string_view>

namespace limier {

/// What the names of an element say that it is.
enum class Hint : std::uint8_t {
    none,
    body,       ///< the article's text: `entry-content`, `article__body`
    lead,       ///< what stands above it: `chapo`, `standfirst`
    signature,  ///< who wrote it and when: `byline`, `entry-meta`, `date-publication`
    furniture,  ///< not the article: `sidebar`, `a-lire-aussi`, `newsletter`, `cookie-banner`
    comments,   ///< what readers wrote, which may be longer than the article
};

/// Reads a `class` or `id`. The names are cut into words where they are in CSS, at `-`, `_`, blanks and capitals.
Hint read_hint(std::string_view names);

/// Whether a short line asks for something instead of telling something: `Partager`, `Temps de lecture : 3 min`,
/// `Réservé aux abonnés`, `Lire aussi : …`.
bool is_appeal(std::string_view line);

}  // namespace limier
