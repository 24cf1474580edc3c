#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "common/text/encoding.hpp"
#include "common/text/utf8.hpp"

using namespace limier;
using namespace std::string_literals;

namespace {

std::string decoded(const std::string& bytes) {
    const std::optional<DecodedText> text = decode_text(bytes);
    return text ? text->encoding + ": " + text->text : "as it is";
}

}  // namespace

TEST_CASE("encoding: of old files") {
    const std::pair<std::string, std::string> rows[] = {
        {"Été à Noël", "as it is"},
        {"plain ASCII", "as it is"},
        {"", "as it is"},
        {"\xC9t\xE9 \xE0 No\xEBl", "windows-1252: Été à Noël"},
        {"caf\xE9", "windows-1252: café"},
        {"C\x9Cur, 3 \x80, \xAB oui \xBB, l\x92\xE2me\x85", "windows-1252: Cœur, 3 €, « oui », l’âme…"},
        {"C\xBDur, 3 \xA4, \xAB oui \xBB", "ISO-8859-15: Cœur, 3 €, « oui »"},
        {"\x83t\x8E \x88 No\x91l, c\xCFur, l\xD5\x89me", "macintosh: Été à Noël, cœur, l’âme"},
        {"\x8E", "macintosh: é"},
        {"un d\x8E"
         "part \xC7 pr\x8E"
         "cipit\x8E \xC8",
         "macintosh: un départ « précipité »"},
        {"\xFF\xFE\xC9\0t\0\xE9\0"s, "UTF-16LE: Été"},
        {"\xFE\xFF\0\xC9\0t\0\xE9"s, "UTF-16BE: Été"},
        {"\xFF\xFE=\xD8\0\xDE!\0"s, "UTF-16LE: 😀!"},
        {"L\0'\0\xE9\0t\0\xE9\0 \0f\0i\0n\0i\0t\0"s, "UTF-16LE: L'été finit"},
        {"\0L\0'\0\xE9\0t\0\xE9\0 \0f\0i\0n\0i\0t"s, "UTF-16BE: L'été finit"},
        {"\xFF\xFE\0\0\xC9\0\0\0t\0\0\0"s, "UTF-32LE: Ét"},
        {"\0\0\xFE\xFF\0\0\0\xC9\0\0\0t"s, "UTF-32BE: Ét"},
        // Bad sequences in good UTF-8 stay, to be replaced and counted.
        {"Été à \xFF Noël", "as it is"},
        // Half a surrogate, half a character.
        {"\xFF\xFE\x3D\xD8t\0x"s, "UTF-16LE: \uFFFDt\uFFFD"},
    };
    for (const auto& [bytes, expected] : rows) CHECK(decoded(bytes) == expected);
}

TEST_CASE("encoding: another script, where ICU is sure") {
    // `Мы не будем закрывать эту школу летом, сказал директор.` in windows-1251.
    const std::string bytes =
        "\xCC\xFB \xED\xE5 \xE1\xF3\xE4\xE5\xEC \xE7\xE0\xEA\xF0\xFB\xE2\xE0\xF2\xFC \xFD\xF2\xF3 "
        "\xF8\xEA\xEE\xEB\xF3 \xEB\xE5\xF2\xEE\xEC, \xF1\xEA\xE0\xE7\xE0\xEB "
        "\xE4\xE8\xF0\xE5\xEA\xF2\xEE\xF0.";
    CHECK(decoded(bytes) == "windows-1251: Мы не будем закрывать эту школу летом, сказал директор.");
}

TEST_CASE("encoding: any bytes become UTF-8") {
    std::uint32_t state = 7;
    for (int round = 0; round < 2000; ++round) {
        std::string bytes;
        for (std::uint32_t size = state % 60; size > 0; --size) {
            state = state * 1664525 + 1013904223;
            bytes.push_back(static_cast<char>(state >> 24 & (round % 3 == 0 ? 0x7F : 0xFF)));
        }
        state = state * 1664525 + 1013904223;
        const std::optional<DecodedText> text = decode_text(bytes);
        if (text) CHECK(is_utf8(text->text));
    }
}
