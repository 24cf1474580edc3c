#include "common/output/number.hpp"
#include "common/output/terminal.hpp"
#include "searcher/output/formats.hpp"

namespace limier {
namespace {

template <std::string Hit::*member>
std::string text(const SearchResult&, const Hit& hit) {
    return hit.*member;
}

constexpr std::array<HitColumn, 13> k_columns{{
    {"qid", [](const SearchResult& result, const Hit&) { return result.qid; }},
    {"rank", [](const SearchResult&, const Hit& hit) { return std::to_string(hit.rank); }},
    {"score", [](const SearchResult&, const Hit& hit) { return fixed_decimals(hit.score, k_score_decimals); }},
    {"id", text<&Hit::id>},
    {"path", text<&Hit::path>},
    {"date", text<&Hit::date>},
    {"source", text<&Hit::source>},
    {"title", text<&Hit::title>},
    {"author", text<&Hit::author>},
    {"url", text<&Hit::url>},
    {"snippet", text<&Hit::snippet>},
    {"text", [](const SearchResult&, const Hit& hit) { return hit.text.value_or(""); }},
    {"duplicates", [](const SearchResult&, const Hit& hit) { return std::to_string(hit.duplicates.size()); }},
}};
constexpr std::size_t k_record_columns = 8;

}  // namespace

std::span<const HitColumn> hit_columns() { return k_columns; }

std::span<const HitColumn> record_columns(bool batch) {
    const auto columns = std::span<const HitColumn>(k_columns).first(k_record_columns);
    return batch ? columns : columns.subspan(1);
}

std::string record_value(std::string_view value, bool null) {
    return null ? without_controls(value) : on_one_line(value);
}

}  // namespace limier
