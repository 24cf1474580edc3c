// Any bytes as a query of a small index, asked in every way: an answer or an error of the query, hits within what was
// asked for, and marks that lie in their strings.
#include "searcher/search.hpp"

#include <cstdint>
#include <fstream>
#include <string>

#include "common/text/utf8.hpp"
#include "indexer/build.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

std::filesystem::path make_index(const std::filesystem::path& folder) {
    std::ofstream(folder / "a.jsonl")
        << R"({"id":"a","title":"Elon Musk à Paris","body":"L’été 2024, Musk promet 10 milliards d’euros.","date":"2024-07-14","source":"ALP"})"
           "\n"
           R"({"id":"b","body":"Le tramway de Lyon, arc-en-ciel et GPT-4 : l'œuvre d'Altman.","date":"2025-01","author":"A. B."})"
           "\n"
           R"({"id":"c","title":"Financement","body":"OpenAI et SoftBank lèvent 500 M$ le 3 mars 2025. Les élus·es."})"
           "\n";
    BuildOptions options;
    options.paths = {folder / "a.jsonl"};
    options.db = folder / "db";
    options.jobs = 1;
    require(!build_index(options).error);
    return options.db;
}

void check_marks(std::string_view text, const std::vector<Highlight>& marks) {
    require(is_utf8(text));
    std::uint32_t last = 0;
    for (const Highlight& mark : marks) {
        require(mark.begin >= last && mark.begin < mark.end && mark.end <= text.size());
        last = mark.end;
    }
}

SearchRequest request_of(std::uint8_t bits, std::string query) {
    SearchRequest request;
    request.query = std::move(query);
    request.lenient = (bits & 1) != 0;
    request.relax = (bits & 2) != 0;
    request.match = (bits & 4) != 0 ? MatchMode::any : MatchMode::all;
    request.sort = static_cast<SortOrder>(bits >> 3 & 3);
    request.explain = (bits & 32) != 0;
    request.limit = (bits & 64) != 0 ? 10 : 1;
    if ((bits & 128) != 0) {
        request.facets = std::move(*parse_facets("person~a,topic,date:month,source"));
        request.significant = std::move(*parse_significant("person,topic"));
        request.timeline = FacetRequest::Period::none;
    }
    return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const ScratchFolder folder;
    static Result<Searcher> searcher = Searcher::open(make_index(folder.path()));
    require(bool(searcher));
    if (size == 0) return 0;
    const SearchRequest request = request_of(data[0], std::string(data + 1, data + size));
    const Result<SearchResult> result = searcher->search(request);
    if (!result) {
        require(result.error().code == Code::query && is_utf8(result.error().message + result.error().hint));
        return 0;
    }
    require(result->total <= 3 && result->hits.size() <= std::min<std::size_t>(request.limit, result->total));
    for (const Hit& hit : result->hits) {
        check_marks(hit.snippet, hit.highlights);
        check_marks(hit.title, hit.title_highlights);
    }
    for (const Facet& facet : result->facets) {
        // A value that the query filters on is listed where no hit has it, too.
        for (const FacetValue& value : facet.values)
            require((value.count > 0 || value.selected) && value.count <= result->total);
    }
    return 0;
}
