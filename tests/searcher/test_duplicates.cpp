// Near-duplicates: what counts as one, and that folding equals comparing each with each.
#include <fstream>
#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "common/output/json.hpp"
#include "indexer/build.hpp"
#include "indexer/readers.hpp"
#include "searcher/duplicates.hpp"
#include "searcher/search.hpp"
#include "tests/edited_copies.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

const std::filesystem::path k_corpus = std::filesystem::path(LIMIER_SOURCE_DIR) / "corpus";

/// Every second article of the corpus: the threshold was chosen on the others.
std::vector<Article> articles() {
    Result<DocumentSource> source = DocumentSource::open({k_corpus});
    REQUIRE(source);
    std::vector<Article> list;
    for (std::size_t i = 0; const std::optional<Document> document = source->next(); ++i)
        if (i % 2 == 0) list.push_back(article_of(*document));
    return list;
}

/// Articles on disk, indexed in several ways.
class Archive {
 public:
    void add(const std::string& id, const Article& article) {
        JsonWriter json;
        json.begin_object().key("id").string(id).key("title").string(article.title);
        lines_.push_back(json.key("body").string(article.body).end_object().take());
    }
    std::filesystem::path build(const std::string& name, unsigned jobs, std::size_t first = 0,
                                std::size_t end = ~std::size_t{0}, bool update = false) {
        std::ofstream out(folder_.path() / "archive.jsonl");
        for (std::size_t i = first; i < std::min(end, lines_.size()); ++i) out << lines_[i] << "\n";
        out.close();
        BuildOptions options;
        options.paths = {folder_.path() / "archive.jsonl"};
        options.db = folder_.path() / name;
        options.jobs = jobs;
        options.update = update;
        REQUIRE(!build_index(options).error);
        return options.db;
    }
    /// Each time a quarter of what is left is kept for the next, so that no part is merged with the one before.
    std::filesystem::path build_in_parts(const std::string& name) {
        for (std::size_t first = 0; first < lines_.size();) {
            const std::size_t end = lines_.size() - (lines_.size() - first) / 4;
            build(name, 2, first, end, first > 0);
            first = end;
        }
        return folder_.path() / name;
    }
    std::size_t size() const { return lines_.size(); }

 private:
    ScratchFolder folder_;
    std::vector<std::string> lines_;
};

std::map<std::string, Signature> signatures(const std::filesystem::path& db) {
    const Result<Index> index = Index::open(db);
    REQUIRE(index);
    std::map<std::string, Signature> by_id;
    for (const Xapian::docid document : index->all_documents()) {
        const Index::Place place = index->place(document);
        by_id[std::string(place.segment->record(place.row).id)] = place.segment->signature(place.row);
    }
    return by_id;
}

/// Originals and copies of each, in an order that mixes them; ids are `number kind`.
void fill(Archive& archive, std::size_t most) {
    std::vector<Article> originals = articles();
    originals.resize(std::min(originals.size(), most));
    Editor editor(7);
    for (std::size_t i = 0; i < originals.size(); ++i) archive.add(std::to_string(i), originals[i]);
    for (const Edit& edit : all_edits())
        for (std::size_t i = 0; i < originals.size(); ++i)
            archive.add(std::to_string(i) + " " + edit.name,
                        edit.make(editor, originals[i], originals[(i + 1) % originals.size()]));
}

bool share_a_pair(const Signature& a, const Signature& b) {
    for (std::size_t bin = 0; bin < k_bins; bin += 2)
        if (a.bins[bin] == b.bins[bin] && a.bins[bin + 1] == b.bins[bin + 1]) return true;
    return false;
}

