// What a source hands out, for tests.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "indexer/readers.hpp"
#include "tests/indexer/readers/invariants.hpp"

namespace limier {

using Names = std::vector<std::string>;

struct Taken {
    std::vector<Document> documents;
    Names ids, refusals;  ///< refusals: `place: reason`, without the scratch folder
    std::unordered_map<std::string, std::size_t> skipped;
    std::uint64_t bytes_total = 0, bytes_read = 0;
};

inline Taken take(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& root,
                  SourceOptions options = {}) {
    Result<DocumentSource> source = DocumentSource::open(paths, std::move(options));
    REQUIRE(source);
    Taken taken;
    std::uint64_t before = 0;
    while (auto document = source->next()) {
        CHECK(broken_invariant(*document) == "");
        CHECK(source->bytes_read() >= before);
        before = source->bytes_read();
        taken.ids.push_back(document->id);
        taken.documents.push_back(std::move(*document));
    }
    for (const Refusal& refusal : source->refusals()) {
        std::string what = refusal.what;
        if (what.starts_with(root.string() + "/")) what.erase(0, root.string().size() + 1);
        taken.refusals.push_back(what + ": " + refusal.reason);
    }
    taken.skipped = source->skipped();
    taken.bytes_total = source->bytes_total();
    taken.bytes_read = source->bytes_read();
    return taken;
}

}  // namespace limier
