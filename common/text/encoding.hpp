// Text in whatever encoding its bytes have.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace limier {

struct DecodedText {
    std::string text;      ///< UTF-8
    std::string encoding;  ///< IANA name
};

/// Finds out the encoding and decodes; nothing for UTF-8, with a few bad sequences too. A byte order mark decides;
/// UTF-16 without one is known by its zero bytes; what is no UTF-8 is Windows-1252, ISO-8859-15 or Mac Roman, whichever
/// gives the most French letters, or where none looks like French what ICU's detector is sure of.
std::optional<DecodedText> decode_text(std::string_view bytes);

}  // namespace limier
