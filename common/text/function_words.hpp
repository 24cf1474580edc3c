// The words that hold a sentence together, by language: what tells French from what is quoted in it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace limier {

enum class Language : std::uint8_t { fr, en, de, es, it, pt, nl };
inline constexpr std::size_t k_languages = 7;

/// The language's code (ISO 639-1).
std::string_view language_code(Language language);

/// The languages of which a normalised form (token.hpp) is a function word: bit 1 << language of each.
std::uint8_t function_word_of(std::string_view form);

/// How many function words of each language a run of words has. At most 255 words.
class FunctionWordCounts {
 public:
    /// `languages`: as function_word_of gives them.
    void add(std::uint8_t languages) { bytes_ += k_spread[languages]; }
    std::uint32_t operator[](Language language) const {
        return static_cast<std::uint32_t>(bytes_ >> 8 * static_cast<unsigned>(language) & 0xFF);
    }

 private:
    /// A byte for each bit.
    static constexpr std::array<std::uint64_t, 1 << k_languages> k_spread = [] {
        std::array<std::uint64_t, 1 << k_languages> spread{};
        for (std::size_t set = 0; set < spread.size(); ++set)
            for (std::size_t bit = 0; bit < k_languages; ++bit) spread[set] |= std::uint64_t{set >> bit & 1} << 8 * bit;
        return spread;
    }();
    std::uint64_t bytes_ = 0;
};

}  // namespace limier
