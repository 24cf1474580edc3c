// The results that the tests of the formats share.
#pragma once

#include <string>

#include "searcher/output.hpp"

namespace limier {

/// The result whose output the page of the formats shows.
inline SearchResult page_result() {
    SearchResult result;
    result.query = "person:Musk énergie";
    result.total = 1;
    Hit hit;
    hit.rank = 1;
    hit.id = "eco/banque.txt";
    hit.path = "/corpus/eco/banque.txt";
    hit.score = 3.25;
    hit.title = "L'énergie des données";
    hit.date = "2025-01";
    hit.source = "Le Courrier";
    hit.snippet = "… l'énergie que Musk réclame …";
    hit.highlights = {{6, 14}, {19, 23}};
    hit.title_highlights = {{2, 10}};
    hit.entities = {{Field::person, {"Elon Musk"}}, {Field::org, {"xAI"}}};
    hit.topics = {"énergie"};
    result.hits.push_back(hit);
    result.facets.push_back({"person", {{"Elon Musk", 1, true}}});
    return result;
}

/// A hit of nothing but these.
inline Hit bare_hit(std::size_t rank, std::string id, std::string title) {
    Hit hit;
    hit.rank = rank;
    hit.id = std::move(id);
    hit.path = "/" + hit.id;
    hit.score = 1.0 / static_cast<double>(rank);
    hit.title = std::move(title);
    return hit;
}

/// What a formatter of this name writes for one result.
inline std::string formatted(std::string_view format, const SearchResult& result, const OutputOptions& options = {}) {
    auto formatter = make_formatter(format, options);
    if (!formatter) return "error: " + formatter.error().message + " | " + formatter.error().hint;
    std::string out = (*formatter)->begin();
    return out + (*formatter)->result(result);
}

}  // namespace limier
