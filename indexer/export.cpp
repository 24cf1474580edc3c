#include "indexer/export.hpp"

#include <utility>

#include "common/dates.hpp"

namespace limier {

void write_members(JsonWriter& json, const Document& document, bool with_path) {
    const std::pair<std::string_view, std::string> members[] = {
        {"id", document.id},         {"path", with_path ? document.path : std::string()},
        {"title", document.title},   {"date", date_text(document.date)},
        {"source", document.source}, {"author", document.author},
        {"url", document.url},       {"lang", document.lang}};
    for (const auto& [name, value] : members)
        if (!value.empty()) json.key(name).string(value);
    for (const auto& [name, value] : document.extra) json.key(name).raw(value);
}

std::string exported_line(const Document& document) {
    JsonWriter json;
    json.begin_object();
    write_members(json, document, false);
    return json.key("body").string(document.text).end_object().take() + "\n";
}

}  // namespace limier
