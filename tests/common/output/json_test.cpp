#include "common/output/json.hpp"

#include <limits>

#include <catch2/catch.hpp>

#include "common/output/number.hpp"

using namespace limier;

TEST_CASE("json: values of every kind, nested") {
    JsonWriter json;
    json.begin_object().key("a").begin_array().number(std::uint64_t{18446744073709551615U}).number(-0.5, 2).null();
    json.boolean(true).string("é\"\\").end_array().key("b").begin_object().end_object().key("c").raw("[1, {\"d\":2}]");
    json.end_object();
    CHECK(json.take() == "{\"a\":[18446744073709551615,-0.50,null,true,\"é\\\"\\\\\"],\"b\":{},\"c\":[1, {\"d\":2}]}");
}

TEST_CASE("json: a writer is empty after take") {
    for (const bool indented : {false, true}) {
        JsonWriter json(indented);
        CHECK(json.string("un").take() == "\"un\"");
        CHECK(json.begin_array().end_array().take() == "[]");
        CHECK(json.null().take() == "null");
    }
}

TEST_CASE("json: what is escaped and what is not") {
    const std::vector<std::pair<std::string, std::string>> rows{
        {"\n\t\r\b\f", "\"\\n\\t\\r\\b\\f\""},
        {std::string("\0\x01\x1f", 3), "\"\\u0000\\u0001\\u001F\""},
        {"\x7f\u0080\u009F\u00A0", "\"\\u007F\\u0080\\u009F\u00A0\""},
        {"\u200E\u202A\u202E\u202F\u2065\u2066\u2069\u206A",
         "\"\u200E\\u202A\\u202E\u202F\u2065\\u2066\\u2069\u206A\""},
        {"\u2027\u2028\u2029", "\"\u2027\\u2028\\u2029\""},
        {"/ < > & ' 👩", "\"/ < > & ' 👩\""},
        {"\xc3(\xff", "\"\uFFFD(\uFFFD\""},
    };
    for (const auto& [value, expected] : rows) {
        CHECK(JsonWriter().string(value).take() == expected);
        CHECK(JsonWriter().begin_object().key(value).null().end_object().take() == "{" + expected + ":null}");
    }
    CHECK(JsonWriter().string({}).take() == "\"\"");
}

TEST_CASE("json: what is escaped is found anywhere in a run of plain characters") {
    for (std::size_t size = 0; size < 20; ++size) {
        for (std::size_t place = 0; place <= size; ++place) {
            CAPTURE(size, place);
            const std::string before(place, '~'), after(size - place, ' ');
            for (const auto& [sign, escape] :
                 {std::pair("\x7f", "\\u007F"), std::pair("\u0085", "\\u0085"), std::pair("\x1f", "\\u001F")})
                CHECK(JsonWriter().string(before + sign + after).take() == '"' + before + escape + after + '"');
        }
    }
}

TEST_CASE("json: a number that is none is null") {
    CHECK(JsonWriter().number(std::numeric_limits<double>::quiet_NaN(), 3).take() == "null");
    CHECK(JsonWriter().number(std::numeric_limits<double>::infinity(), 3).take() == "null");
}

TEST_CASE("json: indented by two, arrays of plain values on one line") {
    JsonWriter json(true);
    json.begin_object().key("a").begin_array().number(1.0, 0).number(2.0, 0).end_array();
    json.key("b").number(1.5, 1).end_object();
    CHECK(json.take() == "{\n  \"a\": [1, 2],\n  \"b\": 1.5\n}");
}

TEST_CASE("numbers: fixed decimals, rounded, whatever their size") {
    CHECK(fixed_decimals(1.0 / 3, 6) == "0.333333");
    CHECK(fixed_decimals(2.0 / 3, 2) == "0.67");
    CHECK(fixed_decimals(-1234567.5, 1) == "-1234567.5");
    CHECK(fixed_decimals(0, 0) == "0");
    CHECK(fixed_decimals(1e-9, 6) == "0.000000");
    CHECK(fixed_decimals(-std::numeric_limits<double>::max(), 20).size() == 1 + 309 + 1 + 20);
}
