#include "indexer/readers/media_type.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace limier {

std::string_view extension_of_type(std::string_view type) {
    constexpr auto k_types = std::to_array<std::pair<std::string_view, std::string_view>>({
        {"text/html", ".html"},
        {"application/xhtml+xml", ".html"},
        {"text/plain", ".txt"},
        {"text/markdown", ".md"},
        {"text/csv", ".csv"},
        {"text/xml", ".xml"},
        {"application/xml", ".xml"},
        {"application/rss+xml", ".rss"},
        {"application/atom+xml", ".atom"},
        {"application/pdf", ".pdf"},
        {"application/rtf", ".rtf"},
        {"text/rtf", ".rtf"},
        {"application/epub+zip", ".epub"},
        {"application/vnd.oasis.opendocument.text", ".odt"},
        {"application/vnd.oasis.opendocument.spreadsheet", ".ods"},
        {"application/vnd.oasis.opendocument.presentation", ".odp"},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
        {"application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"},
    });
    const auto found =
        std::find_if(k_types.begin(), k_types.end(), [type](const auto& row) { return row.first == type; });
    return found == k_types.end() ? std::string_view() : found->second;
}

}  // namespace limier
