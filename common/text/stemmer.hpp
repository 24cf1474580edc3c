// From a form to its stem: exceptions, the lexicon, Snowball's French stemmer.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "common/text/open_table.hpp"

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
    std::string_view known(std::string_view word);
    void index_lexicon();
    std::string by_rule(std::string_view word);

    std::unique_ptr<void, Close> snowball_;
    OpenTable lines_;  ///< where the lines of the lexicon begin; empty until many were asked for
    std::size_t asked_ = 0;
};

}  // namespace limier
