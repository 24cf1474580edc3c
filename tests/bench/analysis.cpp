// Times the analysis of texts beside what else can be done with their bytes, on one thread: bench_analysis FILE
// Prints one JSON object: by what was done, the bytes a second of each pass. Not installed, and built only when asked
// for.
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

#include "common/text/french.hpp"
#include "indexer/readers.hpp"

namespace {

using namespace limier;

constexpr int k_passes = 5;

std::size_t scan(const std::vector<std::string>& texts) {
    std::size_t blanks = 0;
    for (const std::string& text : texts)
        for (const char c : text) blanks += c == ' ';
    return blanks;
}

/// Words by ICU's rules (UAX #29); `use(begin, end)` is given the bytes of each.
template <class Use>
std::size_t icu_words(const std::vector<std::string>& texts, Use use) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> words(
        icu::BreakIterator::createWordInstance(icu::Locale::getFrench(), status));
    std::size_t count = 0;
    for (const std::string& text : texts) {
        UText view = UTEXT_INITIALIZER;
        utext_openUTF8(&view, text.data(), static_cast<std::int64_t>(text.size()), &status);
        words->setText(&view, status);
        for (int begin = words->first(), end = words->next(); end != icu::BreakIterator::DONE;
             begin = end, end = words->next()) {
            if (words->getRuleStatus() == UBRK_WORD_NONE) continue;
            ++count;
            use(std::string_view(text).substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
        }
        utext_close(&view);
    }
    return count;
}

/// Lower case, decomposed, without marks.
std::size_t icu_folded(const std::vector<std::string>& texts) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const decompose = icu::Normalizer2::getNFDInstance(status);
    std::size_t letters = 0;
    std::string folded;
    const std::size_t count = icu_words(texts, [&](std::string_view word) {
        icu::UnicodeString lower =
            icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size())));
        lower.toLower(icu::Locale::getFrench());
        const icu::UnicodeString parts = decompose->normalize(lower, status);
        icu::UnicodeString bare;
        for (std::int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1))
            if (u_charType(parts.char32At(i)) != U_NON_SPACING_MARK) bare.append(parts.char32At(i));
        folded.clear();
        bare.toUTF8String(folded);
        letters += folded.size();
    });
    return count + letters;
}

/// A new analyser each pass: it meets every word for the first time.
std::size_t analysed(const std::vector<std::string>& texts) {
    Analyser analyser;
    std::vector<Token> tokens;
    std::size_t count = 0;
    for (const std::string& text : texts) {
        analyser.analyse(text, tokens);
        count += tokens.size();
    }
    return count;
}

template <class Work>
void time_passes(const char* name, const std::vector<std::string>& texts, double bytes, const char* before, Work work) {
    std::printf("%s\"%s\": [", before, name);
    for (int pass = 0; pass < k_passes; ++pass) {
        const auto begin = std::chrono::steady_clock::now();
        const std::size_t found = work(texts);
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
        if (found == 0) std::fputs("bench_analysis: no words\n", stderr);
        std::printf("%s%.0f", pass == 0 ? "" : ", ", bytes / taken.count());
    }
    std::printf("]");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: bench_analysis FILE\n", stderr);
        return 2;
    }
    limier::Result<limier::DocumentSource> source = limier::DocumentSource::open({argv[1]});
    if (!source) {
        std::fprintf(stderr, "bench_analysis: %s\n", source.error().message.c_str());
        return 2;
    }
    std::vector<std::string> texts;
    double bytes = 0;
    while (const std::optional<limier::Document> document = source->next()) {
        texts.push_back(document->title + "\n" + document->text);
        bytes += static_cast<double>(texts.back().size());
    }
    time_passes("Limier", texts, bytes, "{", analysed);
    time_passes("counting blanks, byte by byte", texts, bytes, ", ", scan);
    time_passes("ICU words", texts, bytes, ", ",
                [](const auto& all) { return icu_words(all, [](std::string_view) {}); });
    time_passes("ICU words, lower case, accents off", texts, bytes, ", ", icu_folded);
    std::puts("}");
    return 0;
}
