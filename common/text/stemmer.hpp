// From a form to its stem: exceptions, the lexicon, Snowball's French stemmer.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace limier {

/// Not thread-safe: one a thread.
class Stemmer {
 public:
    Stemmer();
    /// The stem of a lower-case form, accents kept: folding after stemming would join chat and châtiment.
    std::string stem(std::string_view form);

    /// Names the tables, by a digest, and the stemmer behind them.
    static std::string fingerprint();

    /// The tables compiled in, `form<TAB>…` lines in order of bytes (README.md).
    static std::string_view exceptions();
    static std::string_view lexicon();

 private:
    struct Close {
        void operator()(void* stemmer) const;
    };
    std::string by_rule(std::string_view word);
    std::unique_ptr<void, Close> snowball_;
};

}  // namespace limier
