// The French analysis chain, used alike by the indexer, the query and the snippets.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/token.hpp"

namespace limier {

/// Turns French text into tokens. Not thread-safe: one analyser a thread; it caches the stem of every form seen.
class Analyser {
 public:
    Analyser();
    ~Analyser();
    Analyser(Analyser&&) noexcept;
    Analyser& operator=(Analyser&&) noexcept;

    /// Replaces `out` with the tokens of `text`, which is valid UTF-8 of less than 4 GiB (NFC or not: both give the
    /// same forms).
    void analyse(std::string_view text, std::vector<Token>& out);

    /// The form with this id. Lifetime: as long as the analyser.
    const Form& form(std::uint32_t id) const;

    /// A note on each form, by id, 0 at first: what who reads many tokens has found out about their forms. The bits are
    /// the taggers' (indexer/tagger/form_notes.hpp). Lifetime: until the next text is analysed.
    std::span<std::uint64_t> notes() const;

    /// The form of the same text whose term is the text itself: the word of another language.
    std::uint32_t unstemmed(std::uint32_t id);

    /// The languages of which a form is a function word (function_words.hpp). Asked for once a form.
    std::uint8_t function_word_of(std::uint32_t id) const;

    /// Number of forms seen so far; ids are 0 to this, exclusive.
    std::uint32_t forms() const;

    /// The stem of a form by the chain's stemmer and exceptions, as it is found in Form::term. Found out once a form.
    /// Lifetime: as long as the analyser.
    const std::string& stem(std::string_view form);

    /// Names what decides the terms: filters, stemmer, ICU, exception list. Equal fingerprints give equal terms.
    static std::string fingerprint();

 private:
    struct Impl;
    class Joiner;
    std::unique_ptr<Impl> impl_;
};

}  // namespace limier
