#include "common/text/chunk.hpp"

#include <algorithm>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include "common/text/filters/filters.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

using Chain = std::span<const Filter>;

std::vector<ChunkToken> by_filters(std::string_view text, Chain chain) {
    Chunk chunk(text);
    for (std::size_t piece = 0; piece < chunk.pieces().size();) {
        const std::size_t before = piece;
        for (const Filter filter : chain)
            if (piece = filter(chunk, before); piece != before) break;
    }
    return chunk.take();
}

/// Scripts without blanks between words (Hangul has them): ICU's dictionaries segment them (UAX #29).
bool needs_dictionary(char32_t c) {
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
           (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000;
}

/// Appends the tokens of a part of the chunk that begins at `from`.
void append(std::vector<ChunkToken>& tokens, std::string_view part, std::size_t from, Chain chain) {
    std::uint32_t position = 0;
    const auto last =
        std::find_if(tokens.rbegin(), tokens.rend(), [](const ChunkToken& token) { return !token.overlay; });
    if (last != tokens.rend()) position = last->position + 1;
    for (ChunkToken& token : by_filters(part, chain)) {
        token.begin += static_cast<std::uint32_t>(from);
        token.end += static_cast<std::uint32_t>(from);
        token.position += position;
        tokens.push_back(std::move(token));
    }
}

void append_by_dictionary(std::vector<ChunkToken>& tokens, std::string_view part, std::size_t from, Chain chain) {
    UErrorCode status = U_ZERO_ERROR;
    thread_local const std::unique_ptr<icu::BreakIterator> words(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (!words) return append(tokens, part, from, chain);
    const icu::UnicodeString wide =
        icu::UnicodeString::fromUTF8(icu::StringPiece(part.data(), static_cast<std::int32_t>(part.size())));
    words->setText(wide);
    std::int32_t begin = words->first();
    for (std::int32_t end = words->next(); end != icu::BreakIterator::DONE; begin = end, end = words->next()) {
        std::string piece;
        wide.tempSubStringBetween(begin, end).toUTF8String(piece);
        if (words->getRuleStatus() >= UBRK_WORD_NONE_LIMIT) append(tokens, piece, from, chain);
        from += piece.size();
    }
}

/// The end of the run of characters from `at` that all are, or all are not, of a script that needs a dictionary.
std::size_t end_of_run(std::string_view chunk, std::size_t at, bool dictionary) {
    while (at < chunk.size()) {
        std::size_t next = at;
        const char32_t c = next_code_point(chunk, next);
        const bool follows = kind_of(c) == Kind::mark || is_invisible(c);
        if (!follows && needs_dictionary(c) != dictionary) break;
        at = next;
    }
    return at;
}

}  // namespace

std::vector<ChunkToken> analyse_chunk(std::string_view chunk, std::span<const Filter> chain) {
    std::vector<ChunkToken> tokens;
    bool dictionary = false;
    for (std::size_t at = 0; at < chunk.size(); dictionary = !dictionary) {
        const std::size_t end = end_of_run(chunk, at, dictionary);
        if (!dictionary && end == chunk.size() && at == 0) return by_filters(chunk, chain);
        const std::string_view part = chunk.substr(at, end - at);
        dictionary ? append_by_dictionary(tokens, part, at, chain) : append(tokens, part, at, chain);
        at = end;
    }
    return tokens;
}

}  // namespace limier
