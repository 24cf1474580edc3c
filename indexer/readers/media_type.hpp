// What files are called on the web and in mail (RFC 6838).
#pragma once

#include <string_view>

namespace limier {

/// The extension, with its dot, of the format of a type in lower case (`text/html`); empty where none of ours is.
std::string_view extension_of_type(std::string_view type);

}  // namespace limier