/// The groups of signatures in order, each compared with each first: what DuplicateGroups is to find.
std::vector<std::vector<std::size_t>> groups_by_force(const std::vector<Signature>& list) {
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto known = std::find_if(groups.begin(), groups.end(), [&](const std::vector<std::size_t>& group) {
            const Signature& first = list[group.front()];
            return !first.empty() && !list[i].empty() && equal_bins(first, list[i]) >= k_duplicate_bins &&
                   share_a_pair(first, list[i]);
        });
        if (known == groups.end())
            groups.push_back({i});
        else
            known->push_back(i);
    }
    return groups;
}

SearchRequest request_for(const std::string& query, SortOrder sort, bool collapse) {
    SearchRequest request;
    request.query = query;
    request.sort = sort;
    request.limit = 100'000;
    request.snippets = false;
    request.collapse = collapse;
    return request;
}

/// A collapsed search shows what the same search without shows, folded by force.
void check_folded(const std::filesystem::path& db) {
    const std::map<std::string, Signature> by_id = signatures(db);
    Result<Searcher> searcher = Searcher::open(db);
    REQUIRE(searcher);
    for (const std::string query : {"*", "france OU musk", "président", "tramway", "absentes"}) {
        for (const SortOrder sort : {SortOrder::relevance, SortOrder::date_down, SortOrder::title}) {
            const Result<SearchResult> whole = searcher->search(request_for(query, sort, false));
            const Result<SearchResult> folded = searcher->search(request_for(query, sort, true));
            REQUIRE((whole && folded));
            std::vector<Signature> ranked;
            for (const Hit& hit : whole->hits) ranked.push_back(by_id.at(hit.id));
            const auto groups = groups_by_force(ranked);
            CHECK(folded->total == whole->total);
            REQUIRE(folded->collapsed);
            CHECK(folded->collapsed->exact);
            CHECK(folded->collapsed->groups == groups.size());
            REQUIRE(folded->hits.size() == groups.size());
            for (std::size_t i = 0; i < groups.size(); ++i) {
                std::vector<std::string> ids, expected;
                for (const std::size_t at : groups[i]) expected.push_back(whole->hits[at].id);
                ids.push_back(folded->hits[i].id);
                ids.insert(ids.end(), folded->hits[i].duplicates.begin(), folded->hits[i].duplicates.end());
                CHECK(ids == expected);
            }
        }
    }
}

}  // namespace

TEST_CASE("duplicates: groups are those of comparing each with each") {
    std::mt19937 random(5);
    for (const std::size_t count : {1u, 2u, 50u, 800u}) {
        std::vector<Signature> list;
        for (std::size_t i = 0; i < count; ++i) {
            Signature signature;
            if (random() % 20 != 0)  // else without words
                for (std::uint8_t& bin : signature.bins) bin = static_cast<std::uint8_t>(random() % 256);
            if (i > 0 && random() % 2 == 0) {  // a copy, of which some bins changed
                signature = list[random() % i];
                const auto changed = random() % 100;
                for (std::uint8_t& bin : signature.bins)
                    if (random() % 100 < changed) bin = static_cast<std::uint8_t>(random() % 256);
            }
            list.push_back(signature);
        }
        DuplicateGroups found(random() % (count + 1));  // a guess, which may be wrong
        std::vector<std::vector<std::size_t>> groups;
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint32_t group = found.add(list[i]);
            REQUIRE(group <= groups.size());
            if (group == groups.size()) groups.emplace_back();
            groups[group].push_back(i);
        }
        CHECK(found.size() == groups.size());
        CHECK(groups == groups_by_force(list));
    }
}

