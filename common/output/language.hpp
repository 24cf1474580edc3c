// The language of messages: French or English, by the environment (LC_ALL, LC_MESSAGES, LANG, as POSIX orders them).
#pragma once

#include <string_view>

namespace limier {

/// Whether messages are in French: the first non-empty of LC_ALL, LC_MESSAGES, LANG begins with `fr`. Read once.
/// The locale itself need not be installed: a bare Debian has none, and a message needs only its language.
bool messages_in_french();

/// The one of the two that the user reads.
inline std::string_view tr(std::string_view english, std::string_view french) {
    return messages_in_french() ? french : english;
}

}  // namespace limier
