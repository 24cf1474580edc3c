// Apart from utf8.cpp: a program without it is not linked to ICU's i18n library, which takes a third of a millisecond
// to load.
#include <algorithm>
#include <memory>

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "common/text/utf8.hpp"

namespace limier {

std::string collation_key(std::string_view text, std::size_t limit) {
    thread_local const std::unique_ptr<icu::Collator> collator = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<icu::Collator>(icu::Collator::createInstance(icu::Locale::getFrench(), status));
    }();
    const std::string_view head = utf8_prefix(text, limit * 4);
    if (!collator) return std::string(head.substr(0, limit));
    const icu::UnicodeString wide =
        icu::UnicodeString::fromUTF8(icu::StringPiece(head.data(), static_cast<std::int32_t>(head.size())));
    std::string key(limit, '\0');
    const std::int32_t size =
        collator->getSortKey(wide, reinterpret_cast<std::uint8_t*>(key.data()), static_cast<std::int32_t>(limit));
    // ICU tells the whole length, its closing zero included.
    key.resize(std::min(limit, static_cast<std::size_t>(std::max(size - 1, 0))));
    return key;
}

}  // namespace limier