TEST_CASE("duplicates: edited copies are found, other articles are not") {
    // Of 43 copies of each kind all, but where so many words are others that a third of the shingles is left: then 34.
    const std::map<std::string, std::size_t> least{{"20 % of words", 30}};
    const std::vector<Article> originals = articles();
    Archive archive;
    fill(archive, originals.size());
    const std::map<std::string, Signature> by_id = signatures(archive.build("db", 2));
    for (const Edit& edit : all_edits()) {
        std::size_t found = 0;
        for (std::size_t i = 0; i < originals.size(); ++i) {
            const std::string id = std::to_string(i);
            found += equal_bins(by_id.at(id), by_id.at(id + " " + edit.name)) >= k_duplicate_bins;
        }
        INFO(edit.name << ": " << found << " of " << originals.size());
        const auto known = least.find(edit.name);
        CHECK(found >= (known == least.end() ? originals.size() : known->second));
    }
    for (const auto& [a, signature] : by_id) {
        for (const auto& [b, other] : by_id) {
            if (a.substr(0, a.find(' ')) == b.substr(0, b.find(' '))) continue;
            INFO(a << ", " << b);
            CHECK(equal_bins(signature, other) < k_duplicate_bins);
        }
    }
}

TEST_CASE("duplicates: signatures are the same whatever threads and parts") {
    Archive archive;
    fill(archive, 43);
    const auto expected = signatures(archive.build("one", 1));
    CHECK(expected.size() == archive.size());
    CHECK(signatures(archive.build("three", 3)) == expected);
    CHECK(signatures(archive.build_in_parts("parts")) == expected);
}

TEST_CASE("duplicates: a collapsed search is the search folded, over parts and without what was removed") {
    Archive archive;
    fill(archive, 12);
    check_folded(archive.build("whole", 2));
    const std::filesystem::path db = archive.build_in_parts("parts");
    CHECK(Index::open(db)->segments().size() > 1);
    check_folded(db);
    // Of each group the one shown is removed: the next stands for it.
    Result<Searcher> searcher = Searcher::open(db);
    REQUIRE(searcher);
    const Result<SearchResult> before = searcher->search(request_for("*", SortOrder::relevance, true));
    REQUIRE(before);
    std::vector<std::string> ids;
    for (const Hit& hit : before->hits) ids.push_back(hit.id);
    REQUIRE(!remove_documents(db, ids).error);
    check_folded(db);
    REQUIRE(searcher->refresh());
    const Result<SearchResult> after = searcher->search(request_for("*", SortOrder::relevance, true));
    REQUIRE(after);
    CHECK(after->total == before->total - ids.size());
    for (const Hit& hit : after->hits) CHECK(std::find(ids.begin(), ids.end(), hit.id) == ids.end());
}

TEST_CASE("duplicates: pages of a collapsed search fit together, whether all is counted or not") {
    Archive archive;
    fill(archive, 43);
    Result<Searcher> searcher = Searcher::open(archive.build("db", 2));
    REQUIRE(searcher);
    for (const SortOrder sort : {SortOrder::relevance, SortOrder::title}) {
        for (const std::string query : {"*", "france OU musk OU tramway"}) {
            const Result<SearchResult> whole = searcher->search(request_for(query, sort, true));
            REQUIRE(whole);
            CHECK(whole->hits.size() < whole->total);
            for (const bool exact : {true, false}) {
                SearchRequest request = request_for(query, sort, true);
                request.exact_total = exact;
                request.limit = 7;
                std::vector<std::string> ids;
                for (request.offset = 0; request.offset < whole->hits.size() + 7; request.offset += 7) {
                    const Result<SearchResult> page = searcher->search(request);
                    REQUIRE(page);
                    REQUIRE(page->collapsed);
                    if (exact || page->collapsed->exact) CHECK(page->collapsed->groups == whole->collapsed->groups);
                    CHECK(page->collapsed->groups <= whole->collapsed->groups);
                    for (const Hit& hit : page->hits) {
                        ids.push_back(hit.id);
                        CHECK(hit.rank == ids.size());
                    }
                }
                std::vector<std::string> expected;
                for (const Hit& hit : whole->hits) expected.push_back(hit.id);
                CHECK(ids == expected);
            }
            SearchRequest count = request_for(query, sort, true);
            count.limit = 0;
            CHECK(searcher->search(count)->collapsed->groups == whole->collapsed->groups);
        }
    }
}
