// What stands around the prose of an article: date lines, rubrics, bylines, datelines, agency marks, links to others.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/document.hpp"

namespace limier {

/// A piece of furniture and what it says of the article.
struct Furniture {
    Zone::Kind kind = Zone::Kind::date_header;
    std::size_t length = 0;  ///< bytes from the beginning of the line that it covers
    bool whole = true;       ///< the line says nothing else
    bool bare = false;       ///< a date alone: at an article's foot it may be anything
    Date date;
    std::string title;  ///< of a `Titre :` line; it ends where the line ends
    std::string author;
    std::string source;
};

/// Reads a line that is furniture as a whole, or begins with a ` date 2025-01 ` header. Nothing for prose, and for
/// rubrics, of which only the lines around tell what they are.
std::optional<Furniture> read_furniture(std::string_view line);

/// Whether the line may be a rubric: a known one (`Économie`, `SPORT | FOOTBALL`) or one word in capitals.
enum class Rubric { no, likely, known };
Rubric rubric_of(std::string_view line);

/// Whether the line leads to other articles: `Lire aussi : …`. `open`: what it names stands on the lines below.
struct Related {
    bool open = false;
};
std::optional<Related> read_related(std::string_view line);

/// The agency marks in parentheses, `(AFP)`, `(ats/nxp)`; source is the last one's.
std::vector<Zone> agency_marks(std::string_view text, std::string& source);

}  // namespace limier
