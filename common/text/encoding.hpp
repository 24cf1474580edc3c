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

/// Decodes by the name that the input itself gives its encoding; nothing where no encoding has this name, or one of
/// more than eight bits that `decode_text` knows better. Latin-1 and ASCII are Windows-1252, as on the web. Source:
/// WHATWG Encoding, labels.
std::optional<std::string> decode_named(std::string_view bytes, std::string_view name);

}  // namespace limier
