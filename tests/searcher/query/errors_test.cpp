#include <catch2/catch.hpp>

#include "searcher/query/ast.hpp"
#include "searcher/query/caret.hpp"
#include "tests/common/english.hpp"

using namespace limier;

namespace {

constexpr std::size_t k_whole = std::string::npos;  ///< the query as a whole: no caret

struct ErrorRow {
    std::string query;
    std::size_t at;  ///< byte
    std::string message;
};
const ErrorRow k_errors[] = {
    {"mot~3", 3, "~ takes 1 or 2 edits"},
    {"NEAR/x", 5, "« NEAR/x »: the distance is a number of words from 1 to 1000"},
    {"chat NEAR/x chien", 10, "« NEAR/x »: the distance is a number of words from 1 to 1000"},
    {"chat NEAR/0 chien", 10, "« NEAR/0 »: the distance is a number of words from 1 to 1000"},
    {"chat ADJ/2000 chien", 9, "« ADJ/2000 »: the distance is a number of words from 1 to 1000"},
    {"AND chat", 0, "AND: has nothing before it"},
    {"chat AND", 5, "AND: has nothing after it"},
    {"chat ET OU chien", 5, "ET: has nothing after it"},
    {"(chat", 0, "nothing closes this parenthesis"},
    {"chat)", 4, "a closing parenthesis without its opening one"},
    {"()", k_whole, "the query has no word"},
    {"person:", 0, "person: has no value"},
    {"topic:-sport", 6, "a sign stands before the field, not before the value"},
    {"date:..", 0, "date: has no value"},
    {"mot^x", 3, "^ needs a number above 0, at most 1000, after it"},
    {"person:(a NEAR/3 b)", 8, "NEAR stands between words, not field values"},
    {"a NEAR/3 (b c)", 9, "NEAR/3: takes words, phrases, and groups of them joined by OR"},
    {"person:M*sk", 8, "a value of this field takes * at the end of a name, and no other wildcard"},
    {R"(person:"Elon)", 7, "nothing closes this quote"},
    {"lang:>fr", 5, "only dates and amounts have ranges"},
    {"***", k_whole, "the query has no word"},
    {"?!", k_whole, "the query has no word"},
    {R"("...")", k_whole, "the query has no word"},
    {"m*t~1", 3, "a word has either ~ or wildcards"},
    {"mot^900^900", 3, "^ needs a number above 0, at most 1000, after it"},
    {"(mot^900)^900", 9, "^ needs a number above 0, at most 1000, after it"},
    {"mot^0", 3, "^ needs a number above 0, at most 1000, after it"},
    {"mot^", 3, "^ needs a number above 0, at most 1000, after it"},
    {"(a b)^x", 5, "^ needs a number above 0, at most 1000, after it"},
    {"a NEAR/3 -b", 9, "NEAR/3: takes words, phrases, and groups of them joined by OR"},
    {"a NEAR/3 person:Musk", 9, "NEAR/3: takes words, phrases, and groups of them joined by OR"},
    {"+", k_whole, "the query has no word"},
    {"-", k_whole, "the query has no word"},
    {":-)", k_whole, "the query has no word"},
};

struct LenientRow {
    std::string query, tree, note;
};
const LenientRow k_lenient[] = {
    {"mot~3", "(list (fuzzy mot 2))", "ignored: ~ takes 1 or 2 edits"},
    {"chat NEAR/x chien", "(list chat chien)", "ignored: « NEAR/x »: the distance is a number of words from 1 to 1000"},
    {"chat NEAR/0 chien", "(list chat chien)", "ignored: « NEAR/0 »: the distance is a number of words from 1 to 1000"},
    {"chat ADJ/2000 chien", "(list chat chien)",
     "ignored: « ADJ/2000 »: the distance is a number of words from 1 to 1000"},
    {"AND chat", "(list chat)", "ignored: AND: has nothing before it"},
    {"chat AND", "(list chat)", "ignored: AND: has nothing after it"},
    {"chat ET OU chien", "(list (or chat chien))", "ignored: ET: has nothing after it"},
    {"(chat", "(list chat)", "ignored: nothing closes this parenthesis"},
    {"chat)", "(list chat)", "ignored: a closing parenthesis without its opening one"},
    {"chat topic:-sport", "(list chat)", "ignored: a sign stands before the field, not before the value"},
    {"mot^x", "(list mot)", "ignored: ^ needs a number above 0, at most 1000, after it"},
    {"a NEAR/3 (b c)", "(list (and a (list b c)))",
     "ignored: NEAR/3: takes words, phrases, and groups of them joined by OR"},
    {"chat person:M*sk", "(list chat)",
     "ignored: a value of this field takes * at the end of a name, and no other wildcard"},
    {R"(person:"Elon)", "(list (field person Elon))", "ignored: nothing closes this quote"},
    {R"(org:"≥ chat)", "(list chat)", "ignored: org: has no value"},
    {R"(date:"≥2024)", "(list (field date 2024))", "ignored: nothing closes this quote"},
    {"chat lang:>fr", "(list chat)", "ignored: only dates and amounts have ranges"},
    {"m*t~1", "(list (wildcard m*t))", "ignored: a word has either ~ or wildcards"},
    {"(mot^900)^900", "(list mot^900)", "ignored: ^ needs a number above 0, at most 1000, after it"},
    {"mot^0", "(list mot)", "ignored: ^ needs a number above 0, at most 1000, after it"},
    {"mot^", "(list mot)", "ignored: ^ needs a number above 0, at most 1000, after it"},
    {"(a b)^x", "(list a b)", "ignored: ^ needs a number above 0, at most 1000, after it"},
    {"a NEAR/3 -b", "(list (and a (not b)))", "ignored: NEAR/3: takes words, phrases, and groups of them joined by OR"},
    {"a NEAR/3 person:Musk", "(list (and a (field person Musk)))",
     "ignored: NEAR/3: takes words, phrases, and groups of them joined by OR"},
};

}  // namespace

