#include <random>

#include <catch2/catch.hpp>

#include "common/text/utf8.hpp"
#include "searcher/query/parse.hpp"
#include "tests/common/english.hpp"

using namespace limier;

namespace {

constexpr std::string_view k_pieces[] = {
    "chat",     "été", "LA",      "ET",      "OU",  "SAUF", "NOT",  "AND",     "OR",      "NEAR/3", "ADJ",
    "PROCHE/x", "(",   ")",       "\"",      "«",   "»",    "“",    "”",       "„",       "+",      "-",
    "*",        "?",   "~",       "~1",      "^2",  "^",    ":",    "person:", "date:",   "title:", "..",
    ">=",       "id:", "amount:", "2024",    "500", "000",  "%",    " ",       " ",       " ",      "\u00A0",
    ",",        ".",   "…",       "'",       "’",   "l'",   "**",   "foo:",    "http://", "\t",     "/",
    "elle",     "日",  "\xFF",    "source:", "é)s", "≥",    "^900",
};

std::string random_query(std::mt19937& random) {
    std::string query;
    for (std::size_t n = 1 + random() % 14; n > 0; --n) {
        query += k_pieces[random() % std::size(k_pieces)];
        if (random() % 3 == 0) query += ' ';
    }
    return query;
}

std::size_t pick(std::mt19937& random, std::size_t count) { return random() % count; }

Node leaf(std::mt19937& random) {
    static const std::string words[] = {"chat", "Élysée",  "NASA", "ET",  "LA",
                                        "x.AI", "l'avion", "2024", "500", "arc-en-ciel"};
    Node node;
    node.value = words[pick(random, std::size(words))];
    switch (pick(random, 10)) {
        case 0:
            node.kind = NodeKind::phrase;
            node.value += " \u201Cnoir\u201D";
            break;
        case 1:
            node.kind = NodeKind::prefix;
            break;
        case 2:
            node.kind = NodeKind::wildcard;
            node.value = "*" + node.value + "?x";
            break;
        case 3:
            node.kind = NodeKind::fuzzy;
            node.distance = 1 + static_cast<int>(pick(random, 2));
            break;
        case 4:
            node.kind = NodeKind::field;
            node.field = &info(Field::person);
            node.exact = pick(random, 2) == 0;
            if (node.exact) node.value += " le \"Grand";
            node.canonical = pick(random, 3) == 0;
            break;
        case 5:
            node.kind = NodeKind::range;
            node.field = &info(Field::amount);
            node.value.clear();
            node.low = "10 milliards";
            node.low_exclusive = pick(random, 2) == 0;
            if (!node.low_exclusive) node.high = "5e9";
            break;
        case 6:
            node.kind = NodeKind::has;
            node.field = &info(Field::place);
            node.value.clear();
            break;
        default:
            node.kind = NodeKind::words;
    }
    if (pick(random, 6) == 0) node.boost = 0.5 * static_cast<double>(3 + pick(random, 9));
    return node;
}

Node tree(std::mt19937& random, int depth);

Node list(std::mt19937& random, int depth) {
    Node node;
    for (std::size_t n = 2 + pick(random, 3); n > 0; --n) {
        node.children.push_back(tree(random, depth - 1));
        node.children.back().occur = static_cast<Occur>(pick(random, 3));
    }
    return node;
}

Node near_group(std::mt19937& random) {
    Node node;
    node.kind = pick(random, 2) == 0 ? NodeKind::near : NodeKind::adj;
    node.distance = 1 + static_cast<int>(pick(random, 20));
    for (std::size_t n = 2 + pick(random, 2); n > 0; --n) {
        Node operand = leaf(random);
        while (operand.field != nullptr) operand = leaf(random);
        operand.boost = 1;
        node.children.push_back(std::move(operand));
    }
    return node;
}

Node tree(std::mt19937& random, int depth) {
    if (depth == 0) return leaf(random);
    Node node;
    switch (pick(random, 7)) {
        case 0:
            return list(random, depth);
        case 1:
            return near_group(random);
        case 2:
            node.kind = NodeKind::field;
            node.field = &info(Field::title);
            node.children.push_back(list(random, depth));
            return node;
        case 3:
            node.kind = NodeKind::not_;
            break;
        case 4:
            node.kind = NodeKind::and_;
            break;
        case 5:
            node.kind = NodeKind::or_;
            break;
        default:
            return leaf(random);
    }
    const std::size_t count = node.kind == NodeKind::not_ ? 1 + pick(random, 2) : 2 + pick(random, 3);
    for (std::size_t i = 0; i < count; ++i) node.children.push_back(tree(random, depth - 1));
    if (pick(random, 5) == 0) node.boost = 2;
    return node;
}

void check_bytes(const Node& node, std::size_t size) {
    REQUIRE(node.begin <= node.end);
    REQUIRE(node.end <= size);
    for (const Node& child : node.children) check_bytes(child, size);
}

}  // namespace

