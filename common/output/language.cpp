#include "common/output/language.hpp"

#include <cstdlib>

namespace limier {

bool messages_in_french() {
    static const bool french = [] {
        for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            const char* value = std::getenv(name);
            if (value != nullptr && *value != '\0') return std::string_view(value).substr(0, 2) == "fr";
        }
        return false;
    }();
    return french;
}

}  // namespace limier