TEST_CASE("query errors: each names the fault and points at it") {
    for (const auto& [query, at, message] : k_errors) {
        INFO(query);
        const Result<ParsedQuery> parsed = parse_query(query, Leniency::strict);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == Code::query);
        CHECK(parsed.error().message == message);
        if (at == k_whole) {
            CHECK(parsed.error().hint.empty());
        } else {
            CHECK_THAT(parsed.error().hint, Catch::StartsWith(caret_line(query, at)));
        }
    }
}

TEST_CASE("query errors: lenient reading goes on and says what it ignored") {
    for (const auto& [query, tree, note] : k_lenient) {
        INFO(query);
        const Result<ParsedQuery> parsed = parse_query(query, Leniency::lenient);
        REQUIRE(parsed);
        CHECK(print_tree(parsed->root) == tree);
        REQUIRE_FALSE(parsed->notes.empty());
        CHECK(parsed->notes[0].message == note);
    }
}

TEST_CASE("query errors: the first of several in the text is shown") {
    const Result<ParsedQuery> parsed = parse_query("(mot^x ET", Leniency::strict);
    REQUIRE_FALSE(parsed);
    CHECK_THAT(parsed.error().hint, Catch::StartsWith("  (mot^x ET\n  ^"));
}

TEST_CASE("query errors: depth, words and bytes are bounded") {
    const auto message = [](const std::string& query) {
        const Result<ParsedQuery> parsed = parse_query(query, Leniency::strict);
        return parsed ? "" : parsed.error().message;
    };
    const auto times = [](std::string_view text, int count) {
        std::string all;
        for (int i = 0; i < count; ++i) all += text;
        return all;
    };
    CHECK(message(times("(", 100) + "a" + times(")", 100)) == "");
    CHECK(message(times("(", 101) + "a" + times(")", 101)) == "nested too deeply");
    CHECK(message(times("NOT ", 16000) + "a") == "nested too deeply");
    CHECK(message("a" + times(" SAUF a", 3900)) == "nested too deeply");
    CHECK(message("a" + times(" NEAR/1 a ADJ/1 a", 1900)) == "nested too deeply");
    CHECK(message(times("(a) ", 4000)) == "");
    CHECK(message("a" + times(" OU a ET b", 1999)) == "");
    const std::string words = "too much at once: more than 4000 words";
    CHECK(message(times("(a) ", 4001)) == words);
    CHECK(message("\"" + times("de la ", 2001) + "\"") == words);
    CHECK(message(times("a-", 4000) + "a") == words);
    CHECK(message(times("person:x ", 4001)) == words);
    CHECK(message(times("a* ", 100)) == "");
    for (const char* const word : {"a* ", "*a* ", "a?b ", "abcdef~ ", "person:a* ", "titre:(a* OU b~) "})
        CHECK(message(times(word, 101)) == "too much at once: more than 100 words with *, ? or ~");
    CHECK(message(times("a", 64 << 10)) == "");
    CHECK(message(times("a", (64 << 10) + 1)) == "too much at once: more than 64 KiB of query");
    const Result<ParsedQuery> deep = parse_query(times("(a ", 3900), Leniency::lenient);
    REQUIRE(deep);
    CHECK(deep->notes.size() == 1);
    const Result<ParsedQuery> noisy = parse_query(times("a) ", 1000), Leniency::lenient);
    REQUIRE(noisy);
    CHECK(noisy->notes.size() == 20);
}

TEST_CASE("query errors: bytes that are no UTF-8 are replaced first") {
    const Result<ParsedQuery> parsed = parse_query("chat\xFF\xFE (", Leniency::strict);
    REQUIRE_FALSE(parsed);
    CHECK_THAT(parsed.error().hint, Catch::StartsWith(caret_line("chat\uFFFD\uFFFD (", 11)));
}

TEST_CASE("caret: it stands under the byte, in columns") {
    CHECK(caret_line("chat AND", 5) == "  chat AND\n       ^");
    CHECK(caret_line("", 0) == "  \n  ^");
    CHECK(caret_line("abc", 99) == "  abc\n     ^");
    CHECK(caret_line("été (", 6) == "  été (\n      ^");
    CHECK(caret_line("e\u0301 (", 4) == "  e\u0301 (\n    ^");
    CHECK(caret_line("日本 (", 7) == "  日本 (\n       ^");
    CHECK(caret_line("a\x1B[31m\n(", 7) == "  a\uFFFD[31m (\n         ^");
}

TEST_CASE("caret: a long query is cut to a window around the place") {
    const std::string query = std::string(500, 'a') + "(" + std::string(500, 'b');
    const std::string expected =
        "  …" + std::string(49, 'a') + "(" + std::string(24, 'b') + "…\n" + std::string(52, ' ') + "^";
    CHECK(caret_line(query, 500) == expected);
    std::string wide;
    for (int i = 0; i < 500; ++i) wide += "é";
    CHECK(caret_line(wide + "(", 1000).find("\uFFFD") == std::string::npos);
}
