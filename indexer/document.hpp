// One article on its way into the index.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "common/schema.hpp"

namespace limier {

/// A stretch of the text that is furniture, not prose: indexed as text, but no place for persons and topics.
struct Zone {
    enum class Kind : std::uint8_t { date_header, rubric, byline, agency, related, updated };
    Kind kind;
    std::uint32_t begin = 0;  ///< bytes into Document::text
    std::uint32_t end = 0;    ///< exclusive
};

/// What a reader makes of one article. All strings are clean UTF-8 in NFC (utf8.hpp).
struct Document {
    std::string id;                 ///< path relative to the folder given, or the object's `id`
    std::string path;               ///< absolute path of the file that holds it
    std::string place;              ///< the id it would have without an `id`; empty where it has none
    std::string title;              ///< found in the text, or the object's `title`; may be empty
    std::string text;               ///< the body as received: a text file whole, an object's `body`
    bool title_apart = false;       ///< the input keeps the title apart (an object's key): it is not part of `text`
    std::uint32_t title_begin = 0;  ///< where it is not apart: the title's bytes in `text`
    std::uint32_t title_end = 0;
    Date date;
    std::string source;
    std::string author;  ///< without `Par`; several are joined by `, `, and values each of their own in the index
    std::string url;
    std::string lang;  ///< as the input says; else found in the text, `fr` where nothing tells another (languages.hpp)
    std::vector<std::pair<std::string, std::string>> extra;  ///< other keys of the input: name, value as JSON text
    std::vector<Zone> zones;                                 ///< sorted, disjoint
    double added = 0;                                        ///< seconds since 1970 of its first indexing; 0: it is now
    std::uint32_t replaced = 0;                              ///< bad UTF-8 sequences that became U+FFFD
};

}  // namespace limier
