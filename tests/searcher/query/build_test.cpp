// The tree over a small index made by hand: what each kind of node finds.
#include <set>

#include <catch2/catch.hpp>
#include <xapian.h>

#include "common/store.hpp"
#include "searcher/search.hpp"
#include "tests/common/english.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

struct Article {
    std::string id, title, text;
};

class SmallIndex {
 public:
    explicit SmallIndex(const std::vector<Article>& articles) {
        Result<NewGeneration> generation = NewGeneration::begin(folder_.path() / "db");
        REQUIRE(generation);
        Analyser analyser;
        SegmentBuilder columns;
        const std::string part = part_name(0);
        REQUIRE(generation->make_part(part));
        Xapian::WritableDatabase database(generation->database(part).string(), Xapian::DB_CREATE);
        for (const Article& article : articles) {
            std::vector<Token> title, body;
            analyser.analyse(article.title, title);
            analyser.analyse(article.text, body);
            Record record;
            record.id = article.id;
            record.title = article.title;
            columns.add({record, {}, article.text, title, body, {}}, analyser);
            Xapian::Document document;
            for (const Token& token : body) document.add_term(analyser.form(token.form).term);
            for (const Token& token : title) {
                document.add_term(analyser.form(token.form).term);
                document.add_term("S" + analyser.form(token.form).term);
            }
            database.add_document(document);
        }
        database.commit();
        database.close();
        REQUIRE(columns.write(generation->columns(part)));
        REQUIRE(generation->publish(std::vector<IndexPart>{{part, {}, {}}}, {"test", "2025-01-14T00:00:00Z"}));
        Result<Searcher> searcher = Searcher::open(folder_.path() / "db");
        REQUIRE(searcher);
        searcher_ = std::make_unique<Searcher>(std::move(*searcher));
    }

    /// The ids found, sorted and joined; or the error.
    std::string found(const std::string& query, MatchMode mode = MatchMode::all) {
        SearchRequest request;
        request.query = query;
        request.match = mode;
        request.limit = 100;
        request.records = request.snippets = false;
        const Result<SearchResult> result = searcher_->search(request);
        if (!result) return "error: " + result.error().message;
        std::set<std::string> ids;
        for (const Hit& hit : result->hits) ids.insert(hit.id);
        std::string all;
        for (const std::string& id : ids) all += id;
        return all;
    }

 private:
    ScratchFolder folder_;
    std::unique_ptr<Searcher> searcher_;
};

}  // namespace

TEST_CASE("build: each kind of node finds its documents") {
    SmallIndex index({
        {"a", "Le chat dort", "Un lapin et un renard courent."},
        {"b", "", "Un arc-en-ciel sur la ville, en été."},
        {"c", "", "Arc, flèche et ciel."},
        {"d", "", "Les manifestants d'une manifestation, un week-end."},
        {"e", "", "Le chat mange le lapin noir."},
        {"f", "Être ou ne pas être", "La question."},
    });
    const std::pair<std::string, std::string> rows[] = {
        {"chat", "ae"},
        {"chat lapin", "ae"},
        {"chat -noir", "a"},
        {"chat SAUF noir", "a"},
        {"SAUF chat", "bcdf"},
        {"chat SAUF lapin -question", ""},
        {"chat OU ciel", "abce"},
        {"(chat OU ciel) lapin", "ae"},
        {"*", "abcdef"},
        {"* -chat", "bcdf"},
        {"\"chat mange le lapin\"", "e"},
        {"\"être ou ne pas être\"", "f"},
        {"arc-en-ciel", "b"},
        {"manif*", "d"},
        {"*ille", "b"},
        {"l?pin", "ae"},
        {"lapni~1", "ae"},
        {"week-e*", "d"},
        {"weekend", "d"},
        {"title:chat", "a"},
        {"title:ch*", "a"},
        {"title:(chat OU lapin)", "a"},
        {"lapin NEAR/2 noir", "e"},
        {"noir ADJ/2 lapin", ""},
        {"chat NEAR/3 (lapin OU renard)", "e"},
        {"\"le chat\" NEAR/5 lapin", "e"},
        // Punctuation asks for nothing, on either side.
        {"chat SAUF €", "ae"},
        {"€ NEAR/3 chat", "ae"},
        {"chat €", "ae"},
        {"has:title", "af"},
        {"chat -has:title", "e"},
        {"has:date", ""},
        {"has:url OU lapin", "ae"},
        {"has:id", "abcdef"},
        {"date:2025..2024", "error: date: the range ends before it begins: « 2025..2024 »"},
        {"€", "error: the query has no word"},
    };
    for (const auto& [query, ids] : rows) {
        INFO(query);
        CHECK(index.found(query) == ids);
    }
    CHECK(index.found("chat SAUF lapin ville", MatchMode::any) == "b");
    CHECK(index.found("title:(chat OU lapin) dort zzz", MatchMode::any) == "a");
    CHECK(index.found("title:(chat OU lapin) ville", MatchMode::any) == "");
    CHECK(index.found("chat ville SAUF noir", MatchMode::any) == "ab");
}

TEST_CASE("build: NEAR of many same words and phrases of many compounds end soon") {
    std::string words, compounds;
    for (int i = 0; i < 14; ++i) words += "lapin ";
    for (int i = 0; i < 40; ++i) compounds += "week-end ";
    SmallIndex index({{"a", "", words}, {"b", "", compounds + "fin"}});
    std::string near = "lapin", none;
    for (int i = 0; i < 14; ++i) near += " NEAR/100 lapin";
    // What grows exponentially would end this test by its time limit.
    CHECK(index.found("lapin NEAR/5 lapin NEAR/5 lapin") == "a");
    CHECK(index.found(near) == "");
    CHECK(index.found("\"" + compounds + "fin\"") == "b");
    CHECK(index.found("\"" + compounds + "lapin\"") == "");
}