TEST_CASE("query property: a random tree printed as a query reads as that tree") {
    std::mt19937 random(1);
    for (int i = 0; i < 20000; ++i) {
        const Node root = list(random, 3);
        const std::string query = print_query(root);
        INFO(query);
        const Result<ParsedQuery> parsed = parse_query(query, Leniency::strict);
        if (!parsed) FAIL(parsed.error().message << "\n" << parsed.error().hint << "\n" << print_tree(root));
        REQUIRE(print_tree(parsed->root) == print_tree(root));
    }
}

TEST_CASE("query property: what any text reads as, printed, reads the same") {
    std::mt19937 random(2);
    std::size_t read = 0;
    for (int i = 0; i < 100000; ++i) {
        const std::string query = random_query(random);
        INFO(query);
        const Result<ParsedQuery> parsed = parse_query(query, Leniency::lenient);
        if (!parsed) continue;
        ++read;
        check_bytes(parsed->root, clean_utf8(query).text.size() + 3 * query.size());
        const std::string printed = print_query(parsed->root);
        INFO(printed);
        const Result<ParsedQuery> again = parse_query(printed, Leniency::strict);
        if (!again) FAIL(again.error().message << "\n" << again.error().hint << "\n" << print_tree(parsed->root));
        REQUIRE(print_tree(again->root) == print_tree(parsed->root));
        REQUIRE(print_query(again->root) == printed);
    }
    CHECK(read > 70000);
}

TEST_CASE("query property: strict reading fails exactly where lenient reading ignores something") {
    std::mt19937 random(3);
    std::size_t failed = 0;
    for (int i = 0; i < 20000; ++i) {
        const std::string query = random_query(random);
        INFO(query);
        const Result<ParsedQuery> strict = parse_query(query, Leniency::strict),
                                  lenient = parse_query(query, Leniency::lenient);
        if (!lenient) {
            REQUIRE_FALSE(strict);
            continue;
        }
        const bool ignored = std::any_of(lenient->notes.begin(), lenient->notes.end(),
                                         [](const QueryNote& note) { return note.message.starts_with("ignored: "); });
        REQUIRE(!strict == ignored);
        failed += !strict;
        if (strict) REQUIRE(print_tree(strict->root) == print_tree(lenient->root));
    }
    CHECK(failed > 2000);
}

TEST_CASE("query property: any bytes are read quickly") {
    std::mt19937 random(4);
    for (int i = 0; i < 20000; ++i) {
        std::string bytes;
        for (std::size_t n = random() % 60; n > 0; --n) bytes += static_cast<char>(random() % (i % 2 == 0 ? 256 : 128));
        for (const Leniency leniency : {Leniency::strict, Leniency::lenient}) {
            const Result<ParsedQuery> parsed = parse_query(bytes, leniency);
            if (parsed)
                static_cast<void>(print_query(parsed->root) + print_tree(parsed->root));
            else
                REQUIRE(is_utf8(parsed.error().hint));
        }
        static_cast<void>(join_arguments(std::vector<std::string>{bytes, bytes}));
    }
}

TEST_CASE("query property: no piece repeated makes reading slow") {
    for (const std::string_view piece : k_pieces) {
        for (const std::string_view glue : {"", " ", "a"}) {
            std::string query;
            while (query.size() < 100000) query += std::string(piece) + std::string(glue);
            INFO(piece << "|" << glue);
            // What grows with the square of the length would end this test by its time limit.
            const Result<ParsedQuery> parsed = parse_query(query, Leniency::lenient);
            if (parsed) CHECK_FALSE(print_query(parsed->root).empty());
        }
    }
}
